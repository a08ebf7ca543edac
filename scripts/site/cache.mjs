// Remembers slow results by the content they were made from, so that nothing is made twice and nothing is ever stale.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "target", "site-cache");
const used = new Set();

/** The result of `make` for these inputs: from the cache, else made now. */
export function cached(kind, inputs, make) {
  const hash = createHash("sha256").update(kind);
  for (const input of inputs) hash.update(`\0${input.length}\0`).update(input);
  const name = hash.digest("hex");
  used.add(name);

  const file = join(folder, name);
  if (existsSync(file)) return readFileSync(file);
  const result = make();
  mkdirSync(folder, { recursive: true });
  // Renamed into place, so that an interrupted run leaves no half a file under a good name.
  writeFileSync(`${file}.part`, result);
  renameSync(`${file}.part`, file);
  return result;
}

/** Removes what this run had no use for: the cache holds one site, not its history. */
export function forgetUnused() {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name));
}
