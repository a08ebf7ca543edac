//! A place among those that were let in: taken before a session has its row, and given back when it comes to nothing.

use std::sync::Arc;

use domain::{SessionKind, Timestamp, UserId};

use crate::admission::{Claimant, Refusal};
use crate::live::LiveSession;
use crate::{SessionError, Sessions, Visitor};

/// One session's place among those that were let in. Dropped before it was settled, it counts for nobody.
pub(crate) struct Place {
    sessions: Sessions,
    kind: SessionKind,
    claimant: Claimant,
    /// When it was counted as a claim; `None` when it was not.
    at: Option<Timestamp>,
    settled: bool,
}

impl Place {
    /// Who takes it.
    pub(crate) fn claimant(&self) -> &Claimant {
        &self.claimant
    }

    /// The session is among the living ones already and follows the rules of the place's kind by now.
    pub(crate) fn settle_held(mut self) {
        self.settled = true;
        let inner = &self.sessions.inner;
        inner.admissions().settled(&inner.limits(self.kind), &self.claimant.holder);
    }

    /// The session has its row: from now on it counts as a living one. In one step, so that it never counts twice.
    pub(crate) fn settle(mut self, live: Arc<LiveSession>) {
        self.settled = true;
        let inner = &self.sessions.inner;
        let mut admissions = inner.admissions();
        inner.live.insert(live);
        admissions.settled(&inner.limits(self.kind), &self.claimant.holder);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let inner = &self.sessions.inner;
        let (mut admissions, limits) = (inner.admissions(), inner.limits(self.kind));
        match self.at {
            Some(at) => admissions.given_up(&limits, &self.claimant, at),
            None => admissions.settled(&limits, &self.claimant.holder),
        }
    }
}

impl Sessions {
    /// Who claims, as limits count them.
    pub(crate) fn claimant(&self, visitor: &Visitor, user: Option<UserId>) -> Claimant {
        let key = &self.inner.config.visitor_key;
        let (visitor, network) = (visitor.hash(key), visitor.network_hash(key));
        // A fingerprint is the client's own claim: who did not sign in is the network they come from.
        let holder = user.map_or_else(|| network.clone(), |user| user.to_string());
        Claimant { visitor, network, holder }
    }

    /// Lets a claim in when no limit is in the way, and holds its place until its row stands.
    pub(crate) async fn admit(&self, kind: SessionKind, claimant: Claimant) -> Result<Place, SessionError> {
        self.take_place(kind, claimant, true).await
    }

    /// The same for a session that lives already and follows the rules of `kind` from now on: no new claim is counted.
    pub(crate) async fn reserve(&self, kind: SessionKind, claimant: Claimant) -> Result<Place, SessionError> {
        self.take_place(kind, claimant, false).await
    }

    async fn take_place(
        &self,
        kind: SessionKind,
        claimant: Claimant,
        counts: bool,
    ) -> Result<Place, SessionError> {
        match self.try_place(kind, &claimant, counts) {
            // The books may say that less was spent than has to be assumed between two readings.
            Ok(None) | Err(Refusal::Budget) => {
                let now = self.inner.clock.now();
                self.inner.budget.refresh(now).await?;
            }
            Err(Refusal::Holder) if self.give_up_left(&claimant.holder).await => {}
            Ok(Some(at)) => return Ok(self.place(kind, claimant, counts.then_some(at))),
            Err(refusal) => return Err(self.refused(kind, refusal)),
        }
        match self.try_place(kind, &claimant, counts) {
            Ok(Some(at)) => Ok(self.place(kind, claimant, counts.then_some(at))),
            Ok(None) => Err(self.refused(kind, Refusal::Budget)),
            Err(refusal) => Err(self.refused(kind, refusal)),
        }
    }

    /// When it was let in; `None` when the books are another day's.
    fn try_place(
        &self,
        kind: SessionKind,
        claimant: &Claimant,
        counts: bool,
    ) -> Result<Option<Timestamp>, Refusal> {
        let inner = &self.inner;
        let mut admissions = inner.admissions();
        let now = inner.clock.now();
        let Some(present) = inner.present(now, kind, &claimant.holder) else { return Ok(None) };
        let limits = inner.limits(kind);
        if counts {
            admissions.admit(&limits, &present, claimant)?;
        } else {
            admissions.reserve(&limits, &present, claimant)?;
        }
        Ok(Some(now))
    }

    fn place(&self, kind: SessionKind, claimant: Claimant, at: Option<Timestamp>) -> Place {
        Place { sessions: self.clone(), kind, claimant, at, settled: false }
    }

    /// What somebody who was refused is told.
    fn refused(&self, kind: SessionKind, refusal: Refusal) -> SessionError {
        let inner = &self.inner;
        let rules = inner.config.rules(kind);
        let now = inner.clock.now();
        let seconds_to = |at: Timestamp| at.ms_since(now).div_ceil(1_000).max(1);
        match refusal {
            Refusal::Visitor { count, free_at } => SessionError::RateLimited {
                count,
                max: rules.per_visitor_per_hour,
                retry_after_seconds: seconds_to(free_at),
            },
            Refusal::Network { free_at } => {
                SessionError::NetworkLimited { kind, retry_after_seconds: seconds_to(free_at) }
            }
            Refusal::Holder => SessionError::TooManyOpen { max: rules.max_concurrent_per_holder },
            Refusal::Capacity => SessionError::AtCapacity {
                kind,
                max: rules.max_concurrent,
                retry_after_seconds: seconds_to(inner.live.first_deadline(kind).unwrap_or(now)),
            },
            Refusal::Budget => {
                let (retry_after_seconds, starts_again) = inner.budget.next(now);
                SessionError::BudgetSpent { starts_again, retry_after_seconds }
            }
        }
    }
}
