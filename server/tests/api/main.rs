//! Stories told against a real server over HTTP.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod availability;
mod challenge;
mod commands;
mod demo;
mod gateway;
mod hand_over;
mod identity;
mod mending;
#[path = "../model/mod.rs"]
#[expect(dead_code, reason = "one that hangs is for stories in which the server is killed")]
mod model;
mod model_check;
mod routes;
mod support;
mod surface;
mod visits;
mod wire;
mod workspace;
