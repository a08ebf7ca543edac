//! What the landing page offers now: a pure decision over what is (A4), and the loop that keeps pages told.

use std::sync::Arc;

use domain::Tier;
use domain::wire::Availability;
use pool::PoolSnapshot;
use tokio::sync::watch;

use crate::Sessions;
use crate::service::Inner;

/// Failures in a row after which a pool that has nothing warm is taken to be broken.
const CREATE_FAILURES_BROKEN: u32 = 3;

/// All that the tier depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// Whether the demo is switched on.
    pub enabled: bool,
    /// Demos that run now.
    pub demos: u32,
    /// Demos that may run at once.
    pub demos_max: u32,
    /// Sandboxes that may exist at once.
    pub sandboxes_max: u32,
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
            building_now: self.demos,
            reason: reason.map(str::to_owned),
        }
    }

    fn tier(&self) -> (Tier, Option<&'static str>) {
        let pool = self.pool;
        if !self.enabled {
            return (Tier::Disabled, Some("The live demo is switched off."));
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
        if pool.create_failures >= CREATE_FAILURES_BROKEN {
            return (Tier::Disabled, Some("Sandboxes can't be started right now."));
        }
        if pool.total >= self.sandboxes_max {
            return (Tier::Replay, Some("All sandboxes are in use right now."));
        }
        (Tier::Starting, Some("No sandbox is warm yet; one starts while you wait."))
    }
}

impl Sessions {
    /// What the landing page offers now, and every later answer.
    pub fn availability(&self) -> watch::Receiver<Availability> {
        self.inner.availability.subscribe()
    }
}

/// Keeps the offer true: decides anew whenever the pool or the number of demos changes.
pub(crate) async fn keep_true(inner: Arc<Inner>) {
    let mut pool = inner.pool.watch();
    let mut demos = inner.demos.subscribe();
    loop {
        decide(&inner, &pool.borrow_and_update(), *demos.borrow_and_update());
        let changed = tokio::select! {
            changed = pool.changed() => changed,
            changed = demos.changed() => changed,
            () = inner.stop.cancelled() => return,
        };
        if changed.is_err() {
            return;
        }
    }
}

fn decide(inner: &Inner, pool: &PoolSnapshot, demos: u32) {
    let situation = Situation {
        enabled: inner.config.demo.enabled,
        demos,
        demos_max: inner.config.demo.max_concurrent_demos,
        sandboxes_max: inner.sandboxes_max,
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

    fn tier(change: impl FnOnce(&mut Situation<'_>, &mut PoolSnapshot)) -> (Tier, u32) {
        let mut pool = PoolSnapshot { ready: 1, total: 1, template_ready: true, ..PoolSnapshot::default() };
        let nothing = PoolSnapshot::default();
        let mut situation =
            Situation { enabled: true, demos: 0, demos_max: 10, sandboxes_max: 50, pool: &nothing };
        change(&mut situation, &mut pool);
        let offer = Situation { pool: &pool, ..situation }.availability();
        assert_eq!(offer.reason.is_none(), offer.tier == Tier::Instant, "every other tier says why");
        (offer.tier, offer.wait_seconds)
    }

    /// A4
    #[test]
    fn the_tier_follows_from_what_is() {
        assert_eq!(tier(|_, _| {}), (Tier::Instant, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.create_ms) = (0, Some(1_200))), (Tier::Starting, 2));
        assert_eq!(tier(|_, pool| pool.ready = 0), (Tier::Starting, 0), "an unmeasured wait is not invented");
        assert_eq!(tier(|situation, _| situation.demos = 10), (Tier::Replay, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.total) = (0, 50)), (Tier::Replay, 0));
        assert_eq!(tier(|situation, _| situation.enabled = false), (Tier::Disabled, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.create_failures) = (0, 3)), (Tier::Disabled, 0));
        assert_eq!(tier(|_, pool| (pool.ready, pool.template_ready) = (0, false)), (Tier::Disabled, 0));
        assert_eq!(
            tier(|_, pool| pool.create_failures = 3),
            (Tier::Instant, 0),
            "what is warm can be given away"
        );
    }
}
