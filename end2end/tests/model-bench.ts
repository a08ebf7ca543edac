// Measures how soon a language model's words are seen, and how soon it is stopped, in a real browser against a release server with a
// scripted model: `make bench`.
//
// Nothing here fails when a figure is poor: a figure is read by people, and depends on the machine.

import { type JSHandle, type Page, expect, test } from "@playwright/test";
import { momentOf, printed, report } from "../figures.ts";
import { ScriptedModel } from "../model.ts";
import { desks, modelPort } from "../servers.ts";
import { Workspace } from "../workspace.ts";

const PIECES = 60;
const STOPS = 20;

test.use({ baseURL: desks.url, viewport: { width: 1440, height: 900 } });
test.describe.configure({ mode: "serial" });

const model = new ScriptedModel();
test.beforeAll(() => model.listen(modelPort));
test.afterAll(() => model.close());
test.afterAll(printed);

/** Watches from now on for when the page shows `text`, in ms since 1970. */
function watchWords(page: Page, text: string): Promise<JSHandle<{ shown: Promise<number> }>> {
  return page.locator("body").evaluateHandle((body, text) => {
    const isThere = () => body.querySelector(".prompt-words")?.textContent?.includes(text) ?? false;
    const shown = new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        if (!isThere()) return;
        watcher.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      watcher.observe(body, { subtree: true, childList: true, characterData: true });
    });
    return { shown };
  }, text);
}

test("a language model's words to the page, and stopping it", async ({ page }) => {
  const workspace = new Workspace(page);
  await workspace.open();
  await page.getByRole("combobox", { name: "Who answers" }).selectOption("scripted");
  await workspace.ask("Tell me something long");
  const answer = await model.asked();
  const first_ms: number[] = [];
  const later_ms: number[] = [];
  const stops_ms: number[] = [];
  for (let i = 1; i <= PIECES; i += 1) {
    const watched = await watchWords(page, `word-${i}.`);
    const said = performance.timeOrigin + performance.now();
    answer.say(`word-${i}. `);
    const waited = (await watched.evaluate(({ shown }) => shown)) - said;
    (i === 1 ? first_ms : later_ms).push(waited);
  }
  answer.end();
  await expect(workspace.conversation.locator(".prompt-end")).toHaveCount(1);
  for (let i = 0; i < STOPS; i += 1) {
    await workspace.ask(`Once more ${i}`);
    const watched = await watchWords(page, "begun.");
    const again = await model.asked();
    const said = performance.timeOrigin + performance.now();
    again.say("begun.");
    first_ms.push((await watched.evaluate(({ shown }) => shown)) - said);
    const pressed = await momentOf(page, "click");
    const watchedEnd = await page.locator("body").evaluateHandle((body, count) => {
      const shown = new Promise<number>((resolve) => {
        const watcher = new MutationObserver(() => {
          if (body.querySelectorAll(".prompt-end").length < count) return;
          watcher.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        watcher.observe(body, { subtree: true, childList: true });
      });
      return { shown };
    }, i + 2);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    stops_ms.push((await watchedEnd.evaluate(({ shown }) => shown)) - (await pressed.at));
  }
  report("a model's first words → in the page, ms", first_ms, "≤ 100");
  report("a model's further words → in the page, ms", later_ms, "");
  report("Stop → the prompt has ended, ms", stops_ms, "≤ 1000");
  await page.request.delete(workspace.url(""), { headers: workspace.authority });
});
