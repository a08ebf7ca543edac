// When nothing is free: the recording, and the way back to a live demo (A4, C1). One story, because there is one sandbox.

import AxeBuilder from "@axe-core/playwright";
import { type Claim, authority, expect, test } from "../demo.ts";

test("while all demos are in use a recording can be watched, and a demo tried as soon as one is free", async ({ demo, page, request }) => {
  // Another visitor, with cookies of their own.
  const taken = await request.post("/api/v1/demo/claim", { data: {} });
  const claim = (await taken.json()) as Claim;
  await page.goto("/");
  await demo.hydrated();
  const watch = page.getByRole("button", { name: "Watch Demo" }).first();
  await expect(page.getByText("All demos are in use right now.")).toBeVisible();
  await watch.click();

  await expect(demo.dialog.getByText("This is a real recording")).toBeVisible();
  // Held still, so that a picture is there for as long as it is looked for.
  await demo.dialog.getByRole("button", { name: "Pause" }).click();
  const progress = demo.dialog.getByRole("slider", { name: "Progress" });
  await progress.fill("4000");
  await expect(demo.steps.getByText("Make the theme ocean blue")).toBeVisible();
  await expect(demo.dialog.getByRole("img", { name: "The starter app in ocean blue" })).toBeVisible();
  await demo.dialog.getByRole("button", { name: "Play", exact: true }).click();
  await demo.dialog.getByRole("button", { name: "4 times as fast" }).click();
  await expect(demo.steps.getByText("Add a pricing table with three plans")).toBeVisible();
  await expect(demo.dialog.getByRole("img", { name: /pricing table/ })).toBeVisible();
  await expect(demo.dialog.getByRole("button", { name: "Play again" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await expect(demo.dialog.getByRole("button", { name: "Try it live" })).toBeHidden();

  await request.delete(`/api/v1/demo/${claim.session_id}`, { headers: authority(claim) });
  await demo.dialog.getByRole("button", { name: "Try it live" }).click();
  await expect(demo.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(demo.tryButton).toBeFocused();
});
