// Everybody can use the workspace: checked by axe in both colour schemes and at both sizes, and by ARIA snapshot.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../workspace.ts";

/** Faults that axe finds; the app in the preview is the visitor's, and what xterm draws is its own. */
async function faults(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").exclude(".xterm").analyze();
  return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.target) }));
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } })) {
    test.describe(`in ${colorScheme} colours on a ${size} screen`, () => {
      test.use({ colorScheme, viewport, contextOptions: { reducedMotion: "reduce" } });

      /** D10 */
      test("axe finds nothing wrong with any pane", async ({ workspace, page }) => {
        await workspace.open();
        expect(await faults(page), "start").toEqual([]);
        await workspace.askAndWait("make the theme ocean blue");
        expect(await faults(page), "conversation").toEqual([]);
        await workspace.openFile("src/App.jsx");
        expect(await faults(page), "editor").toEqual([]);
        await workspace.picture(`editor-${size}-${colorScheme}`);
        await workspace.openTerminal();
        expect(await faults(page), "terminal").toEqual([]);
        await workspace.show("Chat");
        await page.getByRole("tab", { name: "Versions" }).click();
        await page.locator(".version summary").first().click();
        expect(await faults(page), "versions").toEqual([]);
        await workspace.show("Preview");
        await page.locator(".console summary").click();
        expect(await faults(page), "preview").toEqual([]);
        await workspace.picture(`all-${size}-${colorScheme}`);
      });
    });
  }
}

/** D10 */
test("the workspace reads as named panes", async ({ workspace, page }) => {
  await workspace.open();
  await expect(workspace.tree.getByRole("treeitem").first()).toBeVisible();
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - heading "Sandbox" [level=1]
    - banner:
      - link "Sandglass, front page"
      - paragraph: Sandbox — ephemeral, not connected to GitHub Nothing is committed unless you choose.
      - button "Undo" [disabled]
      - button "Redo" [disabled]
      - button "Show files and terminals" [pressed]
      - button "Keyboard shortcuts"
      - button "Share the preview"
      - button "End the sandbox"
      - button "Download the files"
    - main:
      - region "Chat":
        - tablist "Conversation or versions":
          - tab "Chat" [selected]
          - tab "Versions"
        - log "Conversation"
        - textbox "What should change?"
        - button "Send" [disabled]
      - separator "Resize the chat"
      - region "Files":
        - heading "Files" [level=2]
        - button "New file"
        - button "Upload files"
        - tree "Files"
        - separator "Resize the file tree"
      - separator "Resize the preview"
      - region "Terminal"
      - region "Preview":
        - group "Width of the preview"
        - button "Reload preview"
        - link "Open preview in a new tab"
        - iframe
  `);
});
