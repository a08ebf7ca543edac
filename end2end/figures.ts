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

/** When the next click on the page, or key pressed in it, happens: in ms since 1970, by the page's own clock. */
export function momentOf(page: Page, event: "click" | "keydown"): Promise<number> {
  return page.evaluate(
    (event) =>
      new Promise<number>((resolve) => {
        const note = () => resolve(performance.timeOrigin + performance.now());
        document.addEventListener(event, note, { once: true, capture: true });
      }),
    event,
  );
}
