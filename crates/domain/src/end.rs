//! The ways in which a session ends.

use serde::{Deserialize, Serialize};

/// Why a session ended (A8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Its time was over.
    Deadline,
    /// Its prompts were used and the time to look at the result was over.
    Prompts,
    /// It was closed.
    Closed,
    /// Nobody was looking any more.
    Away,
    /// Its holder has as many as one may have, and began another after leaving this one (G1).
    Replaced,
    /// The sandbox could not be made, or died.
    SandboxLost,
    /// The server was restarted or stopped.
    Shutdown,
    /// It was used for what a demo is not for.
    Abuse,
}
