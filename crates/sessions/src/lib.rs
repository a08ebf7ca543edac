//! The use cases: claim, prompt, watch, end. Handlers, pages and tests call this and nothing below it.
//!
//! This room joins pool, sandboxes, store and agent. It must not know of HTTP, cookies or HTML.

mod abuse;
mod access;
mod admission;
mod adopt;
mod archive;
mod availability;
mod budget;
mod challenge;
mod claim;
mod commands;
mod config;
mod egress;
mod end;
mod error;
mod events;
mod files;
mod funnel;
mod hand_over;
mod journal;
mod live;
mod place;
mod pools;
mod ports;
mod preview;
mod prompt;
mod service;
mod share;
mod taking_back;
mod tally;
mod terminals;
mod traffic;
mod versions;
mod visitor;
mod workspace;

pub use crate::egress::WayOut;
pub use abuse::REPORT_CHARS_MAX;
pub use access::Access;
pub use archive::Archive;
pub use availability::Situation;
pub use budget::Spending;
pub use challenge::{Challenge, ChallengeError, HostedCheck, HostedCheckError, ProofOfWork};
pub use commands::{Command, OutputEvent};
pub use config::{AbuseConfig, DemoConfig, PreviewUrls, ProcessorLimit, Rules, SessionsConfig};
pub use error::SessionError;
pub use events::EventStream;
pub use files::{Expected, FileContent};
pub use pools::{Agents, TemplateParts};
pub use ports::doors;
pub use preview::{LivePreview, Preview};
pub use service::{OnShutdown, Parts, Sessions};
pub use tally::{Counts, TallySnapshot};
pub use terminals::{Keyboard, Screen, Shown};
pub use traffic::{OpenConnection, TrafficLimits, TrafficSpent};
pub use visitor::{FINGERPRINT_CHARS_MAX, Visitor};
