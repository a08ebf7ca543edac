// What was measured: figures beside their aims, printed as a table at the end.

import type { Page } from "@playwright/test";

const rows: string[][] = [["what", "n", "p50", "p95", "p99", "worst", "aim"]];

/** Adds a line of the table as it stands. */
export function note(row: [what: string, n: string, p50: string, p95: string, p99: string, worst: string, aim: string]): void {
  rows.push(row);
}

/** Adds a line for these values. */
export function report(what: string, values: number[], aim: string): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  const text = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(1));
  note([what, `${values.length}`, text(at(0.5)), text(at(0.95)), text(at(0.99)), text(sorted.at(-1)), aim]);
}

/** Prints the table. */
export function printed(): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  console.log(["", ...rows.map(line), ""].join("\n"));
}

/**
 * Listens from now on for the next click on the page, or key pressed in it: `at` is when that was, in ms since 1970, by the page's own
 * clock.
 */
export async function momentOf(page: Page, event: "click" | "keydown"): Promise<{ at: Promise<number> }> {
  // Awaited before anything is pressed: keys and scripts take different ways into the page.
  const listening = await page.evaluateHandle((event) => {
    const happened = new Promise<number>((resolve) => {
      const note = () => resolve(performance.timeOrigin + performance.now());
      document.addEventListener(event, note, { once: true, capture: true });
    });
    return { happened };
  }, event);
  // Asked for at once: a click may lead to another page.
  return { at: listening.evaluate(({ happened }) => happened) };
}
