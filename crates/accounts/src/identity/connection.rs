//! Requests to providers: over TLS by the machine's own list of authorities, bounded in time and size, without redirects.

use std::pin::Pin;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{HttpRequest, HttpResponse};

/// How long a provider may take to answer.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest answer, in bytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

type Body = Full<std::io::Cursor<Vec<u8>>>;

/// Why there is no answer. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectionError {
    /// Encryption can't be set up.
    #[error("the machine's list of certificate authorities can't be used")]
    Authorities(#[from] std::io::Error),
    /// The request was not answered.
    #[error("the provider could not be asked")]
    Request(#[from] hyper_util::client::legacy::Error),
    /// The answer took too long.
    #[error("the provider did not answer within {} seconds", ANSWER_TIMEOUT.as_secs())]
    Late(#[from] tokio::time::error::Elapsed),
    /// The answer broke off, or is larger than an answer can be.
    #[error("the provider's answer could not be read")]
    Answer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An answer on its way.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, ConnectionError>> + Send>>;

/// Makes requests. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connection {
    client: Client<HttpsConnector<HttpConnector>, Body>,
}

impl Connection {
    pub(super) fn new() -> Result<Self, ConnectionError> {
        let authorities = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?;
        // Without TLS only on this machine; the configuration sees to that.
        let connector = authorities.https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    /// [`Self::send`] as the protocols' libraries want it: on its own, and boxed, as they hold it over their own waits.
    pub(super) fn sender(&self) -> impl Fn(HttpRequest) -> Answer + Send + Sync + use<> {
        let connection = self.clone();
        move |request| {
            let connection = connection.clone();
            Box::pin(async move { connection.send(request).await })
        }
    }

    /// One request and its answer. A redirect is an answer like any other: it could lead the server into its own network.
    pub(super) async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, ConnectionError> {
        let name = http::HeaderValue::from_static("Sandglass");
        request.headers_mut().insert(http::header::USER_AGENT, name);
        tokio::time::timeout(ANSWER_TIMEOUT, self.exchange(request)).await?
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, ConnectionError> {
        let request = request.map(|body| Full::new(std::io::Cursor::new(body)));
        let (parts, body) = self.client.request(request).await?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(ConnectionError::Answer)?;
        Ok(http::Response::from_parts(parts, body.to_bytes().into()))
    }
}
