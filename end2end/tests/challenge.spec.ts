// A hosted service asks whether a visitor is a person before a prototype is opened (B4). The service is scripted: its widget as its
// documentation describes it, and the address at which the server asks it.

import { createServer } from "node:http";
import { expect, test } from "../prototype.ts";
import { verifierPort } from "../servers.ts";

// They share the service's port.
test.describe.configure({ mode: "default" });

/** What the server has asked the service, and what that answers. */
const asked: URLSearchParams[] = [];
let trusts = true;

/** As the service answers: for what the widget was shown, its token says here. */
function verdict(token: string): unknown {
  if (!trusts) return { success: false, "error-codes": ["invalid-input-response"] };
  return { success: true, hostname: "127.0.0.1", action: token.split(" ").at(-1), "error-codes": [] };
}

const service = createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const fields = new URLSearchParams(body);
  asked.push(fields);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(verdict(fields.get("response") ?? "")));
});
test.beforeAll(() => new Promise<void>((resolve) => service.listen(verifierPort, "127.0.0.1", resolve)));
test.afterAll(() => new Promise((resolve) => service.close(resolve)));

/** The service's script: it draws a box to tick where it is told to. */
const SCRIPT = `
  window.turnstile = {
    render(place, options) {
      const box = Object.assign(document.createElement("input"), { type: "checkbox", id: "person" });
      const label = Object.assign(document.createElement("label"), { htmlFor: "person", textContent: "I am a person" });
      box.addEventListener("change", () => options.callback(["token", options.sitekey, options.action].join(" ")));
      place.append(box, label);
    },
  };`;
const WIDGET = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

test("the widget is drawn on the page, and its answer opens the prototype", async ({ prototype, page }) => {
  trusts = true;
  const loaded: string[] = [];
  await page.route(WIDGET, (route) => {
    loaded.push(route.request().url());
    return route.fulfill({ contentType: "text/javascript", body: SCRIPT });
  });
  await prototype.visit("?framework=react");
  expect(loaded, "nobody is told of a visitor who only reads").toEqual([]);
  await prototype.start.click();
  const person = page.getByRole("checkbox", { name: "I am a person" });
  await expect(person).toBeVisible();
  await prototype.picture("widget-wide");
  // Not `check`: that asks the box afterwards, which may be gone by then.
  await person.click();
  await expect(prototype.preview.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(person).toBeHidden();
  expect(asked.map((fields) => Object.fromEntries(fields))).toEqual([
    { secret: "kept on the server", response: "token site-key try", remoteip: "127.0.0.1" },
  ]);
});

test.describe("when something is in the way", () => {
  test.use({ expectedErrors: [/403|ERR_FAILED|ERR_BLOCKED_BY_CLIENT/] });

  test("a visitor whom the service does not trust is told, and can try again", async ({ prototype, page }) => {
    trusts = false;
    await page.route(WIDGET, (route) => route.fulfill({ contentType: "text/javascript", body: SCRIPT }));
    await prototype.visit("?framework=react");
    await prototype.start.click();
    await page.getByRole("checkbox", { name: "I am a person" }).click();
    await expect(page.getByRole("region", { name: "Preview" }).getByRole("alert")).toContainText("No sandbox this time");
    trusts = true;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("checkbox", { name: "I am a person" }).click();
    await expect(prototype.preview.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("a widget that is kept away says so", async ({ prototype, page }) => {
    await page.route(WIDGET, (route) => route.abort("blockedbyclient"));
    await prototype.visit("?framework=react");
    await prototype.start.click();
    await expect(page.getByRole("region", { name: "Preview" }).getByRole("alert")).toContainText("A content blocker may keep it away");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});
