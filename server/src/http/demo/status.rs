//! `GET /api/v1/demo/{session}/status`: where a session stands.

use axum::Json;
use axum::extract::State;
use domain::wire::{Problem, SessionJson};

use crate::http::AppState;
use crate::http::opened::Opened;
use crate::http::problem::ProblemResponse;

/// Where a session stands, also after it has ended.
#[utoipa::path(
    get, path = "/api/v1/demo/{session}/status", tag = "demo",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "The session.", body = SessionJson),
        (status = 401, description = "No token.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Another session's token.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such session.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn status(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<Json<SessionJson>, ProblemResponse> {
    Ok(Json(state.sessions.status(&access).await?))
}
