// Compresses files once, when the site is built, as hard as can be.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Whether a file of this name gets smaller: text and WASM do, fonts and pictures are compressed already. */
export function isWorthCompressing(path) {
  return /\.(css|html|js|json|mjs|svg|txt|wasm|webmanifest|xml)$/.test(path);
}

export function brotli(content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params });
}

export function gzip(content) {
  return gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
}
