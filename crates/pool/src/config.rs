//! What an operator can set about a pool (H1). Names and defaults are those of the requirement.

use std::time::Duration;

use serde::Deserialize;

/// What a claim gets when no warm sandbox is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnEmpty {
    /// A place for one that is made while it waits.
    #[default]
    Create,
    /// The answer that the pool is exhausted.
    Fail,
}

/// Settings of one pool. Durations are whole seconds in configuration files.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolConfig {
    /// Warm sandboxes to keep ready when nobody comes. Default 0.
    pub target_ready: u32,
    /// Warm sandboxes to keep ready at most, however many come; 0: every claim waits for its own. Default 10.
    pub max_ready: u32,
    /// After so long without an acquire the pool begins to shrink to `target_ready`. Default 60 s.
    pub idle_timeout: Duration,
    /// It shrinks by one in this time. Default 60 s.
    pub scale_down_delay: Duration,
    /// It does not shrink for so long after an acquire. Default 120 s.
    pub cooldown_after_acquire: Duration,
    /// A warm sandbox older than this is replaced. Default 1,800 s.
    pub max_warm_age: Duration,
    /// A sandbox with less than this left of `max_warm_age` is not given away: a session would outlast it. Default 0 s,
    /// which gives away an old one rather than none.
    pub claim_age_left: Duration,
    /// Each warm sandbox is probed this often, one at a time. Default 60 s.
    pub health_check_interval: Duration,
    /// What a claim gets when no warm sandbox is there. Default: one made for it.
    pub on_empty: OnEmpty,
    /// How often a creation is tried before it counts as failed. Default 3.
    pub create_retries: u32,
    /// How long one try may take. Default 60 s.
    pub create_timeout: Duration,
    /// So many failures in a row stop creation. Default 5.
    pub create_failures_max: u32,
    /// For so long; then one creation shows whether it works again. Default 60 s.
    pub circuit_open: Duration,
    /// After an acquire, nothing is made ahead of demand for so long while a warm sandbox is left, so that refilling does not
    /// fight a burst. Default 0 s.
    pub replenish_delay: Duration,
    /// The share of claims that shall find a warm sandbox, between 0 and 1, such as 0.99: the pool then follows the demand
    /// it forecasts. Default: none, no forecast.
    pub hit_rate_goal: Option<f64>,
    /// How many may be made ahead of demand at once, so that a cold claim finds a free processor. Default 1.
    pub warm_creates_max: u32,
    /// The longest a reconciler waits between two looks. Default 30 s.
    pub replenish_interval: Duration,
    /// How long a claim waits for a warm sandbox to answer before it takes the next. Default 1,000 ms.
    pub claim_probe_timeout: Duration,
}

impl Default for PoolConfig {
    fn default() -> Self {
        Self {
            target_ready: 0,
            max_ready: 10,
            idle_timeout: Duration::from_secs(60),
            scale_down_delay: Duration::from_secs(60),
            cooldown_after_acquire: Duration::from_secs(120),
            max_warm_age: Duration::from_secs(1_800),
            claim_age_left: Duration::ZERO,
            health_check_interval: Duration::from_secs(60),
            on_empty: OnEmpty::Create,
            create_retries: 3,
            create_timeout: Duration::from_secs(60),
            create_failures_max: 5,
            circuit_open: Duration::from_secs(60),
            replenish_delay: Duration::ZERO,
            hit_rate_goal: None,
            warm_creates_max: 1,
            replenish_interval: Duration::from_secs(30),
            claim_probe_timeout: Duration::from_millis(1_000),
        }
    }
}

/// A setting that can't work: which one, what it is, what to do. `Display` is the whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} is {value}: {fix}")]
pub struct SettingError {
    /// The setting's name, as in [`PoolConfig`] and [`CapsConfig`](crate::CapsConfig).
    pub key: &'static str,
    /// What it is.
    pub value: String,
    /// What it should be.
    pub fix: String,
}

