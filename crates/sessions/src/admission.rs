//! Who may begin a session now: a pure decision over what is counted (A6, H9).
//!
//! Counting and holding the place are one step under one lock, in memory, so that no two claims pass a limit together and
//! none waits for another's work. What is counted comes from the sessions' rows at start, so a restart forgets nothing;
//! one process holds the database.

use std::collections::{BTreeMap, HashMap, VecDeque};

use domain::{MicroDollars, SessionKind, Timestamp};
use store::ClaimRecord;

/// The window of the limits per visitor and per network.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// The limits in force for one kind of session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Of which kind.
    pub(crate) kind: SessionKind,
    /// Claims of one visitor within an hour; 0 is no limit.
    pub(crate) per_visitor: u32,
    /// Claims of one network within an hour, whatever its browsers say they are; 0 is no limit.
    pub(crate) per_network: u32,
    /// Sessions of the kind at once.
    pub(crate) live_max: u32,
    /// Sessions of the kind that one holder has at once; 0 is no limit.
    pub(crate) held_max: u32,
    /// What may be spent on one day.
    pub(crate) cap: MicroDollars,
    /// The most that one more session can cost.
    pub(crate) session_cost: MicroDollars,
}

/// What is, beside the claims that were counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Present {
    pub(crate) now: Timestamp,
    /// Sessions of the kind that live and have their row.
    pub(crate) live: u32,
    /// Those of them that the claim's holder has.
    pub(crate) held: u32,
    /// The most that may have been spent today.
    pub(crate) spent: MicroDollars,
    /// The most that living sessions of all kinds may still cost.
    pub(crate) committed: MicroDollars,
}

/// Who claims, each as the hash or name it is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claimant {
    /// The visitor.
    pub(crate) visitor: String,
    /// Their network.
    pub(crate) network: String,
    /// Who will have the session: the user, or the visitor.
    pub(crate) holder: String,
}

/// Which limit is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// This visitor has had `count` of them; the next is possible at `free_at`.
    Visitor { count: u32, free_at: Timestamp },
    /// This network has; the next is possible at `free_at`.
    Network { free_at: Timestamp },
    /// As many sessions of the kind live as may.
    Capacity,
    /// This holder has as many as one may have.
    Holder,
    /// The day's budget does not reach for one more session.
    Budget,
}

/// Claims that were let in during the last hour, and those of them that have no row yet.
#[derive(Debug, Default)]
pub(crate) struct Admissions {
    kinds: BTreeMap<SessionKind, OfKind>,
    /// The most that those without a row can cost together.
    pending_cost: MicroDollars,
}

#[derive(Debug, Default)]
struct OfKind {
    visitors: Recent,
    networks: Recent,
    /// Let in, not yet among the living sessions.
    pending: u32,
    /// The same by who will have them.
    pending_of: HashMap<String, u32>,
}

impl Admissions {
    /// What an earlier run let in.
    pub(crate) fn of(claims: &[ClaimRecord]) -> Self {
        let mut admissions = Self::default();
        for claim in claims {
            let of_kind = admissions.kinds.entry(claim.claimed_as).or_default();
            of_kind.visitors.note(&claim.visitor, claim.claimed_at);
            of_kind.networks.note(&claim.network, claim.claimed_at);
        }
        admissions
    }

    /// Lets a claim in and holds its place, or says what is in the way.
    pub(crate) fn admit(
        &mut self,
        limits: &Limits,
        present: &Present,
        claimant: &Claimant,
    ) -> Result<(), Refusal> {
        let Claimant { visitor, network, .. } = claimant;
        let of_kind = self.kinds.entry(limits.kind).or_default();
        let since = present.now.plus_ms(-HOUR_MS);
        if limits.per_visitor > 0
            && let Err((count, free_at)) = of_kind.visitors.room(visitor, since, limits.per_visitor)
        {
            return Err(Refusal::Visitor { count, free_at });
        }
        if limits.per_network > 0
            && let Err((_, free_at)) = of_kind.networks.room(network, since, limits.per_network)
        {
            return Err(Refusal::Network { free_at });
        }
        self.reserve(limits, present, claimant)?;
        let of_kind = self.kinds.entry(limits.kind).or_default();
        of_kind.visitors.forget_until(since);
        of_kind.networks.forget_until(since);
        if limits.per_visitor > 0 {
            of_kind.visitors.note(visitor, present.now);
        }
        if limits.per_network > 0 {
            of_kind.networks.note(network, present.now);
        }
        Ok(())
    }

