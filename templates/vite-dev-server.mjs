// Runs Vite for a sandbox, without a TCP port: it listens on the Unix socket it inherits as file descriptor 3.
//
// Arguments: the paths to compile while warming up.
// Progress goes to file descriptor 4, one word a line: `serving` once requests are answered, `warm` once the warm-up
// is over and its garbage collected.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const LISTEN_FD = 3;
const PROGRESS_FD = 4;
const WARM_UP_TIMEOUT_MS = 20_000;
/** How long the first request may take to come before the warm-up begins without it. */
const FIRST_REQUEST_MS = 100;
/** Writing a file causes several events; those within this time after the first are one change. */
const SETTLE_MS = 5;
const WATCHED_FOLDERS_MAX = 1_000;
const UNWATCHED = new Set(["node_modules", ".git", ".vite", "dist"]);

const warmPaths = process.argv.slice(2);
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
  plugins: [quickPackages()],
  server: {
    middlewareMode: true,
    hmr: { server },
    // The preview gateway decides which host names reach this socket.
    allowedHosts: true,
    // Vite's own watcher drops a second change to a file within 50 ms, and the browser would keep the first.
    watch: null,
  },
});
// Asked for with every request, because Vite replaces it when its configuration changes.
server.on("request", (request, response) => vite.middlewares(request, response));
watch(workspace);
server.listen({ fd: LISTEN_FD }, async () => {
  report("serving");
  await firstAnswer();
  await warmUp(warmPaths);
  // A waiting sandbox should hold what it needs, not what starting took.
  globalThis.gc?.();
  report("warm");
});

/**
 * Makes packages quick to load, for a visitor is waiting. They come minified and without source maps: Vite would encode
 * React's for every page, three megabytes, and nobody steps through a package here. Those that the page will ask for are
 * named in its head, so that the browser need not find them import by import.
 */
function quickPackages() {
  return {
    name: "sandglass:quick-packages",
    enforce: "post",
    config: () => ({ optimizeDeps: { rolldownOptions: { output: { minify: true, sourcemap: false } } } }),
    // One byte more, because Vite keeps the map of code that no plugin has changed.
    transform: (code, id) => (isOfPackage(id) ? { code: `${code}\n`, map: { mappings: "" } } : null),
    transformIndexHtml: async () => {
      const packages = (await compiled(warmPaths)).filter(isOfPackage);
      return packages.map((href) => ({ tag: "link", attrs: { rel: "modulepreload", href }, injectTo: "head" }));
    },
  };
}

/** Addresses of the modules at `paths` and of all that they import, as far as they are compiled. */
async function compiled(paths) {
  const { moduleGraph } = vite.environments.client;
  const found = new Set();
  const queue = new Set(paths);
  for (const path of queue) {
    const module = await moduleGraph.getModuleByUrl(path);
    if (!module) continue;
    found.add(path);
    for (const imported of module.importedModules) queue.add(imported.url);
  }
  return [...found];
}

function isOfPackage(id) {
  return /\/node_modules\/|^\/@/.test(id);
}

function report(word) {
  try {
    fs.writeSync(PROGRESS_FD, `${word}\n`);
  } catch {
    // Started by hand, without the pipe: nobody wants to know.
  }
}

/** Resolves once somebody was answered: whoever waits for this sandbox comes before its warm-up. */
function firstAnswer() {
  return new Promise((resolve) => {
    setTimeout(resolve, FIRST_REQUEST_MS);
    server.once("request", (_, response) => response.once("close", resolve));
  });
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

/**
 * Tells Vite of every file below `root` that changes: a little after the first event of each change, and once more
 * for whatever comes after that, so that what Vite has read last is what stays.
 */
function watch(root) {
  const folders = new Map();
  const known = new Set();
  const settling = new Set();
  enter(root, false);

  /** Watches a folder and those in it; when it is new, so is what it holds. */
  function enter(folder, isNew) {
    if (folders.has(folder) || folders.size >= WATCHED_FOLDERS_MAX) return;
    try {
      // Watched first and read then: what comes in between is seen twice rather than never.
      const watcher = fs.watch(folder, (_, name) => name && settle(`${folder}/${name}`));
      watcher.on("error", () => leave(folder));
      folders.set(folder, watcher);
      for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const path = `${folder}/${entry.name}`;
        if (isUnwatched(entry.name)) continue;
        if (entry.isDirectory()) enter(path, isNew);
        else if (isNew) settle(path);
        else known.add(path);
      }
    } catch {
      // It is gone again.
      leave(folder);
    }
  }

  function leave(folder) {
    folders.get(folder)?.close();
    folders.delete(folder);
  }

  function settle(path) {
    if (isUnwatched(path.slice(path.lastIndexOf("/") + 1))) return;
    if (settling.has(path)) return;
    settling.add(path);
    setTimeout(settled, SETTLE_MS, path);
  }

  function settled(path) {
    settling.delete(path);
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      enter(path, true);
    } else if (found) {
      vite.watcher.emit(known.has(path) ? "change" : "add", path);
      known.add(path);
    } else {
      forget(path);
    }
  }

  /** A file or a folder is gone, with all that was in it. */
  function forget(path) {
    const below = `${path}/`;
    for (const folder of [...folders.keys()]) {
      if (folder === path || folder.startsWith(below)) leave(folder);
    }
    for (const file of [...known]) {
      if (file === path || file.startsWith(below)) {
        known.delete(file);
        vite.watcher.emit("unlink", file);
      }
    }
  }

  /** Packages, history, and files that an editor or the sandbox's daemon has not finished. */
  function isUnwatched(name) {
    return UNWATCHED.has(name) || name.endsWith(".swp") || name.endsWith("~");
  }
}
