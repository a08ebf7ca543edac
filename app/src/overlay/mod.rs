//! The live demo's overlay: header with the countdown, the agent's steps, the composer, the preview (A2).

mod composer;
mod countdown;
mod diff;
mod ended;
mod header;
mod overlay_body;
mod preview;
mod prompt_item;
pub(crate) mod scene;
mod step_item;
mod steps;
mod suggestions;

pub(crate) use overlay_body::OverlayBody;
