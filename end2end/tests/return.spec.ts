// The session outlives the page that shows it.

import { Demo, expect, test } from "../demo.ts";

/** F1 */
test("a refresh finds the session, its steps and its preview again", async ({ demo, page }) => {
  await demo.visit();
  await demo.start();
  const plain = await demo.previewColour("--accent");
  await demo.ask("make the theme ocean blue");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await expect.poll(() => demo.previewColour("--accent")).not.toBe(plain);
  const accent = await demo.previewColour("--accent");

  await page.reload();
  await demo.hydrated();
  await page.getByRole("button", { name: "Back to your demo" }).first().click();
  await expect(demo.steps.getByText("make the theme ocean blue").first()).toBeVisible();
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await expect(demo.preview.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await demo.previewColour("--accent")).toBe(accent);
});

/** F1 */
test("two tabs show the same session, and both hear that it ended", async ({ demo, context }) => {
  await demo.visit();
  await demo.start();
  const other = new Demo(await context.newPage());
  await other.visit();
  await other.page.getByRole("button", { name: "Back to your demo" }).first().click();
  await expect(other.preview.getByRole("heading", { level: 1 })).toBeVisible();

  const before = await demo.previewColour("--accent");
  await demo.ask("make the theme ocean blue");
  await expect(other.steps.getByText("make the theme ocean blue").first()).toBeVisible();
  await expect(other.promptsLeft("2 prompts left")).toBeVisible();
  // Both previews have what they asked for, before the sandbox is gone.
  for (const tab of [demo, other]) await expect.poll(() => tab.previewColour("--accent")).not.toBe(before);

  await demo.close.click();
  await expect(other.ended).toBeVisible();
});
