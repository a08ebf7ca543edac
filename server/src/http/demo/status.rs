//! `GET /api/v1/demo/{session}/status`: where a session stands.

use axum::Json;
use axum::extract::{Path, State};
use domain::wire::{Problem, SessionJson};

use super::open;
use crate::http::AppState;
use crate::http::client::ShownToken;
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
    Path(session): Path<String>,
    token: ShownToken,
) -> Result<Json<SessionJson>, ProblemResponse> {
    let access = open(&state, &session, token).await?;
    Ok(Json(state.sessions.status(&access).await?))
}
