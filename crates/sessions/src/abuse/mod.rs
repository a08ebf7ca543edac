//! Watching for what a public demo is not for: a processor kept busy, an app that is a trap, what visitors report.

mod pause;
mod processor;
mod report;
mod review;

pub(crate) use processor::ProcessorWatch;
pub use report::REPORT_CHARS_MAX;
