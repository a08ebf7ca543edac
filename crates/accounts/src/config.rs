//! Settings of accounts.

use crate::{AttemptLimits, Email, HashingConfig, ProviderConfig};

/// Settings of accounts.
#[derive(Debug, Clone)]
pub struct AccountsConfig {
    /// Whether there are accounts at all.
    pub enabled: bool,
    /// Whether new ones may be made.
    pub sign_up: SignUpPolicy,
    /// Whose accounts run this server. When empty, it is the first user ever.
    pub admins: Vec<Email>,
    /// Who else may say who people are.
    pub providers: Vec<ProviderConfig>,
    /// Which sandbox providers a user may choose from.
    pub sandbox_providers: Vec<String>,
    /// What a password costs to hash.
    pub hashing: HashingConfig,
    /// How often something may be tried.
    pub limits: AttemptLimits,
}

/// Whether new accounts may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUpPolicy {
    /// By anybody.
    Open,
    /// By nobody, with a provider neither.
    Closed,
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            sign_up: SignUpPolicy::Open,
            admins: Vec::new(),
            providers: Vec::new(),
            sandbox_providers: Vec::new(),
            hashing: HashingConfig::default(),
            limits: AttemptLimits::default(),
        }
    }
}
