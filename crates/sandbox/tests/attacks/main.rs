//! Attacks from inside a sandbox. Each must fail in the way that is stated here, and after each the dev server, a
//! neighbour, the template and the host are as they were (J1).
#![expect(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

mod arena;
mod exhaustion;
mod files;
mod kernel;
mod network;
mod processes;
#[path = "../sandboxes/support.rs"]
#[expect(dead_code, reason = "the other tests use the rest of it")]
mod support;
mod terminals;
