//! Stories told against a real server over HTTP.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod availability;
mod demo;
mod support;
mod surface;
