//! The preview gateway: `{preview_id}.{domain}` leads into one sandbox's dev server, and nowhere else (J2).

mod bounds;
mod flow;
mod headers;
mod host;
mod page;
mod pipe;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sandbox::Port;
use sessions::{LivePreview, Preview, Sessions};

pub(crate) use bounds::Bounds;
use flow::Flow;
use host::Host;
pub(crate) use host::{Destination, HostError};
use pipe::PipeError;

/// Serves previews by their host name.
pub(crate) struct Gateway {
    sessions: Sessions,
    host: Host,
    bounds: Bounds,
    /// Where the app is reached.
    app_origins: Vec<String>,
    /// `frame-ancestors` of every answer: the app's own origins.
    policy: HeaderValue,
}

impl Gateway {
    /// A gateway for the names below `domain`, whose answers only `app_origins` may frame.
    ///
    /// # Errors
    /// When an origin can't be part of a header.
    pub(crate) fn new(
        sessions: Sessions,
        domain: &str,
        app_origins: &[String],
        bounds: Bounds,
    ) -> anyhow::Result<Self> {
        let policy = HeaderValue::from_str(&format!("frame-ancestors {}", app_origins.join(" ")))?;
        Ok(Self { sessions, host: Host::below(domain), bounds, app_origins: app_origins.to_vec(), policy })
    }

    /// Whom a request is for.
    ///
    /// # Errors
    /// [`HostError`] when it does not say so, or not plainly.
    pub(crate) fn destination(&self, request: &Request) -> Result<Destination, HostError> {
        self.host.destination(request.uri(), request.headers())
    }

    /// Answers a request for a preview: from its sandbox, or with a calm page that says why not. Never with the app.
    pub(crate) async fn serve(&self, label: &str, request: Request) -> Response {
        let wants_page = page::wanted(request.headers());
        let mut response = match self.answer(label, request).await {
            Ok(response) => response,
            Err(why) => page::response(why, wants_page),
        };
        headers::protect(response.headers_mut(), &self.policy);
        response
    }

    async fn answer(&self, label: &str, request: Request) -> Result<Response<Body>, page::Reason> {
        let id = label.parse().map_err(|_| page::Reason::Unknown)?;
        if pipe::is_websocket(&request) && !self.may_open_websocket(request.headers()) {
            return Err(page::Reason::Stranger);
        }
        match self.sessions.preview(&id).await {
            Ok(Preview::Live(preview)) => self.enter(preview, request).await,
            Ok(Preview::Starting) => Err(page::Reason::Starting),
            Ok(Preview::Ended) => Err(page::Reason::Ended),
            Ok(Preview::Unknown) => Err(page::Reason::Unknown),
            Err(error) => {
                tracing::error!(error = %error, "a preview could not be looked up");
                Err(page::Reason::Silent)
            }
        }
    }

    /// Whether a WebSocket is asked for by a page of the preview's own, by the app, or by no page at all. Nothing else keeps
    /// other sites' pages from opening one.
    fn may_open_websocket(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let Some((origin, (_, authority))) =
            origin.to_str().ok().and_then(|text| Some((text, text.split_once("://")?)))
        else {
            return false;
        };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        host.is_some_and(|host| host.eq_ignore_ascii_case(authority))
            || self.app_origins.iter().any(|app| app == origin)
    }

    /// Takes a request into its sandbox.
    async fn enter(&self, preview: LivePreview, request: Request) -> Result<Response<Body>, page::Reason> {
        let sandbox = std::sync::Arc::clone(&preview.sandbox);
        let traffic = &self.bounds.traffic;
        let place = preview.open(traffic).ok_or(page::Reason::Crowded)?;
        preview.send(0, traffic).map_err(|_| page::Reason::Spent)?;
        let connection = sandbox.connect(Port::DevServer).await.map_err(|error| {
            tracing::debug!(sandbox.id = %sandbox.id(), error = %error, "a preview could not be reached");
            page::Reason::Silent
        })?;
        let flow = Flow { preview, bounds: self.bounds, _place: place };
        pipe::through(connection, request, flow).await.map_err(|error| {
            match &error {
                PipeError::Http(cause) => {
                    tracing::debug!(sandbox.id = %sandbox.id(), error = %error, cause = %cause, "a preview did not answer");
                }
                PipeError::Late | PipeError::TooLarge | PipeError::Unasked => {
                    tracing::warn!(sandbox.id = %sandbox.id(), error = %error, "a preview was cut");
                }
            }
            page::Reason::Silent
        })
    }
}

impl page::Reason {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Stranger => StatusCode::FORBIDDEN,
            Self::Ended => StatusCode::GONE,
            Self::Starting | Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Silent => StatusCode::BAD_GATEWAY,
            Self::Spent => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}
