//! Rows as values.

use domain::{
    PreviewId, SandboxId, SessionId, SessionKind, TemplateHash, TemplateName, Timestamp, TokenHash,
};

/// Names one pool: the sandboxes of one provider and one template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PoolId {
    /// Who makes its sandboxes.
    pub provider: String,
    /// What they start from.
    pub template: TemplateName,
}

/// Where a sandbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxRecordState {
    /// It is being made ahead of demand.
    Creating,
    /// It waits to be claimed.
    Ready,
    /// It belongs to a session.
    Claimed,
    /// It is being removed.
    Destroying,
}

impl SandboxRecordState {
    /// The word in the column `state`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Destroying => "destroying",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Creating, Self::Ready, Self::Claimed, Self::Destroying]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// One sandbox of a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxRecord {
    /// The sandbox.
    pub id: SandboxId,
    /// Where it stands.
    pub state: SandboxRecordState,
    /// The template's content it was made from.
    pub template_hash: TemplateHash,
    /// When its making began.
    pub created_at: Timestamp,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
    /// When it last answered a probe.
    pub checked_at: Option<Timestamp>,
}

/// Who may do what with which sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// The session.
    pub id: SessionId,
    /// Which rules it follows.
    pub kind: SessionKind,
    /// SHA-256 of its token.
    pub token_hash: TokenHash,
    /// Its preview's host label.
    pub preview_id: PreviewId,
    /// Its sandbox.
    pub sandbox_id: SandboxId,
    /// A hash that tells visitors apart; no address is kept.
    pub visitor: String,
    /// When it was claimed.
    pub claimed_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A visitor's claims within a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitorClaims {
    /// How many.
    pub count: u32,
    /// The first of them.
    pub first: Option<Timestamp>,
}
