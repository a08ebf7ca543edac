// Taking the files along, on a server where archives may hold a megabyte and every workspace is near its end.

import type { Locator } from "@playwright/test";
import { type Workspace, expect, test } from "../workspace.ts";

/** Puts more into the workspace than an archive may hold, and nothing that could be compressed. */
async function fill(workspace: Workspace): Promise<void> {
  expect(await workspace.run("head -c 3000000 /dev/urandom > film.bin")).toMatchObject({ exit_code: 0 });
}

/** Each way to the archive, by the name of the affordance. */
const ways: Record<string, (workspace: Workspace) => Locator> = {
  header: (workspace) => workspace.download,
  banner: ({ page }) => page.locator(".expiry").getByRole("button", { name: "Download the files" }),
};

for (const [name, button] of Object.entries(ways)) {
  /** D9 */
  test(`the ${name} downloads the files, and the sandbox goes on`, async ({ workspace, page }) => {
    await workspace.open();
    const download = page.waitForEvent("download");
    await button(workspace).click();
    expect((await download).suggestedFilename()).toBe("sandbox-react-vite.tar.gz");
    expect(await (await download).failure()).toBeNull();
    expect(await workspace.run("ls src")).toMatchObject({ exit_code: 0 });
  });

  /** D9 */
  test(`the ${name} says that the files are too large, before the browser keeps half of them`, async ({ workspace, page }) => {
    await workspace.open();
    await fill(workspace);
    page.on("download", () => expect("a download").toBe("refused"));
    await button(workspace).click();
    await expect(workspace.messages.getByText(/^The files are about 3\.\d MB; up to 1\.0 MB can be downloaded\./)).toBeVisible();
    await workspace.picture(`too-large-${name}-wide`);
  });
}

/** D4, D9 */
test("the agent offers the files in the conversation, and says there when they are too large", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.askAndWait("give me the files");
  const card = workspace.conversation.locator(".download-card");
  const download = page.waitForEvent("download");
  await card.getByRole("button", { name: "Download" }).click();
  expect(await (await download).failure()).toBeNull();
  await expect(card.getByText("Your browser is downloading it")).toBeVisible();
  await workspace.picture("download-card-wide");

  await fill(workspace);
  await card.getByRole("button", { name: "Download" }).click();
  await expect(card.getByText(/^The files are about 3\.\d MB; up to 1\.0 MB can be downloaded\./)).toBeVisible();
  await workspace.picture("download-card-too-large-wide");
});

/** D8, D9 */
test("who is about to end a sandbox can still take the files along", async ({ workspace, page }) => {
  await workspace.open();
  await page.getByRole("button", { name: "End the sandbox" }).click();
  const question = page.getByRole("dialog", { name: "End the sandbox" });
  await workspace.picture("end-question-wide");
  const download = page.waitForEvent("download");
  await question.getByRole("button", { name: "Download the files" }).click();
  expect(await (await download).failure()).toBeNull();

  await fill(workspace);
  await question.getByRole("button", { name: "Download the files" }).click();
  await expect(page.getByText(/^The files are about/)).toBeInViewport();
  await workspace.picture("end-question-too-large-wide");
});
