// Pictures of pages and states, kept among the run's results to be looked at.

import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const FOLDER = fileURLToPath(new URL("test-results/pictures/", import.meta.url));

/** CI keeps no pictures; there one of each state shows that it can be drawn. */
const isLookedAt = process.env["CI"] !== "true";

/** Keeps a picture in light and in dark colours; only in the page's own when the name says which those are. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!isLookedAt || /-(light|dark)$/.test(name)) {
    await page.screenshot({ path: `${FOLDER}${name}.png`, animations: "disabled" });
    return;
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${FOLDER}${name}-${colorScheme}.png`, animations: "disabled" });
  }
  await page.emulateMedia({ colorScheme: null });
}
