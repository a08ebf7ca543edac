// Turns what the compilers made into the files the server sends: target/site, with sandglass.{hash}.{js,wasm,css} in pkg/.
//
// File names and hash.txt are those of cargo-leptos with `hash-files = true`, so both ways of building serve the same page.
// Usage: node build.mjs BINDGEN_DIR   (the folder that `xtask bindgen` filled)

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import browserslist from "browserslist";
import { buildSync } from "esbuild";
import { browserslistToTargets, bundle } from "lightningcss";
import { cached, forgetUnused } from "./cache.mjs";
import { brotli, gzip, isWorthCompressing } from "./compress.mjs";
import { bundleParts } from "./parts.mjs";

const NAME = "sandglass";
/** The script that loads the lazy parts; its hash takes the place of the underscores. */
const HASH_PLACE = "______________________";
const LOADER = `__wasm_split.${HASH_PLACE}.js`;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const siteDir = join(root, "target", "site");
const bindgenDir = resolve(process.argv[2]);

/** Every file of the site by its path below target/site. */
const site = new Map();

const hashes = addProgram();
addFolder(join(root, "public"));
addFonts(join(root, "style", "fonts.txt"));
addCompressed();
write();
forgetUnused();
printSizes();

/**
 * Adds script, style sheet and WASM modules under names with the hash of their content; gives back the lines of hash.txt.
 *
 * The parts refer to each other by name, so the order matters: modules first, then what names them.
 */
function addProgram() {
  const renamed = addParts();
  const chunks = readdirSync(bindgenDir).filter((file) => file.endsWith(".wasm") && file !== `${NAME}_bg.wasm`);
  for (const chunk of chunks.sort()) {
    const content = optimised(chunk);
    renamed.set(chunk, `${basename(chunk, ".wasm")}.${hashOf(content)}.wasm`);
    site.set(`pkg/${renamed.get(chunk)}`, content);
  }

  // The script imports the loader and the loader the script; so both names depend on both contents and on all modules.
  const [script, loader] = [`${NAME}.js`, LOADER].map((file) => withNewNames(minified(file), renamed));
  const split = hashOf(Buffer.from(script + loader));
  renamed.set(LOADER, LOADER.replace(HASH_PLACE, split));
  const js = hashOf(Buffer.from(withNewNames(script, renamed)));
  renamed.set(`${NAME}.js`, `${NAME}.${js}.js`);
  site.set(`pkg/${NAME}.${js}.js`, Buffer.from(withNewNames(script, renamed)));
  site.set(`pkg/${renamed.get(LOADER)}`, Buffer.from(withNewNames(loader, renamed)));

  // The module names the loader, too, in its imports; the new name has the length of the old.
  const module = withNewBytes(optimised(`${NAME}_bg.wasm`), LOADER, renamed.get(LOADER));
  const wasm = addHashed("wasm", module);
  const css = addHashed("css", stylesheet());

  const stems = new Map([...renamed].map(([before, after]) => [basename(before, ".wasm"), basename(after, ".wasm")]));
  const prefetch = JSON.parse(readFileSync(join(bindgenDir, "__wasm_split_manifest.json"), "utf8"));
  for (const needed of Object.values(prefetch)) needed.forEach((stem, i) => (needed[i] = stems.get(stem) ?? stem));
  const list = Buffer.from(JSON.stringify(prefetch));
  const manifest = hashOf(list);
  site.set(`pkg/__wasm_split_manifest.${manifest}.json`, list);
  return { js, wasm, css, manifest, split };
}

/** Adds the editor and the terminal; gives back which names they have in place of those that the script imports. */
function addParts() {
  const { files, names } = bundleParts(here);
  for (const [name, content] of files) site.set(`pkg/${name}`, content);
  return new Map([...names].map(([asked, name]) => [`/pkg/${asked}`, `/pkg/${name}`]));
}

/** As cargo-leptos writes it: MD5, which nothing here needs to be secure. */
function hashOf(content) {
  return createHash("md5").update(content).digest("base64url");
}

function withNewNames(text, renamed) {
  return [...renamed].reduce((text, [before, after]) => text.replaceAll(before, after), text);
}

function withNewBytes(content, before, after) {
  // One byte a character, there and back.
  return Buffer.from(content.toString("latin1").replaceAll(before, after), "latin1");
}

