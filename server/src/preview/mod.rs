//! The preview gateway: `{preview_id}.{domain}` leads into one sandbox's dev server, and nowhere else (J2).

mod bounds;
mod caching;
mod flow;
mod headers;
mod host;
mod page;
mod pipe;
mod visit;
mod warning;

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use sandbox::Port;
use sessions::{LivePreview, Preview, SessionError, Sessions, Visitor};

use crate::http::client::cookie;
use crate::http::{Asked, RateLimits, Surface};

pub(crate) use bounds::Bounds;
use flow::Flow;
use host::Host;
pub(crate) use host::{Destination, HostError};
use pipe::PipeError;
use visit::{Admission, Visit};
use warning::Ours;

/// Serves previews by their host name.
pub(crate) struct Gateway {
    sessions: Sessions,
    limits: Arc<RateLimits>,
    host: Host,
    bounds: Bounds,
    /// Whether cookies must travel over TLS only.
    secure_cookies: bool,
    /// Where the app is reached.
    app_origins: Vec<String>,
    /// `frame-ancestors` of every answer: the app's own origins.
    policy: HeaderValue,
}

impl Gateway {
    /// A gateway for the names below the preview domain, whose answers only the app's pages may frame.
    ///
    /// # Errors
    /// When an origin can't be part of a header.
    pub(crate) fn new(
        sessions: Sessions,
        limits: Arc<RateLimits>,
        bounds: Bounds,
        surface: &Surface,
    ) -> anyhow::Result<Self> {
        let app_origins = surface.origins.clone();
        let policy = HeaderValue::from_str(&format!("frame-ancestors {}", app_origins.join(" ")))?;
        let host = Host::below(&sessions.config().preview.domain);
        let secure_cookies = surface.secure_cookies;
        Ok(Self { sessions, limits, host, bounds, secure_cookies, app_origins, policy })
    }

    /// Whom a request is for.
    ///
    /// # Errors
    /// [`HostError`] when it does not say so, or not plainly.
    pub(crate) fn destination(&self, request: &Request) -> Result<Destination, HostError> {
        self.host.destination(request.uri(), request.headers())
    }

    /// Answers a request for a preview: from its sandbox, or with a calm page that says why not. Never with the app.
    pub(crate) async fn serve(&self, name: &str, request: Request, address: Option<IpAddr>) -> Response {
        let wants_page = page::wanted(request.headers());
        let answered = match warning::ours(&request) {
            Some(Ours::Visit) => self.let_in(name, request.uri()).await,
            Some(Ours::Report) => self.report(name, request.uri(), address).await,
            Some(Ours::Nothing) => Err(page::Reason::Unknown),
            None => self.answer(name, request).await,
        };
        let mut response = answered.unwrap_or_else(|why| page::response(why, wants_page));
        headers::protect(response.headers_mut(), &self.policy);
        response
    }

    async fn answer(&self, name: &str, request: Request) -> Result<Response<Body>, page::Reason> {
        let websocket = pipe::is_websocket(&request);
        if websocket && !self.may_open_websocket(request.headers()) {
            return Err(page::Reason::Stranger);
        }
        let preview = self.look_up(name).await?;
        let pass = cookie(request.headers(), warning::cookie_name(self.secure_cookies));
        let warned = pass.is_some_and(|pass| pass == self.sessions.visit_pass(&preview));
        let visit = Visit::of(request.headers(), websocket, &self.app_origins);
        match visit.admission(preview.standing(), preview.is_shared(), warned) {
            Admission::Enter => {
                let pass = (visit == Visit::FromApp).then(|| self.pass(&preview)).flatten();
                let remaining = preview.remaining;
                let mut response = self.enter(preview, request).await?;
                caching::bound(response.headers_mut(), visit, remaining);
                response.headers_mut().extend(pass.map(|pass| (header::SET_COOKIE, pass)));
                Ok(response)
            }
            Admission::Warn => {
                let by_itself =
                    request.headers().get("sec-fetch-site").is_some_and(|site| site == "same-origin");
                let ticket = (!by_itself).then(|| self.sessions.warning_ticket(&preview));
                let to = request.uri().path_and_query().map_or("/", |path| path.as_str());
                Ok(warning::page(preview.standing(), to, ticket.as_deref()))
            }
            Admission::Closed => Err(page::Reason::Closed),
            Admission::Withdrawn => Err(page::Reason::Withdrawn),
            Admission::NoWorkers => Err(page::Reason::NoWorkers),
        }
    }

