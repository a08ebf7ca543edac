// Runs Vite for a sandbox: it listens on the Unix socket it inherits as file descriptor 3, and for programs inside on the TCP
// port in PORT.
//
// Arguments: the paths to compile while warming up.
// Progress goes to file descriptor 4, one word a line: `serving` once requests are answered, `warm` once the warm-up
// is over and its garbage collected.
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
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
/** Where the server of this app asks what can't be built. */
const CHECK_PATH = "/@sandglass/check";
const CHECK_TIMEOUT_MS = 5_000;
const CHECKED_MODULES_MAX = 500;
const FAULTS_MAX = 5;
const FAULT_CHARS_MAX = 2_000;
/** How long a check waits for Vite to take in what was changed before. */
const TAKEN_IN_TIMEOUT_MS = 1_000;
const UNWATCHED = new Set(["node_modules", ".git", ".vite", "dist"]);

const warmPaths = process.argv.slice(2);
const workspace = process.cwd();
const require = createRequire(`${workspace}/package.json`);
const { createServer } = await import(pathToFileURL(require.resolve("vite")).href);

/** Changed files of which Vite was not told yet, and those that it is taking in. */
const settling = new Set();
const takingIn = new Set();
const server = http.createServer();
const vite = await createServer({
  root: workspace,
  // Imports vite.config.js as it is: bundling it first would double the time to start.
  configLoader: "native",
  appType: "spa",
  cacheDir: "node_modules/.vite",
  clearScreen: false,
  logLevel: "warn",
  plugins: [quickPackages(), tellingConsole(), noticing()],
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
server.on("request", (request, response) => {
  if (request.url.startsWith(CHECK_PATH)) void check(request, response);
  else vite.middlewares(request, response);
});
watch(workspace);
server.listen({ fd: LISTEN_FD }, async () => {
  await listenInside(Number(process.env.PORT));
  report("serving");
  await firstAnswer();
  await warmUp(warmPaths);
  // A waiting sandbox should hold what it needs, not what starting took.
  globalThis.gc?.();
  report("warm");
});

/** Answers programs inside as well. Where the port is taken, by whomever, it is theirs. */
async function listenInside(port) {
  if (!port) return;
  const door = net.createServer((connection) => server.emit("connection", connection));
  await new Promise((settled) => door.once("error", settled).listen(port, "127.0.0.1", settled));
}

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

/** Has each page tell the one that frames it what its console says, and what Vite shows over a page that can't be built. */
function tellingConsole() {
  const buildErrors = `
    import { createHotContext } from "/@vite/client";
    const tell = (name) => (detail) => dispatchEvent(new CustomEvent("sandglass:" + name, { detail }));
    const hot = createHotContext("/@sandglass/console");
    hot.on("vite:error", ({ err }) => tell("build-error")(err));
    hot.on("vite:beforeUpdate", tell("update"));
  `;
  return {
    name: "sandglass:telling-console",
    enforce: "post",
    transformIndexHtml: {
      // What comes last is first in the head, before anything that may say something.
      order: "post",
      handler: () => [
        { tag: "script", children: `(${tellConsole})();`, injectTo: "head-prepend" },
        { tag: "script", attrs: { type: "module" }, children: buildErrors, injectTo: "head-prepend" },
      ],
    },
  };
}

/** Runs in the page, on its own: nothing outside of this function is there. */
function tellConsole() {
  if (window.parent === window) return;
  const TEXT_BYTES_MAX = 2_000;
  const TEXTS_PER_SECOND_MAX = 50;
  const ENTRIES_MAX = 20;
  const DEPTH_MAX = 2;
  const encoder = new TextEncoder();
  const room = new Uint8Array(TEXT_BYTES_MAX);
  let second = 0;
  let told = 0;

  function tell(level, text) {
    const at = Date.now();
    if (at - second >= 1_000) [second, told] = [at, 0];
    told += 1;
    if (told > TEXTS_PER_SECOND_MAX) return;
    const { read } = encoder.encodeInto(text.slice(0, TEXT_BYTES_MAX), room);
    // To whoever frames it: only the app may, and it is nothing that the page does not show anyway.
    window.parent.postMessage({ sandglass: "console", level, text: text.slice(0, read), at }, "*");
  }

  /** A value as a text of bounded size, whatever it is. */
  function show(value, depth = 0) {
    try {
      if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value.slice(0, TEXT_BYTES_MAX));
      if (typeof value === "function") return `function ${value.name}`;
      if (typeof value !== "object" || value === null) return String(value);
      if (value instanceof Error) return value.stack || String(value);
      if (value instanceof Element) return `<${value.localName}>`;
      const isList = Array.isArray(value);
      if (depth === DEPTH_MAX) return isList ? "[…]" : "{…}";
      const names = isList ? [...value.slice(0, ENTRIES_MAX).keys()] : Object.keys(value).slice(0, ENTRIES_MAX);
      const entries = names.map((name) => (isList ? "" : `${name}: `) + show(value[name], depth + 1));
      return isList ? `[${entries.join(", ")}]` : `{${entries.join(", ")}}`;
    } catch {
      return "…";
    }
  }

  /** What a console shows of the arguments it is given, `%s` and the like filled in. */
  function shown([first, ...rest]) {
    const fill = (mark) => {
      if (mark === "%%") return "%";
      if (rest.length === 0) return mark;
      const value = rest.shift();
      return mark === "%c" ? "" : show(value);
    };
    const start = typeof first === "string" ? first.replace(/%[sdifoOc%]/g, fill) : show(first);
    return [start, ...rest.map((value) => show(value))].join(" ");
  }

  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const own = console[level];
    console[level] = (...values) => {
      own.apply(console, values);
      if (values.length > 0) tell(level, shown(values));
    };
  }
  /** What was said before is about an earlier state of the app. */
  const tellNew = () => window.parent.postMessage({ sandglass: "renewed" }, "*");
  tellNew();
  addEventListener("sandglass:update", tellNew);
  addEventListener("error", (event) => tell("error", event.error ? show(event.error) : String(event.message)));
  addEventListener("unhandledrejection", (event) => tell("error", `Unhandled rejection: ${show(event.reason)}`));
  addEventListener("sandglass:build-error", ({ detail }) => {
    // Vite colours its words for a terminal.
    const plain = [detail.message, detail.frame].filter(Boolean).join("\n").replace(/\u001b\[[0-9;]*m/g, "");
    tell("error", `Build error: ${plain}`);
  });
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

/**
 * Answers what of the app can't be built now: everything that its page loads, the files at `?path=` read anew. Whoever asks has just
 * written them, and what watches the files may not have noticed yet.
 */
async function check(request, response) {
  await takenIn();
  const { moduleGraph } = vite.environments.client;
  for (const path of new URL(request.url, "http://localhost").searchParams.getAll("path")) {
    moduleGraph.onFileChange(`${workspace}/${path}`);
  }
  const faults = await faultsOfPage().catch((error) => [fault("index.html", error)]);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ faults }));
}

