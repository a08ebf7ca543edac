//! The use cases: claim, prompt, watch, end. Handlers, pages and tests call this and nothing below it.
//!
//! This room joins pool, sandboxes, store and agent. It must not know of HTTP, cookies or HTML.

mod access;
mod admission;
mod adopt;
mod availability;
mod budget;
mod claim;
mod config;
mod end;
mod error;
mod events;
mod funnel;
mod live;
mod pools;
mod ports;
mod preview;
mod prompt;
mod service;
mod tally;
mod visitor;
mod workspace;

pub use access::Access;
pub use availability::Situation;
pub use budget::Spending;
pub use config::{DemoConfig, PreviewUrls, SessionsConfig};
pub use error::SessionError;
pub use events::EventStream;
pub use pools::TemplateParts;
pub use ports::doors;
pub use preview::Preview;
pub use service::{OnShutdown, Parts, Sessions};
pub use tally::{Counts, TallySnapshot};
pub use visitor::{FINGERPRINT_CHARS_MAX, Visitor};
