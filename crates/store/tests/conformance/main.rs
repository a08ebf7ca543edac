//! What every store must do, run against each of them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod batches;
mod funnel;
mod model_use;
mod reports;
mod sandboxes;
mod sessions;
mod spending;
mod support;