/** A script with the snippets that bindgen put beside it, but without what is loaded later. */
function minified(file) {
  const later = ["/pkg/*", `./${LOADER}`, `./${NAME}.js`].filter((name) => name !== `./${file}`);
  const { outputFiles } = buildSync({
    absWorkingDir: bindgenDir,
    entryPoints: [file],
    outdir: bindgenDir,
    bundle: true,
    external: later,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    // bindgen names the loader once for each part that is imported from it.
    logOverride: { "duplicate-object-key": "silent" },
  });
  return outputFiles[0].text;
}

/** A module of the program, optimised for size. */
function optimised(file) {
  const input = readFileSync(join(bindgenDir, file));
  const require = createRequire(import.meta.url);
  const wasmOpt = join(dirname(require.resolve("binaryen/package.json")), "bin", "wasm-opt");
  // The features that Rust's wasm32 target takes for granted, and no more: every browser of `defaults` has them.
  const features = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
  const flags = ["-Oz", "--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];
  flags.push(...features.map((feature) => `--enable-${feature}`));
  const version = readFileSync(require.resolve("binaryen/package.json"));
  return cached("wasm-opt", [input, version, flags.join(" ")], () => {
    const scratch = mkdtempSync(join(tmpdir(), "sandglass-site-"));
    try {
      const [before, after] = [join(scratch, "before.wasm"), join(scratch, "after.wasm")];
      writeFileSync(before, input);
      execFileSync(process.execPath, [wasmOpt, ...flags, before, "-o", after], { stdio: "ignore" });
      return readFileSync(after);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
}

/** style/main.css and what it imports, in one file, for the browsers of Cargo.toml's `browserquery`. */
function stylesheet() {
  const targets = browserslistToTargets(browserslist("defaults"));
  return Buffer.from(bundle({ filename: join(root, "style", "main.css"), minify: true, targets }).code);
}

/** Adds pkg/sandglass.{hash}.{extension} and gives back the hash. */
function addHashed(extension, content) {
  const hash = hashOf(content);
  site.set(`pkg/${NAME}.${hash}.${extension}`, content);
  return hash;
}

function addFolder(folder) {
  for (const entry of filesBelow(folder)) site.set(relative(folder, entry), readFileSync(entry));
}

/** Adds the fonts that the list names, one npm file a line, as fonts/{file name}. */
function addFonts(list) {
  if (!existsSync(list)) return;
  for (const line of readFileSync(list, "utf8").split("\n")) {
    const file = line.trim();
    if (!file || file.startsWith("#")) continue;
    const source = join(here, "node_modules", file);
    if (!existsSync(source)) {
      throw new Error(`style/fonts.txt names ${file}, which no package of scripts/site/package.json has`);
    }
    site.set(`fonts/${basename(file)}`, readFileSync(source));
  }
}

/** Adds .br and .gz beside every file that gets smaller by it; the server sends them as they are. */
function addCompressed() {
  for (const [path, content] of [...site]) {
    if (!isWorthCompressing(path)) continue;
    for (const [suffix, compress] of [["br", brotli], ["gz", gzip]]) {
      const result = cached(suffix, [content], () => compress(content));
      if (result.length < content.length) site.set(`${path}.${suffix}`, result);
    }
  }
}

/** Makes target/site equal to `site`, touching only files that differ, then says where to find the hashed ones. */
function write() {
  for (const old of filesBelow(siteDir)) {
    if (!site.has(relative(siteDir, old))) rmSync(old);
  }
  for (const [path, content] of site) writeIfDifferent(join(siteDir, path), content);

  const lines = Object.entries(hashes).map(([extension, hash]) => `${extension}: ${hash}\n`);
  const targetDirs = new Set([join(root, "target"), process.env.CARGO_TARGET_DIR ?? join(root, "target")]);
  for (const targetDir of targetDirs) {
    for (const profile of ["debug", "release"]) {
      // The server looks for it beside its own executable.
      writeIfDifferent(join(targetDir, profile, "hash.txt"), Buffer.from(lines.join("")));
    }
  }
}

function writeIfDifferent(path, content) {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function printSizes() {
  const bytes = (count) => (count === undefined ? "–" : count.toLocaleString("en")).padStart(11);
  console.log(`${"bytes of".padEnd(46)}${"raw".padStart(11)}${"gzip".padStart(11)}${"brotli".padStart(11)}`);
  for (const path of [...site.keys()].filter((path) => !/\.(br|gz)$/.test(path)).sort()) {
    const size = (suffix) => bytes(site.get(path + suffix)?.length);
    console.log(`${path.padEnd(46)}${size("")}${size(".gz")}${size(".br")}`);
  }
}
