// Signing up with a sandbox in hand: it goes along as it is (A9).

import { type Page, expect } from "@playwright/test";
import { test as demoTest } from "../demo.ts";
import { test as prototypeTest } from "../prototype.ts";
import { Workspace } from "../workspace.ts";

/** Signs up on the page that a sandbox's `Sign up` leads to. */
async function signUpAndKeep(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(`ada-${crypto.randomUUID()}@example.com`);
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Sign up and keep it" }).click();
}

/** The workspace that came of it: the same preview and conversation, the files as they were, and room for more prompts. */
async function keepsEverything(page: Page, session: string, preview: string): Promise<void> {
  await expect(page).toHaveURL(`/sessions/${session}`);
  const workspace = new Workspace(page);
  await expect(workspace.conversation.locator(".prompt-text")).toHaveText([/Make the theme ocean blue/, /Add a pricing table/]);
  await expect(workspace.conversation.locator(".prompt").last().getByText(/^Done in/)).toBeVisible();
  await expect(page.locator('iframe[title="Live preview"]')).toHaveAttribute("src", new RegExp(new URL(preview).host));
  await expect(workspace.preview.getByRole("heading", { name: /pricing|plan/i }).first()).toBeVisible();
  await workspace.askAndWait("Add a contact form");
  await expect(workspace.preview.getByRole("button", { name: /send/i })).toBeVisible();
  expect((await page.request.delete(`/api/v1/sessions/${session}`)).status()).toBe(204);
}

/** A9 */
demoTest("a demo goes along with its visitor, in the middle of a prompt", async ({ demo, page }) => {
  await demo.visit();
  const claim = await demo.start();
  await demo.ask("Make the theme ocean blue");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await demo.ask("Add a pricing table");
  await expect(demo.promptsLeft("1 prompt left")).toBeVisible();
  // A page of its own: the demo stays where it is.
  const opened = page.waitForEvent("popup");
  await demo.signUp.click();
  const account = await opened;
  await signUpAndKeep(account);
  await keepsEverything(account, claim.session_id, claim.preview_url);
});

/** A9, B5 */
prototypeTest("a prototype goes along with its visitor", async ({ prototype, page }) => {
  await prototype.open("?framework=vue");
  await prototype.askAndWait("Make the theme ocean blue");
  await prototype.askAndWait("Add a pricing table");
  const [opened] = prototype.opened;
  await page.getByRole("link", { name: "Sign up to keep building" }).click();
  await signUpAndKeep(page);
  await keepsEverything(page, opened!.session_id, opened!.preview_url);
});
