// Checks generated projects with Vite: `vite build` on some of them, bundling and rendering on all of them.
//
// Usage: node check_projects.mjs DIRECTORY
// DIRECTORY holds node_modules and projects.json: [{ name, build, files: { path: text } }], `build` asking for a real
// `vite build`. Prints one JSON object per failure, and ends with 1 when there was one.

import { readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

process.env.NODE_ENV = "development";

const directory = process.argv[2];
const require = createRequire(join(directory, "package.json"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { build } = await load("vite");
const { default: react } = await load("@vitejs/plugin-react");
const { createElement } = await load("react").then((module) => module.default);
const { renderToString } = await load("react-dom/server").then((module) => module.default);

const projects = JSON.parse(readFileSync(join(directory, "projects.json"), "utf8"));
const work = join(directory, "work");
rmSync(work, { recursive: true, force: true });

let failures = 0;
function fail(name, error) {
  failures += 1;
  console.log(JSON.stringify({ name, error: String(error?.message ?? error).slice(0, 2000) }));
}

const quiet = { logLevel: "silent", configFile: false };

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
    await build({ ...quiet, root, plugins: [react()], build: { write: false } });
    built += 1;
  } catch (error) {
    fail(project.name, error);
  }
}

// All projects in one bundle, from memory. A component that is the same in many projects is one module.
const modules = new Map();
const prefix = "/generated/";
const idOf = (index, path) => {
  const text = projects[index].files[path];
  if (text === undefined) return undefined;
  const shared = path.startsWith("src/components/") ? text + (projects[index].files[path.replace(".jsx", ".css")] ?? "") : index;
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
    const [, index, path] = /^\/generated\/(\d+)\/(.*)$/.exec(importer);
    const target = join(dirname(path), source);
    const id = idOf(Number(index), target);
    if (id === undefined) throw new Error(`${projects[index].name}: ${path} imports ${source}, which does not exist`);
    return id;
  },
  load(id) {
    if (!id.startsWith(prefix)) return null;
    const [, index, path] = /^\/generated\/(\d+)\/(.*)$/.exec(id);
    return path === "entry.js"
      ? `import "./src/index.css"; export { default } from "./src/App.jsx";`
      : projects[index].files[path];
  },
};
const input = Object.fromEntries(projects.map((_, index) => [`p${index}`, `${prefix}${index}/entry.js`]));
const outDir = join(work, "rendered");
try {
  await build({
    ...quiet,
    root: directory,
    plugins: [generated, react()],
    build: { ssr: true, outDir, minify: false, rollupOptions: { input, output: { entryFileNames: "[name].mjs" } } },
  });
} catch (error) {
  fail("all projects together", error);
}

let rendered = 0;
for (const [index, project] of projects.entries()) {
  const complaints = [];
  console.error = (...parts) => complaints.push(parts.join(" "));
  try {
    const { default: App } = await import(pathToFileURL(join(outDir, `p${index}.mjs`)));
    const html = renderToString(createElement(App));
    const odd = /undefined|\[object Object\]|NaN/.exec(html);
    if (odd) complaints.push(`renders ${odd[0]}`);
    if (project.expect && !project.expect.every((text) => html.includes(text))) complaints.push(`lacks one of ${project.expect}: ${html}`);
    rendered += 1;
  } catch (error) {
    complaints.push(error);
  }
  if (complaints.length > 0) fail(project.name, complaints.join("\n"));
}

console.log(JSON.stringify({ built, rendered, failures }));
process.exitCode = failures > 0 ? 1 : 0;
