// The main job: one click to a live app that changes as it is told to.

import { expect, test } from "../demo.ts";

/** A1, A2 */
test("a click opens the overlay with a live app, a running countdown and three prompts", async ({ demo }) => {
  await demo.visit();
  await expect(demo.tryButton).toHaveAccessibleName("Try Live Demo");
  await demo.start();

  await expect(demo.preview.getByRole("heading", { name: "Hello from your sandbox" })).toBeVisible();
  await expect(demo.promptsLeft("3 prompts left")).toBeVisible();
  await expect(demo.signUp).toBeVisible();
  await expect(demo.timer).toHaveText(/^[0-4]:[0-5]\d$/);
  const shown = await demo.timer.innerText();
  await expect(demo.timer).not.toHaveText(shown);
});

/** A3 */
test("the button says that the demo is starting until it has", async ({ demo, page }) => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/v1/demo/claim", async (route) => {
    await held;
    await route.continue();
  });

  await demo.visit();
  await demo.tryButton.click();
  // The overlay covers the page, so its buttons are looked for in what is hidden, too.
  const starting = page.getByRole("button", { name: "Starting demo…", includeHidden: true }).first();
  await expect(starting).toBeDisabled();
  answer();
  await expect(demo.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(starting).toHaveCount(0);
});

/** A1 */
test("a click before the page has come to life is not lost", async ({ demo, page }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });

  await page.goto("/");
  await demo.tryButton.click();
  await expect(demo.dialog).toBeHidden();
  arrive();
  await expect(demo.dialog).toBeVisible();
  await expect(demo.preview.getByRole("heading", { level: 1 })).toBeVisible();
});

/** A1, A2 */
test("a prompt changes real files, and the preview follows without a reload", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  const accent = await demo.previewColour("--accent");
  await demo.preview.locator(":root").evaluate((root) => root.setAttribute("data-was-here", ""));

  await demo.ask("make the theme ocean blue");

  const step = demo.steps.getByText(/Edited .*\.css/).first();
  await expect(step).toBeVisible();
  await expect(demo.steps.getByText(/\+\d+/).first()).toBeVisible();
  await expect(demo.steps.getByText(/−\d+/).first()).toBeVisible();
  await expect.poll(() => demo.previewColour("--accent")).not.toBe(accent);
  await expect(demo.preview.locator(":root")).toHaveAttribute("data-was-here", "");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
});

/** A2 */
test("a step opens to the lines that changed", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  await demo.ask("make the theme ocean blue");

  await demo.steps.getByText(/Edited .*\.css/).first().click();
  await expect(demo.steps.getByText(/^[+]?\s*--accent:/).first()).toBeVisible();
});

/** G3 */
test("what a prompt adds works, and stays when the next one comes", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  await demo.ask("add a counter");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  const counter = demo.preview.locator("main").getByRole("button").first();
  await expect(counter).toBeVisible();

  await demo.ask('change the title to "Tea timer"');
  await expect(demo.preview.getByRole("heading", { name: "Tea timer" })).toBeVisible();
  await expect(counter).toBeVisible();
});

/** A2 */
test("a suggestion is a prompt in one click", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  const chip = demo.suggestions.getByRole("button").first();
  const text = await chip.innerText();
  await chip.click();

  await expect(demo.steps.getByText(text).first()).toBeVisible();
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
});

/** A2, A8 */
test("closing gives the page back as it was and destroys the sandbox", async ({ demo, page, context }) => {
  await demo.visit();
  const claim = await demo.start();
  await demo.close.click();

  await expect(demo.dialog).toBeHidden();
  await expect(demo.tryButton).toBeFocused();
  await expect
    .poll(async () => (await (await demo.status(claim)).json()) as unknown)
    .toMatchObject({ session_id: claim.session_id, state: "ended", ended_reason: "closed" });

  const stranger = await context.newPage();
  const answer = await stranger.goto(claim.preview_url);
  expect(answer?.status()).toBe(410);
  await expect(stranger.getByRole("heading", { name: "Hello from your sandbox" })).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

/** A8 */
test("after closing, another click gives another sandbox", async ({ demo }) => {
  await demo.visit();
  const first = await demo.start();
  await demo.close.click();
  await expect(demo.dialog).toBeHidden();

  const second = await demo.start();
  expect(second.session_id).not.toBe(first.session_id);
  expect(second.preview_url).not.toBe(first.preview_url);
  await expect(demo.promptsLeft("3 prompts left")).toBeVisible();
});

/** A2 */
test("the preview can be reloaded and opened by itself", async ({ demo, context }) => {
  await demo.visit();
  await demo.start();
  await demo.preview.locator(":root").evaluate((root) => root.setAttribute("data-was-here", ""));
  await demo.dialog.getByRole("button", { name: "Reload preview" }).click();
  await expect(demo.preview.getByRole("heading", { name: "Hello from your sandbox" })).toBeVisible();
  await expect(demo.preview.locator(":root")).not.toHaveAttribute("data-was-here", "");

  const opened = context.waitForEvent("page");
  await demo.dialog.getByRole("link", { name: "Open preview in a new tab" }).click();
  await expect((await opened).getByRole("heading", { name: "Hello from your sandbox" })).toBeVisible();
});
