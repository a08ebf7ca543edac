//! The agent's tools: what a model is told of them, and what their calls do.

mod arguments;
mod spec;
mod toolbox;

pub(crate) use spec::specs;
pub(crate) use toolbox::Toolbox;
