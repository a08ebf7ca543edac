//! What should be done now: a pure function of what is. No sleep, no lock, no I/O.

use std::time::Duration;

use domain::{SandboxId, TemplateHash, Timestamp};

use crate::{Member, MemberState, PoolConfig};

/// The first wait after a failed creation; each further failure doubles it.
const BACKOFF_FIRST_MS: i64 = 500;
/// The longest wait between two tries.
const BACKOFF_MAX_MS: i64 = 60_000;

/// How long to leave creation alone after it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    /// Failures in a row.
    pub failures: u32,
    /// Not before this moment; `None` when the last creation worked.
    pub retry_at: Option<Timestamp>,
}

impl Backoff {
    /// After one more failure.
    #[must_use]
    pub fn failed(self, now: Timestamp) -> Self {
        let doublings = self.failures.min(10);
        let wait_ms = (BACKOFF_FIRST_MS << doublings).min(BACKOFF_MAX_MS);
        Self { failures: self.failures.saturating_add(1), retry_at: Some(now.plus_ms(wait_ms)) }
    }

    fn holds(self, now: Timestamp) -> bool {
        self.retry_at.is_some_and(|retry_at| now < retry_at)
    }
}

/// What is, at the moment of planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolState {
    /// Every sandbox of the pool.
    pub members: Vec<Member>,
    /// The template's present content; `None` while it can't be made from.
    pub template_hash: Option<TemplateHash>,
    /// Whether creation has been failing.
    pub backoff: Backoff,
}

/// Why a sandbox is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DestroyReason {
    /// It has been warm for too long.
    Old,
    /// Its template has changed since.
    Outdated,
    /// There are more than wanted.
    Surplus,
    /// Its session is over, or its making failed.
    Released,
}

/// One thing to do. Doing it again when it was not done is harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Make one more warm sandbox.
    Create,
    /// Remove this one.
    Destroy(SandboxId, DestroyReason),
    /// Probe this warm one.
    Check(SandboxId),
}

/// What should be done now, the removals first.
///
/// Holds for every input (the tests prove it): never more than `max_total_sandboxes` exist and never more than
/// `max_concurrent_creates` are in the making, creations in flight counted; a good warm sandbox is never removed
/// before its replacement is ready.
pub fn plan(now: Timestamp, state: &PoolState, config: &PoolConfig) -> Vec<Action> {
    let mut actions: Vec<Action> = state
        .members
        .iter()
        .filter(|member| member.state == MemberState::Destroying)
        .map(|member| Action::Destroy(member.id, DestroyReason::Released))
        .collect();

    let mut ready: Vec<&Member> = state.members.iter().filter(|m| m.state == MemberState::Ready).collect();
    ready.sort_by_key(|member| (member.ready_at, member.id));
    let (worn, fresh): (Vec<_>, Vec<_>) =
        ready.iter().partition(|m| worn_by(now, m, state, config).is_some());

    let target = config.target_ready as usize;
    actions.extend(surplus(now, &worn, &fresh, target, state, config));

    let creating = count(state, |member| member.state == MemberState::Creating);
    let missing = target.saturating_sub(fresh.len() + creating);
    let room = room_to_create(state, config);
    if state.template_hash.is_some() && !state.backoff.holds(now) {
        // While creation fails, one try at a time shows whether it works again.
        let tries = if state.backoff.failures > 0 { 1usize.saturating_sub(creating) } else { missing };
        actions.extend(std::iter::repeat_n(Action::Create, missing.min(room).min(tries)));
    }

    let due = |member: &&&Member| elapsed(now, member.checked_at) >= config.health_check_interval;
    actions.extend(fresh.iter().filter(due).map(|member| Action::Check(member.id)));
    actions
}

/// Worn members go as soon as fresh ones stand in for them, oldest first; fresh ones only beyond the target.
fn surplus(
    now: Timestamp,
    worn: &[&Member],
    fresh: &[&Member],
    target: usize,
    state: &PoolState,
    config: &PoolConfig,
) -> Vec<Action> {
    let keep_worn = target.saturating_sub(fresh.len());
    let worn_to_go = worn.iter().take(worn.len().saturating_sub(keep_worn)).map(|member| {
        let reason = worn_by(now, member, state, config).unwrap_or(DestroyReason::Surplus);
        Action::Destroy(member.id, reason)
    });
    let fresh_to_go = fresh.iter().take(fresh.len().saturating_sub(target));
    worn_to_go.chain(fresh_to_go.map(|member| Action::Destroy(member.id, DestroyReason::Surplus))).collect()
}

fn worn_by(now: Timestamp, member: &Member, state: &PoolState, config: &PoolConfig) -> Option<DestroyReason> {
    if state.template_hash.as_ref().is_some_and(|hash| *hash != member.template_hash) {
        return Some(DestroyReason::Outdated);
    }
    (elapsed(now, member.ready_at) >= config.max_warm_age).then_some(DestroyReason::Old)
}

/// How many more warm sandboxes may be begun now.
fn room_to_create(state: &PoolState, config: &PoolConfig) -> usize {
    let making = count(state, Member::in_the_making);
    let creating = count(state, |member| member.state == MemberState::Creating);
    let total = (config.max_total_sandboxes as usize).saturating_sub(state.members.len());
    let at_once = (config.max_concurrent_creates as usize).saturating_sub(making);
    let ahead = (config.warm_creates_max as usize).saturating_sub(creating);
    total.min(at_once).min(ahead)
}

fn count(state: &PoolState, which: impl Fn(&Member) -> bool) -> usize {
    state.members.iter().filter(|member| which(member)).count()
}

fn elapsed(now: Timestamp, since: Option<Timestamp>) -> Duration {
    since.map_or(Duration::ZERO, |since| Duration::from_millis(now.ms_since(since)))
}

#[cfg(test)]
mod tests;
