// How a prototype's time runs out, on a server whose prototypes last a few seconds.

import { expect, test } from "../prototype.ts";

/** B4, A8 */
test("an ended prototype says so, keeps its history and offers a new one", async ({ prototype, page }) => {
  await prototype.open("?framework=react");
  await prototype.askAndWait("Make the theme ocean blue");
  await expect(page.getByRole("heading", { name: "Your sandbox ended" })).toBeVisible();
  await expect(prototype.history.locator(".prompt-text")).toHaveText(/Make the theme ocean blue/);
  await expect(page.getByRole("link", { name: "Start a new one" })).toHaveAttribute("href", "/try?framework=react-vite");
  await prototype.picture("ended-wide");
});
