// Everything without a mouse.

import { expect, test } from "../demo.ts";

/** A2, A3 */
test("a demo from beginning to end with the keyboard alone", async ({ demo, page }) => {
  await demo.visit();
  const stops_max = 40;
  for (let stops = 0; stops < stops_max; stops += 1) {
    await page.keyboard.press("Tab");
    if (await demo.tryButton.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(demo.tryButton).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(demo.dialog).toBeVisible();
  await expect(demo.preview.getByRole("heading", { level: 1 })).toBeVisible();

  for (let stops = 0; stops < stops_max; stops += 1) {
    if (await demo.prompt.evaluate((prompt) => prompt === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(demo.prompt).toBeFocused();
  const plain = await demo.previewColour("--accent");
  await page.keyboard.type("make the theme ocean blue");
  await page.keyboard.press("Enter");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  // A sandbox that goes while its preview still loads leaves an error in the console.
  await expect.poll(() => demo.previewColour("--accent")).not.toBe(plain);

  await page.keyboard.press("Escape");
  await expect(demo.dialog).toBeHidden();
  await expect(demo.tryButton).toBeFocused();
});

/** A2 */
test("focus stays in the overlay while it is open", async ({ demo, page }) => {
  await demo.visit();
  await demo.start();
  const inside = () => demo.dialog.evaluate((dialog) => dialog.contains(document.activeElement));

  // Once round and once back, each with a stop more than the overlay can have.
  const stops = 1 + (await demo.dialog.locator("a[href], button, textarea, summary, iframe, [tabindex]").count());
  for (const key of [...Array<string>(stops).fill("Tab"), ...Array<string>(stops).fill("Shift+Tab")]) {
    await page.keyboard.press(key);
    expect(await inside()).toBe(true);
  }
});

/** A2 */
test("Shift+Enter makes a new line, and sends nothing", async ({ demo, page }) => {
  await demo.visit();
  await demo.start();
  await demo.prompt.fill("one");
  await demo.prompt.press("Shift+Enter");
  await page.keyboard.type("two");
  await expect(demo.prompt).toHaveValue("one\ntwo");
  await expect(demo.promptsLeft("3 prompts left")).toBeVisible();
});
