// Takes the pictures of README.md: `make screenshots`.

import { fileURLToPath } from "node:url";
import { expect, test } from "../demo.ts";

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });

test("a picture of the demo at work", async ({ demo, page }) => {
  await demo.visit();
  await demo.start();
  const plain = await demo.previewColour("--accent");
  await demo.ask("Make the theme ocean blue");
  await expect.poll(() => demo.previewColour("--accent")).not.toBe(plain);
  await demo.ask("Add a to-do list");
  await expect(demo.preview.getByRole("textbox").first()).toBeVisible();
  await expect(demo.send).toBeVisible();
  await demo.steps.getByText(/Edited .*\.css/).first().click();
  await page.screenshot({ path: fileURLToPath(new URL("../../docs/images/landing-demo.png", import.meta.url)) });
});
