// The landing page and its overlay as a visitor knows them, by role and name; and a `test` that watches the console.

import { type APIResponse, type FrameLocator, type Locator, type Page, expect, test as base } from "@playwright/test";

/** A session as `POST /api/v1/demo/claim` answers it. */
export interface Claim {
  session_id: string;
  session_token: string;
  preview_url: string;
  warm: boolean;
}

/** What a client shows to be allowed. */
export function authority(claim: Claim): { authorization: string } {
  return { authorization: `Bearer ${claim.session_token}` };
}

/** The live demo on the landing page. */
export class Demo {
  readonly page: Page;
  readonly tryButton: Locator;
  readonly dialog: Locator;
  readonly steps: Locator;
  readonly prompt: Locator;
  readonly send: Locator;
  readonly timer: Locator;
  readonly suggestions: Locator;
  readonly close: Locator;
  readonly signUp: Locator;
  readonly ended: Locator;
  readonly preview: FrameLocator;

  /** `offered`: what the button is called. */
  constructor(page: Page, offered: string | RegExp = /^(Try Live Demo|Try it, starts in .*)$/) {
    this.page = page;
    // A4: the second name is the button's while no sandbox is ready.
    this.tryButton = page.getByRole("button", { name: offered }).first();
    this.dialog = page.getByRole("dialog", { name: "Live demo" });
    this.steps = this.dialog.getByRole("log", { name: "Steps" });
    this.prompt = this.dialog.getByRole("textbox", { name: "What should change?" });
    this.send = this.dialog.getByRole("button", { name: "Send" });
    this.timer = this.dialog.getByRole("timer");
    this.suggestions = this.dialog.getByRole("list", { name: "Suggestions" });
    this.close = this.dialog.getByRole("button", { name: "Close demo" });
    this.signUp = this.dialog.getByRole("link", { name: "Sign up to keep building" });
    this.ended = this.dialog.getByRole("heading", { name: "Your sandbox ended" });
    this.preview = this.dialog.frameLocator('iframe[title="Live preview"]');
  }

  /** Opens the landing page and waits until its buttons do something. */
  async visit(): Promise<void> {
    await this.page.goto("/");
    await this.hydrated();
  }

  async hydrated(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
  }

  /** Clicks the button, and waits for the overlay and the server's answer. */
  async claim(): Promise<Claim> {
    const claimed = this.page.waitForResponse("**/api/v1/demo/claim");
    await this.tryButton.click();
    await expect(this.dialog).toBeVisible();
    return (await (await claimed).json()) as Claim;
  }

  /** Claims, and waits for the app in the preview. */
  async start(): Promise<Claim> {
    const claim = await this.claim();
    await expect(this.preview.getByRole("heading", { level: 1 })).toBeVisible();
    return claim;
  }

  async ask(text: string): Promise<void> {
    await this.prompt.fill(text);
    await this.send.click();
  }

  promptsLeft(text: "3 prompts left" | "2 prompts left" | "1 prompt left" | "No prompts left"): Locator {
    return this.dialog.getByText(text, { exact: true }).first();
  }

  /** What the session's owner is told about it. */
  async status(claim: Claim): Promise<APIResponse> {
    // By token, as the cookie may be gone with the session.
    return this.page.request.get(`/api/v1/demo/${claim.session_id}/status`, { headers: authority(claim) });
  }

  /** A colour of the app in the preview, as the style sheet names it. */
  async previewColour(name: string): Promise<string> {
    return this.preview.locator(":root").evaluate((root, name) => getComputedStyle(root).getPropertyValue(name).trim(), name);
  }
}

/** A test whose page may not report an error to the console, unless the test says which. */
export const test = base.extend<{ demo: Demo; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  demo: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    const claims: Promise<Claim>[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/demo/claim") && response.status() === 201) claims.push(response.json() as Promise<Claim>);
    });
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(new Demo(page));
    // What the page says once its sandbox is taken away under it is not the story's.
    const unexpected = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)));
    // A page that is simply gone keeps its sandbox for another while; the next story may need it.
    for (const claim of await Promise.all(claims)) {
      await page.request.delete(`/api/v1/demo/${claim.session_id}`, { headers: authority(claim) });
    }
    expect(unexpected).toEqual([]);
  },
});

export { expect };
