//! A pool in virtual time: arrivals against settings, through the planner, the scaling and the forecast that the real pool
//! has. What is simulated is only the world: visitors come, creations take their time, sessions end. Pure; the same input
//! gives the same answer.

mod arrivals;
mod engine;
mod report;
mod settings;

use std::time::Duration;

use domain::Timestamp;

pub use arrivals::{Arrivals, ArrivalsError};
pub use engine::simulate;
pub use report::{Outcome, Report};
pub use settings::{SetError, Settings};

/// The world that a pool is simulated in.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// How long making a sandbox takes on average.
    pub create: Duration,
    /// By which share of that it varies, up and down, between 0 and 1.
    pub create_jitter: f64,
    /// How long a session lasts once its sandbox is there.
    pub session: Duration,
    /// What one sandbox costs for an hour, in micro-dollars.
    pub hour_micro_dollars: u64,
    /// When the pool starts.
    pub start: Timestamp,
    /// For how long it is learnt before anything is counted but the first day.
    pub learning: Duration,
    /// For how long it is counted then.
    pub counted: Duration,
    /// What the creation times are drawn with.
    pub seed: u64,
}
