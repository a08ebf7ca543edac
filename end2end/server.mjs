// Runs a Sandglass server on data of its own and leaves nothing behind: node server.mjs BINARY

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const data = mkdtempSync(join(tmpdir(), "sandglass-data-"));
const server = spawn(process.argv[2], ["serve"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, SANDGLASS__DATA__DIR: data },
  stdio: "inherit",
});
// The server hears the signal too, as part of the group, or is told here; we stay until it has put everything away.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
// Playwright holds the other end of our standard input: when it is gone without a word, nobody needs the server any more.
process.stdin.on("end", () => server.kill("SIGTERM")).resume();
server.on("exit", (code, signal) => {
  rmSync(data, { recursive: true, force: true });
  process.exit(code ?? (signal === "SIGTERM" ? 0 : 1));
});
