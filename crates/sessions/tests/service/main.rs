//! The service over simulated sandboxes and a store on disk: limits, money and what the page is offered.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod abuse;
mod funnel;
mod guard;
mod hand_over;
mod ladder;
mod limits;
mod memory;
mod models;
mod money;
mod pools;
mod queue;
mod reuse;
mod support;
mod traps;
mod words;
