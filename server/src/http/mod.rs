//! The HTTP surface: which address leads where.
//!
//! ```text
//! {preview_id}.{preview_domain}   →  preview gateway, nothing else
//! any other host                  →  /api/…, /healthz, /readyz, /metrics, pages, static files
//! ```

mod client;
mod demo;
mod docs;
mod framing;
mod guard;
mod health;
mod json;
mod metrics;
mod pages;
mod problem;

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::Response;
use leptos::config::LeptosOptions;
use sessions::Sessions;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use crate::preview::{Destination, Gateway};
use docs::BearerToken;

/// What handlers need.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) sessions: Sessions,
    pub(crate) leptos: LeptosOptions,
    pub(crate) surface: Arc<Surface>,
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
    /// What the pages' content security policy lets be framed, such as `http://*.preview.localhost:3000`.
    pub(crate) preview_source: String,
    /// Whether sandboxes are simulated.
    pub(crate) simulated: bool,
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
    tags((name = "demo", description = "The live demo: claim, prompt, watch, end."))
)]
struct ApiDoc;

/// The whole surface of the app, without previews.
fn app(state: AppState) -> Router {
    let (api, document) =
        OpenApiRouter::with_openapi(ApiDoc::openapi()).merge(demo::routes()).split_for_parts();
    let document = Arc::new(document);
    Router::new()
        .merge(api)
        .merge(docs::routes(document))
        .merge(health::routes())
        .merge(metrics::routes())
        .layer(middleware::from_fn(guard::same_origin_writes))
        .merge(pages::routes(&state))
        .layer(middleware::from_fn(guard::headers))
        .with_state(state)
}

/// The app and the previews, told apart by the `Host` header alone.
pub(crate) fn service(state: AppState, gateway: Arc<Gateway>) -> Router {
    let app = app(state);
    Router::new().fallback(move |request: Request| {
        let (app, gateway) = (app.clone(), Arc::clone(&gateway));
        async move { dispatch(&gateway, app, request).await }
    })
}

async fn dispatch(gateway: &Gateway, app: Router, request: Request) -> Response {
    if let Err(why) = framing::check(&request) {
        return framing::refused(&why, why.status());
    }
    let is_last = framing::is_last(request.headers());
    let mut response = match gateway.destination(&request) {
        Ok(Destination::Preview(label)) => gateway.serve(&label, request).await,
        Ok(Destination::App) => match app.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        Err(why) => framing::refused(&why, StatusCode::BAD_REQUEST),
    };
    if is_last {
        framing::close_after(&mut response);
    }
    response
}
