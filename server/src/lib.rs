//! What runs: configuration, the HTTP surface and the command line's work.
//!
//! Thin by intent: handlers turn requests into calls of `sessions` and answers into HTTP. This room must not talk to a
//! pool or to SQL, and to a provider only to build it.

mod agents;
pub mod bake;
mod calendar;
pub mod config;
mod connections;
pub mod doctor;
pub mod eval;
mod http;
mod preview;
pub mod serve;
pub mod simulate;
mod siteverify;
mod start;
mod system;

/// A burst of claims spends an eighth of its time in the C library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
