//! What an operator can set about a pool (H1). Names and defaults are those of the requirement.

use std::time::Duration;

/// Settings of one pool. Durations are whole seconds in configuration files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolConfig {
    /// Warm sandboxes to keep ready. Default 0.
    pub target_ready: u32,
    /// Sandboxes that may exist at once, in every state together. Default 50.
    pub max_total_sandboxes: u32,
    /// Sandboxes that may be in the making at once, warm and cold together. Default 10.
    pub max_concurrent_creates: u32,
    /// Of those, how many may be made ahead of demand, so that a cold claim finds a free processor. Default 1.
    pub warm_creates_max: u32,
    /// A warm sandbox older than this is replaced. Default 1,800 s.
    pub max_warm_age: Duration,
    /// Each warm sandbox is probed this often. Default 60 s.
    pub health_check_interval: Duration,
    /// The longest a reconciler waits between two looks. Default 30 s.
    pub replenish_interval: Duration,
    /// How long a claim waits for a warm sandbox to answer before it takes the next. Default 1,000 ms.
    pub claim_probe_timeout: Duration,
}

impl Default for PoolConfig {
    fn default() -> Self {
        Self {
            target_ready: 0,
            max_total_sandboxes: 50,
            max_concurrent_creates: 10,
            warm_creates_max: 1,
            max_warm_age: Duration::from_secs(1_800),
            health_check_interval: Duration::from_secs(60),
            replenish_interval: Duration::from_secs(30),
            claim_probe_timeout: Duration::from_millis(1_000),
        }
    }
}
