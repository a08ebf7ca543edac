// A workspace's page as its holder knows it, by role and name; and a `test` that watches the console.

import { type FrameLocator, type Locator, type Page, expect, test as base } from "@playwright/test";
import { keepPicture } from "./picture.ts";

/** A session as `POST /api/v1/sessions` answers it. */
export interface Opened {
  session_id: string;
  session_token: string;
  preview_url: string;
}

/** How a command went, as `POST …/exec?wait=true` answers it. */
export interface Ran {
  exit_code: number;
  stdout: string;
}

/** The panes, as narrow screens name them. */
export type PaneName = "Chat" | "Files" | "Terminal" | "Preview";

/** The page at `/sessions/{id}`. */
export class Workspace {
  readonly page: Page;
  readonly conversation: Locator;
  readonly prompt: Locator;
  readonly composer: Locator;
  readonly tree: Locator;
  readonly editor: Locator;
  readonly timer: Locator;
  readonly messages: Locator;
  readonly download: Locator;
  readonly preview: FrameLocator;
  opened!: Opened;

  constructor(page: Page) {
    this.page = page;
    this.conversation = page.getByRole("log", { name: "Conversation" });
    this.prompt = page.getByRole("textbox", { name: "What should change?" });
    this.composer = page.locator(".composer");
    this.tree = page.getByRole("tree", { name: "Files" });
    this.editor = page.locator(".editor-stage:not([hidden]) .cm-content");
    this.timer = page.getByRole("timer");
    this.messages = page.getByRole("status", { name: "Messages" });
    this.download = page.getByRole("banner").getByRole("button", { name: "Download the files" });
    this.preview = page.frameLocator('iframe[title="Live preview"]');
  }

  /** Opens a new workspace and its page. */
  async open(template = "react-vite"): Promise<Opened> {
    const answer = await this.page.request.post("/api/v1/sessions", { data: { kind: "workspace", template } });
    expect(answer.status(), await answer.text()).toBe(201);
    this.opened = (await answer.json()) as Opened;
    // One that nobody had made ready is being made.
    const state = async () => ((await (await this.page.request.get(this.url(""), { headers: this.authority })).json()) as { state: string }).state;
    await expect.poll(state).toBe("ready");
    await this.visit();
    return this.opened;
  }

  async visit(): Promise<void> {
    await this.page.goto(`/sessions/${this.opened.session_id}`);
    await expect(this.prompt.or(this.page.getByRole("heading", { level: 2 })).first()).toBeVisible();
  }

  url(rest: string): string {
    return `/api/v1/sessions/${this.opened.session_id}${rest}`;
  }

  /** Brings a pane to sight, where the screen shows one at a time. */
  async show(pane: PaneName): Promise<void> {
    const tab = this.page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: pane });
    if (await tab.isVisible()) await tab.click();
  }

  async ask(text: string): Promise<void> {
    await this.show("Chat");
    await this.prompt.fill(text);
    await this.prompt.press("Enter");
  }

  /** Asks, and waits until the agent is done. */
  async askAndWait(text: string): Promise<void> {
    await this.ask(text);
    await expect(this.conversation.locator(".prompt").last().getByText(/^Done in/)).toBeVisible();
  }

  /** Opens a file by its path: folders on the way are unfolded. */
  async openFile(path: string): Promise<void> {
    await this.show("Files");
    const tree = this.page.getByRole("button", { name: "All files" });
    if (await tree.isVisible()) await tree.click();
    const names = path.split("/");
    for (const folder of names.slice(0, -1)) {
      const line = this.tree.getByRole("treeitem", { name: folder, exact: true });
      if ((await line.getAttribute("aria-expanded")) === "false") await line.click();
    }
    await this.tree.getByRole("treeitem", { name: names.at(-1)!, exact: true }).click();
    await expect(this.editor).toBeVisible();
  }

  async openTerminal(): Promise<Locator> {
    await this.show("Terminal");
    const fold = this.page.locator(".terminal-fold");
    const open = this.page.getByRole("button", { name: "Open a terminal" });
    if (!(await open.isVisible())) await fold.click();
    else await open.click();
    const screen = this.page.locator(".terminal-stage:not([hidden]) .xterm-rows");
    await expect(screen).toContainText(/[$#]/);
    return screen;
  }

  /** What a client shows to be allowed. */
  get authority(): { authorization: string } {
    return { authorization: `Bearer ${this.opened.session_token}` };
  }

  /** Runs a command as a client does, and waits until it is over. */
  async run(command: string): Promise<Ran> {
    const answer = await this.page.request.post(this.url("/exec?wait=true"), { headers: this.authority, data: { command } });
    expect(answer.status(), await answer.text()).toBe(200);
    return (await answer.json()) as Ran;
  }

  /** Starts a command and leaves it to itself. */
  async launch(command: string): Promise<void> {
    const headers = { ...this.authority, "content-type": "application/json" };
    const address = new URL(this.url("/exec"), this.page.url());
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ command }) });
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  }

  /** The card of a command in the conversation. */
  card(command: string): Locator {
    return this.conversation.locator(".command").filter({ has: this.page.locator(".command-line code", { hasText: command }) });
  }

  /** Keeps a picture of this state among the run's results. */
  picture(name: string): Promise<void> {
    return keepPicture(this.page, `workspace-${name}`);
  }
}

/** A test whose page may not report an error to the console, unless the test says which. */
export const test = base.extend<{ workspace: Workspace; expectedErrors: RegExp[] }>({
  expectedErrors: [[], { option: true }],
  workspace: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    const workspace = new Workspace(page);
    await use(workspace);
    const unexpected = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)));
    if (workspace.opened) await page.request.delete(workspace.url(""), { headers: workspace.authority });
    expect(unexpected).toEqual([]);
  },
});

export { expect };
