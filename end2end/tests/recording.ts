// Writes down a real session for `Watch Demo`: its journal and pictures of its preview, in public/recording (C1). Run by
// `make recording`, with the release build.

import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Claim, type Demo, authority, expect, test } from "../demo.ts";

const FOLDER = fileURLToPath(new URL("../../public/recording/", import.meta.url));
/** Room for the overlay's other half, so that the preview itself is 960 by 640. */
test.use({ viewport: { width: 1400, height: 800 }, colorScheme: "light", deviceScaleFactor: 1 });

interface Recorded {
  seq: number;
  type: string;
  [field: string]: unknown;
}

const PROMPTS = [
  { text: "Make the theme ocean blue", alt: "The starter app in ocean blue" },
  { text: "Add a to-do list", alt: "The same app with a to-do list below its counter" },
  { text: "Add a pricing table with three plans", alt: "The app with the to-do list and a pricing table of three plans" },
];

test("a recording of a real demo", async ({ demo, page }) => {
  await mkdir(FOLDER, { recursive: true });
  await demo.visit();
  const claim = await demo.start();
  const pictures = [await picture(demo, 0, 1, "A small React app, freshly started")];
  for (const [i, { text, alt }] of PROMPTS.entries()) {
    await demo.prompt.pressSequentially(text, { delay: 60 });
    await demo.send.click();
    await expect.poll(() => finished(demo, claim)).toBe(i + 1);
    // As a visitor would, we look at what is new: sections come at the page's end. Two frames later it is painted.
    await demo.preview.locator(":root").evaluate((root) => {
      root.scrollTo(0, root.scrollHeight);
      return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    const events = await journal(page.url(), claim);
    pictures.push(await picture(demo, i + 1, events.at(-1)!.seq, alt));
  }
  const events = (await journal(page.url(), claim)).map(scrubbed);
  await writeFile(`${FOLDER}demo.json`, `${JSON.stringify({ events, pictures }, null, 1)}\n`);
});

async function finished(demo: Demo, claim: Claim): Promise<number> {
  return (await journal(demo.page.url(), claim)).filter((event) => event.type === "prompt.finished").length;
}

async function picture(demo: Demo, number: number, seq: number, alt: string) {
  const frame = demo.dialog.locator('iframe[title="Live preview"]');
  await frame.screenshot({ path: `${FOLDER}${number}.jpeg`, type: "jpeg", quality: 82 });
  return { seq, src: `/recording/${number}.jpeg`, alt };
}

/** What the journal holds by now. The stream stays open, so it is left at the newest event that the status knows of. */
async function journal(url: string, claim: Claim): Promise<Recorded[]> {
  const leaving = new AbortController();
  const events: Recorded[] = [];
  const stream = await fetch(new URL(`/api/v1/demo/${claim.session_id}/events`, url), { headers: authority(claim), signal: leaving.signal });
  const decoder = new TextDecoder();
  let text = "";
  const quiet = setTimeout(() => leaving.abort(), 300);
  try {
    for await (const chunk of stream.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const frames = text.split("\n\n");
      text = frames.pop()!;
      for (const frame of frames) {
        const data = /^data: ?(.*)$/m.exec(frame)?.[1];
        if (data) events.push(JSON.parse(data) as Recorded);
      }
      quiet.refresh();
    }
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
  return events;
}

/** Without what leads to the sandbox or to kept contents. */
function scrubbed({ before, after, ...event }: Recorded): Recorded {
  return event.type === "session.claimed" ? { ...event, preview_url: "" } : event;
}
