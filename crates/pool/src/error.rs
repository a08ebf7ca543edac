//! Why a pool could not give a sandbox, as its caller must know it (H4).

use std::time::Duration;

use domain::Timestamp;

use crate::PortError;

/// A pool could not give a sandbox. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// Nothing is warm and nothing may be made: `max_total_sandboxes` or `max_concurrent_creates` is reached, or
    /// `on_empty` says so. Trying later may help.
    #[error("every sandbox is in use")]
    Exhausted,
    /// The pool is shutting down.
    #[error("the pool is shutting down")]
    ShuttingDown,
    /// The pool was not as warm as wanted in time; it goes on warming.
    #[error("{ready} of {wanted} sandboxes were warm after {} ms", waited.as_millis())]
    WarmUpTimedOut {
        /// How many were warm.
        ready: u32,
        /// How many were to be.
        wanted: u32,
        /// How long that was waited for.
        waited: Duration,
    },
    /// There is no template to make one from yet.
    #[error("the template is not ready")]
    NoTemplate,
    /// A sandbox could not be made.
    #[error("a sandbox could not be made")]
    Create(#[source] PortError),
    /// The rows could not be read or written.
    #[error("the pool's rows could not be reached")]
    Rows(#[source] PortError),
}

/// Why nothing is even tried.
#[derive(Debug, thiserror::Error)]
#[error("{failures} creations failed in a row; the next is tried at {retry_at}")]
pub(crate) struct CreationStopped {
    pub(crate) failures: u32,
    pub(crate) retry_at: Timestamp,
}

/// Why one try of a creation came to nothing, where the maker did not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CreateFailure {
    #[error("it was not made within {} s", .0.as_secs())]
    TimedOut(Duration),
    #[error("it was said to be made and does not answer")]
    Lied,
    #[error("it was given up while it was being made")]
    GivenUp,
}
