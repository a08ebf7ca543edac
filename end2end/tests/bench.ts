// Measures what a visitor waits for, in a real browser against release servers, and prints it beside the aims: `make bench`.
//
// Nothing here fails when a figure is poor: a figure is read by people, and depends on the machine.

import { type APIRequestContext, expect, test } from "@playwright/test";
import { type Claim, Demo, authority } from "../demo.ts";
import { momentOf, note, printed, report } from "../figures.ts";
import { cold, warm } from "../servers.ts";

const WARM_POOL = 10;

test.describe.configure({ mode: "serial" });
test.afterAll(printed);

for (const [name, server, times, aim] of [
  ["warm", warm, 20, "≤ 1000"],
  ["cold", cold, 10, "≤ 2000"],
] as const) {
  test(`click to painted preview, ${name}`, async ({ browser, playwright }) => {
    const api = await playwright.request.newContext({ baseURL: server.url });
    const painted_ms: number[] = [];
    const visible_ms: number[] = [];
    for (let i = 0; i < times; i += 1) {
      if (server === warm) await untilWarm(api, WARM_POOL);
      const context = await browser.newContext({ baseURL: server.url });
      const demo = new Demo(await context.newPage(), server === cold ? /^Try it, starts in/ : undefined);
      await demo.visit();
      const clicked = await momentOf(demo.page, "click");
      const claim = await demo.start();
      expect(claim.warm).toBe(server === warm);
      painted_ms.push((await firstPaint(demo)) - (await clicked.at));
      if (server === warm) visible_ms.push(await promptToVisible(demo));
      await release(api, claim);
      await context.close();
    }
    report(`click → preview painted, ${name}, ms`, painted_ms, aim);
    if (server === warm) report("prompt → change visible, ms", visible_ms, "≤ 1000");
  });
}

test("bytes of the landing page over the wire", async ({ browser }) => {
  const page = await browser.newPage({ baseURL: warm.url });
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const sizes: number[] = [];
  client.on("Network.loadingFinished", ({ encodedDataLength }) => sizes.push(encodedDataLength));
  await new Demo(page).visit();
  await page.evaluate(() => document.fonts.ready);
  const total_kb = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  note(["landing page over the wire, KB (headers included)", `${sizes.length}`, total_kb.toFixed(1), "", "", "", "≤ 200"]);
});

/** Waits, by the stream the page itself listens to, until so many sandboxes are ready. */
async function untilWarm(api: APIRequestContext, sandboxes: number): Promise<void> {
  const now = (await (await api.get("/api/v1/demo/availability")).json()) as { warm: number };
  if (now.warm >= sandboxes) return;
  const stream = await fetch(`${warm.url}/api/v1/demo/availability/stream`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const latest = text.lastIndexOf("\ndata:");
    const found = /^\ndata: ?(\{.*\})/.exec(text.slice(latest));
    if (found && (JSON.parse(found[1]!) as { warm: number }).warm >= sandboxes) break;
  }
}

async function release(api: APIRequestContext, claim: Claim): Promise<void> {
  await api.delete(`/api/v1/demo/${claim.session_id}`, { headers: authority(claim) });
}

/** When the app in the preview was first painted, in ms since 1970, as the browser noted it. */
function firstPaint(demo: Demo): Promise<number> {
  return demo.preview.locator(":root").evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(performance.timeOrigin + entry.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );
}

/** Milliseconds from sending a prompt to the frame that shows its colours. */
async function promptToVisible(demo: Demo): Promise<number> {
  await demo.prompt.fill("make the theme ocean blue");
  const changed = demo.preview.locator(":root").evaluate(
    (root) =>
      new Promise<number>((resolve) => {
        const accent = () => getComputedStyle(root).getPropertyValue("--accent");
        const before = accent();
        const look = () => {
          if (accent() === before) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        };
        look();
      }),
  );
  const clicked = await momentOf(demo.page, "click");
  await demo.send.click();
  return (await changed) - (await clicked.at);
}
