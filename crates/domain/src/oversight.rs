//! What watching over a session has found: whether its sandbox is stopped, and who may see its preview.

use serde::{Deserialize, Serialize};

use crate::EventKind;

/// How a preview stands with people who did not make it. It only ever gets worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nothing is held against it.
    #[default]
    Good,
    /// It looks like a trap: whoever opens it is warned first, and it can't be shared.
    Flagged,
    /// Several people reported it: nobody but its holder sees it.
    Closed,
}

/// What makes an app look like a trap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrapSign {
    /// It asks for a password or a wallet's words in the name of a well-known company.
    BrandSignIn,
    /// It sends passwords, card numbers or a wallet's words to somebody else's server.
    SecretsSentAway,
}

/// What watching over a session has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Oversight {
    /// How its preview stands.
    pub standing: Standing,
    /// How often all share links were revoked: those of an earlier generation are void.
    pub shares_revoked: u16,
    /// Whether the sandbox is stopped.
    pub paused: bool,
    /// How often it was stopped.
    pub times_paused: u32,
}

impl Oversight {
    /// Folds one event in; those about other things change nothing.
    pub(crate) fn apply(&mut self, kind: &EventKind) {
        match kind {
            EventKind::SessionPaused => {
                self.paused = true;
                self.times_paused += 1;
            }
            EventKind::SessionResumed => self.paused = false,
            EventKind::PreviewFlagged { .. } => self.standing = self.standing.max(Standing::Flagged),
            EventKind::PreviewClosed { .. } => self.standing = Standing::Closed,
            EventKind::SharesRevoked => self.shares_revoked = self.shares_revoked.saturating_add(1),
            EventKind::SessionClaimed { .. }
            | EventKind::SessionReady { .. }
            | EventKind::LifetimeChanged { .. }
            | EventKind::HandedOver { .. }
            | EventKind::QueueAdded { .. }
            | EventKind::QueueEdited { .. }
            | EventKind::QueueRemoved { .. }
            | EventKind::PromptSubmitted { .. }
            | EventKind::AgentSaid { .. }
            | EventKind::AgentStepped { .. }
            | EventKind::ModelUsed { .. }
            | EventKind::ModelChosen { .. }
            | EventKind::ConversationReset
            | EventKind::ConversationCompacted { .. }
            | EventKind::RepairStarted { .. }
            | EventKind::RepairFinished { .. }
            | EventKind::RepairRestored { .. }
            | EventKind::VersionChecked { .. }
            | EventKind::FileRead { .. }
            | EventKind::PageSeen { .. }
            | EventKind::FileChanged { .. }
            | EventKind::FileSaved { .. }
            | EventKind::FileMoved { .. }
            | EventKind::CommandStarted { .. }
            | EventKind::CommandOutput { .. }
            | EventKind::CommandFinished { .. }
            | EventKind::TerminalOpened { .. }
            | EventKind::TerminalClosed { .. }
            | EventKind::VersionMade { .. }
            | EventKind::DownloadOffered { .. }
            | EventKind::PromptUndone { .. }
            | EventKind::PromptFinished { .. }
            | EventKind::SessionEnded { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J2
    #[test]
    fn a_standing_only_gets_worse_and_a_pause_ends() {
        let mut oversight = Oversight::default();
        for kind in [
            EventKind::SessionPaused,
            EventKind::SessionResumed,
            EventKind::PreviewClosed { reports: 3 },
            EventKind::PreviewFlagged { sign: TrapSign::BrandSignIn },
            EventKind::SharesRevoked,
        ] {
            oversight.apply(&kind);
        }
        let expected =
            Oversight { standing: Standing::Closed, shares_revoked: 1, paused: false, times_paused: 1 };
        assert_eq!(oversight, expected);
    }
}
