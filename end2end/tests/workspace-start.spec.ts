// Into a workspace without an account.

import { expect, test } from "../workspace.ts";

// It begins empty: nothing answers in its preview yet.
test.use({ expectedErrors: [/502 \(Bad Gateway\)/] });

/** D1, D2 */
test("who starts without an account gets a workspace that works", async ({ workspace, page }) => {
  await page.goto("/start");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  // The page leaves at once, and the browser forgets what it was answered.
  await page.route("**/api/v1/sessions", async (route) => {
    const answer = await route.fetch();
    workspace.opened = await answer.json();
    await route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Try it now" }).click();
  await page.waitForURL("**/sessions/*");
  expect(page.url()).toContain(workspace.opened.session_id);
  await expect(page.getByText("Sandbox — ephemeral, not connected to GitHub")).toBeVisible();
  await expect(workspace.timer).toHaveText(/^(30:00|29:5\d)$/);
  const screen = await workspace.openTerminal();
  await page.keyboard.type("pwd; ls -A | wc -l\n");
  await expect(screen).toContainText("/workspace");
});
