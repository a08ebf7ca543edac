// How a workspace's time runs out, on a server whose workspaces last a few seconds.

import { expect, test } from "../workspace.ts";

/** D8 */
test("the end is announced with time and download, and then told plainly", async ({ workspace, page }) => {
  await workspace.open();
  const banner = page.getByText(/^This sandbox ends in/);
  await expect(banner).toBeVisible();
  await expect(page.getByRole("button", { name: "Download the files" })).toHaveCount(2);
  await workspace.picture("expiry-wide");
  await expect(page.getByRole("heading", { name: "Your sandbox ended" })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Start a new sandbox" })).toBeVisible();
});

test.describe("after the end", () => {
  // The new one is empty: nothing answers in its preview yet.
  test.use({ expectedErrors: [/502 \(Bad Gateway\)/] });

  /** D1, D8 */
  test("a new sandbox is one click away", async ({ workspace, page }) => {
    const first = await workspace.open();
    await page.getByRole("button", { name: "Start a new sandbox" }).click();
    await expect(page).not.toHaveURL(new RegExp(first.session_id));
    await expect(workspace.timer).toBeVisible();
  });
});
