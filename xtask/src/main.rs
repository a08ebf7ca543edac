//! Writes the JavaScript that joins a WASM module to the page: `xtask bindgen WASM OUT_DIR NAME`.
//!
//! This is wasm-bindgen's command line tool reduced to the one call we make of it. As a member of the workspace it has the
//! version of the `wasm-bindgen` crate by construction, and nobody has to install it.

use std::path::Path;

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["bindgen", wasm, out_dir, name] => bindgen(Path::new(wasm), Path::new(out_dir), name),
        _ => bail!("usage: xtask bindgen WASM OUT_DIR NAME"),
    }
}

/// Writes `NAME.js` and `NAME_bg.wasm` to `out_dir`, for `<script type="module">`.
fn bindgen(wasm: &Path, out_dir: &Path, name: &str) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .typescript(false)
        // Names of functions are a third of the module, and only a debugger reads them.
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)?
        .generate(out_dir)
        .with_context(|| format!("joining {} to JavaScript failed", wasm.display()))
}