    /// The living preview of a name.
    async fn look_up(&self, name: &str) -> Result<LivePreview, page::Reason> {
        match self.sessions.preview(name).await {
            Ok(Preview::Live(preview)) => Ok(preview),
            Ok(Preview::Starting) => Err(page::Reason::Starting),
            Ok(Preview::Paused) => Err(page::Reason::Paused),
            Ok(Preview::Ended) => Err(page::Reason::Ended),
            Ok(Preview::Withdrawn) => Err(page::Reason::Withdrawn),
            Ok(Preview::Unknown) => Err(page::Reason::Unknown),
            Err(error) => {
                tracing::error!(error = %error, "a preview could not be looked up");
                Err(page::Reason::Silent)
            }
        }
    }

    /// A visitor was warned and goes on.
    async fn let_in(&self, name: &str, uri: &Uri) -> Result<Response<Body>, page::Reason> {
        let preview = self.look_up(name).await?;
        let again = self.warning_again(&preview, uri);
        Ok(again.unwrap_or_else(|| warning::let_in(&warning::wanted(uri), self.pass(&preview))))
    }

    /// The warning once more, when a button was pressed on none that holds now: it is too old, or the preview stands worse.
    fn warning_again(&self, preview: &LivePreview, uri: &Uri) -> Option<Response<Body>> {
        let holds = self.sessions.is_warning_ticket(preview, warning::ticket(uri));
        (!holds).then(|| {
            let ticket = self.sessions.warning_ticket(preview);
            warning::page(preview.standing(), &warning::wanted(uri), Some(&ticket))
        })
    }

    /// The cookie by which a browser is known that need not be warned again.
    fn pass(&self, preview: &LivePreview) -> Option<HeaderValue> {
        let pass = self.sessions.visit_pass(preview);
        warning::cookie(&pass, preview.remaining.as_secs(), self.secure_cookies)
    }

    /// A visitor reports a preview.
    async fn report(
        &self,
        name: &str,
        uri: &Uri,
        address: Option<IpAddr>,
    ) -> Result<Response<Body>, page::Reason> {
        let address = address.ok_or(page::Reason::Silent)?;
        let visitor = Visitor { address, fingerprint: None };
        self.limits.check(Asked::Report, visitor.network()).map_err(|_| page::Reason::Crowded)?;
        let preview = self.look_up(name).await?;
        if let Some(warning) = self.warning_again(&preview, uri) {
            return Ok(warning);
        }
        match self.sessions.report(name, &visitor, "").await {
            Ok(()) => Ok(warning::thanks()),
            Err(SessionError::Unknown) => Err(page::Reason::Unknown),
            Err(error) => {
                tracing::error!(error = ?error, "a report could not be kept");
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
        let sandbox = Arc::clone(&preview.sandbox);
        let traffic = &self.bounds.traffic;
        let place = preview.open(traffic).ok_or(page::Reason::Crowded)?;
        preview.pass(0, traffic).map_err(|_| page::Reason::Spent)?;
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
                PipeError::Late
                | PipeError::TooLarge
                | PipeError::RequestTooLarge
                | PipeError::Spent
                | PipeError::Unasked => {
                    tracing::warn!(sandbox.id = %sandbox.id(), error = %error, "a preview was cut");
                }
            }
            match error {
                PipeError::Late => page::Reason::Late,
                PipeError::RequestTooLarge => page::Reason::TooLarge,
                PipeError::Spent => page::Reason::Spent,
                PipeError::Http(_) | PipeError::TooLarge | PipeError::Unasked => page::Reason::Silent,
            }
        })
    }
}

impl page::Reason {
    pub(crate) const fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Stranger | Self::Closed | Self::NoWorkers => StatusCode::FORBIDDEN,
            Self::Ended | Self::Withdrawn => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Crowded | Self::Spent => StatusCode::TOO_MANY_REQUESTS,
            Self::Silent => StatusCode::BAD_GATEWAY,
            Self::Starting | Self::Paused => StatusCode::SERVICE_UNAVAILABLE,
            Self::Late => StatusCode::GATEWAY_TIMEOUT,
        }
    }
}
