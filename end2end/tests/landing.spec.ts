// The landing page by itself.

import { expect, test } from "../demo.ts";

/** A4 */
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page reads well from top to bottom", async ({ page }) => {
    const answer = await page.goto("/");
    expect(answer?.status()).toBe(200);
    await expect(page).toHaveTitle(/Sandglass/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("body")).toMatchAriaSnapshot(`
      - link "Skip to the content"
      - banner:
        - link "Sandglass, front page"
        - navigation "Site"
      - main:
        - heading "A running app, one click away" [level=1]
        - paragraph: /hands you a sandbox with a React app/
        - region "How it works":
          - heading "How it works" [level=2]
          - list:
            - listitem:
              - heading "Click" [level=3]
            - listitem:
              - heading "Say what should change" [level=3]
            - listitem:
              - heading "Watch it change" [level=3]
        - region "A real sandbox, not a recording":
          - heading [level=2]
          - list
        - region "Before you click":
          - heading [level=2]
          - group: What are the limits?
      - contentinfo
    `);
  });
});

test("the browser asks nobody but the server", async ({ demo, page, baseURL }) => {
  const strangers: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== baseURL && !request.url().startsWith("data:")) strangers.push(request.url());
  });
  await demo.visit();
  expect(strangers).toEqual([]);
});

/** The aim of docs/BENCHMARKS.md */
test("the page comes in 200 KB at most before the overlay opens", async ({ demo, page }) => {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let received_bytes = 0;
  client.on("Network.loadingFinished", ({ encodedDataLength }) => (received_bytes += encodedDataLength));
  await demo.visit();
  await page.evaluate(() => document.fonts.ready);
  expect(received_bytes).toBeGreaterThan(0);
  expect(received_bytes).toBeLessThanOrEqual(200 * 1024);
});

test("an address that is nowhere answers 404 with a way back", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await page.getByRole("main").getByRole("link").first().click();
  await expect(page).toHaveURL("/");
});
