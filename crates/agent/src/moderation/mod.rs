//! What may be asked at all, decided before any model sees the prompt (A7), and what made apps are looked through for.

mod classifier;
mod rules;
mod traps;

use async_trait::async_trait;

pub use classifier::ModelModerator;
use domain::ModelUse;
pub use rules::RuleModerator;
pub use traps::trap_sign;

/// What a moderator thinks of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may go on.
    Allowed,
    /// It may not.
    Refused {
        /// Why, in a sentence for the person who asked.
        reason: String,
    },
}

/// What came of looking at a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Whether it may go on.
    pub verdict: Verdict,
    /// What a model consumed that was asked, with its name in the settings.
    pub used: Option<(String, ModelUse)>,
}

impl Review {
    /// Decided without a model.
    pub const fn free(verdict: Verdict) -> Self {
        Self { verdict, used: None }
    }
}

/// Decides whether a prompt may go on to the model.
#[async_trait]
pub trait Moderator: Send + Sync + 'static {
    /// Looks at one prompt.
    async fn review(&self, text: &str) -> Review;
}
