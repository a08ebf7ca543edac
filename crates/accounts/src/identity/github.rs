//! GitHub: OAuth 2.0's code flow, and its own interface for who somebody is and which of their addresses are verified.

use http::header;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _, TokenUrl,
};
use outgoing::Connection;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::flow::Flow;
use super::{Claims, ProviderConfig};
use crate::AccountError;

/// The public GitHub, whose interface has a host of its own.
const PUBLIC: &str = "https://github.com";
const PUBLIC_API: &str = "https://api.github.com";

/// GitHub, or a GitHub Enterprise server.
pub(super) struct GitHub {
    pub(super) config: ProviderConfig,
    pub(super) connection: Connection,
}

/// What `/user` says, as far as it is needed. The number stays with an account; the login may change.
#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
}

/// One of `/user/emails`.
#[derive(Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

type GitHubClient = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

impl GitHub {
    /// The page on which GitHub asks who somebody is.
    pub(super) fn page(&self, flow: &Flow, redirect_url: &str) -> Result<String, AccountError> {
        let client = self.client(redirect_url)?;
        let verifier = PkceCodeVerifier::new(flow.verifier.clone());
        let scopes = ["read:user", "user:email"].into_iter().map(str::to_owned);
        let scopes = scopes.chain(self.config.scopes.iter().cloned()).map(Scope::new);
        let asked = client.authorize_url(|| CsrfToken::new(flow.state.clone())).add_scopes(scopes);
        let (url, _) =
            asked.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier)).url();
        Ok(url.into())
    }

    /// Who came back with `code`.
    pub(super) async fn claims(
        &self,
        flow: &Flow,
        code: String,
        redirect_url: &str,
    ) -> Result<Claims, AccountError> {
        let client = self.client(redirect_url)?;
        let exchange = client.exchange_code(AuthorizationCode::new(code));
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()));
        let http = self.connection.sender();
        let tokens =
            exchange.request_async(&http).await.map_err(|error| AccountError::Provider(error.into()))?;
        let token = tokens.access_token().secret();
        let user: User = self.ask("/user", token).await?;
        let addresses: Vec<Address> = self.ask("/user/emails", token).await?;
        let own = addresses.into_iter().find(|address| address.primary && address.verified);
        Ok(Claims {
            subject: user.id.to_string(),
            verified_email: own.map(|address| address.email),
            name: user.name.unwrap_or(user.login),
        })
    }

    async fn ask<T: DeserializeOwned>(&self, path: &str, token: &str) -> Result<T, AccountError> {
        let request = http::Request::get(format!("{}{path}", self.api()))
            .header(header::ACCEPT, "application/vnd.github+json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Vec::new())
            .map_err(|error| AccountError::Provider(error.into()))?;
        let answer = self.connection.send(request).await;
        let answer = answer.map_err(|error| AccountError::Provider(error.into()))?;
        if !answer.status().is_success() {
            return Err(AccountError::Provider(format!("{path} answered {}", answer.status()).into()));
        }
        serde_json::from_slice(answer.body()).map_err(|error| AccountError::Provider(error.into()))
    }

    fn api(&self) -> String {
        match self.config.issuer.as_str() {
            PUBLIC => PUBLIC_API.to_owned(),
            enterprise => format!("{enterprise}/api/v3"),
        }
    }

    fn client(&self, redirect_url: &str) -> Result<GitHubClient, AccountError> {
        let refused = |error| AccountError::Provider(Box::new(error));
        let page = |path: &str| format!("{}/login/oauth/{path}", self.config.issuer);
        Ok(BasicClient::new(ClientId::new(self.config.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.config.client_secret.clone()))
            .set_auth_uri(AuthUrl::new(page("authorize")).map_err(refused)?)
            .set_token_uri(TokenUrl::new(page("access_token")).map_err(refused)?)
            .set_redirect_uri(RedirectUrl::new(redirect_url.to_owned()).map_err(refused)?))
    }
}
