//! What the landing page offers now: a pure decision over what is (A4), and the loop that keeps pages told.

use std::sync::Arc;

use domain::Tier;
use domain::wire::Availability;
use pool::{Alert, PoolSnapshot};
use tokio::sync::watch;

use crate::Sessions;
use crate::service::{Inner, Running};

/// All that the tier depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// Whether the demo is switched on.
    pub enabled: bool,
    /// Whether sandboxes are kept apart well enough for strangers.
    pub isolated: bool,
    /// Demos that run now.
    pub demos: u32,
    /// Sessions of every kind that live now.
    pub sessions: u32,
    /// Demos that may run at once.
    pub demos_max: u32,
    /// Sandboxes that may exist at once.
    pub sandboxes_max: u32,
    /// Whether a sandbox is made for a claim that finds none warm.
    pub creates_when_empty: bool,
    /// Whether the day's budget reaches for one more session.
    pub affordable: bool,
    /// Whether the server is about to stop.
    pub draining: bool,
    /// What the pool holds.
    pub pool: &'a PoolSnapshot,
}

impl Situation<'_> {
    /// What the page offers.
    pub fn availability(&self) -> Availability {
        let (tier, reason) = self.tier();
        let wait_ms = match tier {
            Tier::Starting => self.pool.create_ms.unwrap_or(0),
            Tier::Instant | Tier::Replay | Tier::Disabled => 0,
        };
        Availability {
            tier,
            warm: self.pool.ready,
            wait_seconds: u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(u32::MAX),
            building_now: self.sessions,
            reason: reason.map(str::to_owned),
        }
    }

    /// What stands further up stands above all below it: what ends the demo for everybody, what a visitor can wait for,
    /// then what is there.
    fn tier(&self) -> (Tier, Option<&'static str>) {
        let pool = self.pool;
        if !self.isolated {
            return (Tier::Disabled, Some("Sandboxes are not isolated well enough here for a live demo."));
        }
        if !self.enabled {
            return (Tier::Disabled, Some("The live demo is switched off."));
        }
        if self.draining {
            return (Tier::Disabled, Some("The server is about to restart."));
        }
        if !self.affordable {
            return (Tier::Replay, Some("Today's budget for live demos is used up."));
        }
        if self.demos >= self.demos_max {
            return (Tier::Replay, Some("All demos are in use right now."));
        }
        if pool.ready > 0 {
            return (Tier::Instant, None);
        }
        if !pool.template_ready {
            return (Tier::Disabled, Some("The demo is being prepared."));
        }
        if circuit_is_open(pool) {
            return (Tier::Disabled, Some("Sandboxes can't be started right now."));
        }
        if !self.creates_when_empty {
            return (Tier::Replay, Some("No sandbox is ready right now."));
        }
        if pool.total >= self.sandboxes_max {
            return (Tier::Replay, Some("All sandboxes are in use right now."));
        }
        (Tier::Starting, Some("No sandbox is warm yet; one starts while you wait."))
    }
}

/// Whether making sandboxes has failed so often that nobody should be asked to wait for one.
fn circuit_is_open(pool: &PoolSnapshot) -> bool {
    matches!(pool.alert, Some(Alert::CreationStopped { .. }))
}

impl Sessions {
    /// What the landing page offers now, and every later answer.
    pub fn availability(&self) -> watch::Receiver<Availability> {
        self.inner.availability.subscribe()
    }
}

/// Keeps the offer true: decides anew whenever the pool, the number of demos or the budget changes, or the server drains.
pub(crate) async fn keep_true(inner: Arc<Inner>) {
    let mut pool = inner.pools.demo().pool.watch();
    let mut running = inner.running.subscribe();
    let mut budget = inner.budget.watch();
    let mut drained = false;
    loop {
        decide(&inner, &pool.borrow_and_update(), *running.borrow_and_update());
        budget.mark_unchanged();
        let changed = tokio::select! {
            changed = pool.changed() => changed,
            changed = running.changed() => changed,
            changed = budget.changed() => changed,
            () = inner.draining.cancelled(), if !drained => {
                drained = true;
                Ok(())
            }
            () = inner.stop.cancelled() => return,
        };
        if changed.is_err() {
            return;
        }
    }
}

