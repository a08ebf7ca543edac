//! `[accounts]`: who may sign up, and who else says who people are (J3).

use std::collections::BTreeMap;

use ::accounts::{AccountsConfig, AttemptLimits, Email, ProviderConfig, ProviderKind, SignUpPolicy, Window};
use serde::Deserialize;

use super::{Config, ConfigError};

const HOUR_MS: i64 = 3_600_000;
/// The longest name of a provider, in bytes.
const NAME_BYTES_MAX: usize = 32;

/// `[accounts]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountsSection {
    /// Whether there are accounts. Default true.
    pub enabled: bool,
    /// `open`: anybody may make one; `closed`: nobody. Default `open`.
    pub sign_up: SignUpChoice,
    /// Addresses whose accounts run this server. Default: none, and it is the first user ever. Nobody checks that an address is
    /// its user's, so sign up before others can reach the server.
    pub admins: Vec<String>,
    /// Accounts that one network may ask for within an hour, those included for an address that is taken; 0 is no limit.
    /// Default 10.
    pub sign_ups_per_network_per_hour: u32,
    /// Who else may say who people are. Default: nobody.
    pub providers: Vec<ProviderSection>,
    /// Their secrets by their names, so that the environment can hold them: `SANDGLASS__ACCOUNTS__CLIENT_SECRETS__GITHUB`.
    pub client_secrets: BTreeMap<String, String>,
}

impl Default for AccountsSection {
    fn default() -> Self {
        Self {
            enabled: true,
            sign_up: SignUpChoice::Open,
            admins: Vec::new(),
            sign_ups_per_network_per_hour: 10,
            providers: Vec::new(),
            client_secrets: BTreeMap::new(),
        }
    }
}

/// Whether accounts may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUpChoice {
    /// By anybody.
    Open,
    /// By nobody.
    Closed,
}

/// `[[accounts.providers]]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSection {
    /// Its name in addresses, such as `company`: it sends browsers back to `/api/v1/account/oidc/company/callback`.
    pub name: String,
    /// Its name for people. Default: `GitHub`, or the name.
    pub label: Option<String>,
    /// How it is asked.
    pub kind: ProviderKindChoice,
    /// Its address. Default for GitHub: `https://github.com`; OpenID Connect has none.
    pub issuer: Option<String>,
    /// As whom it knows this server.
    pub client_id: String,
    /// What this server shows it. Default: what `client_secrets` says.
    pub client_secret: Option<String>,
    /// What is asked for beside who somebody is. Default: nothing.
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// How a provider is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderKindChoice {
    /// OpenID Connect, with discovery.
    Oidc,
    /// GitHub, or a GitHub Enterprise server.
    GitHub,
}

impl Config {
    pub(super) fn check_accounts(&self) -> Result<(), ConfigError> {
        self.accounts()?;
        Ok(())
    }

    /// Settings of accounts; users choose among `sandbox_providers`.
    ///
    /// # Errors
    /// [`ConfigError::Value`].
    pub(crate) fn accounts(&self) -> Result<AccountsConfig, ConfigError> {
        let section = &self.accounts;
        let admins = section.admins.iter().map(|text| {
            text.parse::<Email>()
                .map_err(|_| wrong("accounts.admins", text, "use addresses such as name@example.com"))
        });
        let mut names = Vec::new();
        let mut providers = Vec::new();
        for provider in &section.providers {
            if names.contains(&&provider.name) {
                return Err(wrong(
                    "accounts.providers.name",
                    &provider.name,
                    "give each provider a name of its own",
                ));
            }
            names.push(&provider.name);
            providers.push(provider.config(&section.client_secrets)?);
        }
        if let Some(stray) = section.client_secrets.keys().find(|name| !names.contains(name)) {
            return Err(wrong(
                "accounts.client_secrets",
                stray,
                "it must be the name of one of accounts.providers",
            ));
        }
        Ok(AccountsConfig {
            enabled: section.enabled,
            sign_up: match section.sign_up {
                SignUpChoice::Open => SignUpPolicy::Open,
                SignUpChoice::Closed => SignUpPolicy::Closed,
            },
            admins: admins.collect::<Result<_, _>>()?,
            providers,
            sandbox_providers: vec![self.sandbox.provider.word().to_owned()],
            limits: AttemptLimits {
                sign_ups_by_network: Window {
                    attempts_max: match section.sign_ups_per_network_per_hour {
                        0 => u32::MAX,
                        max => max,
                    },
                    within_ms: HOUR_MS,
                },
                ..AttemptLimits::default()
            },
            ..AccountsConfig::default()
        })
    }
}

impl ProviderSection {
    fn config(&self, secrets: &BTreeMap<String, String>) -> Result<ProviderConfig, ConfigError> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        if self.name.is_empty() || self.name.len() > NAME_BYTES_MAX || !self.name.bytes().all(plain) {
            let fix = "use up to 32 lower-case letters, digits and underscores";
            return Err(wrong("accounts.providers.name", &self.name, fix));
        }
        let (kind, usual_label, usual_issuer) = match self.kind {
            ProviderKindChoice::Oidc => (ProviderKind::Oidc, self.name.as_str(), None),
            ProviderKindChoice::GitHub => (ProviderKind::GitHub, "GitHub", Some("https://github.com")),
        };
        let issuer = self.issuer.as_deref().or(usual_issuer).unwrap_or_default();
        if !is_plain_url(issuer) {
            let fix = "use its address, such as https://accounts.example, as it says itself; without TLS only on this machine";
            return Err(wrong("accounts.providers.issuer", issuer, fix));
        }
        let secret = self.client_secret.as_ref().or_else(|| secrets.get(&self.name));
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
            let fix = "set it, or SANDGLASS__ACCOUNTS__CLIENT_SECRETS__{NAME} in the environment";
            return Err(wrong("accounts.providers.client_secret", &self.name, fix));
        };
        Ok(ProviderConfig {
            name: self.name.clone(),
            label: self.label.clone().unwrap_or_else(|| usual_label.to_owned()),
            kind,
            issuer: issuer.to_owned(),
            client_id: self.client_id.clone(),
            client_secret: secret.clone(),
            scopes: self.scopes.clone(),
        })
    }
}

/// Over TLS, or on this machine.
pub(super) fn is_plain_url(url: &str) -> bool {
    let local = ["http://127.0.0.1:", "http://localhost:"];
    let known = url.starts_with("https://") || local.iter().any(|start| url.starts_with(start));
    known && url.bytes().all(|c| c.is_ascii_graphic()) && !url.contains(['?', '#'])
}

fn wrong(key: &'static str, value: &str, fix: &str) -> ConfigError {
    ConfigError::Value { key, value: format!("{value:?}"), fix: fix.to_owned() }
}
