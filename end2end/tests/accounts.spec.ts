// People with an account: signing up and in and out, settings, their sandboxes, and the way in without one.

import { type Page, expect, test as base } from "@playwright/test";
import { faults } from "../faults.ts";

const PASSWORD = "correct horse battery";

/** Somebody whom nobody has heard of. */
function newcomer(): string {
  return `ada-${crypto.randomUUID()}@example.com`;
}

/** A test whose page may not report an error to the console, but for answers that the story is about. */
const test = base.extend<{ refusals: number[]; quiet: void }>({
  refusals: [[], { option: true }],
  quiet: [
    async ({ page, refusals }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      await use();
      expect(errors.filter((error) => !refusals.some((status) => error.includes(`status of ${status}`)))).toEqual([]);
    },
    { auto: true },
  ],
});

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", /.*/);
}

async function signUp(page: Page, email = newcomer()): Promise<string> {
  await visit(page, "/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Name, if you like").fill("Ada");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL("/projects");
  return email;
}

/** Three sandboxes as the server lists them: one runs, one starts, one has ended. */
function sandboxes(): unknown[] {
  const in_ms = (ms: number) => new Date(Date.now() + ms).toISOString();
  const one = (place: number, state: string, template: string, deadline_ms: number) => ({
    session_id: `0190a000-0000-7000-8000-00000000000${place}`,
    kind: "demo",
    state,
    warm: true,
    claim_ms: 5,
    provider: "local",
    template,
    preview_url: "http://x.preview.localhost/",
    prompts_used: 0,
    prompts_max: 500,
    claimed_at: in_ms(-600_000),
    lifetime: { deadline: in_ms(deadline_ms), kind: "hard", extendable: false },
    ...(state === "ended" ? { ended_reason: "deadline" } : {}),
  });
  return [one(1, "ready", "react-vite", 1_200_000), one(2, "starting", "blank", 1_799_000), one(3, "ended", "react-vite", -1)];
}

async function withSandboxes(page: Page, list: unknown[]): Promise<void> {
  await page.route("**/api/v1/sessions", (route) =>
    route.request().method() === "GET" ? route.fulfill({ json: list }) : route.fallback(),
  );
}

