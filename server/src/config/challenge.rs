//! `try.challenge…`: what must be solved before a prototype is opened (B4).

use serde::Deserialize;

use super::{Config, ConfigError, TrySection};

/// More than this many bits nobody waits for: on a phone each one above 18 doubles a second.
const DIFFICULTY_BITS_MAX: u8 = 28;

/// What must be solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeChoice {
    /// A piece of work for the visitor's processor; nobody else is asked.
    ProofOfWork,
    /// Cloudflare Turnstile.
    Turnstile,
    /// hCaptcha.
    Hcaptcha,
    /// Nothing.
    None,
}

impl ChallengeChoice {
    /// Where a hosted service tells whether a solution is one.
    pub(crate) const fn usual_verify_url(self) -> &'static str {
        match self {
            Self::Turnstile => "https://challenges.cloudflare.com/turnstile/v0/siteverify",
            Self::Hcaptcha => "https://api.hcaptcha.com/siteverify",
            Self::ProofOfWork | Self::None => "",
        }
    }

    /// Whose scripts and frames its widget needs, as a content security policy names them.
    pub(crate) const fn widget_sources(self) -> Option<&'static str> {
        match self {
            Self::Turnstile => Some("https://challenges.cloudflare.com"),
            Self::Hcaptcha => Some("https://hcaptcha.com https://*.hcaptcha.com"),
            Self::ProofOfWork | Self::None => None,
        }
    }
}

impl TrySection {
    /// Where the hosted service is asked.
    pub(crate) fn verify_url(&self) -> &str {
        self.challenge_verify_url.as_deref().unwrap_or(self.challenge.usual_verify_url())
    }
}

impl Config {
    pub(super) fn check_challenge(&self) -> Result<(), ConfigError> {
        let section = &self.r#try;
        let wrong =
            |key, value: String, fix: &str| Err(ConfigError::Value { key, value, fix: fix.to_owned() });
        if !(1..=DIFFICULTY_BITS_MAX).contains(&section.challenge_difficulty_bits) {
            let value = section.challenge_difficulty_bits.to_string();
            return wrong(
                "try.challenge_difficulty_bits",
                value,
                "it must be from 1 to 28; 18 take a phone about a second",
            );
        }
        if section.challenge.widget_sources().is_none() {
            return Ok(());
        }
        let site_key = &section.challenge_site_key;
        if site_key.is_empty() || !site_key.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c))
        {
            return wrong(
                "try.challenge_site_key",
                format!("{site_key:?}"),
                "use the site key that the service gave you",
            );
        }
        if section.challenge_secret.is_empty() {
            let fix = "set it, or SANDGLASS__TRY__CHALLENGE_SECRET in the environment";
            return wrong("try.challenge_secret", "not set".to_owned(), fix);
        }
        if !super::accounts::is_plain_url(section.verify_url()) {
            let fix =
                "use an address such as https://service.example/siteverify; without TLS only on this machine";
            return wrong("try.challenge_verify_url", format!("{:?}", section.verify_url()), fix);
        }
        Ok(())
    }
}
