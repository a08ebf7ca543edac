// Bundles the workspace's editor and terminal into modules that the page loads when somebody opens a file or a terminal.

import { basename, join } from "node:path";
import { buildSync } from "esbuild";

/** What the page asks for, by the names app/src/workspace/parts.js imports them under, and how each is bundled. */
const PARTS = {
  editor: {},
  // What xterm takes for the document: browser/policy_document.js says why.
  terminal: {
    define: { document: "policyDocument", "window.document": "policyDocument" },
    inject: [join("browser", "policy_document.js")],
  },
};

/**
 * Every module of the parts by its file name, and for each part the name it is asked for with and the one it has.
 *
 * What parts and languages share is in modules of its own, so that nothing is loaded twice and no language that isn't used.
 */
export function bundleParts(here) {
  const [files, names] = [new Map(), new Map()];
  for (const [part, options] of Object.entries(PARTS)) {
    const { outputFiles, metafile } = buildSync({
      absWorkingDir: here,
      entryPoints: [{ in: join("browser", `${part}.js`), out: part }],
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
      ...options,
    });
    for (const { path, contents } of outputFiles) files.set(basename(path), Buffer.from(contents));
    const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === `browser/${part}.js`);
    names.set(`${part}.js`, basename(entry[0]));
  }
  return { files, names };
}
