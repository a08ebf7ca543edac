//! Asking a hosted service whether a person solved its challenge: the `siteverify` protocol of Turnstile and hCaptcha (B4).

use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use axum::http::{self, header};
use domain::wire::ChallengeJson;
use outgoing::{Bounds, Connection};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use sessions::{HostedCheck, HostedCheckError};

use crate::config::{ChallengeChoice, Config};

/// What a service may take of this server. People wait for it.
const BOUNDS: Bounds = Bounds { answer_timeout: Duration::from_secs(5), answer_bytes_max: 16 * 1024 };
/// What a service says of a solution that is none, is too old, or was used. Anything else is about us.
const SOLUTION_CODES: [&str; 6] = [
    "missing-input-response",
    "invalid-input-response",
    "invalid-or-already-seen-response",
    "already-seen-response",
    "expired-input-response",
    "timeout-or-duplicate",
];

/// A service as it is configured.
pub(crate) struct SiteVerify {
    choice: ChallengeChoice,
    url: String,
    site_key: String,
    secret: String,
    /// The hosts on whose pages the widget may have been solved.
    hosts: Vec<String>,
    connection: Connection,
}

/// What a service answers, as far as it is needed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Verdict {
    success: bool,
    hostname: Option<String>,
    action: Option<String>,
    #[serde(rename = "error-codes")]
    error_codes: Vec<String>,
}

impl SiteVerify {
    /// For solutions from pages of these origins.
    ///
    /// # Errors
    /// When the machine's list of certificate authorities can't be used.
    pub(crate) fn new(config: &Config, origins: &[String]) -> anyhow::Result<Self> {
        let section = &config.r#try;
        let host = |origin: &String| {
            let (_, host) = origin.split_once("://")?;
            Some(host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned())
        };
        Ok(Self {
            choice: section.challenge,
            url: section.verify_url().to_owned(),
            site_key: section.challenge_site_key.clone(),
            secret: section.challenge_secret.clone(),
            hosts: origins.iter().filter_map(host).collect(),
            connection: Connection::new(BOUNDS)?,
        })
    }

    fn request(&self, response: &str, address: IpAddr) -> http::Result<http::Request<Vec<u8>>> {
        let address = address.to_canonical().to_string();
        let mut fields =
            vec![("secret", self.secret.as_str()), ("response", response), ("remoteip", address.as_str())];
        if self.choice == ChallengeChoice::Hcaptcha {
            fields.push(("sitekey", self.site_key.as_str()));
        }
        let pair =
            |(name, value): (&str, &str)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
        let pairs: Vec<String> = fields.into_iter().map(pair).collect();
        http::Request::post(&self.url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(pairs.join("&").into_bytes())
    }

    /// Whether a verdict lets somebody in.
    fn holds(&self, verdict: &Verdict) -> Result<bool, HostedCheckError> {
        if !verdict.success {
            let about_us = verdict.error_codes.iter().find(|code| !SOLUTION_CODES.contains(&code.as_str()));
            return match about_us {
                Some(code) => Err(format!("the service refuses our question: {code}").into()),
                None => Ok(false),
            };
        }
        let is_here = verdict.hostname.as_ref().is_some_and(|host| self.hosts.contains(host));
        let is_for_this = match self.choice {
            ChallengeChoice::Turnstile => verdict.action.as_deref() == Some(ChallengeJson::ACTION),
            // It knows no actions.
            ChallengeChoice::Hcaptcha | ChallengeChoice::ProofOfWork | ChallengeChoice::None => true,
        };
        Ok(is_here && is_for_this)
    }
}

#[async_trait]
impl HostedCheck for SiteVerify {
    fn offer(&self) -> ChallengeJson {
        let site_key = self.site_key.clone();
        match self.choice {
            ChallengeChoice::Turnstile => ChallengeJson::Turnstile { site_key },
            ChallengeChoice::Hcaptcha => ChallengeJson::Hcaptcha { site_key },
            ChallengeChoice::ProofOfWork | ChallengeChoice::None => ChallengeJson::None,
        }
    }

    async fn passes(&self, response: &str, address: IpAddr) -> Result<bool, HostedCheckError> {
        let answer = self.connection.send(self.request(response, address)?).await?;
        if !answer.status().is_success() {
            return Err(format!("the service answered {}", answer.status()).into());
        }
        self.holds(&serde_json::from_slice(answer.body())?)
    }
}
