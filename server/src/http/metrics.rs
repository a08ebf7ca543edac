//! `/metrics`: the pool and the sessions in Prometheus' text format (H10).

use std::fmt::Write as _;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    let pool = state.sessions.pool().borrow().clone();
    let counted = state.sessions.pool_metrics();
    let demos = state.sessions.availability().borrow().building_now;
    let figures: [(&str, &str, &str, u64); 8] = [
        ("sandglass_pool_ready", "gauge", "Warm sandboxes waiting.", pool.ready.into()),
        ("sandglass_pool_creating", "gauge", "Sandboxes in the making.", pool.creating.into()),
        ("sandglass_pool_in_use", "gauge", "Sandboxes that belong to sessions.", pool.in_use.into()),
        ("sandglass_pool_acquires_total", "counter", "Sandboxes acquired.", counted.total_acquires),
        (
            "sandglass_pool_acquires_from_pool_total",
            "counter",
            "Sandboxes acquired that were warm.",
            counted.acquires_from_pool,
        ),
        (
            "sandglass_pool_create_failures",
            "gauge",
            "Creations that failed in a row.",
            pool.create_failures.into(),
        ),
        (
            "sandglass_pool_create_milliseconds",
            "gauge",
            "Median of the newest creations; 0 before the first.",
            pool.create_ms.unwrap_or(0),
        ),
        ("sandglass_demo_sessions", "gauge", "Demos that run now.", demos.into()),
    ];
    let mut text = String::new();
    for (name, kind, help, value) in figures {
        // Writing to a string can't fail.
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
