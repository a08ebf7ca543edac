//! The browser's side of the HTTP contract, and the session that the overlay shows.
//!
//! Compiled for the server too, where nothing calls it: islands reach it only from effects and event handlers.

pub(crate) mod archive;
pub(crate) mod availability;
pub(crate) mod browser;
pub(crate) mod event_stream;
pub(crate) mod files;
pub(crate) mod fingerprint;
mod following;
pub(crate) mod http;
mod kept;
pub(crate) mod live_forms;
pub(crate) mod preview_messages;
pub(crate) mod projects;
pub(crate) mod prototype;
pub(crate) mod scene;
pub(crate) mod server_clock;
pub(crate) mod session;
mod widget;
pub(crate) mod workspace;