/** Notes which changes Vite's plugins have taken in. */
function noticing() {
  const handler = ({ file }) => void takingIn.delete(file);
  return { name: "sandglass:noticing", enforce: "post", hotUpdate: { order: "post", handler } };
}

/**
 * Waits until Vite has taken in every change so far. What is compiled before would be what plugins compare the change with: they
 * would see none, and the page would get less than it needs.
 */
async function takenIn() {
  const deadline = AbortSignal.timeout(TAKEN_IN_TIMEOUT_MS);
  do {
    // What the file system has told by now is heard within a turn.
    await new Promise((resolve) => setTimeout(resolve, 1));
  } while (settling.size + takingIn.size > 0 && !deadline.aborted);
  takingIn.clear();
}

async function faultsOfPage() {
  const { client } = vite.environments;
  const html = await fs.promises.readFile(`${workspace}/index.html`, "utf8");
  const scripts = html.matchAll(/<script\b[^>]*\bsrc=["']\.?(\/[^"']+)["']/g);
  const queue = new Set([...scripts].map(([, src]) => src));
  const deadline = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  const faults = [];
  for (const path of queue) {
    if (deadline.aborted || faults.length === FAULTS_MAX) break;
    if (isOfPackage(path)) continue;
    try {
      await client.transformRequest(path);
    } catch (error) {
      faults.push(fault(path, error));
    }
    const module = await client.moduleGraph.getModuleByUrl(path).catch(() => undefined);
    for (const imported of module?.importedModules ?? []) {
      if (queue.size < CHECKED_MODULES_MAX) queue.add(imported.url);
    }
  }
  return faults;
}

/** One thing that is wrong, without colours and without where on this machine it is. */
function fault(path, error) {
  const text = [error.message, error.frame].filter(Boolean).join("\n");
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "").replaceAll(`${workspace}/`, "");
  const file = (error.loc?.file ?? error.id ?? path).replace(`${workspace}/`, "").replace(/^\/|\?.*$/g, "");
  return { file, message: plain.slice(0, FAULT_CHARS_MAX) };
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
      takingIn.add(path);
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
