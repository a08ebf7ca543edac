//! The WASM entry point: brings the islands of `app` to life, and does nothing else.
#![cfg(target_arch = "wasm32")]

// The islands are found by name when the page asks for them; without this line nothing would link them.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's start script, after the document is parsed.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
