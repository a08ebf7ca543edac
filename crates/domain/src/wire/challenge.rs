//! The shapes of `/api/v1/challenge`: what keeps programs from using prototypes up (B4).

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What must be solved before a prototype is opened: `GET /api/v1/challenge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChallengeJson {
    /// Nothing is asked for.
    None,
    /// Find a number `nonce` so that SHA-256 of the token's characters, followed by the number in decimal digits, begins with
    /// `difficulty_bits` zero bits. Good once, for the network that asked for it.
    ProofOfWork {
        /// What the search begins with, and what is sent back.
        token: String,
        /// How many zero bits; each one doubles the work.
        difficulty_bits: u8,
        /// Until when the solution is taken.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
        expires_at: Timestamp,
    },
    /// Cloudflare Turnstile; a page shows its widget.
    Turnstile {
        /// Whose widget.
        site_key: String,
    },
    /// hCaptcha; a page shows its widget.
    Hcaptcha {
        /// Whose widget.
        site_key: String,
    },
}

impl ChallengeJson {
    /// What a page has to say its widget is for, as `action`: Turnstile repeats it, and an answer for anything else is no solution.
    pub const ACTION: &'static str = "try";
}

/// A solution, sent along with `POST /api/v1/sessions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum ChallengeAnswer {
    /// Of a proof of work.
    ProofOfWork {
        /// The token as it was given.
        token: String,
        /// The number that was found.
        nonce: u64,
    },
    /// What a hosted service's widget said.
    Hosted {
        /// Its text, as the widget gave it.
        response: String,
    },
}
