// What axe finds wrong with a page, once nothing moves any more.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Faults that axe finds; the app in a preview is the visitor's, not ours. */
export async function faults(page: Page): Promise<unknown[]> {
  await page.evaluate(() => Promise.all([...document.getAnimations()].map((animation) => animation.finished.catch(() => {}))).then(() => {}));
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
  return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.target) }));
}
