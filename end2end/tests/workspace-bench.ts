// Measures what somebody who stays in a workspace waits for, in a real browser against a release server: `make bench`.
//
// Nothing here fails when a figure is poor: a figure is read by people, and depends on the machine.

import { type JSHandle, type Page, expect, test } from "@playwright/test";
import { momentOf, printed, report } from "../figures.ts";
import { desks } from "../servers.ts";
import { Workspace } from "../workspace.ts";

const WARM_POOL = 3;
/** Three events each: begun, written, over. */
const COMMANDS = 170;

test.use({ baseURL: desks.url, viewport: { width: 1440, height: 900 } });
test.describe.configure({ mode: "serial" });
test.afterAll(printed);

/** Notes for every page when it can be worked in: its sandbox is there, and so many commands are in its conversation. */
async function watch(page: Page, commands: number): Promise<void> {
  await page.addInitScript((commands) => {
    const look = () => {
      const usable = document.querySelector("button[aria-label='New terminal']:enabled") !== null;
      if (!usable || document.querySelectorAll(".command-end").length < commands) return;
      watcher.disconnect();
      requestAnimationFrame(() => document.documentElement.setAttribute("data-usable", `${performance.timeOrigin + performance.now()}`));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { subtree: true, childList: true, attributes: true });
  }, commands);
}

/** How many sandboxes are warm of what the picker proposes. */
async function readySandboxes(page: Page): Promise<number> {
  const metrics = await (await page.request.get("/metrics")).text();
  return Number(metrics.match(/^sandglass_pool_ready\{template="react-vite"\} ([\d.]+)/m)?.[1]);
}

/** When the page could be worked in, in ms since 1970. */
async function usable(page: Page): Promise<number> {
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-usable", /./);
  return Number(await root.getAttribute("data-usable"));
}

test("New Sandbox to a usable workspace, warm", async ({ page }) => {
  const email = `bench-${Date.now()}@example.com`;
  const signedUp = await page.request.post("/api/v1/account/sign-up", { data: { email, password: "correct horse battery" } });
  expect(signedUp.status(), await signedUp.text()).toBe(201);
  await watch(page, 0);
  const waits_ms: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    // The pool may have grown meanwhile: people keep coming.
    await expect.poll(() => readySandboxes(page)).toBeGreaterThanOrEqual(WARM_POOL);
    await page.goto("/projects");
    await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
    const clicked = await momentOf(page, "click");
    await page.getByRole("button", { name: "New Sandbox" }).click();
    const began = await clicked.at;
    await page.waitForURL("**/sessions/*");
    waits_ms.push((await usable(page)) - began);
    const session = page.request.get(`/api/v1${new URL(page.url()).pathname}`);
    expect(await (await session).json()).toMatchObject({ warm: true });
    await page.request.delete(`/api/v1${new URL(page.url()).pathname}`);
  }
  report("New Sandbox → usable workspace, warm, ms", waits_ms, "≤ 1000");
});

test("a refresh with 500 events in the journal", async ({ page }) => {
  const workspace = new Workspace(page);
  await workspace.open("blank");
  for (let i = 0; i < COMMANDS; i += 1) await workspace.run(`echo line ${i}; seq 1 20`);
  await watch(page, COMMANDS);
  const waits_ms: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    await page.reload();
    waits_ms.push((await usable(page)) - (await page.evaluate(() => performance.timeOrigin)));
  }
  report(`refresh → all ${COMMANDS} commands again, ms`, waits_ms, "≤ 1000");
  await page.request.delete(workspace.url(""), { headers: workspace.authority });
});

test("a key in the terminal to its echo", async ({ page }) => {
  await page.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener("message", () => document.documentElement.setAttribute("data-heard", `${performance.timeOrigin + performance.now()}`));
      }
    };
  });
  const workspace = new Workspace(page);
  await workspace.open("blank");
  await workspace.openTerminal();
  const heard_ms: number[] = [];
  const waits_ms: number[] = [];
  for (let i = 0; i < 100; i += 1) {
    const watched = await watchEcho(page);
    const pressed = await momentOf(page, "keydown");
    await page.keyboard.press("x");
    const shown = await watched.evaluate(({ drawn }) => drawn);
    heard_ms.push(Number(await page.locator("html").getAttribute("data-heard")) - (await pressed.at));
    waits_ms.push(shown - (await pressed.at));
  }
  report("key in the terminal → echo in the page, ms", heard_ms, "p95 ≤ 30");
  report("key in the terminal → echo drawn, ms", waits_ms, "");
  await page.request.delete(workspace.url(""), { headers: workspace.authority });
});

/** Watches from now on for when the terminal draws one more `x`, in ms since 1970. */
function watchEcho(page: Page): Promise<JSHandle<{ drawn: Promise<number> }>> {
  return page.locator(".terminal-stage:not([hidden]) .xterm-rows").evaluateHandle((rows) => {
    const count = () => rows.textContent!.split("x").length;
    const before = count();
    const drawn = new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        if (count() === before) return;
        watcher.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      watcher.observe(rows, { subtree: true, childList: true, characterData: true });
    });
    return { drawn };
  });
}

test("a saved file to the changed preview", async ({ page }) => {
  const workspace = new Workspace(page);
  await workspace.open();
  await expect(workspace.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await workspace.openFile("src/index.css");
  await workspace.editor.click();
  await page.keyboard.press("Control+End");
  const waits_ms: number[] = [];
  for (let i = 1; i <= 30; i += 1) {
    await page.keyboard.insertText(`:root { --save: ${i} }\n`);
    const changed = workspace.preview.locator(":root").evaluate(
      (root, wanted) =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (getComputedStyle(root).getPropertyValue("--save").trim() !== wanted) requestAnimationFrame(look);
            else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
          };
          look();
        }),
      `${i}`,
    );
    const pressed = await momentOf(page, "keydown");
    await page.keyboard.press("Control+S");
    waits_ms.push((await changed) - (await pressed.at));
    await expect(page.getByText(", not saved")).toHaveCount(0);
  }
  report("save → preview changed, ms", waits_ms, "p95 ≤ 200");
  await page.request.delete(workspace.url(""), { headers: workspace.authority });
});
