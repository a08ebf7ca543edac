// What a hostile page in a preview tries, and what people see who open one from outside (J2, D7).
//
// The preview's own frame plays the attacker: its scripts run with exactly the rights that a stranger's would.

import type { Browser, Page } from "@playwright/test";
import { type Demo, authority, expect, test } from "../demo.ts";

/** A refused attack is an error in the attacker's console. */
test.use({ expectedErrors: [/./] });

const APP = "Hello from your sandbox";

/** What an attacker knows. */
interface Known {
  /** Where the app is. */
  app: string;
  /** Whatever else the attack needs. */
  detail: string;
}

/** Runs an attack in the preview, and gives back what came of it: its answer, or the name of the error that it met. */
async function attack(demo: Demo, what: (known: Known) => unknown, detail = ""): Promise<string> {
  const app = new URL(demo.page.url()).origin;
  return demo.preview.locator(":root").evaluate(
    async (_root, { source, known }) => {
      try {
        const run = new Function("known", `return (${source})(known)`) as (known: Known) => unknown;
        return String(await run(known));
      } catch (error) {
        return (error as Error).name;
      }
    },
    { source: what.toString(), known: { app, detail } },
  );
}

/** Somebody else's browser. */
async function stranger(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** J2 */
test("a page in the preview reads nothing of the app", async ({ demo, page }) => {
  await demo.visit();
  await page.evaluate(() => localStorage.setItem("secret", "of the app"));
  await demo.start();
  expect(await attack(demo, () => parent.document.title)).toBe("SecurityError");
  expect(await attack(demo, () => parent.localStorage.length)).toBe("SecurityError");
  expect(await attack(demo, () => top?.location.href)).toBe("SecurityError");
  // Its own storage, or none: browsers differ in what they give to frames of another site.
  expect(await attack(demo, () => localStorage.getItem("secret"))).toMatch(/^(null|SecurityError)$/);
  expect(await attack(demo, () => document.cookie)).toBe("");
  for (const mode of ["cors", "no-cors"]) {
    const read = async ({ app, detail }: Known) => {
      const answer = await fetch(`${app}/`, { mode: detail as RequestMode, credentials: "include" });
      return answer.text();
    };
    expect(await attack(demo, read, mode), mode).toBe("TypeError");
  }
});

/** J2, J3 */
test("a page in the preview does nothing in the visitor's name", async ({ demo }) => {
  await demo.visit();
  const claim = await demo.start();
  for (const mode of ["cors", "no-cors"]) {
    const write = async ({ app, detail }: Known) => {
      const [mode, session] = detail.split(" ");
      const init = { method: "POST", mode: mode as RequestMode, credentials: "include" } as const;
      await fetch(`${app}/api/v1/demo/${session}/prompt`, { ...init, body: '{"text":"add a footer"}' });
    };
    expect(await attack(demo, write, `${mode} ${claim.session_id}`), mode).toBe("TypeError");
  }
  const status = (await (await demo.status(claim)).json()) as unknown;
  expect(status).toMatchObject({ state: "ready", prompts_used: 0 });
});

/** J2 */
test("forged messages change nothing on the page", async ({ demo }) => {
  await demo.visit();
  const claim = await demo.start();
  await attack(demo, () => {
    const forged = [
      { type: "session.ended", seq: 999, reason: "closed" },
      { type: "prompt.finished", seq: 998, counted: true },
      "session.ended",
    ];
    for (const message of forged) parent.postMessage(message, "*");
  });
  await demo.ask("add a footer");
  await expect(demo.promptsLeft("2 prompts left")).toBeVisible();
  await expect(demo.ended).toHaveCount(0);
  expect(await (await demo.status(claim)).json()).toMatchObject({ state: "ready", prompts_used: 1 });
});

/** J2 */
test("a page in the preview can't lead the visitor away", async ({ demo, page }) => {
  await demo.visit();
  const before = page.url();
  await demo.start();
  await attack(demo, () => {
    if (top) top.location.href = "https://evil.example/";
  });
  await attack(demo, () => {
    const link = document.createElement("a");
    link.href = "https://evil.example/";
    link.target = "_top";
    document.body.append(link);
    link.click();
  });
  await expect(demo.dialog).toBeVisible();
  expect(page.url()).toBe(before);
});

/** J2 */
test("a popup of the preview says what it is", async ({ demo, context }) => {
  await demo.visit();
  await demo.start();
  const opened = context.waitForEvent("page");
  await attack(demo, () => void window.open("/"));
  await expect((await opened).getByRole("heading", { name: "Demo preview" })).toBeVisible();
});

/** J2 */
test("the preview stores nothing on the visitor's machine by itself", async ({ demo, page }) => {
  const downloads: string[] = [];
  page.on("download", (download) => downloads.push(download.suggestedFilename()));
  await demo.visit();
  await demo.start();
  await attack(demo, () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["x"]));
    link.download = "invoice.exe";
    document.body.append(link);
    link.click();
  });
  // Whatever the click began would have come by the time that the preview is there again.
  await demo.dialog.getByRole("button", { name: "Reload preview" }).click();
  await expect(demo.preview.getByRole("heading", { name: APP })).toBeVisible();
  expect(downloads).toEqual([]);
});

