//! What the page says, decided by plain functions: no DOM, no signals, no clock, so that every word is tested natively.

pub(crate) mod agent;
pub(crate) mod countdown;
pub(crate) mod diff;
pub(crate) mod ending;
pub(crate) mod feed;
pub(crate) mod offer;
pub(crate) mod output;
pub(crate) mod projects;
pub(crate) mod prototype;
#[cfg(feature = "ssr")]
pub(crate) mod sign_in_problem;
pub(crate) mod steps;
pub(crate) mod templates;
pub(crate) mod tree;
pub(crate) mod versions;
pub(crate) mod waiting;
