//! What is known of whether a change works, and how mending it went (G4).

use serde::{Deserialize, Serialize};

/// Repairs of one prompt (G4).
pub const REPAIRS_MAX: u32 = 2;

/// Where it was seen that something does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FaultSource {
    /// The dev server can't build it.
    Build,
    /// The page says so in its console.
    Console,
}

/// How mending went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RepairOutcome {
    /// It works.
    Mended,
    /// It still does not work.
    Broken,
    /// The agent was stopped, or could not work on it.
    Abandoned,
}

/// Whether a version works, as far as somebody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Soundness {
    /// Nothing is wrong.
    Green,
    /// Something is.
    Red,
}
