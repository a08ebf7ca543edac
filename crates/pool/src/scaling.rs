//! How many warm sandboxes use calls for (H5): acquires raise the number, idleness lowers it. Pure; no timer runs.

use domain::Timestamp;

use crate::PoolConfig;

/// What acquires have raised the pool to, and when the last one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scaling {
    raised_to: u32,
    last_acquire_at: Option<Timestamp>,
}

impl Scaling {
    /// When the last acquire was; `None` before the first.
    pub fn last_acquire_at(&self) -> Option<Timestamp> {
        self.last_acquire_at
    }

    /// How many warm sandboxes are called for: `target_ready` plus what acquires have raised, less one for every
    /// `scale_down_delay` since the pool became idle.
    pub fn level(&self, now: Timestamp, config: &PoolConfig) -> u32 {
        let raised = self.raised_to.saturating_sub(self.falls(now, config));
        raised.clamp(config.target_ready, config.max_ready)
    }

    /// After `acquires` more acquires; each raises the level by one, up to `max_ready`.
    #[must_use]
    pub fn acquired(self, acquires: u32, now: Timestamp, config: &PoolConfig) -> Self {
        if acquires == 0 {
            return self;
        }
        let raised_to = self.level(now, config).saturating_add(acquires).min(config.max_ready);
        Self { raised_to, last_acquire_at: Some(now) }
    }

    /// When the level falls next as things are; `None` when it is as low as it gets.
    pub fn falls_at(&self, now: Timestamp, config: &PoolConfig) -> Option<Timestamp> {
        let last = self.last_acquire_at?;
        (self.level(now, config) > config.target_ready).then(|| {
            let first = last.plus_ms(crate::circuit::ms(idle_after(config)));
            let delay_ms = crate::circuit::ms(config.scale_down_delay);
            first.plus_ms(i64::from(self.falls(now, config)).saturating_mul(delay_ms))
        })
    }

    fn falls(&self, now: Timestamp, config: &PoolConfig) -> u32 {
        let Some(last) = self.last_acquire_at else { return 0 };
        let idle_after_ms = idle_after(config).as_millis();
        let Some(idle_ms) = u128::from(now.ms_since(last)).checked_sub(idle_after_ms) else { return 0 };
        let falls = idle_ms / config.scale_down_delay.as_millis().max(1) + 1;
        u32::try_from(falls).unwrap_or(u32::MAX)
    }
}

/// How long after an acquire the first fall comes: idle for long enough, and cooled down.
fn idle_after(config: &PoolConfig) -> std::time::Duration {
    config.idle_timeout.max(config.cooldown_after_acquire)
}

/// A number that rises at once and falls by one per `scale_down_delay`, so that a forecast which wavers makes nothing and
/// removes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Descent {
    level: u32,
    fell_at: Option<Timestamp>,
}

impl Descent {
    pub(crate) fn follow(&mut self, wanted: u32, now: Timestamp, config: &PoolConfig) -> u32 {
        let delay_ms = u64::try_from(config.scale_down_delay.as_millis()).unwrap_or(u64::MAX).max(1);
        match self.fell_at {
            Some(fell_at) if wanted < self.level => {
                let falls = u32::try_from(now.ms_since(fell_at) / delay_ms).unwrap_or(u32::MAX);
                if falls > 0 {
                    *self = Self { level: self.level.saturating_sub(falls).max(wanted), fell_at: Some(now) };
                }
            }
            Some(_) | None => *self = Self { level: wanted, fell_at: Some(now) },
        }
        self.level
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: Timestamp = Timestamp::from_unix_ms(0);

    fn after_s(seconds: i64) -> Timestamp {
        START.plus_ms(seconds * 1_000)
    }

    /// H5: with the defaults, the cooldown of 120 s outlasts the idle timeout of 60 s.
    #[test]
    fn an_acquire_raises_the_level_and_idleness_lowers_it_one_at_a_time() {
        let config = PoolConfig { target_ready: 1, ..PoolConfig::default() };
        let scaling = Scaling::default().acquired(2, START, &config);
        let levels = [0, 119, 120, 179, 180, 10_000].map(|s| scaling.level(after_s(s), &config));
        assert_eq!(levels, [3, 3, 2, 2, 1, 1]);
        assert_eq!(scaling.falls_at(after_s(0), &config), Some(after_s(120)));
        assert_eq!(scaling.falls_at(after_s(130), &config), Some(after_s(180)));
        assert_eq!(scaling.falls_at(after_s(180), &config), None);
        assert_eq!(Scaling::default().level(START, &config), 1, "nobody has come yet");
    }

    /// H5
    #[test]
    fn an_acquire_during_the_fall_stops_it() {
        let config = PoolConfig::default();
        let scaling = Scaling::default().acquired(5, START, &config).acquired(1, after_s(180), &config);
        assert_eq!(scaling.level(after_s(299), &config), 4, "5, two falls, one acquire");
        assert_eq!(scaling.level(after_s(300), &config), 3);
    }

    /// H5
    #[test]
    fn what_follows_a_wavering_forecast_rises_at_once_and_falls_slowly() {
        let config = PoolConfig::default();
        let mut descent = Descent::default();
        let follow = [(0, 2), (10, 4), (30, 1), (69, 1), (70, 1), (80, 3), (140, 1), (1_000, 0)];
        let levels = follow.map(|(at_s, wanted)| descent.follow(wanted, after_s(at_s), &config));
        assert_eq!(levels, [2, 4, 4, 4, 3, 3, 2, 0]);
    }

    proptest! {
        /// H1, H5
        #[test]
        fn the_level_stays_between_floor_and_ceiling_and_never_rises_by_itself(
            target_ready in 0u32..10, above in 0u32..10, acquires in prop::collection::vec((0i64..400, 1u32..5), 0..20),
        ) {
            let config = PoolConfig { target_ready, max_ready: target_ready + above, ..PoolConfig::default() };
            let (mut now, mut scaling) = (0, Scaling::default());
            for (wait_s, count) in acquires {
                let before = scaling.level(after_s(now), &config);
                now += wait_s;
                prop_assert!(scaling.level(after_s(now), &config) <= before);
                scaling = scaling.acquired(count, after_s(now), &config);
                let level = scaling.level(after_s(now), &config);
                prop_assert!((config.target_ready..=config.max_ready).contains(&level));
            }
            prop_assert_eq!(scaling.level(after_s(now + 100_000), &config), target_ready);
        }
    }
}
