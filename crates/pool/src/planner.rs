//! What should be done now: a pure function of what is. No sleep, no lock, no I/O.

use std::time::Duration;

use domain::{SandboxId, Timestamp};

use crate::caps::Room;
use crate::circuit::{Circuit, ms};
use crate::{Inventory, PoolConfig};

/// What is, at the moment of planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolState {
    /// What the pool holds.
    pub inventory: Inventory,
    /// Whether a template is there to make sandboxes from.
    pub template_ready: bool,
    /// How creation has been going.
    pub circuit: Circuit,
    /// What is left of the bounds that all pools share.
    pub room: Room,
    /// Whether a warm one is being probed now.
    pub checking: bool,
}

/// What is wanted, at the moment of planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Demand {
    /// Warm sandboxes that should be ready.
    pub wanted: u32,
    /// When the last acquire was.
    pub last_acquire_at: Option<Timestamp>,
}

/// Why a sandbox is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
/// Holds for every input (the tests prove it): no more is begun than the shared bounds have room for, creations in flight
/// counted; a good warm sandbox is never removed before its replacement is ready; one is probed at a time.
pub fn plan(now: Timestamp, state: &PoolState, config: &PoolConfig, demand: &Demand) -> Vec<Action> {
    let inventory = &state.inventory;
    let wanted = demand.wanted;
    let mut actions: Vec<Action> =
        inventory.destroying_listed.iter().map(|id| Action::Destroy(*id, DestroyReason::Released)).collect();
    // Worn ones go as soon as fresh ones stand in for them; fresh ones only beyond what is wanted.
    let worn_to_go = inventory.worn.saturating_sub(wanted.saturating_sub(inventory.fresh));
    let worn = inventory.worn_listed.iter().take(worn_to_go as usize);
    actions.extend(worn.map(|(id, reason)| Action::Destroy(*id, *reason)));
    let surplus = inventory.fresh.saturating_sub(wanted) as usize;
    let fresh = inventory.surplus_listed.iter().take(surplus);
    actions.extend(fresh.map(|id| Action::Destroy(*id, DestroyReason::Surplus)));
    actions.extend(std::iter::repeat_n(Action::Create, creates(now, state, config, demand)));
    actions.extend(inventory.due.filter(|_| !state.checking).map(Action::Check));
    actions
}

/// How many are begun now.
fn creates(now: Timestamp, state: &PoolState, config: &PoolConfig, demand: &Demand) -> usize {
    let inventory = &state.inventory;
    if !state.template_ready || stands_back(now, inventory, config, demand) {
        return 0;
    }
    let missing = demand.wanted.saturating_sub(inventory.fresh.saturating_add(inventory.creating));
    let ahead = config.warm_creates_max.saturating_sub(inventory.creating);
    let begun = missing.min(ahead).min(state.room.total).min(state.room.creates);
    state.circuit.admits(now, begun as usize, inventory.creating as usize)
}

/// Whether refilling leaves the machine to a burst: shortly after an acquire, and while something is left to give.
fn stands_back(now: Timestamp, inventory: &Inventory, config: &PoolConfig, demand: &Demand) -> bool {
    let burst = demand
        .last_acquire_at
        .is_some_and(|last| u128::from(now.ms_since(last)) < config.replenish_delay.as_millis());
    burst && inventory.claimable > 0
}

/// How long until something is due by itself: a creation after a failure or a burst, a probe, a replacement, a fall of
/// demand at `falls_at`. `replenish_interval` at most: what was due and could not be done waits for the next regular look.
pub(crate) fn rests_for(
    now: Timestamp,
    state: &PoolState,
    config: &PoolConfig,
    demand: &Demand,
    falls_at: Option<Timestamp>,
) -> Duration {
    let after = |since: Option<Timestamp>, wait| since.map(|since| since.plus_ms(ms(wait)));
    let moments = [
        state.circuit.retry_at,
        after(state.inventory.next_checked_at, config.health_check_interval),
        after(demand.last_acquire_at, config.replenish_delay),
        falls_at,
    ];
    let due = moments.into_iter().flatten().filter(|at| *at > now).min();
    let rest = due.map(|at| Duration::from_millis(at.ms_since(now)));
    rest.map_or(config.replenish_interval, |rest| rest.min(config.replenish_interval))
}

#[cfg(test)]
mod tests;