    /// Holds a place without counting a claim: for a session that lives already and follows other rules from now on.
    pub(crate) fn reserve(
        &mut self,
        limits: &Limits,
        present: &Present,
        claimant: &Claimant,
    ) -> Result<(), Refusal> {
        let of_kind = self.kinds.entry(limits.kind).or_default();
        let pending_of = of_kind.pending_of.get(&claimant.holder).copied().unwrap_or(0);
        if limits.held_max > 0 && present.held.saturating_add(pending_of) >= limits.held_max {
            return Err(Refusal::Holder);
        }
        if present.live.saturating_add(of_kind.pending) >= limits.live_max {
            return Err(Refusal::Capacity);
        }
        if !self.affordable(limits, present) {
            return Err(Refusal::Budget);
        }
        let of_kind = self.kinds.entry(limits.kind).or_default();
        of_kind.pending += 1;
        *of_kind.pending_of.entry(claimant.holder.clone()).or_default() += 1;
        self.pending_cost = self.pending_cost.plus(limits.session_cost);
        Ok(())
    }

    /// Whether the day's budget reaches for one more session, those that were let in and have no row yet counted whole.
    pub(crate) fn affordable(&self, limits: &Limits, present: &Present) -> bool {
        let worst = present.spent.plus(present.committed).plus(self.pending_cost).plus(limits.session_cost);
        worst <= limits.cap
    }

    /// The session has its row: it is counted among the living ones from now on.
    pub(crate) fn settled(&mut self, limits: &Limits, holder: &str) {
        let of_kind = self.kinds.entry(limits.kind).or_default();
        of_kind.pending = of_kind.pending.saturating_sub(1);
        if let Some(pending) = of_kind.pending_of.get_mut(holder) {
            *pending = pending.saturating_sub(1);
            if *pending == 0 {
                of_kind.pending_of.remove(holder);
            }
        }
        self.pending_cost = self.pending_cost.minus(limits.session_cost);
    }

    /// The claim that was let in at `at` came to nothing and counts for nobody.
    pub(crate) fn given_up(&mut self, limits: &Limits, claimant: &Claimant, at: Timestamp) {
        self.settled(limits, &claimant.holder);
        let of_kind = self.kinds.entry(limits.kind).or_default();
        of_kind.visitors.take_back(&claimant.visitor, at);
        of_kind.networks.take_back(&claimant.network, at);
    }
}

/// Moments by name, none older than the window.
#[derive(Debug, Default)]
struct Recent {
    by_name: HashMap<String, VecDeque<Timestamp>>,
    /// Every moment that was noted, oldest first.
    order: VecDeque<(Timestamp, String)>,
}

impl Recent {
    /// `Err` with how many there are and when the next is possible, when `max` are reached.
    fn room(&self, name: &str, since: Timestamp, max: u32) -> Result<(), (u32, Timestamp)> {
        let mut within: Vec<Timestamp> = self
            .by_name
            .get(name)
            .map(|moments| moments.iter().copied().filter(|at| *at > since).collect())
            .unwrap_or_default();
        let beyond = within.len().checked_sub(max as usize);
        let Some(beyond) = beyond else { return Ok(()) };
        within.sort_unstable();
        // Once this one is an hour old, there are fewer than `max`.
        Err((u32::try_from(within.len()).unwrap_or(u32::MAX), within[beyond].plus_ms(HOUR_MS)))
    }

    fn note(&mut self, name: &str, at: Timestamp) {
        self.by_name.entry(name.to_owned()).or_default().push_back(at);
        self.order.push_back((at, name.to_owned()));
    }

    fn take_back(&mut self, name: &str, at: Timestamp) {
        if let Some(moments) = self.by_name.get_mut(name)
            && let Some(place) = moments.iter().position(|noted| *noted == at)
        {
            moments.remove(place);
        }
    }

    fn forget_until(&mut self, since: Timestamp) {
        while let Some((at, name)) = self.order.front()
            && *at <= since
        {
            if let Some(moments) = self.by_name.get_mut(name) {
                moments.retain(|noted| *noted > since);
                if moments.is_empty() {
                    self.by_name.remove(name);
                }
            }
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests;
