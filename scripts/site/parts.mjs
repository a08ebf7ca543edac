// Bundles the workspace's editor and terminal into modules that the page loads when somebody opens a file or a terminal.

import { basename, join } from "node:path";
import { buildSync } from "esbuild";

/** What the page asks for, by the name app/src/workspace/parts.js imports it under. */
const PARTS = ["editor", "terminal"];

/**
 * Every module of the parts by its file name, and for each part the name it is asked for with and the one it has.
 *
 * What parts and languages share is in modules of its own, so that nothing is loaded twice and no language that isn't used.
 */
export function bundleParts(here) {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: here,
    entryPoints: PARTS.map((part) => ({ in: join("browser", `${part}.js`), out: part })),
    entryNames: "[name].[hash]",
    chunkNames: "part.[hash]",
    outdir: "pkg",
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    loader: { ".css": "text" },
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
  const names = new Map();
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint?.startsWith("browser/")) names.set(basename(entryPoint), basename(path));
  }
  return { files, names };
}
