//! `GET /api/v1/sessions/{session}`: where a session stands.

use axum::Json;
use axum::extract::State;
use domain::wire::SessionJson;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Where a session stands, also after it has ended.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 200, description = "The session.", body = SessionJson), Refusals)
)]
pub(super) async fn status(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<Json<SessionJson>, ProblemResponse> {
    Ok(Json(state.sessions.status(&access).await?))
}
