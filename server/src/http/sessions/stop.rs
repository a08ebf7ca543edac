//! `POST /api/v1/sessions/{session}/stop`: have the agent stop.

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Stops the agent that works on a prompt. What it has done so far stays. Fine when none does.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/stop", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "It stops."), Refusals)
)]
pub(super) async fn stop(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.stop(&access)?;
    Ok(StatusCode::NO_CONTENT)
}
