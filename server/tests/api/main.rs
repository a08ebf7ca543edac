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
mod routes;
mod support;
mod surface;
mod visits;
mod wire;
mod workspace;
