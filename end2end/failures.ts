// Says last of all why a story failed: of a long run's output often only the end is kept.

import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** What a terminal would take for colours. */
const COLOURS = /\u001b\[[0-9;]*m/g;
/** How much of one reason is said again. */
const LINES_MAX = 12;

export default class Failures implements Reporter {
  private readonly reasons: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    const why = result.errors.map((error) => error.message ?? error.value ?? "").join("\n").replace(COLOURS, "");
    const lines = why.split("\n").filter((line) => line.trim() !== "").slice(0, LINES_MAX);
    this.reasons.push([test.titlePath().filter(Boolean).join(" › "), ...lines.map((line) => `    ${line}`)].join("\n"));
  }

  onEnd(): void {
    if (this.reasons.length > 0) console.log(`\nWhy, in short:\n${this.reasons.join("\n")}`);
  }
}
