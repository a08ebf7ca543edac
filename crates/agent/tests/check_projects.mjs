// Checks generated projects with Vite: `vite build` on some of them, bundling and rendering on all of them.
//
// Usage: node check_projects.mjs DIRECTORY FRAMEWORK
// DIRECTORY holds node_modules and projects.json: [{ name, build, expect, files: { path: text } }], `build` asking for a
// real `vite build`, `expect` for texts that must be shown. FRAMEWORK is react, vue, svelte or vanilla. Prints one JSON
// object per failure, and ends with 1 when there was one. A warning of a compiler is a failure.

import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { installDocument, renderPage } from "./render_page.mjs";

process.env.NODE_ENV = "development";

const [directory, framework] = process.argv.slice(2);
const require = createRequire(join(directory, "package.json"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { build, createLogger } = await load("vite");

const projects = JSON.parse(readFileSync(join(directory, "projects.json"), "utf8"));
const work = join(directory, "work");
rmSync(work, { recursive: true, force: true });

let failures = 0;
function fail(name, error) {
  failures += 1;
  console.log(JSON.stringify({ name, error: String(error?.message ?? error).slice(0, 2000) }));
}

const logger = createLogger("warn");
const warned = new Set();
logger.warn = logger.warnOnce = (message) => {
  // How long a plugin took says nothing of the project.
  if (message.includes("PLUGIN_TIMINGS")) return;
  if (!warned.has(message)) fail("warning", message);
  warned.add(message);
};

async function plugins() {
  switch (framework) {
    case "react":
      return [(await load("@vitejs/plugin-react")).default()];
    case "vue":
      return [(await load("@vitejs/plugin-vue")).default()];
    case "svelte": {
      const onwarn = ({ message, filename }) => logger.warn(`${filename}: ${message}`);
      return [(await load("@sveltejs/vite-plugin-svelte")).svelte({ configFile: false, onwarn })];
    }
    default:
      return [];
  }
}

const quiet = { customLogger: logger, configFile: false };

// Exactly what `vite build` does, on real files.
let built = 0;
for (const [index, project] of projects.entries()) {
  if (!project.build) continue;
  const root = join(work, `project-${index}`);
  for (const [path, text] of Object.entries(project.files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  try {
    await build({ ...quiet, root, plugins: await plugins(), build: { write: false } });
    built += 1;
  } catch (error) {
    fail(project.name, error);
  }
}

// All projects in one bundle, from memory. A component that is the same in many projects is one module.
const roots = { react: "src/App.jsx", vue: "src/App.vue", svelte: "src/App.svelte", vanilla: "src/main.js" };
const ending = roots[framework].slice(roots[framework].lastIndexOf("."));
const modules = new Map();
const prefix = join(directory, "generated/");
const parts = (id) => {
  const [, index, path] = /^(\d+)\/([^?]*)/.exec(id.slice(prefix.length));
  return [Number(index), path];
};
const idOf = (index, path) => {
  const text = projects[index].files[path];
  if (text === undefined) return undefined;
  // Without a framework each project registers its own elements.
  const alike = path.startsWith("src/components/") && framework !== "vanilla";
  const shared = alike ? text + (projects[index].files[path.replace(ending, ".css")] ?? "") : index;
  const known = [...(modules.get(path) ?? [])].find((module) => module.shared === shared);
  const module = known ?? { shared, index, id: `${prefix}${index}/${path}` };
  if (!known) modules.set(path, [...(modules.get(path) ?? []), module]);
  return module.id;
};
const generated = {
  name: "generated",
  enforce: "pre",
  resolveId(source, importer) {
    if (source.startsWith(prefix)) return source;
    if (!importer?.startsWith(prefix) || !source.startsWith(".")) return null;
    const [index, path] = parts(importer);
    const target = join(dirname(path), source);
    const id = idOf(index, target);
    if (id === undefined) throw new Error(`${projects[index].name}: ${path} imports ${source}, which does not exist`);
    return id;
  },
  load(id) {
    if (!id.startsWith(prefix) || id.includes("?")) return null;
    const [index, path] = parts(id);
    if (path !== "entry.js") return projects[index].files[path];
    if (framework === "vanilla") return `import "./src/main.js";`;
    // Svelte's renderer has to be the one that the components are bundled with.
    const renderer = framework === "svelte" ? `export { render } from "svelte/server";` : "";
    return `import "./src/index.css"; export { default } from "./${roots[framework]}"; ${renderer}`;
  },
};
const input = Object.fromEntries(projects.map((_, index) => [`p${index}`, `${prefix}${index}/entry.js`]));
const outDir = join(work, "rendered");
try {
  await build({
    ...quiet,
    root: directory,
    plugins: [generated, ...(await plugins())],
    build: { ssr: true, outDir, minify: false, rollupOptions: { input, output: { entryFileNames: "[name].mjs" } } },
  });
} catch (error) {
  fail("all projects together", error);
}

const renderers = {
  async react() {
    const { createElement } = (await load("react")).default;
    const { renderToString } = (await load("react-dom/server")).default;
    return ({ default: App }) => renderToString(createElement(App));
  },
  async vue() {
    const { createSSRApp } = (await load("vue")).default;
    const { renderToString } = (await load("vue/server-renderer")).default;
    return ({ default: App }) => renderToString(createSSRApp(App));
  },
  async svelte() {
    return ({ default: App, render }) => render(App, {}).body;
  },
  async vanilla() {
    return (_, project, elements) => renderPage(project.files["index.html"], elements);
  },
};
const render = await renderers[framework]();

let rendered = 0;
for (const [index, project] of projects.entries()) {
  const complaints = [];
  console.error = console.warn = (...parts) => complaints.push(parts.join(" "));
  try {
    const elements = new Map();
    if (framework === "vanilla") installDocument(elements);
    const html = await render(await import(pathToFileURL(join(outDir, `p${index}.mjs`))), project, elements);
    const odd = /undefined|\[object Object\]|NaN/.exec(html);
    if (odd) complaints.push(`renders ${odd[0]}: ${html.slice(Math.max(0, odd.index - 200), odd.index + 100)}`);
    for (const text of project.expect ?? []) if (!html.includes(text)) complaints.push(`lacks ${text}: ${html}`);
    rendered += 1;
  } catch (error) {
    complaints.push(error.stack ?? error);
  }
  if (complaints.length > 0) fail(project.name, complaints.join("\n"));
}

console.log(JSON.stringify({ built, rendered, failures }));
process.exit(failures > 0 ? 1 : 0);
