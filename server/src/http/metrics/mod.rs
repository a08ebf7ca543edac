//! `/metrics`: the pool, the sessions, the money and the funnel, as OpenMetrics text (H10, A10, I4).

mod figure;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ModelUse;
use pool::{CircuitState, PoolMetrics};
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
    let models = match state.sessions.model_use().await {
        Ok(models) => models,
        Err(error) => {
            tracing::warn!(error = %error, "what models consumed could not be read");
            Vec::new()
        }
    };
    let figures = [pools(&state), demos(&state), money(&state), tokens(&models), visitors(&funnel)].concat();
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Figures(figures)));
    let mut text = String::new();
    if encode(&mut text, &registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
        .into_response()
}

/// Each pool's figures, told apart by template, and what they hold together.
fn pools(state: &AppState) -> Vec<Figure> {
    let pools = state.sessions.pool_metrics();
    let each = pools.iter().map(|(template, metrics)| {
        pool(metrics).into_iter().map(|figure| figure.labelled("template", template.as_str())).collect()
    });
    let total = state.sessions.sandboxes();
    let together = Figure::gauge("sandglass_sandboxes", "Sandboxes in every pool and state together.", total);
    std::iter::once(together).chain(Figure::joined(each)).collect()
}

fn pool(pool: &PoolMetrics) -> Vec<Figure> {
    let removed = vec![
        ("unhealthy", pool.health_removals),
        ("old", pool.evictions_old),
        ("outdated", pool.evictions_outdated),
        ("surplus", pool.evictions_surplus),
    ];
    let oldest_ms = pool.oldest_age.map(|age| u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
    vec![
        Figure::gauge("sandglass_pool_ready", "Warm sandboxes waiting.", pool.ready),
        Figure::gauge("sandglass_pool_wanted", "Warm sandboxes that are wanted now.", pool.wanted),
        Figure::gauge("sandglass_pool_creating", "Sandboxes in the making.", pool.creating),
        Figure::gauge("sandglass_pool_in_use", "Sandboxes that belong to sessions.", pool.in_use),
        Figure::counter("sandglass_pool_acquires", "Sandboxes acquired.", pool.total_acquires),
        Figure::counter(
            "sandglass_pool_acquires_from_pool",
            "Sandboxes acquired that were warm.",
            pool.acquires_from_pool,
        ),
        Figure::counter(
            "sandglass_pool_acquires_cold_start",
            "Sandboxes acquired that had to be made.",
            pool.acquires_cold_start,
        ),
        Figure::share(
            "sandglass_pool_hit_rate",
            "The share of acquires that got a warm sandbox; absent before the first.",
            pool.pool_hit_rate,
        ),
        Figure::counter("sandglass_pool_failed_creates", "Creations that failed.", pool.failed_creates),
        Figure::counters(
            "sandglass_pool_removed",
            "Warm sandboxes that were removed unused, by why.",
            "reason",
            &removed,
        ),
        Figure::seconds(
            "sandglass_pool_oldest_age_seconds",
            "For how long the oldest warm sandbox has been ready; absent when there is none.",
            oldest_ms,
        ),
        Figure::gauge(
            "sandglass_pool_creation_stopped",
            "1 while creation is stopped because it kept failing.",
            if pool.circuit == CircuitState::Closed { 0_u32 } else { 1 },
        ),
        Figure::histogram(
            "sandglass_pool_acquire_warm_seconds",
            "From asking for a sandbox to having a warm one.",
            &pool.acquire_warm,
        ),
        Figure::histogram(
            "sandglass_pool_acquire_cold_seconds",
            "From asking for a sandbox to having one that was made for it.",
            &pool.acquire_cold,
        ),
        Figure::histogram("sandglass_pool_create_seconds", "Making a sandbox.", &pool.create),
    ]
}

fn demos(state: &AppState) -> Vec<Figure> {
    let demos = state.sessions.availability().borrow().building_now;
    let tally = state.sessions.tally();
    let reuse = state.sessions.reuse();
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
        Figure::counters(
            "sandglass_watched",
            "Sandboxes paused, and previews flagged, reported and closed.",
            "what",
            &tally.watched,
        ),
        Figure::share(
            "sandglass_workspace_reuse_rate",
            "Of the prompts in workspaces, those that met a sandbox which had served its session before.",
            reuse.rate,
        ),
        Figure::seconds(
            "sandglass_workspace_oldest_age_seconds",
            "The age of the oldest living workspace.",
            reuse.oldest_age_ms,
        ),
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
            "What sandboxes and models have cost today, in the configured zone.",
            spending.spent.dollars(),
        ),
        Figure::gauge("sandglass_daily_cap_dollars", "What may be spent on a day.", spending.cap.dollars()),
    ]
}

fn tokens(models: &[(String, ModelUse)]) -> Vec<Figure> {
    vec![
        Figure::tokens(
            "sandglass_model_tokens",
            "Tokens that models read and wrote, since this database began.",
            models,
        ),
        Figure::costs(
            "sandglass_model_cost_micro_dollars",
            "What models cost, in millionths of a dollar, since this database began.",
            models,
        ),
    ]
}

fn visitors(funnel: &[FunnelCount]) -> Vec<Figure> {
    vec![Figure::funnel(
        "sandglass_funnel",
        "Visitors by how far they came, since this database began; views may be repeated by whoever likes.",
        funnel,
    )]
}