fn decide(inner: &Inner, pool: &PoolSnapshot, running: Running) {
    let situation = Situation {
        enabled: inner.config.demo.enabled,
        isolated: inner.config.demo.isolated,
        demos: running.demos,
        sessions: running.sessions,
        demos_max: inner.config.demo.max_concurrent_demos,
        sandboxes_max: inner.caps.config().max_total_sandboxes,
        creates_when_empty: inner.pools.demo().creates_when_empty,
        affordable: inner.affordable(),
        draining: inner.draining.is_cancelled(),
        pool,
    };
    let offer = situation.availability();
    inner.availability.send_if_modified(|present| {
        let changed = *present != offer;
        *present = offer;
        changed
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLENTY: Situation<'static> = Situation {
        enabled: true,
        isolated: true,
        demos: 0,
        sessions: 0,
        demos_max: 10,
        sandboxes_max: 50,
        creates_when_empty: true,
        affordable: true,
        draining: false,
        pool: &PoolSnapshot {
            ready: 1,
            wanted: 1,
            alert: None,
            creating: 0,
            in_use: 0,
            total: 1,
            total_acquires: 0,
            acquires_from_pool: 0,
            create_failures: 0,
            template_ready: true,
            create_ms: Some(1_200),
        },
    };

    fn tier(change: impl FnOnce(&mut Situation<'_>, &mut PoolSnapshot)) -> (Tier, u32) {
        let mut pool = PLENTY.pool.clone();
        let mut situation = PLENTY;
        change(&mut situation, &mut pool);
        let offer = Situation { pool: &pool, ..situation }.availability();
        assert_eq!(offer.reason.is_none(), offer.tier == Tier::Instant, "every other tier says why");
        (offer.tier, offer.wait_seconds)
    }

    /// A4: which tier each lack leads to, from plenty and from an empty pool.
    #[test]
    fn the_tier_follows_from_what_is() {
        assert_eq!(tier(|_, _| {}), (Tier::Instant, 0));
        assert_eq!(tier(|_, pool| pool.ready = 0), (Tier::Starting, 2));
        assert_eq!(
            tier(|_, pool| (pool.ready, pool.create_ms) = (0, None)),
            (Tier::Starting, 0),
            "an unmeasured wait is not invented"
        );
        assert_eq!(tier(|situation, _| situation.demos = 10), (Tier::Replay, 0));
        assert_eq!(tier(|situation, _| situation.affordable = false), (Tier::Replay, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.total) = (0, 50)), (Tier::Replay, 0));
        let fails_when_empty = |situation: &mut Situation<'_>, ready, pool: &mut PoolSnapshot| {
            situation.creates_when_empty = false;
            pool.ready = ready;
        };
        assert_eq!(tier(|situation, pool| fails_when_empty(situation, 0, pool)), (Tier::Replay, 0));
        assert_eq!(tier(|situation, pool| fails_when_empty(situation, 1, pool)), (Tier::Instant, 0));
        assert_eq!(tier(|situation, _| situation.enabled = false), (Tier::Disabled, 0));
        assert_eq!(tier(|situation, _| situation.isolated = false), (Tier::Disabled, 0));
        assert_eq!(tier(|situation, _| situation.draining = true), (Tier::Disabled, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.alert) = (0, STOPPED)), (Tier::Disabled, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.template_ready) = (0, false)), (Tier::Disabled, 0));
        assert_eq!(
            tier(|_, pool| pool.alert = STOPPED),
            (Tier::Instant, 0),
            "what is warm can be given away"
        );
    }

    const STOPPED: Option<Alert> = Some(Alert::CreationStopped { failures: 5 });

    /// One change of the world.
    type Change = fn(&mut Situation<'_>, &mut PoolSnapshot);

    /// A4: every tier can follow every other, by one change of the world each, and the same change undone leads back.
    #[test]
    fn each_tier_is_left_for_each_other_by_what_happens_and_come_back_to() {
        let none: Change = |_, _| {};
        let empty: Change = |_, pool| pool.ready = 0;
        let full: Change = |situation, _| situation.demos = 10;
        let spent: Change = |situation, _| situation.affordable = false;
        let stops: Change = |situation, _| situation.draining = true;
        let broken: Change = |_, pool| pool.alert = STOPPED;
        let edges: [(Tier, Tier, Change, Change); 7] = [
            (Tier::Instant, Tier::Starting, none, empty),
            (Tier::Instant, Tier::Replay, none, full),
            (Tier::Instant, Tier::Replay, none, spent),
            (Tier::Instant, Tier::Disabled, none, stops),
            (Tier::Starting, Tier::Replay, empty, full),
            (Tier::Starting, Tier::Disabled, empty, broken),
            (Tier::Replay, Tier::Disabled, spent, stops),
        ];
        for (from, to, before, then) in edges {
            assert_eq!(tier(before).0, from, "{from:?} → {to:?}");
            let after = tier(|situation, pool| {
                before(situation, pool);
                then(situation, pool);
            });
            assert_eq!(after.0, to, "{from:?} → {to:?}");
        }
    }
}
