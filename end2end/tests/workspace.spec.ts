// The workspace: its header, its conversation, its preview, its versions, and that all of it comes back.

import { Workspace, expect, test } from "../workspace.ts";

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const [size, viewport] of Object.entries(sizes)) {
  test.describe(`on a ${size} screen`, () => {
    test.use({ viewport, hasTouch: size === "narrow" });

    /** D3 */
    test("the header says what this is, what it is not, and how long", async ({ workspace, page }) => {
      await workspace.open();
      await expect(page).toHaveTitle(/^Sandbox/);
      await expect(page.getByText("Sandbox", { exact: true }).first()).toBeVisible();
      await expect(page.getByText("Sandbox — ephemeral, not connected to GitHub")).toBeVisible();
      await expect(page.getByText("Nothing is committed unless you choose.")).toBeVisible();
      await expect(workspace.timer).toHaveText(/^\d\d:\d\d$/);
      await expect(workspace.download).toBeEnabled();
      await workspace.picture(`start-${size}`);
    });

    /** D4, D7 */
    test("a prompt changes files, and the preview follows", async ({ workspace }) => {
      await workspace.open();
      await workspace.askAndWait("make the theme ocean blue");
      await expect(workspace.conversation.getByText(/Edited .*\.css/).first()).toBeVisible();
      await workspace.picture(`prompt-${size}`);
      await workspace.show("Preview");
      await expect(workspace.preview.getByRole("heading", { level: 1 })).toBeVisible();
      await workspace.picture(`preview-${size}`);
    });

    /** D5 */
    test("a file is opened, changed and saved, and the preview shows it", async ({ workspace, page }) => {
      await workspace.open();
      await workspace.openFile("src/App.jsx");
      await expect(workspace.editor).toContainText("export default");
      await workspace.editor.getByText("Hello from your sandbox").first().dblclick();
      await page.keyboard.type("Handmade");
      await expect(page.getByText(", not saved")).toBeAttached();
      await workspace.picture(`unsaved-${size}`);
      await page.keyboard.press("Control+S");
      await expect(page.getByText(", not saved")).toHaveCount(0);
      await workspace.show("Preview");
      await expect(workspace.preview.getByRole("heading", { name: /Handmade/ })).toBeVisible();
    });

    /** D6 */
    test("a terminal runs a real shell", async ({ workspace, page }) => {
      await workspace.open();
      const screen = await workspace.openTerminal();
      await page.keyboard.type("echo $((6*7)); ls src\n");
      await expect(screen).toContainText("42");
      await expect(screen).toContainText("App.jsx");
      await workspace.picture(`terminal-${size}`);
    });

    /** D5, G4 */
    test("versions show what changed, and one is brought back and forth again", async ({ workspace, page }) => {
      await workspace.open();
      await workspace.askAndWait('change the title to "Tea timer"');
      await page.getByRole("tab", { name: "Versions" }).click();
      const newest = page.getByRole("region", { name: "Versions" }).getByRole("listitem").first();
      await newest.locator("summary").click();
      await expect(newest.getByText(/Edited/).first()).toBeVisible();
      await workspace.picture(`versions-${size}`);

      await page.getByRole("button", { name: "Undo" }).first().click();
      await workspace.show("Preview");
      await expect(workspace.preview.getByRole("heading", { name: "Hello from your sandbox" })).toBeVisible();
      await page.getByRole("button", { name: "Redo" }).click();
      await expect(workspace.preview.getByRole("heading", { name: "Tea timer" })).toBeVisible();
    });

    /** D10 */
    test("nothing is wider than the screen, whatever is shown", async ({ workspace, page }) => {
      await workspace.open();
      for (const pane of ["Chat", "Files", "Terminal", "Preview"] as const) {
        await workspace.show(pane);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, pane).toBeLessThanOrEqual(0);
      }
    });
  });
}

