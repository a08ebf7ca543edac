//! One sandbox as a pool sees it.

use domain::{SandboxId, TemplateHash, Timestamp};

/// Where a sandbox stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberState {
    /// It is being made ahead of demand.
    Creating,
    /// It waits, warm, to be claimed.
    Ready,
    /// It belongs to a session; a cold one may still be in the making.
    Claimed,
    /// It is being removed.
    Destroying,
}

/// One sandbox as a pool sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The sandbox.
    pub id: SandboxId,
    /// Where it stands.
    pub state: MemberState,
    /// The template's content it was made from.
    pub template_hash: TemplateHash,
    /// When its making began.
    pub created_at: Timestamp,
    /// When it was ready; `None` while it is being made.
    pub ready_at: Option<Timestamp>,
    /// When it last answered a probe; being made counts as one.
    pub checked_at: Option<Timestamp>,
}

impl Member {
    /// Whether its making is under way, for the pool or for a claim.
    pub fn in_the_making(&self) -> bool {
        match self.state {
            MemberState::Creating => true,
            MemberState::Claimed => self.ready_at.is_none(),
            MemberState::Ready | MemberState::Destroying => false,
        }
    }
}
