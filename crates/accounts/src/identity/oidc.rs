//! OpenID Connect: discovery, the code flow with PKCE and nonce, and a signed token that says who somebody is.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::{Clock, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};
use outgoing::Connection;
use tokio::sync::Mutex;

use super::flow::Flow;
use super::{BOUNDS, Claims, ProviderConfig};
use crate::AccountError;

/// How long what a provider says of itself, keys included, is taken to hold.
const METADATA_MS_MAX: u64 = 10 * 60_000;

/// How tokens may be signed: with keys of which the provider shows the public half, and never with what both know or not at all.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// One provider.
pub(super) struct OidcProvider {
    pub(super) config: ProviderConfig,
    connection: Connection,
    metadata: Mutex<Option<(Timestamp, Arc<CoreProviderMetadata>)>>,
}

impl OidcProvider {
    pub(super) fn new(config: ProviderConfig, connection: Connection) -> Self {
        Self { config, connection, metadata: Mutex::new(None) }
    }

    /// The page on which the provider asks who somebody is.
    pub(super) async fn page(
        &self,
        flow: &Flow,
        redirect_url: &str,
        now: Timestamp,
    ) -> Result<String, AccountError> {
        let client =
            client(&self.config, self.metadata(now).await?).set_redirect_uri(redirect(redirect_url)?);
        let verifier = PkceCodeVerifier::new(flow.verifier.clone());
        let (state, nonce) = (flow.state.clone(), flow.nonce.clone());
        let asked = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        );
        let scopes =
            ["email", "profile"].into_iter().map(str::to_owned).chain(self.config.scopes.iter().cloned());
        let asked = asked.add_scopes(scopes.map(Scope::new));
        let (url, _, _) =
            asked.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier)).url();
        Ok(url.into())
    }

    /// Who came back with `code`: by a token that the provider signed for this server, this flow and this moment.
    pub(super) async fn claims(
        &self,
        flow: &Flow,
        code: String,
        redirect_url: &str,
        clock: &dyn Clock,
    ) -> Result<Claims, AccountError> {
        let metadata = self.metadata(clock.now()).await?;
        let client = client(&self.config, metadata).set_redirect_uri(redirect(redirect_url)?);
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| AccountError::Provider(error.into()))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()));
        let http = self.connection.sender();
        let tokens =
            exchange.request_async(&http).await.map_err(|error| AccountError::Provider(error.into()))?;
        let id_token = tokens.id_token().ok_or_else(|| AccountError::Provider("no ID token".into()))?;
        let now = clock.now();
        let verifier =
            client.id_token_verifier().set_allowed_algs(SIGNED_BY).set_time_fn(move || moment(now));
        let claims = id_token
            .claims(&verifier, &Nonce::new(flow.nonce.clone()))
            .map_err(|error| AccountError::NotVerified(error.into()))?;
        let vouched = claims.email_verified() == Some(true);
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        Ok(Claims {
            subject: claims.subject().to_string(),
            verified_email: claims.email().filter(|_| vouched).map(|email| email.to_string()),
            name: name.unwrap_or_default(),
        })
    }

    /// What the provider says of itself; asked anew when that is old.
    async fn metadata(&self, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, AccountError> {
        // Held while asking: who comes meanwhile wants the same, and waits no longer than one answer may take.
        let known = tokio::time::timeout(BOUNDS.answer_timeout, self.metadata.lock()).await;
        let mut known = known.map_err(|late| AccountError::Provider(late.into()))?;
        if let Some((since, metadata)) = &*known
            && now.ms_since(*since) < METADATA_MS_MAX
        {
            return Ok(Arc::clone(metadata));
        }
        let issuer = IssuerUrl::new(self.config.issuer.clone());
        let issuer = issuer.map_err(|error| AccountError::Provider(error.into()))?;
        let http = self.connection.sender();
        let asked = CoreProviderMetadata::discover_async(issuer, &http).await;
        let metadata = Arc::new(asked.map_err(|error| AccountError::Provider(error.into()))?);
        *known = Some((now, Arc::clone(&metadata)));
        Ok(metadata)
    }
}

type DiscoveredClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

fn client(config: &ProviderConfig, metadata: Arc<CoreProviderMetadata>) -> DiscoveredClient {
    let (id, secret) =
        (ClientId::new(config.client_id.clone()), ClientSecret::new(config.client_secret.clone()));
    CoreClient::from_provider_metadata(Arc::unwrap_or_clone(metadata), id, Some(secret))
}

fn redirect(url: &str) -> Result<RedirectUrl, AccountError> {
    RedirectUrl::new(url.to_owned()).map_err(|error| AccountError::Provider(error.into()))
}

/// A moment as the library has it.
fn moment<T: From<SystemTime>>(at: Timestamp) -> T {
    let since = Duration::from_millis(u64::try_from(at.unix_ms()).unwrap_or(0));
    (UNIX_EPOCH + since).into()
}