/** F1 */
test("a refresh brings everything back, open files and terminals included", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.askAndWait("make the theme ocean blue");
  await workspace.openFile("src/App.jsx");
  const screen = await workspace.openTerminal();
  await page.keyboard.type("echo still $((40+2))\n");
  await expect(screen).toContainText("still 42");

  await page.reload();
  await expect(workspace.conversation.getByText("make the theme ocean blue")).toBeVisible();
  await expect(workspace.editor).toContainText("export default");
  await expect(screen).toContainText("still 42");
  await expect(workspace.preview.getByRole("heading", { level: 1 })).toBeVisible();
});

/** F1 */
test("two tabs of one session agree", async ({ workspace, context }) => {
  await workspace.open();
  const other = new Workspace(await context.newPage());
  other.opened = workspace.opened;
  await other.visit();
  await workspace.askAndWait("make the theme ocean blue");
  await expect(other.conversation.getByText("make the theme ocean blue")).toBeVisible();
  await expect(other.conversation.getByText(/^Done in/)).toBeVisible();
});

/** D7 */
test("a link shows the preview to others until it is taken back", async ({ workspace, page, browser }) => {
  await workspace.open();
  await page.getByRole("button", { name: "Share the preview" }).click();
  const link = page.getByRole("textbox", { name: "Link to the preview" });
  await expect(link).toHaveValue(/^http/);
  await workspace.picture("share-wide");
  const address = await link.inputValue();
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.goto(address))?.status()).toBeLessThan(400);

  await page.getByRole("button", { name: "Take all links back" }).click();
  await expect(page.getByText("No link works any more.")).toBeVisible();
  expect((await stranger.goto(address))?.status()).toBeGreaterThanOrEqual(400);
  await stranger.context().close();
});

/** D7 */
test("the preview is shown as wide as a phone", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /^As wide as a phone/ }).click();
  await expect.poll(() => workspace.preview.locator(":root").evaluate(() => window.innerWidth)).toBe(390);
});

/** D8 */
test("who ends a sandbox is asked first, and what was done stays readable", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.askAndWait("make the theme ocean blue");
  await page.getByRole("button", { name: "End the sandbox" }).click();
  await page.getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("heading", { name: "Your sandbox ended" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Start a new sandbox" })).toBeVisible();
  await expect(workspace.download).toBeDisabled();
  await workspace.picture("ended-wide");

  await page.reload();
  await expect(page.getByRole("heading", { name: "Your sandbox ended" })).toBeVisible();
  await workspace.conversation.getByText(/Edited .*\.css/).first().click();
  await expect(workspace.conversation.getByText(/--accent/).first()).toBeVisible();
});

/** J4 */
test.describe("somebody else's sandbox", () => {
  test.use({ expectedErrors: [/40[13]/] });

  test("is not shown, and the page says so", async ({ workspace, browser, baseURL }) => {
    await workspace.open();
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const stranger = await context.newPage();
    await stranger.goto(`/sessions/${workspace.opened.session_id}`);
    await expect(stranger.getByRole("heading", { name: "This sandbox is not yours to see" })).toBeVisible();
    await expect(stranger.getByText("Sandbox — ephemeral")).toBeVisible();
    await context.close();
  });
});

/** D10 */
test("a question mark opens the shortcuts, and Alt with a number a pane", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.prompt.press("?");
  await expect(workspace.prompt).toHaveValue("?");
  await page.getByRole("button", { name: "Undo" }).first().evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await workspace.picture("shortcuts-wide");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+2");
  await expect(page.getByRole("treeitem").first()).toBeFocused();
});

/** D10 */
test("panes are resized by keys, and stay as they were left", async ({ workspace, page }) => {
  await workspace.open();
  const separator = page.getByRole("separator", { name: "Resize the chat" });
  const before = Number(await separator.getAttribute("aria-valuenow"));
  await separator.focus();
  await page.keyboard.press("ArrowRight");
  await expect(separator).toHaveAttribute("aria-valuenow", String(before + 24));
  await page.reload();
  await expect(separator).toHaveAttribute("aria-valuenow", String(before + 24));
});

/** A1, D */
test("the landing page loads neither editor nor terminal nor the workspace", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => /editor|terminal|workspace|part\./.test(path))).toEqual([]);
});
