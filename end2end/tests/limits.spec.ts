// What a demo allows, and how it says no.

import { expect, test } from "../demo.ts";

/** A6 */
test("after three prompts there is no fourth, and the result stays to be looked at", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  await demo.ask("make the theme forest green");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await demo.ask("add a to-do list");
  await expect(demo.promptsLeft("1 prompt left")).toBeVisible();
  await demo.ask("add a footer");
  await expect(demo.promptsLeft("No prompts left")).toBeVisible();

  await expect(demo.send).toHaveCount(0);
  await expect(demo.signUp).toBeVisible();
  await expect(demo.preview.getByRole("contentinfo")).toBeVisible();
});

/** A7 */
test("a prompt the agent cannot serve says so, offers three that work, and does not count", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  await demo.ask("translate the whole Linux kernel to Haskell");

  // The chips were there before; what came of the prompt tells that these are the agent's.
  await expect(demo.steps.getByText(/not counted/)).toBeVisible();
  const offers = demo.suggestions.getByRole("button");
  await expect(offers).toHaveCount(3);
  await expect(demo.promptsLeft("3 prompts left")).toBeVisible();

  await offers.first().click();
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
});

/** A5 */
test.describe("when the server refuses the claim", () => {
  test.use({ expectedErrors: [/429/] });

  test("the visitor reads why and when to come back", async ({ demo, page }) => {
    const problem = {
      type: "/problems/too-many-demos",
      title: "Too many demos",
      status: 429,
      detail: "You have had your demo for this hour.",
      retry_after_seconds: 600,
    };
    await page.route("**/api/v1/demo/claim", (route) =>
      route.fulfill({
        status: 429,
        headers: { "content-type": "application/problem+json", "retry-after": "600" },
        body: JSON.stringify(problem),
      }),
    );
    await demo.visit();
    await demo.tryButton.click();
    await expect(page.getByText(problem.detail).first()).toBeVisible();
    await expect(page.getByText(/10 min/).first()).toBeVisible();
  });
});
