//! `POST /api/v1/sessions/{session}/resume`: let a stopped sandbox go on.

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Lets a sandbox go on that was stopped because it kept a processor busy. One that was not stopped goes on anyway.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/resume", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "It goes on."), Refusals)
)]
pub(super) async fn resume(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.resume(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
