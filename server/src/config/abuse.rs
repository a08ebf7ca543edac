//! `[abuse]`: what is watched for (J1, J2).

use std::time::Duration;

use ::sessions::{AbuseConfig, ProcessorLimit};
use serde::Deserialize;

use super::{Config, ConfigError, checks};

/// `[abuse]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AbuseSection {
    /// Percent of one processor that a sandbox may not use for `processor_seconds`. Default 90.
    pub processor_percent: u32,
    /// After so many seconds without a prompt a sandbox that uses more is paused, the second time ended; 0: never. Default 60.
    pub processor_seconds: u64,
    /// From how many networks a preview must be reported to be closed to all but its holder. Default 3.
    pub reports_to_close: u32,
}

impl Default for AbuseSection {
    fn default() -> Self {
        Self { processor_percent: 90, processor_seconds: 60, reports_to_close: 3 }
    }
}

impl Config {
    pub(super) fn check_abuse(&self) -> Result<(), ConfigError> {
        checks::at_least_one("abuse.processor_percent", self.abuse.processor_percent.into())?;
        checks::at_least_one("abuse.reports_to_close", self.abuse.reports_to_close.into())
    }
}

impl AbuseSection {
    pub(crate) fn watch(&self) -> AbuseConfig {
        let lasting = Duration::from_secs(self.processor_seconds);
        AbuseConfig {
            processor: (!lasting.is_zero())
                .then_some(ProcessorLimit { percent: self.processor_percent, lasting }),
            reports_to_close: self.reports_to_close,
            ..AbuseConfig::default()
        }
    }
}
