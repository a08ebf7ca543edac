// How the stories are run: Debian's Chromium, real servers, no retries.

import { defineConfig } from "@playwright/test";
import { hasty, usual } from "./servers.ts";

const isCi = process.env["CI"] === "true";
const takesPictures = process.env["SANDGLASS_PICTURES"] === "true";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  reporter: isCi ? [["list"]] : [["list"], ["html", { open: "never" }]],
  forbidOnly: isCi,
  // A story that holds only sometimes does not hold.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "en-GB",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
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
  projects: takesPictures
    ? [{ name: "pictures", testMatch: "pictures.ts", use: { baseURL: usual.url } }]
    : [
        { name: "usual", testIgnore: "ending.spec.ts", use: { baseURL: usual.url } },
        { name: "hasty", testMatch: "ending.spec.ts", use: { baseURL: hasty.url } },
      ],
  webServer: takesPictures ? [usual.process] : [usual.process, hasty.process],
});