/** J3 */
test("somebody signs up, is known, signs out and in again", async ({ page }) => {
  await withSandboxes(page, []);
  const email = await signUp(page);
  const account = page.getByRole("button", { name: "Account of Ada" });
  await account.click();
  await expect(page.getByText(email)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();

  // What is for people who are signed in leads to the sign-in page, and from there back.
  await visit(page, "/settings");
  await expect(page).toHaveURL(/\/sign-in\?return_to=%2Fsettings$/);
  await page.getByLabel("Email").fill(email.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/settings");
});

/** J3 */
test.describe("what is not taken", () => {
  test.use({ refusals: [403, 409, 422] });

  test("is said beside the field, and the field has the focus", async ({ page }) => {
    await withSandboxes(page, []);
    const email = await signUp(page);
    await page.context().clearCookies();
    await visit(page, "/sign-up");
    const [address, password] = [page.getByLabel("Email"), page.getByLabel("Password", { exact: true })];
    const send = page.getByRole("button", { name: "Sign up" });

    await send.click();
    await expect(address).toBeFocused();
    await expect(address).toHaveAccessibleDescription(/Please fill this in\.$/);
    await address.fill(email);
    await password.fill("password123");
    await send.click();
    await expect(password).toBeFocused();
    await expect(password).toHaveAttribute("aria-invalid", "true");
    await expect(password).toHaveAccessibleDescription(/one of the first that others would try/);
    await password.fill(PASSWORD);
    await send.click();
    await expect(address).toHaveAccessibleDescription(/account with this email address already/);
    await expect(password).not.toHaveAttribute("aria-invalid", "true");

    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await address.fill(email);
    await password.fill("wrong horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
    await expect(address).toHaveValue(email);
  });
});

/** J3: a password can be looked at before it is sent. */
test("a password is shown on demand", async ({ page }) => {
  await visit(page, "/sign-in");
  const password = page.getByLabel("Password", { exact: true });
  await password.fill(PASSWORD);
  const show = page.getByRole("button", { name: "Show password" });
  await expect(async () => {
    await show.click();
    await expect(password).toHaveAttribute("type", "text", { timeout: 500 });
  }).toPass();
  await expect(show).toHaveAttribute("aria-pressed", "true");
  await show.click();
  await expect(password).toHaveAttribute("type", "password");
});

/** J3 */
test.describe("settings", () => {
  test.use({ refusals: [403] });

  test("are kept, and the account ends by its password", async ({ page, browser, baseURL }) => {
    await withSandboxes(page, []);
    const email = await signUp(page);
    await visit(page, "/settings");
    await page.getByLabel("Name", { exact: true }).fill("Countess <b>");
    await page.getByRole("button", { name: "Save the name" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Account of Countess <b>" })).toBeVisible();

    await page.getByRole("radio", { name: "Dark" }).check();
    await page.getByRole("button", { name: "Save the look" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.getByRole("radio", { name: "Linux on this server" }).check();
    await page.getByRole("button", { name: "Save the provider" }).click();
    await expect(page.getByText("Saved.")).toHaveCount(3);

    // The look is the account's: another browser has it, too.
    const elsewhere = await browser.newContext({ baseURL: baseURL! });
    await elsewhere.request.post("/api/v1/account/sign-in", { data: { email, password: PASSWORD } });
    const other = await elsewhere.newPage();
    await other.goto("/settings");
    await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(other.getByRole("radio", { name: "Linux on this server" })).toBeChecked();

    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill("a better battery");
    await page.getByRole("button", { name: "Change the password" }).click();
    await expect(page.getByText("The password is changed.")).toBeVisible();
    await other.goto("/settings");
    await expect(other).toHaveURL(/\/sign-in/);
    await elsewhere.close();

    await page.getByLabel("Your password").fill(PASSWORD);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page.getByLabel("Your password")).toHaveAccessibleDescription("That is not your password.");
    await page.getByLabel("Your password").fill("a better battery");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  });
});

/** J3: no hand on a mouse. */
test("everything is done by keyboard alone", async ({ page }) => {
  await withSandboxes(page, []);
  await visit(page, "/sign-up");
  const email = newcomer();
  await page.getByLabel("Email").focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Show password" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/projects");

  const account = page.getByRole("button", { name: "Account of Ada" });
  await account.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Settings" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Settings" })).toBeHidden();
  await expect(account).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Settings" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/settings");
});

/** D1 */
test("New Sandbox comes first, and then what there is", async ({ page }) => {
  await withSandboxes(page, sandboxes());
  await signUp(page);
  const headings = page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(headings).toHaveText(["New Sandbox", "React", "Empty", "React"]);
  const cards = page.getByRole("list", { name: "Your sandboxes" }).getByRole("listitem");
  await expect(cards.nth(0)).toContainText(/Running\s*(20:00|19:\d\d) left/);
  await expect(cards.nth(2)).toContainText("Ended");
  await expect(cards.nth(0).getByRole("link", { name: "Open" })).toHaveAttribute("href", /^\/sessions\/0190a000/);
  await expect(cards.nth(0).getByRole("link", { name: "Download" })).toHaveAttribute("href", /\/archive$/);
  await expect(cards.nth(2).getByRole("button")).toHaveCount(0);

  const ended = page.waitForRequest((request) => request.method() === "DELETE");
  await page.route("**/api/v1/sessions/*", (route) => route.fulfill({ status: 204 }));
  await cards.nth(0).getByRole("button", { name: "End" }).click();
  await cards.nth(0).getByRole("button", { name: "End it, files and all" }).click();
  expect((await ended).url()).toContain("0190a000-0000-7000-8000-000000000001");
});

/** D1 */
test("without a sandbox the list says what to do", async ({ page }) => {
  await withSandboxes(page, []);
  await signUp(page);
  await expect(page.getByText("No sandbox yet. Start one, and it is listed here.")).toBeVisible();
});

/** D1: no account, one click. */
test.describe("Try it now", () => {
  test.use({ refusals: [404] });

  test("asks for what was chosen and opens it", async ({ page }) => {
    const id = "0190a000-0000-7000-8000-000000000001";
    await page.route("**/api/v1/sessions", (route) => route.fulfill({ status: 201, json: { session_id: id } }));
    await visit(page, "/start");
    const asked = page.waitForRequest("**/api/v1/sessions");
    await page.getByRole("button", { name: "Try it now" }).click();
    expect((await asked).postDataJSON()).toEqual({
      kind: "workspace",
      template: "react-vite",
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    await expect(page).toHaveURL(`/sessions/${id}`);
  });

  /** A9 */
  test("who signs up to keep a sandbox has it handed over", async ({ page }) => {
    const id = "0190a000-0000-7000-8000-000000000001";
    await page.route("**/adopt", (route) => route.fulfill({ json: { session_id: id } }));
    await visit(page, `/sign-up?adopt=${id}`);
    await expect(page.getByRole("heading", { name: "Keep building" })).toBeVisible();
    const adopted = page.waitForRequest(`**/api/v1/sessions/${id}/adopt`);
    await page.getByLabel("Email").fill(newcomer());
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign up and keep it" }).click();
    expect((await adopted).method()).toBe("POST");
    await expect(page).toHaveURL(`/sessions/${id}`);

    await visit(page, `/sign-up?adopt=${id}`);
    await expect(page.getByRole("button", { name: "Keep it in my account" })).toBeVisible();
  });

  test.describe("when the sandbox does not come along at once", () => {
    test.use({ refusals: [503] });

    /** A9 */
    test("the account is said to be made, and only the sandbox is asked for again", async ({ page }) => {
      const id = "0190a000-0000-7000-8000-000000000001";
      const problem = { type: "/problems/busy", title: "Busy", status: 503, detail: "The server is busy." };
      let fails = true;
      await page.route("**/adopt", (route) =>
        fails
          ? route.fulfill({ status: 503, contentType: "application/problem+json", json: problem })
          : route.fulfill({ json: { session_id: id } }),
      );
      const signUps: string[] = [];
      page.on("request", (request) => request.url().endsWith("/account/sign-up") && signUps.push(request.method()));
      await visit(page, `/sign-up?adopt=${id}`);
      await page.getByLabel("Email").fill(newcomer());
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign up and keep it" }).click();
      await expect(page.getByRole("alert")).toHaveText(/^Your account is made, and you are signed in\..*The server is busy\.$/);
      await expect(page.getByLabel("Email")).toBeHidden();
      fails = false;
      await page.getByRole("button", { name: "Try again to keep it" }).click();
      await expect(page).toHaveURL(`/sessions/${id}`);
      expect(signUps).toEqual(["POST"]);
    });
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`in ${colorScheme} colours, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: "reduce" }, refusals: [422] });

      /** J3, D1, D10 */
      test("axe finds nothing wrong, and nothing is wider than the screen", async ({ page }, testInfo) => {
        await withSandboxes(page, sandboxes());
        const looksRight = async (name: string) => {
          expect(await faults(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
          await page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
        };
        await visit(page, "/start");
        await looksRight("start");
        await visit(page, "/sign-in?problem=broken-off");
        await looksRight("sign-in");
        await visit(page, "/sign-up");
        await page.getByLabel("Email").fill("ada@example.com");
        await page.getByLabel("Password", { exact: true }).fill("password123");
        await page.getByRole("button", { name: "Sign up" }).click();
        await expect(page.getByText("one of the first that others would try")).toBeVisible();
        await looksRight("sign-up");
        await signUp(page);
        await expect(page.getByRole("listitem").filter({ hasText: "Running" })).toBeVisible();
        await looksRight("projects");
        await page.getByRole("button", { name: "Account of Ada" }).click();
        await looksRight("menu");
        await visit(page, "/settings");
        await looksRight("settings");
      });
    });
  }
}

/** D10 */
test.describe("on the narrowest phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test("no page is wider than the screen", async ({ page }) => {
    await withSandboxes(page, sandboxes());
    await signUp(page);
    for (const path of ["/", "/start", "/projects", "/settings"]) {
      await visit(page, path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
});
