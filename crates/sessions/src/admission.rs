//! Who may begin a demo now: a pure decision over what is counted (A6, H9).
//!
//! Counting and holding the place are one step under one lock, in memory, so that no two claims pass a limit together and
//! none waits for another's work. What is counted comes from the sessions' rows at start, so a restart forgets nothing;
//! one process holds the database.

use std::collections::{HashMap, VecDeque};

use domain::{MicroDollars, Timestamp};
use store::ClaimRecord;

/// The window of the limits per visitor and per network.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// The limits in force.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Claims of one visitor within an hour; 0 is no limit.
    pub(crate) per_visitor: u32,
    /// Claims of one network within an hour, whatever its browsers say they are; 0 is no limit.
    pub(crate) per_network: u32,
    /// Demos at once.
    pub(crate) demos_max: u32,
    /// What may be spent on one day.
    pub(crate) cap: MicroDollars,
    /// The most that one more session can cost.
    pub(crate) session_cost: MicroDollars,
}

/// What is, beside the claims that were counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Present {
    pub(crate) now: Timestamp,
    /// Sessions that live and have their row.
    pub(crate) demos: u32,
    /// The most that may have been spent today.
    pub(crate) spent: MicroDollars,
    /// The most that living sessions may still cost.
    pub(crate) committed: MicroDollars,
}

/// Which limit is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// This visitor has had `count` demos; the next is possible at `free_at`.
    Visitor { count: u32, free_at: Timestamp },
    /// This network has; the next is possible at `free_at`.
    Network { free_at: Timestamp },
    /// As many demos run as may.
    Capacity,
    /// The day's budget does not reach for one more session.
    Budget,
}

/// Claims that were let in during the last hour, and how many of them have no row yet.
#[derive(Debug, Default)]
pub(crate) struct Admissions {
    visitors: Recent,
    networks: Recent,
    /// Let in, not yet among the living sessions.
    pending: u32,
}

impl Admissions {
    /// What an earlier run let in.
    pub(crate) fn of(claims: &[ClaimRecord]) -> Self {
        let mut admissions = Self::default();
        for claim in claims {
            admissions.visitors.note(&claim.visitor, claim.claimed_at);
            admissions.networks.note(&claim.network, claim.claimed_at);
        }
        admissions
    }

    /// Lets a claim in and holds its place, or says what is in the way.
    pub(crate) fn admit(
        &mut self,
        limits: &Limits,
        present: &Present,
        visitor: &str,
        network: &str,
    ) -> Result<(), Refusal> {
        let since = present.now.plus_ms(-HOUR_MS);
        if limits.per_visitor > 0 {
            if let Err((count, free_at)) = self.visitors.room(visitor, since, limits.per_visitor) {
                return Err(Refusal::Visitor { count, free_at });
            }
            if limits.per_network > 0
                && let Err((_, free_at)) = self.networks.room(network, since, limits.per_network)
            {
                return Err(Refusal::Network { free_at });
            }
        }
        if present.demos.saturating_add(self.pending) >= limits.demos_max {
            return Err(Refusal::Capacity);
        }
        if !self.affordable(limits, present) {
            return Err(Refusal::Budget);
        }
        self.pending += 1;
        if limits.per_visitor > 0 {
            self.visitors.forget_until(since);
            self.networks.forget_until(since);
            self.visitors.note(visitor, present.now);
            self.networks.note(network, present.now);
        }
        Ok(())
    }

    /// Whether the day's budget reaches for one more session, those that were let in and have no row yet counted whole.
    pub(crate) fn affordable(&self, limits: &Limits, present: &Present) -> bool {
        let pending: MicroDollars = std::iter::repeat_n(limits.session_cost, self.pending as usize).sum();
        let worst = present.spent.plus(present.committed).plus(pending).plus(limits.session_cost);
        worst <= limits.cap
    }

    /// The claim has its row: it is counted among the living sessions from now on.
    pub(crate) fn settled(&mut self) {
        self.pending = self.pending.saturating_sub(1);
    }

    /// The claim that was let in at `at` came to nothing and counts for nobody.
    pub(crate) fn given_up(&mut self, visitor: &str, network: &str, at: Timestamp) {
        self.settled();
        self.visitors.take_back(visitor, at);
        self.networks.take_back(network, at);
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
