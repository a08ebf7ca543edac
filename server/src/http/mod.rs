//! The HTTP surface: which address leads where.
//!
//! ```text
//! {preview_id}.{preview_domain}   →  preview gateway, nothing else
//! any other host                  →  /api/…, /healthz, /readyz, /metrics, pages, static files
//! ```

mod account;
mod challenge;
pub(crate) mod client;
mod demo;
mod docs;
mod framing;
mod guard;
mod health;
mod json;
mod limits;
mod metrics;
mod opened;
mod page_access;
mod pages;
mod person;
mod problem;
mod report;
mod sessions;

use std::ops::Deref;
use std::sync::Arc;

use ::sessions::Sessions;
use accounts::Accounts;
use app::FrameworkFacts;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::Response;
use domain::TemplateName;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::preview::{Destination, Gateway};
use docs::BearerToken;
pub(crate) use limits::{Asked, Rate, RateLimits};

/// The largest body of a request: a prompt of 4,000 characters takes 16 kB as UTF-8, and six times that escaped.
const BODY_BYTES_MAX: usize = 128 * 1024;

/// What handlers need. One pointer: every layer of every request takes a copy.
#[derive(Clone)]
pub(crate) struct AppState(Arc<AppParts>);

impl AppState {
    pub(crate) fn new(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for AppState {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

/// What is in it.
pub(crate) struct AppParts {
    pub(crate) sessions: Sessions,
    pub(crate) accounts: Accounts,
    pub(crate) leptos: LeptosOptions,
    pub(crate) surface: Arc<Surface>,
    pub(crate) limits: Arc<RateLimits>,
    /// Cancelled when the server begins to stop: long answers end then.
    pub(crate) stopping: CancellationToken,
}

/// Facts about how the app is reached.
#[derive(Debug)]
pub(crate) struct Surface {
    /// How many proxies' `X-Forwarded-For` entries are believed.
    pub(crate) trusted_proxy_hops: u32,
    /// Whether cookies must travel over TLS only.
    pub(crate) secure_cookies: bool,
    /// Where the app is reached, such as `https://sandglass.example`.
    pub(crate) origins: Vec<String>,
    /// What the pages' content security policy lets be framed, such as `http://*.preview.localhost:3000`.
    pub(crate) preview_source: String,
    /// Whose scripts and frames the widget of a challenge needs, on the page that shows one.
    pub(crate) widget_sources: Option<&'static str>,
    /// Whether sandboxes are simulated.
    pub(crate) simulated: bool,
    /// What sandboxes can start from, the demo's template first.
    pub(crate) templates: Vec<TemplateName>,
    /// What prototypes can be built on, the usual one first.
    pub(crate) frameworks: Vec<FrameworkFacts>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Sandglass",
        description = "Live, isolated sandboxes behind one click. The session token is the authority: send it as \
                       `Authorization: Bearer …`; pages use a cookie.",
    ),
    modifiers(&BearerToken),
    tags(
        (name = "account", description = "Accounts: sign up, sign in, settings. A cookie is the authority, for this site's pages alone."),
        (name = "demo", description = "The live demo: claim, prompt, watch, share, end."),
        (name = "sessions", description = "Prototypes and workspaces: files, commands, versions; and any session by its id."),
        (name = "preview", description = "Previews as their visitors see them."),
    )
)]
struct ApiDoc;

/// The whole surface of the app, without previews.
fn app(state: AppState) -> Router {
    let (api, document) = OpenApiRouter::with_openapi(ApiDoc::openapi())
        .merge(account::routes())
        .merge(demo::routes())
        .merge(challenge::routes())
        .merge(sessions::routes())
        .merge(report::routes())
        .split_for_parts();
    let document = Arc::new(docs::plain_paths(document));
    Router::new()
        .merge(api)
        .merge(docs::routes(document))
        .merge(health::routes())
        .merge(metrics::routes())
        .merge(pages::routes(&state))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(person::send_renewed_token))
        .layer(middleware::from_fn_with_state(state.clone(), guard::own_pages_only))
        .layer(middleware::from_fn(guard::headers))
        .with_state(state)
}

/// The app and the previews, told apart by the `Host` header alone.
pub(crate) fn service(state: AppState, gateway: Arc<Gateway>) -> Router {
    let app = app(state.clone());
    Router::new().fallback(move |request: Request| {
        let (state, app, gateway) = (state.clone(), app.clone(), Arc::clone(&gateway));
        async move { dispatch(&state, &gateway, app, request).await }
    })
}

/// Whatever the answer is, refusals included, what follows a request that is the last of its connection is not read.
async fn dispatch(state: &AppState, gateway: &Gateway, app: Router, request: Request) -> Response {
    if let Err(why) = framing::check(&request) {
        return framing::refused(&why, why.status());
    }
    let is_last = framing::is_last(request.headers());
    let mut response = answer(state, gateway, app, request).await;
    if is_last {
        framing::close_after(&mut response);
    }
    response
}

async fn answer(state: &AppState, gateway: &Gateway, app: Router, request: Request) -> Response {
    let destination = match gateway.destination(&request) {
        Ok(destination) => destination,
        Err(why) => return framing::refused(&why, StatusCode::BAD_REQUEST),
    };
    let asked = match destination {
        Destination::App => Asked::App,
        Destination::Preview(_) => Asked::Preview,
    };
    let address = client::address(&request, state.surface.trusted_proxy_hops);
    if let Some(address) = address
        && let Err(too_often) =
            state.limits.check(asked, ::sessions::Visitor { address, fingerprint: None }.network())
    {
        return too_often.into_response();
    }
    match destination {
        Destination::Preview(label) => gateway.serve(&label, request, address).await,
        Destination::App => match app.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
    }
}
