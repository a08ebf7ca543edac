// The page `/try` as a visitor knows it, by role and name; and a `test` that watches the console and gives sandboxes back.

import { type FrameLocator, type Locator, type Page, expect, test as base } from "@playwright/test";
import { keepPicture } from "./picture.ts";
import type { Opened } from "./workspace.ts";

/** The page at `/try`. */
export class Prototype {
  readonly page: Page;
  readonly start: Locator;
  readonly first: Locator;
  readonly prompt: Locator;
  readonly send: Locator;
  readonly history: Locator;
  readonly timer: Locator;
  readonly progress: Locator;
  readonly preview: FrameLocator;
  opened: Opened[] = [];

  constructor(page: Page) {
    this.page = page;
    this.start = page.getByRole("button", { name: "Start" });
    this.first = page.getByRole("textbox", { name: "What should change first?" });
    this.prompt = page.getByRole("textbox", { name: "What should change?", exact: true });
    this.send = page.getByRole("button", { name: "Send" });
    this.history = page.getByRole("log", { name: "History" });
    this.timer = page.getByRole("timer");
    this.progress = page.getByRole("list", { name: "Progress" });
    this.preview = page.frameLocator('iframe[title="Live preview"]');
  }

  async visit(query = ""): Promise<void> {
    await this.page.goto(`/try${query}`);
    await expect(this.page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  }

  /** Starts, and waits for the app. */
  async open(query = ""): Promise<void> {
    await this.visit(query);
    await this.start.click();
    await expect(this.preview.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** Brings a pane to sight, where the screen shows one at a time. */
  async show(pane: "Preview" | "History"): Promise<void> {
    const tab = this.page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: pane });
    if (await tab.isVisible()) await tab.click();
  }

  async askAndWait(text: string): Promise<void> {
    const before = await this.history.locator(".prompt").count();
    await this.prompt.fill(text);
    // One at a time: while the agent works, nothing can be sent.
    await expect(this.send).toBeEnabled();
    await this.prompt.press("Enter");
    await expect(this.history.locator(".prompt")).toHaveCount(before + 1);
    await expect(this.history.locator(".prompt").last().locator(".prompt-outcome")).toHaveText(/Done in/);
  }

  picture(name: string): Promise<void> {
    return keepPicture(this.page, `try-${name}`);
  }
}

/** A test whose page may not report an error to the console, unless the test says which. */
export const test = base.extend<{ prototype: Prototype; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  prototype: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    const prototype = new Prototype(page);
    page.on("response", async (response) => {
      if (response.url().endsWith("/api/v1/sessions") && response.status() === 201) prototype.opened.push((await response.json()) as Opened);
    });
    await use(prototype);
    const unexpected = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)));
    for (const { session_id, session_token } of prototype.opened) {
      await page.request.delete(`/api/v1/sessions/${session_id}`, { headers: { authorization: `Bearer ${session_token}` } });
    }
    expect(unexpected).toEqual([]);
  },
});

export { expect };
