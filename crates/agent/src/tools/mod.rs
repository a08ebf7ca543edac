//! The agent's tools: what a model is told of them, and what their calls do.

mod arguments;
mod commands;
mod edit;
mod patch;
mod screenshot;
mod search;
mod spec;
#[cfg(test)]
mod tests;
mod toolbox;

pub(crate) use spec::specs;
pub(crate) use toolbox::{Given, Toolbox};
