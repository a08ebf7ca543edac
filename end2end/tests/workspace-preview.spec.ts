// The preview: of an empty workspace, of what is started in it, and what the app says to its console.

import { expect, test } from "../workspace.ts";

test.describe("an empty workspace", () => {
  test.use({ expectedErrors: [/502 \(Bad Gateway\)/] });

  /** D2, D7 */
  test("says that nothing answers yet, and shows what is started in the terminal", async ({ workspace, page }) => {
    await workspace.open("blank");
    await expect(workspace.preview.getByRole("heading", { name: "Nothing answers here yet" })).toBeVisible();
    await workspace.picture("blank-wide");
    const screen = await workspace.openTerminal();
    await page.keyboard.type("echo '<h1>Tea</h1>' > index.html; python3 -m http.server 3000\n");
    await expect(screen).toContainText("Serving HTTP");
    // Nobody has to press a button for it.
    await expect(workspace.preview.getByRole("heading", { name: "Tea" })).toBeVisible();
    await expect(workspace.tree.getByRole("treeitem", { name: "index.html" })).toBeVisible();
    await workspace.picture("blank-served-wide");
  });

  /** D2, D4, D7 */
  test("shows what the agent sets up in it from nothing", async ({ workspace }) => {
    await workspace.open("blank");
    await workspace.askAndWait("make a small page about tea");
    await expect(workspace.preview.getByRole("heading", { level: 1 })).toHaveText(/tea/i);
    await workspace.picture("blank-agent-wide");
  });
});

test.describe("an app that is wrong", () => {
  test.use({ expectedErrors: [/kettle/] });

  /** D7 */
  test("shows in the console what it logs, and which error nobody caught", async ({ workspace, page }) => {
    await workspace.open();
    await expect(workspace.preview.getByRole("heading", { level: 1 })).toBeVisible();
    await page.request.put(workspace.url("/files/src/main.jsx"), {
      headers: workspace.authority,
      data: 'console.log("tea", { cups: 3 });\nconsole.warn("hot");\nsetTimeout(() => { throw new Error("no kettle"); });\n',
    });
    const console = page.getByRole("region", { name: "Preview" }).locator(".console");
    await expect(console.getByText("1 error")).toBeVisible();
    await console.locator("summary").click();
    await expect(console.getByText(/^tea \{.*cups.*3.*\}/)).toBeVisible();
    await expect(console.locator('[data-level="warning"]', { hasText: "hot" })).toBeVisible();
    await expect(console.locator('[data-level="error"]', { hasText: "no kettle" })).toBeVisible();
    await workspace.picture("console-wide");
    await console.getByRole("button", { name: "Clear" }).click();
    await expect(console.getByText("Nothing written")).toBeVisible();
  });
});
