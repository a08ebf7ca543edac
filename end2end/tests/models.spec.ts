// A language model answers in a workspace (G3, H9): chosen there, heard while it speaks, stopped, asked again, mended, and counted.

import { ScriptedModel } from "../model.ts";
import { modelPort } from "../servers.ts";
import { type Workspace, expect, test } from "../workspace.ts";

// They share the model's port.
test.describe.configure({ mode: "default" });

const model = new ScriptedModel();
test.beforeAll(() => model.listen(modelPort));
test.afterAll(() => model.close());

/** A workspace in which the scripted model answers. */
async function opened(workspace: Workspace): Promise<void> {
  await workspace.open();
  await workspace.show("Chat");
  await expect(workspace.conversation.getByText("Built-in agent")).toBeVisible();
  await workspace.page.getByRole("combobox", { name: "Who answers" }).selectOption("scripted");
  await expect(workspace.conversation.getByText("A language model. It may be wrong")).toBeVisible();
}

test("a model is chosen, heard while it speaks, and what it used is shown", async ({ workspace, context }) => {
  await opened(workspace);
  await workspace.ask("Say hello");
  const answer = await model.asked();
  expect(answer.asked).toBe("Say hello");
  answer.say("Hello, ");
  const words = workspace.conversation.locator(".prompt-words");
  await expect(words).toHaveText("Hello, ");
  answer.say("visitor.");
  await expect(words).toHaveText("Hello, visitor.");
  await workspace.picture("model-speaking");
  answer.end();
  const end = workspace.conversation.locator(".prompt-end");
  await expect(end).toContainText("Hello, visitor.");
  await expect(end).toContainText(/Done in .* · 1,234 tokens · under \$0\.01/);
  const line = workspace.page.locator(".consumed");
  await expect(line).toContainText("1,234 of 20,000 tokens");
  await workspace.picture("model-used");

  const other = await context.newPage();
  await other.goto(workspace.page.url());
  await expect(other.getByRole("combobox", { name: "Who answers" })).toHaveValue("scripted");
  await other.getByRole("combobox", { name: "Who answers" }).selectOption("built-in");
  await expect(workspace.page.getByRole("combobox", { name: "Who answers" })).toHaveValue("built-in");
  await workspace.page.reload();
  await expect(workspace.page.getByRole("combobox", { name: "Who answers" })).toHaveValue("built-in");
  await expect(line).toContainText("1,234 of 20,000 tokens");
});

test("a model sees the page that it works on, and people see that it looked", async ({ workspace }) => {
  await opened(workspace);
  await workspace.ask("How does it look on a phone?");
  (await model.asked()).call("take_screenshot", { width: 390, height: 844 });
  const second = await model.asked();
  expect(second.pictures).toHaveLength(1);
  const size = await workspace.page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
  }, second.pictures[0] ?? "");
  expect(size).toEqual([390, 844]);
  second.say("The title is too wide.").end();
  await expect(workspace.conversation.getByText("Looked at the page in 390 × 844")).toBeVisible();
  await workspace.picture("model-looked");
});

test.describe("when the budget is used up", () => {
  test.use({ expectedErrors: [/status of 429/] });

  test("that is said, and the built-in agent goes on", async ({ workspace }) => {
    await opened(workspace);
    await workspace.ask("Think hard");
    (await model.asked()).say("Done.").end("stop", 20_000);
    await expect(workspace.conversation.locator(".prompt-end")).toContainText(/Done in/);
    await workspace.ask("Once more");
    await expect(workspace.composer.getByRole("alert")).toContainText("has used what it may of the language model");
    await workspace.picture("model-used-up");
    await workspace.page.getByRole("combobox", { name: "Who answers" }).selectOption("built-in");
    await workspace.askAndWait("Add a counter");
  });
});

test("prompts wait, are edited and taken out, and a fresh start forgets", async ({ workspace }) => {
  await opened(workspace);
  await workspace.ask("first");
  const answer = await model.asked();
  await workspace.ask("second, in so many words that they do not fit into one line beside the buttons");
  await workspace.ask("third");
  const queue = workspace.page.getByRole("region", { name: "Waiting prompts" });
  await expect(queue.getByRole("listitem")).toHaveText([/second/, /third/]);
  for (const button of await queue.getByRole("button").all()) await expect(button).toBeInViewport({ ratio: 1 });
  await queue.getByRole("listitem").filter({ hasText: "second" }).getByRole("button", { name: "Remove waiting prompt" }).click();
  await expect(queue.getByRole("listitem")).toHaveText([/third/]);
  await queue.getByRole("button", { name: "Edit waiting prompt" }).click();
  await queue.getByRole("textbox").fill("third, better");
  await queue.getByRole("button", { name: "Save" }).click();
  await expect(queue.getByRole("listitem")).toHaveText([/third, better/]);
  await workspace.picture("model-queue");
  answer.say("First is done.").end();
  const next = await model.asked();
  expect(next.asked).toBe("third, better");
  next.say("Third is done.").end();
  await expect(workspace.conversation.locator(".prompt-end")).toHaveCount(2);
  await workspace.page.getByRole("button", { name: "Fresh start" }).click();
  await expect(workspace.conversation.getByRole("separator")).toContainText("no longer remembers");
});

test("a model that can't answer says so, and the prompt is sent again with a click", async ({ workspace }) => {
  await opened(workspace);
  await workspace.ask("Try this");
  (await model.asked()).refuse();
  await expect(workspace.conversation.locator(".prompt-end")).toContainText("the model could not answer. Nothing was changed.");
  await expect(workspace.conversation.locator(".prompt-end")).toContainText("not counted");
  await workspace.picture("model-failed");
  await workspace.conversation.getByRole("button", { name: "Send again" }).click();
  const again = await model.asked();
  expect(again.asked).toBe("Try this");
  again.say("Now it works.").end();
  await expect(workspace.conversation.locator(".prompt-end").last()).toContainText("Now it works.");
});

test.describe("when a change does not build", () => {
  // The app's own page says so, too.
  test.use({ expectedErrors: [/\/src\/App\.jsx/] });

  test("it is mended, and the conversation tells how", async ({ workspace }) => {
    await opened(workspace);
    await workspace.ask("Change the title");
    const path = "src/App.jsx";
    (await model.asked()).write({ path, content: "export default function App() {\n  return <h1>Open;\n}\n" });
    (await model.asked()).say("Changed.").end();
    const repair = await model.asked();
    expect(repair.asked).toContain("does not work");
    await expect(workspace.conversation).toContainText("The change does not build. Mending it");
    await workspace.picture("model-mending");
    repair.write({ path, content: "export default function App() {\n  return <h1>Closed</h1>;\n}\n" });
    (await model.asked()).say("The heading was not closed.").end();
    await expect(workspace.conversation).toContainText("It works again");
    await expect(workspace.preview.getByRole("heading", { name: "Closed" })).toBeVisible();
    await workspace.picture("model-mended");
  });
});

test("a model that is stopped is heard no more, and what it did stays", async ({ workspace }) => {
  await opened(workspace);
  await workspace.ask("Write a note");
  (await model.asked()).write({ path: "src/note.js", content: "// a note\n" });
  (await model.asked()).say("And now I will go on for");
  await expect(workspace.conversation.locator(".prompt-words")).toBeVisible();
  await workspace.page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(workspace.conversation.locator(".prompt-end")).toContainText("What was changed so far stays: src/note.js");
  await workspace.picture("model-stopped");
});
