//! `POST /api/v1/demo/{session}/resume`: let a stopped sandbox go on.

use axum::extract::State;
use axum::http::StatusCode;
use domain::wire::Problem;

use crate::http::AppState;
use crate::http::opened::Opened;
use crate::http::problem::ProblemResponse;

/// Lets a sandbox go on that was stopped because it kept a processor busy. One that was not stopped goes on anyway; one that
/// has to be stopped a second time is ended.
#[utoipa::path(
    post, path = "/api/v1/demo/{session}/resume", tag = "demo",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It goes on."),
        (status = 401, description = "No token.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Another session's token.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such session.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The session has ended.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn resume(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.resume(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
