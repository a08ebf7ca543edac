// Everybody can use it: checked by axe in both colour schemes, by ARIA snapshot, and on the narrowest phone.

import { expect, test } from "../demo.ts";
import { faults } from "../faults.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    /** A2 */
    test("axe finds nothing wrong with the landing page and the overlay", async ({ demo, page }) => {
      await demo.visit();
      expect(await faults(page)).toEqual([]);

      await demo.start();
      expect(await faults(page)).toEqual([]);

      await demo.ask("make the theme ocean blue");
      await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  });
}

/** A2 */
test("the overlay reads as one dialog with named parts", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  await expect(demo.dialog).toMatchAriaSnapshot(`
    - dialog "Live demo":
      - timer: /[0-4]:[0-5]\\d/
      - text: 3 prompts left
      - link "Sign up to keep building":
        - /url: /^/sign-up\\?adopt=[0-9a-f-]{36}$/
      - button "Close demo"
      - log "Steps"
      - list "Suggestions":
        - listitem:
          - button
      - textbox "What should change?"
      - button "Send" [disabled]
      - region "Preview":
        - button "Reload preview"
        - link "Open preview in a new tab":
          - /url: /^http://[a-z0-9]+\\.preview\\.localhost:\\d+/$/
        - iframe
  `);
});

/** A2 */
test.describe("on the narrowest phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test("nothing is wider than the screen, and the demo works", async ({ demo, page }) => {
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await demo.visit();
    expect(await overflow()).toBeLessThanOrEqual(0);

    await demo.start();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await demo.ask("make the theme ocean blue");
    await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
    const clipped = await demo.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(clipped).toBeLessThanOrEqual(0);
  });
});
