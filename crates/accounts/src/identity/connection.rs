//! Requests to providers: over TLS by the machine's own list of authorities, bounded in time and size, without redirects.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::Client;
use reqwest::redirect::Policy;

/// How long a provider may take to answer.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer, in bytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Why there is no answer. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectionError {
    /// Encryption can't be set up.
    #[error("the machine's list of certificate authorities can't be used")]
    Tls(#[from] rustls::Error),
    /// The request could not be made, or was not answered.
    #[error("the provider could not be asked")]
    Request(#[from] reqwest::Error),
    /// The answer is larger than an answer can be.
    #[error("the provider's answer is larger than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    /// The answer is no answer.
    #[error("the provider's answer can't be read")]
    Malformed(#[from] http::Error),
}

/// An answer on its way.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, ConnectionError>> + Send>>;

/// Makes requests. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connection {
    client: Client,
}

impl Connection {
    pub(super) fn new() -> Result<Self, ConnectionError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // An error means that it was set before, by another service of this process.
        let _ = rustls::crypto::CryptoProvider::install_default(Arc::unwrap_or_clone(provider));
        let client = Client::builder()
            .timeout(ANSWER_TIMEOUT)
            // A redirect could lead the server anywhere, into its own network included.
            .redirect(Policy::none())
            .user_agent("Sandglass")
            .build()?;
        Ok(Self { client })
    }

    /// [`Self::send`] as the protocols' libraries want it: on its own, and boxed, as they hold it over their own waits.
    pub(super) fn sender(&self) -> impl Fn(HttpRequest) -> Answer + Send + Sync + use<> {
        let connection = self.clone();
        move |request| {
            let connection = connection.clone();
            Box::pin(async move { connection.send(request).await })
        }
    }

    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectionError> {
        let mut response = self.client.execute(request.try_into()?).await?;
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            headers.clone_from(response.headers());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(ConnectionError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer.body(body)?)
    }
}
