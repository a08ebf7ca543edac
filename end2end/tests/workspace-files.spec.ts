// Files by hand: making, naming, deleting and putting back, uploading, and what happens when two change one.

import { expect, test } from "../workspace.ts";

/** D5 */
test("a file is made, renamed, deleted and put back", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("notes.md");
  await page.keyboard.press("Enter");
  const line = (name: string) => workspace.tree.getByRole("treeitem", { name, exact: true });
  await expect(line("notes.md")).toBeVisible();
  await expect(workspace.editor).toBeFocused();
  await page.keyboard.type("# Plan");
  await page.keyboard.press("Control+S");

  await line("notes.md").focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).fill("plan.md");
  await page.keyboard.press("Enter");
  await expect(line("plan.md")).toBeVisible();
  await expect(line("notes.md")).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Open files" }).getByText("plan.md")).toBeVisible();

  await line("plan.md").focus();
  await page.keyboard.press("Delete");
  await expect(line("plan.md")).toHaveCount(0);
  await expect(page.getByText("This file was deleted.")).toBeVisible();
  await workspace.picture("deleted-wide");
  await workspace.messages.getByRole("button", { name: "Undo" }).last().click();
  await expect(line("plan.md")).toBeVisible();
  await expect(workspace.editor).toContainText("# Plan");
});

/** D5 */
test("files are uploaded by choosing them, and one that is too large is named", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
  await page.getByLabel("Files to upload").setInputFiles([
    { name: "data.json", mimeType: "application/json", buffer: Buffer.from('{"tea": 3}') },
    { name: "film.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(3_000_000) },
  ]);
  await expect(workspace.messages.getByText("1 file uploaded.")).toBeVisible();
  await expect(workspace.messages.getByText(/film\.bin has 3\.0 MB/)).toBeVisible();
  await workspace.picture("upload-wide");
  await workspace.openFile("data.json");
  await expect(workspace.editor).toContainText('"tea"');
});

/** D5 */
test("files are uploaded by dropping them", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["body { color: red }"], "dropped.css"));
    return data;
  });
  await page.getByRole("region", { name: "Files" }).dispatchEvent("drop", { dataTransfer: data });
  await expect(workspace.tree.getByRole("treeitem", { name: "dropped.css" })).toBeVisible();
});

/** F5 */
test("a change made elsewhere does not overwrite unsaved work unseen", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.openFile("src/App.css");
  await workspace.editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("/* mine */ ");
  const headers = workspace.authority;
  await page.request.put(workspace.url("/files/src/App.css"), { headers, data: "/* theirs */\n" });

  const notice = page.getByRole("alert").filter({ hasText: "changed elsewhere" });
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Show difference" }).click();
  await expect(page.locator(".difference")).toContainText("theirs");
  await workspace.picture("overwritten-wide");
  await notice.getByRole("button", { name: "Keep mine" }).click();
  await expect(notice).toHaveCount(0);
  await expect
    .poll(async () => (await page.request.get(workspace.url("/files/src/App.css"), { headers })).text())
    .toContain("/* mine */");
});

/** F5 */
test("a file that nobody is changing follows what others make of it", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.openFile("src/App.css");
  const headers = workspace.authority;
  await page.request.put(workspace.url("/files/src/App.css"), { headers, data: "/* theirs */\n" });
  await expect(workspace.editor).toContainText("/* theirs */");
  await expect(page.getByText(", not saved")).toHaveCount(0);
});

/** D5, F1 */
test("unsaved work survives a refresh", async ({ workspace, page }) => {
  await workspace.open();
  await workspace.openFile("src/App.css");
  await workspace.editor.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("/* not yet */ ");
  await page.reload();
  await expect(workspace.editor).toContainText("/* not yet */");
  await expect(page.getByText(", not saved")).toBeAttached();
});

/** D5 */
test("pictures are shown, and what is no text says so", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
  await page.getByLabel("Files to upload").setInputFiles([
    { name: "dot.png", mimeType: "image/png", buffer: Buffer.from(pixel, "base64") },
    { name: "blob.bin", mimeType: "application/octet-stream", buffer: Buffer.from([0, 1, 2, 3]) },
  ]);
  await workspace.tree.getByRole("treeitem", { name: "dot.png" }).click();
  const picture = page.getByRole("img", { name: "The picture dot.png" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await workspace.tree.getByRole("treeitem", { name: "blob.bin" }).click();
  await expect(page.getByText("This file is no text.")).toBeVisible();
});

test.describe("where somebody was quicker", () => {
  // The list of files is kept from the page, too. One expression: a pair would be a value and its options.
  test.use({ expectedErrors: [/status of 412|ERR_FAILED/] });

  /** F5 */
  test("a new file and an upload overwrite nothing unless they are told to", async ({ workspace, page }) => {
    await workspace.open();
    await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
    // This page does not hear of it before it asks for the same name.
    await page.route(`**${workspace.url("/files")}`, (route) => route.abort());
    const headers = workspace.authority;
    const path = workspace.url("/files/notes.md");
    await page.request.put(path, { headers, data: "theirs" });
    const held = async () => (await page.request.get(path, { headers })).text();

    await page.getByRole("button", { name: "New file" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("notes.md");
    await page.keyboard.press("Enter");
    await expect(workspace.messages.getByText("notes.md is there already, so nothing was changed.")).toBeVisible();
    expect(await held()).toBe("theirs");

    const mine = { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("mine") };
    await page.getByLabel("Files to upload").setInputFiles([mine]);
    await expect(workspace.messages.getByText("notes.md is there already.", { exact: true })).toBeVisible();
    expect(await held()).toBe("theirs");
    await workspace.messages.getByRole("button", { name: "Replace" }).click();
    await expect(workspace.messages.getByText("1 file uploaded.")).toBeVisible();
    expect(await held()).toBe("mine");
  });
});
