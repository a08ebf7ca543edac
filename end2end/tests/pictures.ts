// Takes the pictures of README.md: `make screenshots`.

import { fileURLToPath } from "node:url";
import { expect, test } from "../demo.ts";

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });

test("a picture of the demo at work", async ({ demo, page }) => {
  await demo.visit();
  await demo.start();
  await demo.ask("Make the theme ocean blue");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await demo.ask("Add a to-do list");
  await expect(demo.promptsLeft("1 prompt left")).toBeVisible();
  await page.screenshot({ path: fileURLToPath(new URL("../../docs/images/landing-demo.png", import.meta.url)) });
});
