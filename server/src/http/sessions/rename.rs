//! `POST /api/v1/sessions/{session}/rename`: move a file or a folder.

use axum::extract::State;
use axum::http::StatusCode;
use domain::wire::RenameRequest;

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Moves a file or a folder to where nothing is; missing folders are made.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/rename", tag = "sessions", request_body = RenameRequest,
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "It is there now."), Refusals)
)]
pub(super) async fn rename(
    State(state): State<AppState>,
    Opened(access): Opened,
    JsonBody(request): JsonBody<RenameRequest>,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.rename_file(&access, request.from, request.to).await?;
    Ok(StatusCode::NO_CONTENT)
}
