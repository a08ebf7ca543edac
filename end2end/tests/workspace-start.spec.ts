// Into a workspace without an account.

import { expect, test } from "../workspace.ts";

/** D1, D2 */
test("who starts without an account gets a workspace that works", async ({ workspace, page }) => {
  await page.goto("/start");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  const opened = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/api/v1/sessions");
  await page.getByRole("button", { name: "Try it now" }).click();
  workspace.opened = await (await opened).json();
  await expect(page).toHaveURL(new RegExp(`/sessions/${workspace.opened.session_id}$`));
  await expect(page.getByText("Sandbox — ephemeral, not connected to GitHub")).toBeVisible();
  await expect(workspace.timer).toHaveText(/^(30:00|29:5\d)$/);
  const screen = await workspace.openTerminal();
  await page.keyboard.type("pwd; ls -A | wc -l\n");
  await expect(screen).toContainText("/workspace");
});
