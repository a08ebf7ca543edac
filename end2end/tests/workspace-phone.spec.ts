// One hand and 360 pixels: everything is there, nothing is wider than the screen, and whatever is pressed is large enough.

import type { Page } from "@playwright/test";
import { expect, test } from "../workspace.ts";

/** The least that a thumb hits, in CSS pixels in both directions. */
const TARGET_PX = 44;

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

/** Buttons and links on the screen that are smaller than a thumb, with their sizes. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const all = [...document.querySelectorAll<HTMLElement>("button, a[href], summary, [role=treeitem], input:not([type=hidden])")];
    return all
      // A terminal's own field lies under its screen; the link to the content is for keyboards, and cut away until it has the focus.
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".xterm, .skip-link"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && (box.width < least - 0.5 || box.height < least - 0.5))
      .map(({ element, box }) => {
        const name = element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30);
        return `${name} ${Math.round(box.width)}×${Math.round(box.height)} in ${element.parentElement?.className}`;
      });
  }, TARGET_PX);
}

/** Buttons whose words do not fit into them. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>("button, .button")].filter((button) => button.checkVisibility());
    return buttons.filter((button) => button.scrollWidth > button.clientWidth + 1).map((button) => button.textContent ?? "");
  });
}

/** D10 */
test("every pane fits the screen, and what is pressed is large enough", async ({ workspace, page }) => {
  await workspace.open();
  const check = async (state: string) => {
    expect.soft(await tooSmall(page), state).toEqual([]);
    expect.soft(await cutOff(page), state).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, state).toBeLessThanOrEqual(0);
    await workspace.picture(`phone-${state.replaceAll(" ", "-")}`);
  };
  await check("start");
  await workspace.askAndWait("make the theme ocean blue");
  await workspace.conversation.getByText(/Edited .*\.css/).first().click();
  await workspace.launch("seq 1 400; sleep 600");
  await expect(workspace.card("sleep 600").getByText("400", { exact: false }).first()).toBeVisible();
  await check("conversation");
  await page.getByRole("tab", { name: "Versions" }).click();
  await page.locator(".version summary").first().click();
  await expect(page.locator(".version-body .diff").first()).toBeVisible();
  await page.locator(".version summary").last().click();
  await check("versions");
  await workspace.show("Files");
  await workspace.tree.getByRole("treeitem", { name: "src", exact: true }).click();
  await check("tree");
  await page.getByRole("button", { name: "New file" }).click();
  await check("new file");
  await page.keyboard.press("Escape");
  await workspace.openFile("index.html");
  await check("editor");
  await workspace.openTerminal();
  await check("terminal");
  await workspace.show("Preview");
  await page.locator(".console summary").click();
  await check("preview");
  await page.getByRole("button", { name: "Share the preview" }).click();
  await expect(page.getByRole("textbox", { name: "Link to the preview" })).toHaveValue(/^http/);
  await check("share");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "End the sandbox" }).click();
  await check("end question");
  await page.getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("heading", { name: "Your sandbox ended" })).toBeAttached();
  await workspace.show("Preview");
  await check("ended");
});
