// What the workspace's page survives: a lost network, a lost terminal, and being opened again.

import type { WebSocketRoute } from "@playwright/test";
import { expect, test } from "../workspace.ts";

test.describe("a lost network", () => {
  // The preview loses it, too, and says so in its own words.
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|WebSocket connection|failed to connect to websocket/] });

  /** F1 */
  test("is told, and what was missed is there when it is back", async ({ workspace, context, page, playwright, baseURL }) => {
    await workspace.open();
    await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
    await context.setOffline(true);
    // By a client of its own: the page's is offline, too.
    const elsewhere = await playwright.request.newContext({ baseURL: baseURL!, extraHTTPHeaders: workspace.authority });
    await elsewhere.put(workspace.url("/files/missed.md"), { data: "# Missed\n" });
    const banner = page.getByText("Connection lost. Reconnecting; your sandbox keeps running.");
    await expect(banner).toBeVisible();
    await workspace.picture("offline-wide");

    await context.setOffline(false);
    await expect(banner).toHaveCount(0);
    await expect(workspace.tree.getByRole("treeitem", { name: "missed.md" })).toBeVisible();
    await elsewhere.dispose();
  });
});

/** D6, F1 */
test("a terminal whose connection broke comes back with what it showed", async ({ workspace, page }) => {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/terminals\/.*\/socket$/, (socket) => {
    sockets.push(socket);
    // The second connection waits, so that the story can look at the page meanwhile.
    if (sockets.length !== 2) socket.connectToServer();
  });
  await workspace.open();
  const screen = await workspace.openTerminal();
  await page.keyboard.type("echo still $((40+2))\n");
  await expect(screen).toContainText("still 42");

  await sockets[0]!.close();
  await expect(page.getByText("Connection lost. Reconnecting; what runs keeps running.")).toBeVisible();
  await workspace.picture("terminal-lost-wide");
  await expect.poll(() => sockets.length).toBe(2);
  await sockets[1]!.close();
  await expect(page.getByText("Connection lost. Reconnecting; what runs keeps running.")).toHaveCount(0);
  await expect(screen).toContainText("still 42");
  await page.keyboard.type("echo again $((40+3))\n");
  await expect(screen).toContainText("again 43");
});

/** D6 */
test("a shell that is over says so, and another is one click away", async ({ workspace, page }) => {
  await workspace.open();
  const screen = await workspace.openTerminal();
  await page.keyboard.type("exit 7\n");
  await expect(page.getByText("The shell ended with exit code 7.")).toBeVisible();
  await workspace.picture("terminal-over-wide");
  await page.locator(".terminal-note").getByRole("button", { name: "New terminal" }).click();
  await expect(page.getByRole("list", { name: "Open terminals" }).getByRole("listitem")).toHaveCount(2);
  await expect(screen).toContainText(/[$#]/);
});

/** F1 */
test("all that was open is there again: conversation, versions, command, file and both terminals", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.askAndWait("make the theme ocean blue");
  await workspace.launch("echo busy; sleep 600");
  await expect(workspace.card("sleep 600").getByText("busy", { exact: true })).toBeVisible();
  await workspace.openFile("src/App.jsx");
  const screen = await workspace.openTerminal();
  await page.keyboard.type("echo one $((1000+1))\n");
  await expect(screen).toContainText("one 1001");
  await page.getByRole("button", { name: "New terminal" }).click();
  const second = page.getByRole("list", { name: "Open terminals" }).getByRole("button", { name: /2$/ }).first();
  // Until it is shown, what is typed belongs to the first one.
  await expect(second).toHaveAttribute("aria-current", "true");
  await expect(screen).toContainText(/[$#]/);
  await page.keyboard.type("echo two $((1000+2))\n");
  await expect(screen).toContainText("two 1002");

  await page.reload();
  await expect(workspace.conversation.getByText("make the theme ocean blue")).toBeVisible();
  await expect(workspace.card("sleep 600").getByText("busy", { exact: true })).toBeVisible();
  await expect(workspace.editor).toContainText("export default");
  await expect(screen).toContainText("one 1001");
  await workspace.picture("restored-wide");
  await second.click();
  await expect(screen).toContainText("two 1002");
  await page.getByRole("tab", { name: "Versions" }).click();
  await expect(page.getByRole("region", { name: "Versions" }).getByRole("listitem")).toHaveCount(2);
});
