// `/try`: what is chosen, how it opens, what a prompt changes, and what comes after the last one.

import { faults } from "../faults.ts";
import { expect, test } from "../prototype.ts";

/** B2 */
test("an address chooses the framework and fills the prompt in, and sends nothing", async ({ prototype, page }) => {
  await prototype.visit("?framework=vue&prompt=Make%20the%20theme%20ocean%20blue");
  await expect(page.getByRole("radio", { name: /^Vue/ })).toBeChecked();
  await expect(prototype.first).toHaveValue("Make the theme ocean blue");
  await expect(prototype.start).toBeVisible();
  expect(prototype.opened).toEqual([]);

  await prototype.visit("?framework=cobol");
  await expect(page.getByText("What the link asks for is not offered here, so React is chosen.")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^React/ })).toBeChecked();
  await prototype.picture("unknown-wide");
});

/** B2 */
test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page can be read", async ({ page }) => {
    await page.goto("/try");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Try an idea on a running app");
    await expect(page.getByText("3 prompts, 15 minutes, no sign-up.")).toBeVisible();
    // Browsers whose scripts are switched off for a test do not draw what is for those without.
    expect(await page.content()).toMatch(/<noscript>.*Starting a sandbox needs JavaScript/);
  });
});

for (const framework of ["react", "vue", "svelte", "vanilla"]) {
  /** B1, B2, B3, B4 */
  test(`a prompt changes a running ${framework} app`, async ({ prototype, page }) => {
    await prototype.visit(`?framework=${framework}&prompt=Make%20the%20theme%20ocean%20blue`);
    await prototype.start.click();
    // Only React is kept warm: on a busy machine the others take a while to make.
    await expect(prototype.preview.getByRole("heading", { level: 1 })).toBeVisible({ timeout: 40_000 });
    // What was written in the form is asked by itself once the app runs.
    await expect(prototype.history.locator(".prompt-text")).toHaveText(/Make the theme ocean blue/);
    await expect(page.getByText("2 prompts left")).toBeVisible();
    const plain = await prototype.preview.locator("body").innerText();
    await prototype.askAndWait("Add a to-do list");
    await expect.poll(() => prototype.preview.locator("body").innerText()).not.toBe(plain);
    // The history has each prompt's diff.
    await prototype.history.locator("summary").first().click();
    await expect(prototype.history.getByRole("group", { name: "Diff" }).first()).toBeVisible();
    await expect(prototype.timer).toHaveText(/^1[45]:\d\d$/);
  });
}

