// Runs Vite for a sandbox, without a TCP port: it listens on the Unix socket it inherits as file descriptor 3.
//
// Arguments: the paths to request once while warming up.
// Progress goes to file descriptor 4, one word a line: `serving` once requests are answered, `warm` once the warm-up
// is over and its garbage collected.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const LISTEN_FD = 3;
const PROGRESS_FD = 4;
const WARM_UP_TIMEOUT_MS = 20_000;

const workspace = process.cwd();
const require = createRequire(`${workspace}/package.json`);
const { createServer } = await import(pathToFileURL(require.resolve("vite")).href);

const server = http.createServer();
const vite = await createServer({
  root: workspace,
  // Imports vite.config.js as it is: bundling it first would double the time to start.
  configLoader: "native",
  appType: "spa",
  cacheDir: "node_modules/.vite",
  clearScreen: false,
  logLevel: "warn",
  server: {
    middlewareMode: true,
    hmr: { server },
    // The preview gateway decides which host names reach this socket.
    allowedHosts: true,
    watch: { ignored: ["**/node_modules/**", "**/.git/**"] },
  },
});
server.on("request", vite.middlewares);
server.listen({ fd: LISTEN_FD }, async () => {
  report("serving");
  await warmUp(process.argv.slice(2));
  // A waiting sandbox should hold what it needs, not what starting took.
  globalThis.gc?.();
  report("warm");
});

function report(word) {
  try {
    fs.writeSync(PROGRESS_FD, `${word}\n`);
  } catch {
    // Started by hand, without the pipe: nobody wants to know.
  }
}

/** Has Vite compile what the first visitor will ask for, and all that imports, one at a time to keep the heap low. */
async function warmUp(paths) {
  const { client } = vite.environments;
  const deadline = AbortSignal.timeout(WARM_UP_TIMEOUT_MS);
  const queue = new Set(paths);
  for (const path of queue) {
    if (deadline.aborted) return;
    if (path.endsWith("/")) {
      const html = await fs.promises.readFile(`${workspace}${path}index.html`, "utf8");
      await vite.transformIndexHtml(path, html);
      continue;
    }
    // A file with a mistake in it is the preview's to show.
    await client.transformRequest(path).catch(() => undefined);
    const module = await client.moduleGraph.getModuleByUrl(path);
    for (const imported of module?.importedModules ?? []) queue.add(imported.url);
  }
}
