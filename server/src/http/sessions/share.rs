//! `POST` and `DELETE /api/v1/sessions/{session}/share`: links to the preview for somebody else (D7).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::wire::{ShareRequest, ShareResponse};

use crate::http::AppState;
use crate::http::json::OptionalJsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Makes a link by which somebody else sees the preview. It is void when it expires, when the session ends, and when the
/// links are revoked. It does not say the preview's own name.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/share", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    request_body(content = ShareRequest, description = "May be empty."),
    security(("session_token" = [])),
    responses((status = 201, description = "The link.", body = ShareResponse), Refusals)
)]
pub(super) async fn share(
    State(state): State<AppState>,
    Opened(access): Opened,
    OptionalJsonBody(request): OptionalJsonBody<ShareRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    Ok((StatusCode::CREATED, Json(state.sessions.share(&access, request).await?)))
}

/// Makes every link void that was made so far.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}/share", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "No earlier link works any more."), Refusals)
)]
pub(super) async fn revoke(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.revoke_shares(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