/** F1 */
test("a refresh comes back to the same prototype", async ({ prototype, page }) => {
  await prototype.open("?framework=vanilla");
  await prototype.askAndWait("Make the theme ocean blue");
  await page.reload();
  await expect(prototype.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(prototype.history.locator(".prompt-text")).toHaveText(/Make the theme ocean blue/);
  await expect(page.getByText("2 prompts left")).toBeVisible();
  expect(prototype.opened).toHaveLength(1);
});

/** F1: a refresh loses no words, also while the sandbox is not there yet. */
test("what was to be asked first survives a refresh in mid-opening", async ({ prototype, page }) => {
  await prototype.visit("?framework=vue");
  await prototype.first.fill("Make the theme ocean blue");
  let asked = () => {};
  const underWay = new Promise<void>((resolve) => (asked = resolve));
  await page.route("**/api/v1/sessions", () => asked(), { times: 1 });
  await prototype.start.click();
  await underWay;
  await page.reload();
  await expect(page.getByRole("radio", { name: /^Vue/ })).toBeChecked();
  await expect(prototype.first).toHaveValue("Make the theme ocean blue");
  await prototype.start.click();
  await expect(prototype.history.locator(".prompt-outcome")).toHaveText(/Done in/);
  // What was asked is not in the address any more.
  await expect(page).toHaveURL(/\/try\?session=[0-9a-f-]{36}$/);
});

/** B4, D10: with the keyboard alone. */
test("a prototype is opened and changed by keyboard", async ({ prototype, page }) => {
  await prototype.visit();
  await page.getByRole("radio", { name: /^React/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /^Vue/ })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(prototype.first).toBeFocused();
  await page.keyboard.type("Make the theme ocean blue");
  for (let i = 0; i < 8 && !(await prototype.start.evaluate((button) => button === document.activeElement)); i += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(prototype.history.locator(".prompt-outcome")).toHaveText(/Done in/);
});

test.describe("over a limit", () => {
  test.use({ expectedErrors: [/status of 429/] });

  /** B4 */
  test("the page says why, and when it works again", async ({ prototype, page }) => {
    await page.route("**/api/v1/sessions", (route) =>
      route.fulfill({
        status: 429,
        headers: { "retry-after": "1260" },
        contentType: "application/problem+json",
        json: { type: "/problems/rate-limited", title: "Too many prototypes", status: 429, detail: "Your network has begun 3 prototypes in the last hour." },
      }),
    );
    await prototype.visit();
    await prototype.start.click();
    await expect(page.getByRole("alert").getByRole("heading", { name: "No sandbox this time" })).toBeVisible();
    await expect(page.getByText("Your network has begun 3 prototypes in the last hour. It works again in 21 minutes.")).toBeVisible();
    await prototype.picture("refused-wide");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
    test.describe(`in ${colorScheme} colours on a ${size} screen`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });

      /** B3, B5, D10 */
      test("axe finds nothing wrong from the form to the last prompt", async ({ prototype, page }) => {
        const name = (state: string) => `${state}-${size}-${colorScheme}`;
        await prototype.visit();
        expect(await faults(page), "form").toEqual([]);
        await prototype.picture(name("form"));
        await page.route("**/api/v1/sessions", async (route) => {
          await expect(prototype.progress.getByRole("listitem")).toHaveText([/^Check done in/, /^Asking for a sandbox/, /^Dev server/]);
          expect(await faults(page), "opening").toEqual([]);
          await prototype.picture(name("opening"));
          await route.continue();
        });
        await prototype.start.click();
        await expect(prototype.preview.getByRole("heading", { level: 1 })).toBeVisible();
        expect(await faults(page), "ready").toEqual([]);
        await prototype.picture(name("ready"));
        await prototype.show("History");
        await prototype.askAndWait("Make the theme ocean blue");
        await prototype.history.locator("summary").first().click();
        expect(await faults(page), "history").toEqual([]);
        await prototype.picture(name("history"));
        await prototype.askAndWait("Add a pricing table");
        await prototype.askAndWait("Add a contact form");
        await expect(page.getByRole("heading", { name: "Keep what you made" })).toBeVisible();
        // What takes room away from the history does not hide what was done last.
        await expect(prototype.history.locator(".prompt-outcome").last()).toBeInViewport();
        await expect(page.getByRole("link", { name: "Sign up free" })).toHaveAttribute("href", /^\/sign-up\?adopt=/);
        expect(await faults(page), "used up").toEqual([]);
        await prototype.picture(name("used-up"));
        await page.getByRole("button", { name: "Continue browsing" }).click();
        await expect(page.getByText("No prompts left. The preview stays until the time is over.")).toBeVisible();
      });
    });
  }
}

/** B1 to B5 */
test("the prototype reads as history, composer and preview", async ({ prototype, page }) => {
  await prototype.open();
  await expect(page.locator(".try-frame")).toMatchAriaSnapshot(`
    - link "Sandglass"
    - heading "Prototype" [level=1]
    - text: React
    - timer "Time left"
    - text: 3 prompts left
    - link "Download the files"
    - link "Sign up to keep building"
    - region "History":
      - heading "History" [level=2]
      - log "History"
    - list "Suggestions"
    - textbox "What should change?"
    - button "Send" [disabled]
    - region "Preview":
      - button "Reload preview"
      - link "Open preview in a new tab"
      - iframe
  `);
});
