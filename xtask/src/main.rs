//! Prepares a WASM module for the page: `xtask bindgen WASM OUT_DIR NAME`.
//!
//! First the functions marked `#[lazy]` move to files of their own, which the browser loads when they are called; then
//! wasm-bindgen writes the JavaScript that joins the rest to the page. Both are cargo-leptos's own steps. As a member of the
//! workspace this has the version of the `wasm-bindgen` crate by construction, and nobody has to install anything.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["bindgen", wasm, out_dir, name] => {
            let (wasm, out_dir) = (Path::new(wasm), Path::new(out_dir));
            // What a former run left would look like a part of this one.
            if out_dir.exists() {
                std::fs::remove_dir_all(out_dir)?;
            }
            let eager = split(wasm, out_dir, name)?;
            let joined = bindgen(&eager, out_dir, name);
            std::fs::remove_file(&eager)?;
            joined
        }
        _ => bail!("usage: xtask bindgen WASM OUT_DIR NAME"),
    }
}

/// Moves the lazy functions of `wasm` to files in `out_dir`, beside the JavaScript that loads them and a manifest that says
/// which needs which. Gives back where the rest is.
fn split(wasm: &Path, out_dir: &Path, name: &str) -> anyhow::Result<std::path::PathBuf> {
    let input = std::fs::read(wasm).with_context(|| format!("reading {} failed", wasm.display()))?;
    let eager = wasm.with_file_name("eager.wasm");
    let main_module = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out_dir;
    options.main_out_path = &eager;
    options.main_module = &main_module;
    // Leptos looks for this name, with the hash in the place of the underscores.
    options.link_name = "./__wasm_split.______________________.js";
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting {} failed: {error:#}", wasm.display()))?;
    let manifest = serde_json::to_vec_pretty(&parts.prefetch_map)?;
    std::fs::write(out_dir.join("__wasm_split_manifest.json"), manifest)?;
    Ok(eager)
}

/// Writes `NAME.js` and `NAME_bg.wasm` to `out_dir`, for `<script type="module">`.
fn bindgen(wasm: &Path, out_dir: &Path, name: &str) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .typescript(false)
        // The parts find each other by what the linker exported.
        .keep_lld_exports(true)
        // Names of functions are a third of the module, and only a debugger reads them.
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)?
        .generate(out_dir)
        .with_context(|| format!("joining {} to JavaScript failed", wasm.display()))
}
