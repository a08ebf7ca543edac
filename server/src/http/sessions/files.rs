//! `GET /api/v1/sessions/{session}/files`: what there is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::wire::FileEntryJson;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Everything below the workspace but what tools made of it (`node_modules`, `.git`, `.vite`), sorted by path. With the
/// `ETag` of an earlier answer as `If-None-Match` nothing is sent while nothing is different.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/files", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "The list.", body = [FileEntryJson]),
        (status = 304, description = "Nothing is different."),
        Refusals,
    )
)]
pub(super) async fn files(
    State(state): State<AppState>,
    headers: HeaderMap,
    Opened(access): Opened,
) -> Result<Response, ProblemResponse> {
    let (files, etag) = state.sessions.files(&access).await?;
    let etag = format!("\"{etag}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let headers = [(header::ETAG, etag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, Json(files)).into_response())
}
