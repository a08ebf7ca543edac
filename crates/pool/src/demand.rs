//! How many warm sandboxes are wanted: use (H5), forecast (H8) and budget (H9) brought together. Pure; the reconciler and
//! the simulator keep one each.

use domain::Timestamp;

use crate::forecast::Aim;
use crate::scaling::Descent;
use crate::{Demand, Forecast, PoolConfig, Scaling, Supply};

const HOUR_MS: u128 = 3_600_000;

/// What may still be spent on warm sandboxes (H9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// What is left, in micro-dollars; 0 stops warming.
    pub left_micro_dollars: u64,
    /// What one sandbox costs for an hour, in micro-dollars.
    pub hour_micro_dollars: u64,
}

impl Budget {
    /// How many may be warm: each is counted as if it were to stay for all of `max_warm_age`, so what is warm can be paid.
    pub fn affords(&self, config: &PoolConfig) -> u32 {
        let each = u128::from(self.hour_micro_dollars) * config.max_warm_age.as_millis() / HOUR_MS;
        match (self.left_micro_dollars, each) {
            (0, _) => 0,
            (_, 0) => u32::MAX,
            (left, each) => u32::try_from(u128::from(left) / each).unwrap_or(u32::MAX),
        }
    }
}

/// Everything demand depends on.
#[derive(Debug, Default)]
pub(crate) struct DemandBook {
    scaling: Scaling,
    forecast: Forecast,
    aim: Option<Aim>,
    descent: Descent,
}

impl DemandBook {
    /// With what an earlier run learnt.
    pub(crate) fn with(forecast: Forecast) -> Self {
        Self { forecast, ..Self::default() }
    }

    pub(crate) fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// Counts the acquires since the last time. Answers whether something was learnt that is worth keeping.
    pub(crate) fn observe(&mut self, acquires: u32, now: Timestamp, config: &PoolConfig) -> bool {
        self.scaling = self.scaling.acquired(acquires, now, config);
        let learnt = self.forecast.observe(now, acquires);
        if learnt {
            self.aim = None;
        }
        learnt
    }

    /// What is wanted now.
    pub(crate) fn demand(
        &mut self,
        now: Timestamp,
        config: &PoolConfig,
        supply: &Supply,
        budget: Option<Budget>,
    ) -> Demand {
        let forecast = config.hit_rate_goal.and_then(|goal| self.forecast_now(goal, now, config, supply));
        let called_for = match forecast {
            Some(wanted) => self.descent.follow(wanted, now, config),
            None => self.scaling.level(now, config),
        };
        let wanted = called_for.min(budget.map_or(u32::MAX, |budget| budget.affords(config)));
        Demand { wanted, last_acquire_at: self.scaling.last_acquire_at() }
    }

    /// When demand falls next if nothing happens; `None` when it does not.
    pub(crate) fn falls_at(&self, now: Timestamp, config: &PoolConfig) -> Option<Timestamp> {
        self.scaling.falls_at(now, config)
    }

    fn forecast_now(
        &mut self,
        goal: f64,
        now: Timestamp,
        config: &PoolConfig,
        supply: &Supply,
    ) -> Option<u32> {
        let aim = match self.aim.filter(|aim| aim.fits(supply)) {
            Some(aim) => aim,
            None => self.forecast.aim(goal, supply, config)?,
        };
        self.aim = Some(aim);
        self.forecast.wanted(now, &aim, config)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000);
    const SUPPLY: Supply = Supply { refill: Duration::from_secs(1), creates_at_once: 1 };

    /// H9
    #[test]
    fn an_empty_budget_stops_warming_and_a_small_one_bounds_it() {
        let config = PoolConfig { target_ready: 5, ..PoolConfig::default() };
        let wanted = |left_micro_dollars| {
            let budget = Budget { left_micro_dollars, hour_micro_dollars: 100_000 };
            DemandBook::default().demand(NOW, &config, &SUPPLY, Some(budget)).wanted
        };
        // Half an hour of one costs 50,000.
        assert_eq!([0, 49_999, 50_000, 149_999, 1_000_000].map(wanted), [0, 0, 1, 2, 5]);
        assert_eq!(DemandBook::default().demand(NOW, &config, &SUPPLY, None).wanted, 5);
        let free = Budget { left_micro_dollars: 1, hour_micro_dollars: 0 };
        assert_eq!(DemandBook::default().demand(NOW, &config, &SUPPLY, Some(free)).wanted, 5);
    }

    /// H8: works from the first day.
    #[test]
    fn without_history_a_goal_changes_nothing_about_scaling() {
        let config = PoolConfig { target_ready: 2, hit_rate_goal: Some(0.99), ..PoolConfig::default() };
        let mut book = DemandBook::default();
        assert_eq!(book.demand(NOW, &config, &SUPPLY, None).wanted, 2);
        book.observe(3, NOW, &config);
        let demand = book.demand(NOW, &config, &SUPPLY, None);
        assert_eq!(demand, Demand { wanted: 5, last_acquire_at: Some(NOW) });
    }
}
