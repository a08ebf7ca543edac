// How a session ends by itself, on a server whose sessions last a few seconds.

import { expect, test } from "../demo.ts";

/** A8 */
test("when the time is over, the visitor is told plainly and the preview is gone", async ({ demo, context }) => {
  await demo.visit();
  const claim = await demo.claim();

  await expect(demo.ended).toBeVisible();
  await expect(demo.signUp).toBeVisible();
  expect(await (await demo.status(claim)).json()).toMatchObject({ state: "ended", ended_reason: "deadline" });
  const answer = await (await context.newPage()).goto(claim.preview_url);
  expect(answer?.status()).toBe(410);

  await demo.page.keyboard.press("Escape");
  await expect(demo.dialog).toBeHidden();
  await expect(demo.tryButton).toBeFocused();
});
