//! Rows as values.

use domain::{
    MicroDollars, PreviewId, SandboxId, SessionId, SessionKind, TemplateHash, TemplateName, Timestamp,
    TokenHash, UserId,
};

/// Names one pool: the sandboxes of one provider and one template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl SandboxRecord {
    /// When its session began, for one that is made for a session.
    pub(crate) fn claimed_at(&self) -> Option<Timestamp> {
        (self.state == SandboxRecordState::Claimed).then_some(self.created_at)
    }
}

/// Who may do what with which sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// The session.
    pub id: SessionId,
    /// Which rules it follows.
    pub kind: SessionKind,
    /// Which rules it began with: limits count that.
    pub claimed_as: SessionKind,
    /// The user it belongs to; `None` while it belongs to whoever has its token.
    pub owner: Option<UserId>,
    /// SHA-256 of its token.
    pub token_hash: TokenHash,
    /// Its preview's host label.
    pub preview_id: PreviewId,
    /// Its sandbox.
    pub sandbox_id: SandboxId,
    /// A hash that tells visitors apart; no address is kept.
    pub visitor: String,
    /// A hash that tells networks apart, whatever their browsers say of themselves.
    pub network: String,
    /// When it was claimed.
    pub claimed_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// One claim, as limits count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRecord {
    /// Which rules it began with.
    pub claimed_as: SessionKind,
    /// A hash that tells visitors apart.
    pub visitor: String,
    /// A hash that tells networks apart.
    pub network: String,
    /// When it was claimed.
    pub claimed_at: Timestamp,
}

/// Somebody asked that a preview is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRecord {
    /// Whose preview.
    pub session_id: SessionId,
    /// A hash that tells networks apart; no address is kept.
    pub network: String,
    /// What is wrong with it, in their words; may be empty.
    pub reason: String,
    /// When it was reported.
    pub at: Timestamp,
}

/// What a sandbox's time was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Being made and waiting, ahead of demand.
    Warm,
    /// Belonging to a session.
    Session,
}

impl Purpose {
    /// The word in the column `purpose`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Session => "session",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Warm, Self::Session].into_iter().find(|purpose| purpose.word() == word)
    }
}

/// Sandbox time of one day, and the price it was lived at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentTime {
    /// Whose sandboxes.
    pub pool: PoolId,
    /// What for.
    pub purpose: Purpose,
    /// What an hour of one cost.
    pub sandbox_hour: MicroDollars,
    /// How long they lived, in milliseconds, all together.
    pub sandbox_ms: u64,
}

impl SpentTime {
    /// What that time cost.
    pub fn cost(&self) -> MicroDollars {
        self.sandbox_hour.for_time(self.sandbox_ms)
    }
}

/// How far a visitor came (A10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FunnelStep {
    /// The landing page was shown.
    Viewed,
    /// A demo was claimed.
    Claimed,
    /// Its first prompt was asked.
    Prompted,
    /// Its last prompt was used.
    UsedUp,
    /// It was handed over to an account.
    SignedUp,
}

impl FunnelStep {
    /// Every step, in order.
    pub const ALL: [Self; 5] = [Self::Viewed, Self::Claimed, Self::Prompted, Self::UsedUp, Self::SignedUp];

    /// The word in the column `step`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewed => "viewed",
            Self::Claimed => "claimed",
            Self::Prompted => "prompted",
            Self::UsedUp => "used_up",
            Self::SignedUp => "signed_up",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// How many visitors came to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelCount {
    /// The step.
    pub step: FunnelStep,
    /// Which variant of the demo they saw (A11).
    pub variant: String,
    /// How many.
    pub count: u64,
}
