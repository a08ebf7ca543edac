//! `POST /api/v1/sessions/{session}/stop`: have the agent stop.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// What shall stop.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct StopQuery {
    /// `true`: prompts that wait are taken out as well. Default `false`: the next one's turn comes.
    #[serde(default)]
    all: bool,
}

/// Stops the agent that works on a prompt. What it has done so far stays. Fine when none does.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/stop", tag = "sessions",
    params(("session" = String, Path, description = "The session's id."), StopQuery),
    security(("session_token" = [])),
    responses((status = 204, description = "It stops."), Refusals)
)]
pub(super) async fn stop(
    State(state): State<AppState>,
    Query(query): Query<StopQuery>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.stop(&access, query.all).await?;
    Ok(StatusCode::NO_CONTENT)
}
