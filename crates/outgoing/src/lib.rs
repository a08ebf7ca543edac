//! Requests of the server's own to services elsewhere: over TLS by the machine's own list of authorities, bounded in time and size,
//! without redirects. What is asked and what the answers mean is for others to know.

use std::io::Cursor;
use std::pin::Pin;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// What one service may take of this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// How long it may take to answer.
    pub answer_timeout: Duration,
    /// The largest answer, in bytes.
    pub answer_bytes_max: usize,
}

/// Why there is no answer. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// Encryption can't be set up.
    #[error("the machine's list of certificate authorities can't be used")]
    Authorities(#[from] std::io::Error),
    /// The request was not answered.
    #[error("the service could not be asked")]
    Request(#[from] hyper_util::client::legacy::Error),
    /// The answer took too long.
    #[error("the service did not answer within {} seconds", .0.as_secs())]
    Late(Duration),
    /// The answer broke off, or is larger than an answer can be.
    #[error("the service's answer could not be read")]
    Answer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An answer on its way.
pub type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Vec<u8>>, ConnectionError>> + Send>>;

/// Makes requests. Cheap to clone.
#[derive(Clone)]
pub struct Connection {
    client: Client<HttpsConnector<HttpConnector>, Full<Cursor<Vec<u8>>>>,
    bounds: Bounds,
}

impl Connection {
    /// Nothing is connected until something is asked.
    ///
    /// # Errors
    /// [`ConnectionError::Authorities`].
    pub fn new(bounds: Bounds) -> Result<Self, ConnectionError> {
        let authorities = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?;
        // Without TLS only on this machine; the configuration sees to that.
        let connector = authorities.https_or_http().enable_http1().build();
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), bounds })
    }

    /// [`Self::send`] as the protocols' libraries want it: on its own, and boxed, as they hold it over their own waits.
    pub fn sender(&self) -> impl Fn(http::Request<Vec<u8>>) -> Answer + Send + Sync + use<> {
        let connection = self.clone();
        move |request| {
            let connection = connection.clone();
            Box::pin(async move { connection.send(request).await })
        }
    }

    /// One request and its answer. A redirect is an answer like any other: it could lead the server into its own network.
    ///
    /// # Errors
    /// [`ConnectionError`].
    pub async fn send(
        &self,
        mut request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, ConnectionError> {
        let name = http::HeaderValue::from_static("Sandglass");
        request.headers_mut().insert(http::header::USER_AGENT, name);
        let timeout = self.bounds.answer_timeout;
        let answer = tokio::time::timeout(timeout, self.exchange(request)).await;
        answer.map_err(|_| ConnectionError::Late(timeout))?
    }

    async fn exchange(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, ConnectionError> {
        let request = request.map(|body| Full::new(Cursor::new(body)));
        let (parts, body) = self.client.request(request).await?.into_parts();
        let body = Limited::new(body, self.bounds.answer_bytes_max).collect().await;
        let body = body.map_err(ConnectionError::Answer)?;
        Ok(http::Response::from_parts(parts, body.to_bytes().into()))
    }
}
