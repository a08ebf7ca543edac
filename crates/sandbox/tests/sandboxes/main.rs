//! The providers as their users see them; the local one with real sandboxes and a real dev server in each.
#![expect(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

mod conformance;
mod egress;
mod hmr;
mod inspection;
mod isolation;
mod preview;
mod screenshots;
mod support;
mod survival;
mod templates;
mod terminals;
