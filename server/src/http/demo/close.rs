//! `DELETE /api/v1/demo/{session}`: done with it.

use axum::extract::State;
use axum::http::StatusCode;
use domain::wire::Problem;

use crate::http::AppState;
use crate::http::opened::Opened;
use crate::http::problem::ProblemResponse;

/// Ends a demo and destroys its sandbox. Ending it again is fine, and so is one that was kept with an account: that one goes on.
#[utoipa::path(
    delete, path = "/api/v1/demo/{session}", tag = "demo",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It has ended, now or before, or is a demo no more."),
        (status = 401, description = "No token.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Another session's token.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such session.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn close(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.close_demo(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
