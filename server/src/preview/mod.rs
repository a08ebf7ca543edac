//! The preview gateway: `{preview_id}.{domain}` leads into one sandbox's dev server, and nowhere else (J2).

mod headers;
mod host;
mod page;
mod pipe;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sandbox::Port;
use sessions::{Preview, Sessions};

pub(crate) use host::Host;

/// Serves previews by their host name.
pub(crate) struct Gateway {
    sessions: Sessions,
    host: Host,
    /// `frame-ancestors` of every answer: the app's own origins.
    policy: HeaderValue,
}

impl Gateway {
    /// A gateway for the names below `domain`, whose answers only `app_origins` may frame.
    ///
    /// # Errors
    /// When an origin can't be part of a header.
    pub(crate) fn new(sessions: Sessions, domain: &str, app_origins: &[String]) -> anyhow::Result<Self> {
        let policy = HeaderValue::from_str(&format!("frame-ancestors {}", app_origins.join(" ")))?;
        Ok(Self { sessions, host: Host::below(domain), policy })
    }

    /// The label before the preview domain, when a request is for a preview.
    pub(crate) fn named_by(&self, headers: &HeaderMap) -> Option<String> {
        self.host.label(headers)
    }

    /// Answers a request for a preview: from its sandbox, or with a calm page that says why not. Never with the app.
    pub(crate) async fn serve(&self, label: &str, request: Request) -> Response {
        let wants_page = page::wanted(request.headers());
        let mut response = match self.answer(label, request).await {
            Ok(response) => response,
            Err(why) => page::response(why, wants_page),
        };
        let headers = response.headers_mut();
        headers.append(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }

    async fn answer(&self, label: &str, request: Request) -> Result<Response<Body>, page::Reason> {
        let id = label.parse().map_err(|_| page::Reason::Unknown)?;
        let sandbox = match self.sessions.preview(&id).await {
            Ok(Preview::Live(sandbox)) => sandbox,
            Ok(Preview::Starting) => return Err(page::Reason::Starting),
            Ok(Preview::Ended) => return Err(page::Reason::Ended),
            Ok(Preview::Unknown) => return Err(page::Reason::Unknown),
            Err(error) => {
                tracing::error!(error = %error, "a preview could not be looked up");
                return Err(page::Reason::Silent);
            }
        };
        let connection = sandbox.connect(Port::DevServer).await.map_err(|error| {
            tracing::debug!(sandbox.id = %sandbox.id(), error = %error, "a preview could not be reached");
            page::Reason::Silent
        })?;
        pipe::through(connection, request).await.map_err(|error| {
            tracing::debug!(sandbox.id = %sandbox.id(), error = %error, "a preview did not answer");
            page::Reason::Silent
        })
    }
}

impl page::Reason {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Ended => StatusCode::GONE,
            Self::Starting => StatusCode::SERVICE_UNAVAILABLE,
            Self::Silent => StatusCode::BAD_GATEWAY,
        }
    }
}
