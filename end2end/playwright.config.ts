// How the stories are run: Debian's Chromium, real servers, no retries.

import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { accounts, cold, desks, hasty, modest, narrow, prototypes, usual, warm } from "./servers.ts";

/** As scripts/setup-browser installs it. */
const browser = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path)) ?? "chromium";
const isCi = process.env["CI"] === "true";
/** What a run of Playwright is for: scripts/test-e2e, scripts/screenshots, scripts/record and scripts/bench. */
const runs = {
  stories: {
    projects: [
      { name: "usual", testIgnore: ["accounts.spec.ts", "prototype.spec.ts", "hand-over.spec.ts", "*ending.spec.ts", "watching.spec.ts", "challenge.spec.ts", "models.spec.ts", "workspace-download.spec.ts"], use: { baseURL: usual.url } },
      { name: "hasty", testMatch: "*ending.spec.ts", use: { baseURL: hasty.url } },
      { name: "narrow", testMatch: "watching.spec.ts", use: { baseURL: narrow.url } },
      { name: "modest", testMatch: ["challenge.spec.ts", "models.spec.ts", "workspace-download.spec.ts"], use: { baseURL: modest.url } },
      { name: "prototypes", testMatch: ["prototype.spec.ts", "hand-over.spec.ts"], use: { baseURL: prototypes.url } },
      { name: "accounts", testMatch: "accounts.spec.ts", use: { baseURL: accounts.url } },
    ],
    servers: [usual, hasty, narrow, modest, prototypes, accounts],
    workers: 2,
  },
  recording: {
    projects: [{ name: "recording", testMatch: "recording.ts", use: { baseURL: usual.url } }],
    servers: [usual],
    workers: 1,
  },
  pictures: {
    projects: [{ name: "pictures", testMatch: "pictures.ts", use: { baseURL: usual.url } }],
    servers: [usual],
    workers: 1,
  },
  bench: {
    projects: [{ name: "bench", testMatch: ["bench.ts", "workspace-bench.ts", "model-bench.ts"], timeout: 600_000 }],
    servers: [warm, cold, desks],
    workers: 1,
  },
};
const kind = (process.env["SANDGLASS_RUN"] ?? "stories") as keyof typeof runs;
const run = runs[kind];

export default defineConfig({
  testDir: "tests",
  globalSetup: "./warm-up.ts",
  outputDir: "test-results",
  reporter: [["list"], ...(isCi ? [] : [["html", { open: "never" }] as const]), ["./failures.ts"]],
  forbidOnly: isCi,
  // A story that holds only sometimes does not hold.
  retries: 0,
  workers: run.workers,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "en-GB",
    actionTimeout: 30_000,
    // Recording every frame takes longer than what is measured.
    trace: kind === "bench" ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? browser,
      args: [
        // Chromium's own sandbox does not work for root, which CI often is.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: run.projects,
  webServer: run.servers.map((server) => server.process),
});
