//! Requests to models' servers: over TLS by the machine's own list of authorities, without redirects.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use http::{HeaderName, HeaderValue, Request, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::patience::CONNECT_TIMEOUT;
use super::{ApiKey, HostedConfig};

/// Why a model can't be asked. `Display` leaves the source out, and never holds a key.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// The address is none.
    #[error("the address of the model's server is none")]
    Address(#[from] http::Error),
    /// The key can't be sent in a header.
    #[error("the model's key has characters that no key has")]
    Key(#[from] http::header::InvalidHeaderValue),
    /// Encryption can't be set up.
    #[error("the machine's list of certificate authorities can't be used")]
    Authorities(#[from] std::io::Error),
    /// The request was not answered.
    #[error("the model's server could not be asked")]
    Request(#[from] hyper_util::client::legacy::Error),
    /// The answer broke off.
    #[error("the connection to the model's server broke off")]
    Answer(#[from] hyper::Error),
}

/// Where requests go, and what each of them carries.
pub(super) struct Target {
    uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Target {
    pub(super) fn new(config: &HostedConfig, path: &str) -> Result<Self, ConnectionError> {
        let address = format!("{}{path}", config.base_url.trim_end_matches('/'));
        let uri = Uri::try_from(address).map_err(http::Error::from)?;
        Ok(Self { uri, headers: Vec::new() })
    }

    pub(super) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((HeaderName::from_static(name), HeaderValue::from_static(value)));
        self
    }

    /// With the key in a header of its own, or after `Bearer`.
    pub(super) fn with_key(
        mut self,
        key: Option<&ApiKey>,
        header: Option<&'static str>,
    ) -> Result<Self, ConnectionError> {
        let Some(ApiKey(key)) = key else { return Ok(self) };
        let (name, value) = match header {
            Some(name) => (HeaderName::from_static(name), key.clone()),
            None => (AUTHORIZATION, format!("Bearer {key}")),
        };
        let mut value = HeaderValue::try_from(value)?;
        value.set_sensitive(true);
        self.headers.push((name, value));
        Ok(self)
    }
}

/// Makes requests. Connections are kept for the next one.
pub(super) struct Connection {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// The begin of an answer.
pub(super) struct Response {
    pub(super) status: u16,
    /// How long its server asks us to wait.
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Body,
}

/// The rest of an answer.
pub(super) struct Body(Incoming);

impl Body {
    /// What comes next; `None` at the end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, ConnectionError> {
        while let Some(frame) = self.0.frame().await {
            if let Ok(data) = frame?.into_data() {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }
}

impl Connection {
    pub(super) fn new() -> Result<Self, ConnectionError> {
        let authorities = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?;
        // Without TLS for a model on this machine or in its own network; the configuration sees to that.
        let mut plain = HttpConnector::new();
        plain.enforce_http(false);
        plain.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = authorities.https_or_http().enable_http1().wrap_connector(plain);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector) })
    }

    pub(super) async fn post(&self, target: &Target, body: &Value) -> Result<Response, ConnectionError> {
        let mut request = Request::post(&target.uri).body(Full::from(body.to_string()))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static("Sandglass"));
        headers.extend(target.headers.iter().cloned());
        let response = self.client.request(request).await?;
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after =
            retry_after.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        let status = response.status().as_u16();
        Ok(Response { status, retry_after, body: Body(response.into_body()) })
    }
}