/** J2 */
test("the preview gets no service worker, no full screen, and no device of the visitor's", async ({ demo }) => {
  await demo.visit();
  await demo.start();
  for (const script of ["/sw.js", "/src/main.jsx"]) {
    const register = async ({ detail }: Known) => {
      await navigator.serviceWorker.register(detail, { scope: "/" });
      return "registered";
    };
    const outcome = await attack(demo, register, script);
    expect(outcome, script).not.toBe("registered");
  }
  const registered = await attack(demo, async () => (await navigator.serviceWorker.getRegistrations()).length);
  expect(registered).toMatch(/^(0|NotSupportedError)$/);
  expect(await attack(demo, () => document.documentElement.requestFullscreen())).toBe("TypeError");
  expect(await attack(demo, () => navigator.clipboard.readText())).toBe("NotAllowedError");
  // A machine without a camera has nothing to refuse, so the policy itself is asked.
  for (const device of ["camera", "microphone", "geolocation", "usb"]) {
    const allowed = ({ detail }: Known) =>
      (document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } }).featurePolicy.allowsFeature(detail);
    expect(await attack(demo, allowed, device), device).toBe("false");
  }
});

/** J2 */
test("no other site frames a preview", async ({ demo, browser }) => {
  await demo.visit();
  const claim = await demo.start();
  const page = await stranger(browser);
  await page.route("http://evil.example/**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<h1>Evil</h1><iframe src="${claim.preview_url}"></iframe>` }),
  );
  await page.goto("http://evil.example/");
  await expect(page.getByRole("heading", { name: "Evil" })).toBeVisible();
  await expect(page.frameLocator("iframe").getByRole("heading", { name: APP })).toHaveCount(0);
  await page.context().close();
});

/** J2 */
test("a stranger is told what a preview is before it is shown, and once", async ({ demo, browser }) => {
  await demo.visit();
  const claim = await demo.start();
  const page = await stranger(browser);
  await page.goto(claim.preview_url);
  await expect(page.getByRole("heading", { name: "Demo preview" })).toBeVisible();
  await expect(page.getByText("Never type passwords")).toBeVisible();
  await expect(page.getByRole("heading", { name: APP })).toHaveCount(0);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: APP })).toBeVisible();
  await page.goto(claim.preview_url);
  await expect(page.getByRole("heading", { name: APP })).toBeVisible();
  await page.context().close();
});

/** J2 */
test("a stranger reports a preview with one click", async ({ demo, browser }) => {
  await demo.visit();
  const claim = await demo.start();
  const page = await stranger(browser);
  await page.goto(claim.preview_url);
  await page.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText("Thank you")).toBeVisible();
  await expect(demo.preview.getByRole("heading", { name: APP })).toBeVisible();
  await page.context().close();
});

/** D7 */
test("a share link shows the app until it is taken back", async ({ demo, browser }) => {
  await demo.visit();
  const claim = await demo.start();
  const share = `/api/v1/demo/${claim.session_id}/share`;
  const answer = await demo.page.request.post(share, { headers: authority(claim) });
  expect(answer.status()).toBe(201);
  const { share_url } = (await answer.json()) as { share_url: string };
  const page = await stranger(browser);
  await page.goto(share_url);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: APP })).toBeVisible();

  expect((await demo.page.request.delete(share, { headers: authority(claim) })).status()).toBe(204);
  await page.goto(share_url);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await page.context().close();
});
