//! Settings by name, as they are given on a command line.

use std::time::Duration;

use crate::{CapsConfig, OnEmpty, PoolConfig, SettingError};

/// A pool's settings and the bounds around it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// The pool's.
    pub pool: PoolConfig,
    /// The bounds.
    pub caps: CapsConfig,
}

/// A setting was not understood. `Display` is the whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// There is no such setting.
    #[error("there is no setting “{0}”; there are {names}", names = NAMES.join(", "))]
    Unknown(String),
    /// The value is of the wrong kind.
    #[error("{key} is “{value}”: it must be {kind}")]
    Kind {
        /// Which setting.
        key: String,
        /// What was given.
        value: String,
        /// What it should be.
        kind: &'static str,
    },
    /// The value can't work.
    #[error(transparent)]
    Setting(#[from] SettingError),
}

const NAMES: [&str; 18] = [
    "target_ready",
    "max_ready",
    "idle_timeout",
    "scale_down_delay",
    "cooldown_after_acquire",
    "max_warm_age",
    "claim_age_left",
    "health_check_interval",
    "on_empty",
    "create_retries",
    "create_timeout",
    "create_failures_max",
    "circuit_open",
    "replenish_delay",
    "hit_rate_goal",
    "warm_creates_max",
    "max_total_sandboxes",
    "max_concurrent_creates",
];

impl Settings {
    /// Changes one setting. Durations are seconds, `hit_rate_goal` may be `none`.
    ///
    /// # Errors
    /// [`SetError`], with the names there are or the kind that is wanted.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SetError> {
        let wrong = |kind| SetError::Kind { key: key.to_owned(), value: value.to_owned(), kind };
        let seconds = || {
            let parsed = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            parsed.ok_or_else(|| wrong("seconds"))
        };
        let count = || value.parse::<u32>().map_err(|_| wrong("a whole number"));
        let pool = &mut self.pool;
        match key {
            "target_ready" => pool.target_ready = count()?,
            "max_ready" => pool.max_ready = count()?,
            "idle_timeout" => pool.idle_timeout = seconds()?,
            "scale_down_delay" => pool.scale_down_delay = seconds()?,
            "cooldown_after_acquire" => pool.cooldown_after_acquire = seconds()?,
            "max_warm_age" => pool.max_warm_age = seconds()?,
            "claim_age_left" => pool.claim_age_left = seconds()?,
            "health_check_interval" => pool.health_check_interval = seconds()?,
            "on_empty" => {
                pool.on_empty = match value {
                    "create" => OnEmpty::Create,
                    "fail" => OnEmpty::Fail,
                    _ => return Err(wrong("create or fail")),
                }
            }
            "create_retries" => pool.create_retries = count()?,
            "create_timeout" => pool.create_timeout = seconds()?,
            "create_failures_max" => pool.create_failures_max = count()?,
            "circuit_open" => pool.circuit_open = seconds()?,
            "replenish_delay" => pool.replenish_delay = seconds()?,
            "hit_rate_goal" if value == "none" => pool.hit_rate_goal = None,
            "hit_rate_goal" => {
                pool.hit_rate_goal = Some(value.parse().map_err(|_| wrong("a share such as 0.99"))?)
            }
            "warm_creates_max" => pool.warm_creates_max = count()?,
            "max_total_sandboxes" => self.caps.max_total_sandboxes = count()?,
            "max_concurrent_creates" => self.caps.max_concurrent_creates = count()?,
            _ => return Err(SetError::Unknown(key.to_owned())),
        }
        Ok(())
    }

    /// Refuses what can't work together.
    ///
    /// # Errors
    /// [`SetError::Setting`].
    pub fn check(&self) -> Result<(), SetError> {
        self.caps.check()?;
        Ok(self.pool.check()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H1
    #[test]
    fn every_name_is_known_and_a_wrong_one_is_answered_with_those_there_are() {
        for name in NAMES {
            let value = if name == "on_empty" { "fail" } else { "1" };
            assert_eq!(Settings::default().set(name, value), Ok(()), "{name}");
        }
        let unknown = Settings::default().set("size", "1").unwrap_err().to_string();
        assert!(
            unknown.starts_with("there is no setting “size”; there are target_ready, max_ready"),
            "{unknown}"
        );
        let kind = Settings::default().set("max_ready", "-1").unwrap_err();
        assert_eq!(kind.to_string(), "max_ready is “-1”: it must be a whole number");
    }
}
