//! What has happened since the start, counted for whoever watches over the server (H10, I4). Nothing decides by it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::wire::ClaimResponse;
use domain::{EndReason, PromptStatus};
use pool::{Histogram, HistogramSnapshot};

use crate::{SessionError, Sessions};

/// Upper bounds of a claim's time, in seconds.
const CLAIM_BOUNDS_S: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];
/// Upper bounds of the time from the claim to the first change, in seconds; a person types in between.
const FIRST_CHANGE_BOUNDS_S: &[f64] =
    &[1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 300.0];

/// How a claim went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClaimOutcome {
    Warm,
    Cold,
    Invalid,
    Unproven,
    Disabled,
    Draining,
    VisitorLimit,
    NetworkLimit,
    AtCapacity,
    BudgetSpent,
    NoSandbox,
    Failed,
}

impl ClaimOutcome {
    const ALL: [Self; 12] = [
        Self::Warm,
        Self::Cold,
        Self::Invalid,
        Self::Unproven,
        Self::Disabled,
        Self::Draining,
        Self::VisitorLimit,
        Self::NetworkLimit,
        Self::AtCapacity,
        Self::BudgetSpent,
        Self::NoSandbox,
        Self::Failed,
    ];

    fn of(outcome: &Result<ClaimResponse, SessionError>) -> Self {
        match outcome {
            Ok(claimed) if claimed.session.warm => Self::Warm,
            Ok(_) => Self::Cold,
            Err(
                SessionError::UnknownTemplate { .. }
                | SessionError::UnknownProvider { .. }
                | SessionError::Fingerprint { .. },
            ) => Self::Invalid,
            Err(SessionError::Challenge(_)) => Self::Unproven,
            Err(SessionError::Disabled { .. } | SessionError::SignInNeeded) => Self::Disabled,
            Err(SessionError::Draining) => Self::Draining,
            Err(SessionError::RateLimited { .. }) => Self::VisitorLimit,
            Err(SessionError::NetworkLimited { .. }) => Self::NetworkLimit,
            Err(SessionError::AtCapacity { .. } | SessionError::TooManyOpen { .. }) => Self::AtCapacity,
            Err(SessionError::BudgetSpent { .. }) => Self::BudgetSpent,
            Err(SessionError::Unavailable(_)) => Self::NoSandbox,
            Err(
                SessionError::NoToken
                | SessionError::NotYours
                | SessionError::Unknown
                | SessionError::Ended
                | SessionError::Starting
                | SessionError::Busy
                | SessionError::QueueFull { .. }
                | SessionError::NotWaiting
                | SessionError::PreviewReport { .. }
                | SessionError::TooManyReports { .. }
                | SessionError::NoPromptsLeft { .. }
                | SessionError::PromptText(_)
                | SessionError::UnknownModel { .. }
                | SessionError::SessionModelBudgetSpent
                | SessionError::DayModelBudgetSpent { .. }
                | SessionError::Owned
                | SessionError::Forbidden { .. }
                | SessionError::NoSuchFile(_)
                | SessionError::FileChanged(_)
                | SessionError::FileRefused { .. }
                | SessionError::TooLarge { .. }
                | SessionError::Unsupported(_)
                | SessionError::Command { .. }
                | SessionError::TooManyCommands { .. }
                | SessionError::NoSuchCommand
                | SessionError::NoSuchTerminal
                | SessionError::ArchivesBusy
                | SessionError::NoSuchVersion { .. }
                | SessionError::VersionNotKept
                | SessionError::Exhausted
                | SessionError::NotShareable
                | SessionError::ReportReason { .. }
                | SessionError::Sandbox(_)
                | SessionError::Store(_),
            ) => Self::Failed,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Cold => "cold",
            Self::Invalid => "invalid",
            Self::Unproven => "unproven",
            Self::Disabled => "disabled",
            Self::Draining => "draining",
            Self::VisitorLimit => "visitor_limit",
            Self::NetworkLimit => "network_limit",
            Self::AtCapacity => "at_capacity",
            Self::BudgetSpent => "budget_spent",
            Self::NoSandbox => "no_sandbox",
            Self::Failed => "failed",
        }
    }
}

const END_REASONS: [(EndReason, &str); 8] = [
    (EndReason::Deadline, "deadline"),
    (EndReason::Prompts, "prompts"),
    (EndReason::Closed, "closed"),
    (EndReason::Away, "away"),
    (EndReason::Replaced, "replaced"),
    (EndReason::SandboxLost, "sandbox_lost"),
    (EndReason::Shutdown, "shutdown"),
    (EndReason::Abuse, "abuse"),
];

const PROMPT_STATUSES: [(PromptStatus, &str); 4] = [
    (PromptStatus::Completed, "completed"),
    (PromptStatus::Refused, "refused"),
    (PromptStatus::Failed, "failed"),
    (PromptStatus::Stopped, "stopped"),
];

/// What watching over sessions has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watched {
    Paused,
    Flagged,
    Reported,
    Closed,
}

const WATCHED: [(Watched, &str); 4] = [
    (Watched::Paused, "paused"),
    (Watched::Flagged, "flagged"),
    (Watched::Reported, "reported"),
    (Watched::Closed, "closed"),
];

