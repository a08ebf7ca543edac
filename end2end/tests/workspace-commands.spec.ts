// Commands in the conversation: what they write as they write it, how they end, and how they are stopped.

import { expect, test } from "../workspace.ts";

/** D4, E8 */
test("a command's card tells what it writes while it runs, and can be stopped", async ({ workspace }) => {
  await workspace.open();
  await workspace.launch("echo first; sleep 600");
  const card = workspace.card("sleep 600");
  await expect(card.getByText("first", { exact: true })).toBeVisible();
  await expect(card.getByText("Running")).toBeVisible();
  await workspace.picture("command-running-wide");

  await card.getByRole("button", { name: "Stop" }).click();
  await expect(card.getByText(/^Stopped · \d+\.\d s$/)).toBeVisible();
  await expect(card.getByRole("button", { name: "Stop" })).toHaveCount(0);
});

/** D4, E8 */
test("a command that fails says with which exit code, and what it wrote to standard error", async ({ workspace }) => {
  await workspace.open();
  expect(await workspace.run("echo hm >&2; exit 3")).toMatchObject({ exit_code: 3, stdout: "" });
  const card = workspace.card("exit 3");
  await expect(card.getByText("hm", { exact: true })).toBeVisible();
  await expect(card.getByText(/^Exit code 3 · \d+\.\d s$/)).toBeVisible();
  await workspace.picture("command-failed-wide");
});

/** D4 */
test("of a long output the end is shown, and all of it on request", async ({ workspace }) => {
  await workspace.open();
  await workspace.run("seq 1 30000");
  const card = workspace.card("seq 1 30000");
  const output = card.getByRole("group", { name: "Output" });
  await expect(card.getByText(/^Exit code 0/)).toBeVisible();
  expect((await output.locator("pre").innerText()).split("\n").length).toBeLessThan(20);
  await expect(card.getByText("It wrote more than this.", { exact: false })).toBeVisible();
  await workspace.picture("command-long-wide");
  await card.getByRole("button", { name: "Show all" }).click();
  await expect(output.locator("pre")).toHaveText(/^1\n2\n3\n[^]*\n29999\n30000\n?$/, { useInnerText: true });
});

/** F1 */
test("a command that runs goes on over a refresh, and its card with it", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.launch("echo before; while [ ! -e go ]; do sleep 0.1; done; echo after");
  const card = workspace.card("echo before");
  await expect(card.getByText("before", { exact: true })).toBeVisible();
  await page.reload();
  await expect(card.getByText("before", { exact: true })).toBeVisible();
  await expect(card.getByText("Running")).toBeVisible();
  await page.request.put(workspace.url("/files/go"), { headers: workspace.authority, data: "" });
  await expect(card.getByRole("group", { name: "Output" }).getByText("after")).toBeVisible();
  await expect(card.getByText(/^Exit code 0/)).toBeVisible();
});

/** D4, G3 */
test("the agent is stopped in the middle of what it runs", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.ask("run `echo begun; sleep 600`");
  const asked = workspace.conversation.locator(".prompt").last();
  await expect(asked.getByText("begun", { exact: true })).toBeVisible();
  await expect(workspace.composer.getByRole("status")).toBeVisible();
  await workspace.picture("agent-at-work-wide");
  await workspace.composer.getByRole("button", { name: "Stop" }).click();
  await expect(asked.getByText(/^Stopped/).last()).toBeVisible();
  await expect(asked.getByText("Running")).toHaveCount(0);
  await expect(workspace.composer.getByRole("button", { name: "Stop" })).toHaveCount(0);
  await workspace.picture("agent-stopped-wide");
  await page.reload();
  await expect(asked.getByText(/^Stopped/).last()).toBeVisible();
});
