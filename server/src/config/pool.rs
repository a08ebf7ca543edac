//! `[pool]`: H1's names and defaults, for all pools and for the pool of one template.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{TemplateName, TemplateNameError};
use pool::{CapsConfig, OnEmpty, PoolConfig, SettingError};
use serde::Deserialize;

use super::{Config, ConfigError};

/// How long the demo's pool leaves the processors to a visitor who has just come.
const DEMO_REPLENISH_DELAY: Duration = Duration::from_secs(2);

/// One list of settings for both tables: flattening one into the other would let misspelt keys pass.
macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        /// `[pool]`: bounds over all pools, and what holds for each. Durations are whole seconds.
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct PoolSection {
            /// Sandboxes that may exist at once, in all pools together. Default 50.
            pub max_total_sandboxes: u32,
            /// Sandboxes that may be in the making at once, in all pools together. Default 10.
            pub max_concurrent_creates: u32,
            /// What holds for the pool of one template, in place of what holds for each.
            pub templates: BTreeMap<TemplateName, PoolOverrides>,
            $($(#[$doc])* pub $name: Option<$kind>,)*
        }

        impl Default for PoolSection {
            fn default() -> Self {
                let CapsConfig { max_total_sandboxes, max_concurrent_creates } = CapsConfig::default();
                let templates = BTreeMap::new();
                Self { max_total_sandboxes, max_concurrent_creates, templates, $($name: None,)* }
            }
        }

        impl PoolSection {
            fn each(&self) -> PoolOverrides {
                PoolOverrides { $($name: self.$name,)* }
            }
        }

        /// `[pool.templates.NAME]`: what holds for the pool of one template. Durations are whole seconds.
        #[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct PoolOverrides {
            $($(#[$doc])* pub $name: Option<$kind>,)*
        }

        impl PoolOverrides {
            fn or(self, under: Self) -> Self {
                Self { $($name: self.$name.or(under.$name),)* }
            }
        }
    };
}

settings! {
    /// Warm sandboxes to keep ready when nobody comes. Default: `demo.pool_size` for the demo's template, `workspace.pool_size`
    /// for that of workspaces, else 0.
    target_ready: u32,
    /// Warm sandboxes to keep ready at most. Default 10, or `target_ready` when that is more.
    max_ready: u32,
    /// Seconds without an acquire after which the pool begins to shrink. Default: `demo.idle_timeout` for the demo's
    /// template, else 60.
    idle_timeout: u64,
    /// Seconds in which it shrinks by one. Default 60.
    scale_down_delay: u64,
    /// Seconds after an acquire in which it does not shrink. Default 120.
    cooldown_after_acquire: u64,
    /// Seconds after which a warm sandbox is replaced. Default 1,800.
    max_warm_age: u64,
    /// Seconds that must be left of `max_warm_age` for a sandbox to be given away. Default 0: any.
    claim_age_left: u64,
    /// Seconds between two probes of a warm sandbox. Default 60.
    health_check_interval: u64,
    /// What a claim gets when nothing is warm: `create` or `fail`. Default `create`.
    on_empty: OnEmpty,
    /// How often a creation is tried before it counts as failed. Default 3.
    create_retries: u32,
    /// Seconds one try may take. Default 60.
    create_timeout: u64,
    /// Failures in a row that stop creation. Default 5.
    create_failures_max: u32,
    /// Seconds until it is tried again. Default 60.
    circuit_open: u64,
    /// Seconds after an acquire in which nothing is made ahead of demand, while something is warm. Default 2 for the demo's
    /// template, whose visitor's page is loading just then, else 0.
    replenish_delay: u64,
    /// The share of claims that shall find a warm sandbox, such as 0.99. Default: none, no forecast.
    hit_rate_goal: f64,
    /// Sandboxes made ahead of demand at once. Default: half the processors, at least 1.
    warm_creates_max: u32,
}

impl Config {
    /// The bounds over all pools.
    pub fn caps(&self) -> CapsConfig {
        CapsConfig {
            max_total_sandboxes: self.pool.max_total_sandboxes,
            max_concurrent_creates: self.pool.max_concurrent_creates,
        }
    }

    /// Every template that has a pool, with the key that names it; the demo's first.
    ///
    /// # Errors
    /// When a name can't be a template's.
    pub fn templates(&self) -> Result<Vec<(TemplateName, &'static str)>, TemplateNameError> {
        let tables = self.pool.templates.keys().map(|name| (name.as_str(), "a table of pool.templates"));
        let tried = self.r#try.frameworks.iter().map(|name| (name.as_str(), "an entry of try.frameworks"));
        let named = std::iter::once((self.demo.framework.as_str(), "demo.framework"))
            .chain(tables)
            .chain(tried.filter(|_| self.r#try.enabled))
            .chain(
                self.workspace.enabled.then_some((self.workspace.template.as_str(), "workspace.template")),
            );
        let mut all: Vec<(TemplateName, &'static str)> = Vec::new();
        for (name, key) in named {
            let name = name.parse()?;
            if all.iter().all(|(known, _)| *known != name) {
                all.push((name, key));
            }
        }
        Ok(all)
    }

    /// The settings of one template's pool.
    pub fn pool_of(&self, template: &TemplateName) -> PoolConfig {
        let own = self.pool.templates.get(template).copied().unwrap_or_default();
        let set = own.or(self.pool.each());
        let is_demo = template.as_str() == self.demo.framework;
        let is_workspace = self.workspace.enabled && template.as_str() == self.workspace.template;
        let unset_target = match (is_demo, is_workspace) {
            (true, _) => self.demo.pool_size,
            (false, true) => self.workspace.pool_size,
            (false, false) => 0,
        };
        let target_ready = set.target_ready.unwrap_or(unset_target);
        let unset = PoolConfig::default();
        let seconds = |set: Option<u64>, unset: Duration| set.map_or(unset, Duration::from_secs);
        PoolConfig {
            target_ready: if is_demo && !self.demo.enabled { 0 } else { target_ready },
            max_ready: set.max_ready.unwrap_or(unset.max_ready.max(target_ready)),
            idle_timeout: seconds(
                set.idle_timeout,
                if is_demo { Duration::from_secs(self.demo.idle_timeout) } else { unset.idle_timeout },
            ),
            scale_down_delay: seconds(set.scale_down_delay, unset.scale_down_delay),
            cooldown_after_acquire: seconds(set.cooldown_after_acquire, unset.cooldown_after_acquire),
            max_warm_age: seconds(set.max_warm_age, unset.max_warm_age),
            claim_age_left: seconds(set.claim_age_left, unset.claim_age_left),
            health_check_interval: seconds(set.health_check_interval, unset.health_check_interval),
            on_empty: set.on_empty.unwrap_or_default(),
            create_retries: set.create_retries.unwrap_or(unset.create_retries),
            create_timeout: seconds(set.create_timeout, unset.create_timeout),
            create_failures_max: set.create_failures_max.unwrap_or(unset.create_failures_max),
            circuit_open: seconds(set.circuit_open, unset.circuit_open),
            replenish_delay: seconds(
                set.replenish_delay,
                if is_demo { DEMO_REPLENISH_DELAY } else { unset.replenish_delay },
            ),
            hit_rate_goal: set.hit_rate_goal,
            warm_creates_max: set.warm_creates_max.unwrap_or_else(half_the_processors),
            replenish_interval: Duration::from_secs(self.demo.replenish_interval),
            claim_probe_timeout: unset.claim_probe_timeout,
        }
    }

    /// Refuses pools that can't work.
    pub(super) fn check_pools(&self) -> Result<(), ConfigError> {
        let in_pool = |setting| ConfigError::Pool { table: "pool".into(), setting };
        self.caps().check().map_err(in_pool)?;
        let max = self.pool.max_total_sandboxes;
        let mut wanted = 0_u32;
        // A name that can't be one is refused by its own check.
        for (template, _) in self.templates().unwrap_or_default() {
            let config = self.pool_of(&template);
            let own = self.pool.templates.contains_key(&template);
            let table = if own { format!("pool.templates.{template}") } else { "pool".into() };
            config.check().map_err(|setting| ConfigError::Pool { table: table.clone(), setting })?;
            wanted = wanted.saturating_add(config.target_ready);
            if config.target_ready > max {
                let fix = format!(
                    "it must not be larger than pool.max_total_sandboxes ({max}); lower it or raise that"
                );
                let setting =
                    SettingError { key: "target_ready", value: config.target_ready.to_string(), fix };
                return Err(ConfigError::Pool { table, setting });
            }
        }
        if wanted > max {
            let fix = format!("the pools' target_ready add up to {wanted}; raise it or lower those");
            let setting = SettingError { key: "max_total_sandboxes", value: max.to_string(), fix };
            return Err(in_pool(setting));
        }
        Ok(())
    }
}

/// Sandboxes made ahead of demand at once: the other half is for the people who are there.
fn half_the_processors() -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u32::try_from(processors / 2).unwrap_or(1).max(1)
}