/// Counts of one process, from its start.
pub(crate) struct Tally {
    claims: [AtomicU64; ClaimOutcome::ALL.len()],
    ends: [AtomicU64; END_REASONS.len()],
    prompts: [AtomicU64; PROMPT_STATUSES.len()],
    watched: [AtomicU64; WATCHED.len()],
    /// Prompts in workspaces.
    workspace_prompts: AtomicU64,
    /// Those of them that were the first of theirs.
    first_prompts: AtomicU64,
    claim: Histogram,
    first_change: Histogram,
}

/// How often each named thing has happened.
pub type Counts = Vec<(&'static str, u64)>;

/// What has happened since the start.
#[derive(Debug, Clone, PartialEq)]
pub struct TallySnapshot {
    /// Claims by how they went: `warm`, `cold`, or why they were refused.
    pub claims: Counts,
    /// Sessions by why they ended.
    pub ends: Counts,
    /// Prompts by how they went.
    pub prompts: Counts,
    /// What watching over sessions has found: sandboxes `paused`, previews `flagged`, `reported` and `closed`.
    pub watched: Counts,
    /// From the request to the answer, for claims that were answered with a session.
    pub claim: HistogramSnapshot,
    /// From the claim to the first file that the agent changed.
    pub first_change: HistogramSnapshot,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            claims: Default::default(),
            ends: Default::default(),
            prompts: Default::default(),
            watched: Default::default(),
            workspace_prompts: AtomicU64::default(),
            first_prompts: AtomicU64::default(),
            claim: Histogram::new(CLAIM_BOUNDS_S),
            first_change: Histogram::new(FIRST_CHANGE_BOUNDS_S),
        }
    }
}

impl Tally {
    pub(crate) fn claimed(&self, outcome: &Result<ClaimResponse, SessionError>, took_ms: u64) {
        let what = ClaimOutcome::of(outcome);
        count(&self.claims, ClaimOutcome::ALL.iter().position(|one| *one == what));
        if outcome.is_ok() {
            self.claim.record(Duration::from_millis(took_ms));
        }
    }

    pub(crate) fn ended(&self, reason: EndReason) {
        count(&self.ends, END_REASONS.iter().position(|(one, _)| *one == reason));
    }

    pub(crate) fn prompted(&self, status: PromptStatus) {
        count(&self.prompts, PROMPT_STATUSES.iter().position(|(one, _)| *one == status));
    }

    /// Counts a prompt in a workspace.
    pub(crate) fn prompted_in_workspace(&self, is_first: bool) {
        self.workspace_prompts.fetch_add(1, Ordering::Relaxed);
        self.first_prompts.fetch_add(u64::from(is_first), Ordering::Relaxed);
    }

    /// Which share of the prompts in workspaces met a sandbox that had been prompted before.
    #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 prompts the last digit does not matter")]
    pub(crate) fn reuse_rate(&self) -> Option<f64> {
        let prompts = self.workspace_prompts.load(Ordering::Relaxed);
        let first = self.first_prompts.load(Ordering::Relaxed);
        (prompts > 0).then(|| prompts.saturating_sub(first) as f64 / prompts as f64)
    }

    pub(crate) fn watched(&self, what: Watched) {
        count(&self.watched, WATCHED.iter().position(|(one, _)| *one == what));
    }

    pub(crate) fn first_change(&self, after_ms: u64) {
        self.first_change.record(Duration::from_millis(after_ms));
    }

    fn snapshot(&self) -> TallySnapshot {
        TallySnapshot {
            claims: named(&self.claims, ClaimOutcome::ALL.iter().map(|outcome| outcome.word())),
            ends: named(&self.ends, END_REASONS.iter().map(|(_, word)| *word)),
            prompts: named(&self.prompts, PROMPT_STATUSES.iter().map(|(_, word)| *word)),
            watched: named(&self.watched, WATCHED.iter().map(|(_, word)| *word)),
            claim: self.claim.snapshot(),
            first_change: self.first_change.snapshot(),
        }
    }
}

fn count(counters: &[AtomicU64], place: Option<usize>) {
    if let Some(counter) = place.and_then(|place| counters.get(place)) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

fn named(counters: &[AtomicU64], words: impl Iterator<Item = &'static str>) -> Counts {
    words.zip(counters).map(|(word, counter)| (word, counter.load(Ordering::Relaxed))).collect()
}

impl Sessions {
    /// What has happened since the start.
    pub fn tally(&self) -> TallySnapshot {
        self.inner.tally.snapshot()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H10: whatever can happen has a place to be counted in.
    #[test]
    fn everything_is_counted_under_its_own_name() {
        let tally = Tally::default();
        for (reason, _) in END_REASONS {
            tally.ended(reason);
        }
        tally.prompted(PromptStatus::Refused);
        tally.claimed(&Err(SessionError::Draining), 3);
        let snapshot = tally.snapshot();
        assert!(snapshot.ends.iter().all(|(_, count)| *count == 1), "{snapshot:?}");
        assert_eq!(snapshot.prompts, [("completed", 0), ("refused", 1), ("failed", 0), ("stopped", 0)]);
        assert!(snapshot.claims.contains(&("draining", 1)), "{snapshot:?}");
        assert_eq!(snapshot.claim.count(), 0, "a refusal is no claim's time");
    }
}
