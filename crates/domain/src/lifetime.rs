//! How long a sandbox lives, as the server states it; a page never guesses.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// When a session ends and whether that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lifetime {
    /// The moment the sandbox is destroyed (RFC 3339, UTC).
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub deadline: Timestamp,
    /// What the deadline depends on.
    pub kind: LifetimeKind,
    /// Whether activity can move the deadline.
    pub extendable: bool,
}

/// What a deadline depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum LifetimeKind {
    /// The deadline stands, whatever happens.
    Hard,
    /// The deadline moves with activity.
    Idle,
}