impl SettingError {
    pub(crate) fn new(key: &'static str, value: impl ToString, fix: impl Into<String>) -> Self {
        Self { key, value: value.to_string(), fix: fix.into() }
    }
}

impl PoolConfig {
    /// Refuses what can't work.
    ///
    /// # Errors
    /// [`SettingError`] with the first such setting and the fix.
    pub fn check(&self) -> Result<(), SettingError> {
        let durations = [
            ("idle_timeout", self.idle_timeout),
            ("scale_down_delay", self.scale_down_delay),
            ("max_warm_age", self.max_warm_age),
            ("health_check_interval", self.health_check_interval),
            ("create_timeout", self.create_timeout),
            ("circuit_open", self.circuit_open),
            ("replenish_interval", self.replenish_interval),
            ("claim_probe_timeout", self.claim_probe_timeout),
        ];
        let counts = [
            ("create_retries", self.create_retries),
            ("create_failures_max", self.create_failures_max),
            ("warm_creates_max", self.warm_creates_max),
        ];
        if let Some((key, _)) = durations.into_iter().find(|(_, duration)| duration.is_zero()) {
            return Err(SettingError::new(key, 0, "it must be at least 1 second"));
        }
        if let Some((key, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(SettingError::new(key, 0, "it must be at least 1"));
        }
        self.check_together()
    }

    fn check_together(&self) -> Result<(), SettingError> {
        if self.target_ready > self.max_ready {
            let max = self.max_ready;
            let fix = format!("it must not be larger than max_ready ({max}); lower it or raise max_ready");
            return Err(SettingError::new("target_ready", self.target_ready, fix));
        }
        if self.claim_age_left >= self.max_warm_age {
            let age = self.max_warm_age.as_secs();
            let fix = format!("it must be less than max_warm_age ({age}), or no sandbox could be claimed");
            return Err(SettingError::new("claim_age_left", self.claim_age_left.as_secs(), fix));
        }
        match self.hit_rate_goal {
            Some(goal) if !(goal > 0.0 && goal < 1.0) => {
                Err(SettingError::new("hit_rate_goal", goal, "it must be between 0 and 1, such as 0.99"))
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H1
    #[test]
    fn the_defaults_are_those_of_the_requirement_and_can_work() {
        let config = PoolConfig::default();
        assert_eq!(config.check(), Ok(()));
        let seconds = [
            config.idle_timeout,
            config.scale_down_delay,
            config.cooldown_after_acquire,
            config.max_warm_age,
            config.health_check_interval,
        ]
        .map(|duration| duration.as_secs());
        assert_eq!(seconds, [60, 60, 120, 1_800, 60]);
        assert_eq!((config.target_ready, config.max_ready, config.create_retries), (0, 10, 3));
        assert_eq!(config.on_empty, OnEmpty::Create);
    }

    /// H1: the error names the key, the value and the fix.
    #[test]
    fn a_setting_that_cannot_work_is_named_with_its_fix() {
        let refused = |change: fn(&mut PoolConfig)| {
            let mut config = PoolConfig::default();
            change(&mut config);
            config.check().unwrap_err().to_string()
        };
        assert_eq!(
            refused(|config| config.target_ready = 11),
            "target_ready is 11: it must not be larger than max_ready (10); lower it or raise max_ready"
        );
        assert_eq!(
            refused(|config| config.scale_down_delay = Duration::ZERO),
            "scale_down_delay is 0: it must be at least 1 second"
        );
        assert_eq!(refused(|config| config.create_retries = 0), "create_retries is 0: it must be at least 1");
        assert_eq!(
            refused(|config| config.hit_rate_goal = Some(1.0)),
            "hit_rate_goal is 1: it must be between 0 and 1, such as 0.99"
        );
        assert!(refused(|config| config.hit_rate_goal = Some(f64::NAN)).starts_with("hit_rate_goal is NaN"));
        assert_eq!(
            refused(|config| config.claim_age_left = Duration::from_secs(1_800)),
            "claim_age_left is 1800: it must be less than max_warm_age (1800), or no sandbox could be claimed"
        );
    }
}
