//! `DELETE /api/v1/sessions/{session}`: done with it.

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Ends a session and destroys its sandbox. Ending it again is fine.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "It has ended, now or before."), Refusals)
)]
pub(super) async fn close(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.close(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
