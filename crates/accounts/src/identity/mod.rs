//! Signing in with somebody else's word: OpenID Connect providers and GitHub.
//!
//! Whom a provider names is known by its address and its own name for the person, never by email. An account is made for a new
//! person whose address the provider has verified; one that exists and signs in with a password is never joined by
//! itself: who signed up with an address here has not shown that it is theirs, and would get the account's other owner.

mod flow;
mod github;
mod oidc;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use domain::own_path;
use domain::wire::account::IdentityProviderJson;
use outgoing::{Bounds, Connection};
use store::IdentityRecord;

use crate::service::name;
use crate::{AccountError, Accounts, Email, SignedIn};
use flow::{Flow, FlowKey};

/// What a provider may take of this server.
const BOUNDS: Bounds = Bounds { answer_timeout: Duration::from_secs(10), answer_bytes_max: 1024 * 1024 };
/// Where people go who did not say where they want to go.
const DEFAULT_RETURN: &str = "/projects";

/// Somebody who may say who people are.
#[derive(Clone)]
pub struct ProviderConfig {
    /// Its name in addresses and settings.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// How it is asked.
    pub kind: ProviderKind,
    /// Its address, such as `https://accounts.example`.
    pub issuer: String,
    /// As whom it knows this server.
    pub client_id: String,
    /// What this server shows it.
    pub client_secret: String,
    /// What is asked for, beside what is needed to know who somebody is.
    pub scopes: Vec<String>,
}

/// Secrets never show in a log.
impl std::fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderConfig")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// How a provider is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderKind {
    /// OpenID Connect, with discovery.
    Oidc,
    /// GitHub, or a GitHub Enterprise server.
    GitHub,
}

/// Where to send a person, and what their browser is to carry until they are back.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The provider's page.
    pub url: String,
    /// What the browser carries, signed.
    pub flow: String,
}

/// What a browser came back with.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// What it carried.
    pub flow: Option<String>,
    /// The provider's answer.
    pub code: Option<String>,
    /// What was sent along.
    pub state: Option<String>,
}

/// Somebody came back, and is somebody.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Who.
    pub signed_in: SignedIn,
    /// Where they wanted to go: a path of this server.
    pub return_to: String,
}

/// What a provider says of a person.
struct Claims {
    subject: String,
    /// Their address, if the provider vouches for it.
    verified_email: Option<String>,
    name: String,
}

/// Every provider there is.
pub(crate) struct Providers {
    by_name: BTreeMap<String, Provider>,
    key: FlowKey,
}

enum Provider {
    Oidc(oidc::OidcProvider),
    GitHub(github::GitHub),
}

impl Provider {
    fn config(&self) -> &ProviderConfig {
        match self {
            Self::Oidc(oidc) => &oidc.config,
            Self::GitHub(github) => &github.config,
        }
    }
}

impl Providers {
    pub(crate) fn new(configs: &[ProviderConfig], key: [u8; 32]) -> Result<Self, AccountError> {
        // Without providers nobody is asked, and the machine needs no list of authorities.
        let connection = match configs {
            [] => return Ok(Self { by_name: BTreeMap::new(), key: FlowKey(key) }),
            _ => Connection::new(BOUNDS).map_err(|error| AccountError::Provider(error.into()))?,
        };
        let by_name = configs.iter().map(|config| {
            let (config, connection) = (config.clone(), connection.clone());
            let name = config.name.clone();
            match config.kind {
                ProviderKind::Oidc => (name, Provider::Oidc(oidc::OidcProvider::new(config, connection))),
                ProviderKind::GitHub => (name, Provider::GitHub(github::GitHub { config, connection })),
            }
        });
        Ok(Self { by_name: by_name.collect(), key: FlowKey(key) })
    }
}

impl Accounts {
    /// Who else may say who people are here.
    pub fn identity_providers(&self) -> Vec<IdentityProviderJson> {
        let all = self.inner.providers.by_name.values().map(Provider::config);
        all.filter(|_| self.enabled())
            .map(|config| IdentityProviderJson { name: config.name.clone(), label: config.label.clone() })
            .collect()
    }

    /// Begins to sign in with a provider, which sends the browser back to `redirect_url`, and from there on to `return_to`
    /// if that is a path of this server.
    ///
    /// # Errors
    /// [`AccountError::NoSuchProvider`], [`AccountError::Provider`].
    pub async fn begin(
        &self,
        provider: &str,
        return_to: Option<&str>,
        redirect_url: &str,
    ) -> Result<Begun, AccountError> {
        let asked = self.identity_provider(provider)?;
        let return_to = return_to.and_then(own_path).unwrap_or(DEFAULT_RETURN);
        let (clock, entropy) = (&*self.inner.clock, &*self.inner.entropy);
        let flow = Flow::new(provider, return_to, clock.now(), entropy);
        let url = match asked {
            Provider::Oidc(oidc) => oidc.page(&flow, redirect_url, clock.now()).await?,
            Provider::GitHub(github) => github.page(&flow, redirect_url)?,
        };
        Ok(Begun { url, flow: flow.sealed(&self.inner.providers.key) })
    }

    /// Signs in whoever comes back from a provider.
    ///
    /// # Errors
    /// What [`AccountError`] says of providers.
    pub async fn finish(
        &self,
        provider: &str,
        returned: &Returned,
        redirect_url: &str,
        network: IpAddr,
    ) -> Result<Finished, AccountError> {
        let asked = self.identity_provider(provider)?;
        let sealed = returned.flow.as_deref().ok_or(AccountError::NotBegunHere)?;
        let now = self.inner.clock.now();
        let flow = Flow::open(sealed, &self.inner.providers.key, now).ok_or(AccountError::NotBegunHere)?;
        if flow.provider != provider || returned.state.as_deref() != Some(flow.state.as_str()) {
            return Err(AccountError::NotBegunHere);
        }
        let code = returned.code.clone().ok_or(AccountError::BrokenOff)?;
        let claims = match asked {
            Provider::Oidc(oidc) => oidc.claims(&flow, code, redirect_url, &*self.inner.clock).await?,
            Provider::GitHub(github) => github.claims(&flow, code, redirect_url).await?,
        };
        let issuer = asked.config().issuer.clone();
        let signed_in = self.recognise(issuer, claims, network).await?;
        Ok(Finished { signed_in, return_to: flow.return_to })
    }

    async fn recognise(
        &self,
        issuer: String,
        claims: Claims,
        network: IpAddr,
    ) -> Result<SignedIn, AccountError> {
        let Claims { subject, verified_email, name: called } = claims;
        let identity = IdentityRecord { issuer, subject };
        if let Some(known) = self.inner.store.user_by_identity(&identity).await? {
            return self.begin_sign_in(known).await;
        }
        let email: Email = verified_email.ok_or(AccountError::AddressUnverified)?.parse()?;
        self.check_sign_up()?;
        self.count_sign_up(network)?;
        let user = self.new_user(&email, name(&called).unwrap_or_default(), None);
        self.add(user, Some(&identity), AccountError::AddressTaken).await
    }

    fn identity_provider(&self, name: &str) -> Result<&Provider, AccountError> {
        self.check_enabled()?;
        self.inner.providers.by_name.get(name).ok_or(AccountError::NoSuchProvider)
    }
}
