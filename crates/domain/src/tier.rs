//! What the landing page offers right now (A4).

use serde::{Deserialize, Serialize};

/// What the landing page offers right now, decided by the server (A4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// A warm sandbox waits.
    Instant,
    /// None is warm, but one can be made while the visitor waits.
    Starting,
    /// Everything is taken or the day's budget is spent: a recording is offered.
    Replay,
    /// The demo is switched off or broken.
    Disabled,
}
