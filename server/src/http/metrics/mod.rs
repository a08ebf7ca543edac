//! `/metrics`: the pool, the sessions, the money and the funnel, as OpenMetrics text (H10, A10, I4).

mod figure;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use store::FunnelCount;

use super::AppState;
use figure::{Figure, Figures};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics(State(state): State<AppState>) -> Response {
    let funnel = match state.sessions.funnel().await {
        Ok(funnel) => funnel,
        Err(error) => {
            tracing::warn!(error = %error, "the funnel could not be read");
            Vec::new()
        }
    };
    let figures = [pool(&state), demos(&state), money(&state), visitors(&funnel)].concat();
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Figures(figures)));
    let mut text = String::new();
    if encode(&mut text, &registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
        .into_response()
}

fn pool(state: &AppState) -> Vec<Figure> {
    let pool = state.sessions.pool().borrow().clone();
    vec![
        Figure::gauge("sandglass_pool_ready", "Warm sandboxes waiting.", pool.ready),
        Figure::gauge("sandglass_pool_creating", "Sandboxes in the making.", pool.creating),
        Figure::gauge("sandglass_pool_in_use", "Sandboxes that belong to sessions.", pool.in_use),
        Figure::gauge("sandglass_pool_sandboxes", "Sandboxes in every state together.", pool.total),
        Figure::counter("sandglass_pool_acquires", "Sandboxes acquired.", pool.total_acquires),
        Figure::counter(
            "sandglass_pool_acquires_from_pool",
            "Sandboxes acquired that were warm.",
            pool.acquires_from_pool,
        ),
        Figure::counter(
            "sandglass_pool_acquires_cold_start",
            "Sandboxes acquired that had to be made.",
            pool.total_acquires.saturating_sub(pool.acquires_from_pool),
        ),
        Figure::gauge(
            "sandglass_pool_create_failures",
            "Creations that failed in a row.",
            pool.create_failures,
        ),
        Figure::seconds(
            "sandglass_pool_create_seconds",
            "Median of the newest creations; absent before the first.",
            pool.create_ms,
        ),
    ]
}

fn demos(state: &AppState) -> Vec<Figure> {
    let demos = state.sessions.availability().borrow().building_now;
    let tally = state.sessions.tally();
    vec![
        Figure::gauge("sandglass_demo_sessions", "Demos that run now.", demos),
        Figure::counters(
            "sandglass_claims",
            "Claims by how they went, or why they were refused.",
            "outcome",
            &tally.claims,
        ),
        Figure::counters("sandglass_sessions_ended", "Sessions by why they ended.", "reason", &tally.ends),
        Figure::counters("sandglass_prompts", "Prompts by how they went.", "status", &tally.prompts),
        Figure::histogram(
            "sandglass_claim_seconds",
            "From a claim's request to its answer, refusals left out.",
            &tally.claim,
        ),
        Figure::histogram(
            "sandglass_first_change_seconds",
            "From a claim to the first file that the agent changed.",
            &tally.first_change,
        ),
    ]
}

fn money(state: &AppState) -> Vec<Figure> {
    let spending = state.sessions.spending();
    vec![
        Figure::gauge(
            "sandglass_spent_today_dollars",
            "What sandboxes have cost today, in the configured zone.",
            spending.spent.dollars(),
        ),
        Figure::gauge("sandglass_daily_cap_dollars", "What may be spent on a day.", spending.cap.dollars()),
    ]
}

fn visitors(funnel: &[FunnelCount]) -> Vec<Figure> {
    vec![Figure::funnel(
        "sandglass_funnel",
        "Visitors by how far they came, since this database began; views may be repeated by whoever likes.",
        funnel,
    )]
}
