//! `…/versions`: what the workspace held, what changed, and going back (G4, D5).

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::wire::{RestoreRequest, RestoreResponse};
use domain::{FileChange, VersionView};
use serde::Deserialize;
use utoipa::IntoParams;

use super::file::{as_bytes, workspace_path};
use crate::http::AppState;
use crate::http::json::OptionalJsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// What a version is compared with.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct DiffQuery {
    /// The version that comes before; 0 is an empty workspace. Default: the one before it.
    from: Option<u32>,
}

/// Every version, oldest first; also after the session has ended.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/versions", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 200, description = "The versions.", body = [VersionView]), Refusals)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<Json<Vec<VersionView>>, ProblemResponse> {
    Ok(Json(state.sessions.versions(&access).await?))
}

/// What is different in a version.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/versions/{version}/diff", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("version" = u32, Path, description = "The version."), DiffQuery,
    ),
    security(("session_token" = [])),
    responses((status = 200, description = "The files that differ.", body = [FileChange]), Refusals)
)]
pub(super) async fn diff(
    State(state): State<AppState>,
    Path((_, version)): Path<(String, u32)>,
    Query(query): Query<DiffQuery>,
    Opened(access): Opened,
) -> Result<Json<Vec<FileChange>>, ProblemResponse> {
    Ok(Json(state.sessions.version_diff(&access, version, query.from).await?))
}

/// One file as it was in a version.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/versions/{version}/files/{*path}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("version" = u32, Path, description = "The version."),
        ("path" = String, Path, description = "Where, relative to the workspace."),
    ),
    security(("session_token" = [])),
    responses((status = 200, description = "The bytes.", content_type = "application/octet-stream", body = [u8]), Refusals)
)]
pub(super) async fn file(
    State(state): State<AppState>,
    Path((_, version, path)): Path<(String, u32, String)>,
    Opened(access): Opened,
) -> Result<Response, ProblemResponse> {
    let path = workspace_path(&path)?;
    Ok(as_bytes(state.sessions.version_file(&access, version, &path).await?))
}

/// Brings a version back, whole or one file of it. That is a version of its own, and so is what was there before.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/versions/{version}/restore", tag = "sessions",
    request_body(content = RestoreRequest, description = "May be empty."),
    params(
        ("session" = String, Path, description = "The session's id."),
        ("version" = u32, Path, description = "The version."),
    ),
    security(("session_token" = [])),
    responses((status = 200, description = "It is back.", body = RestoreResponse), Refusals)
)]
pub(super) async fn restore(
    State(state): State<AppState>,
    Path((_, version)): Path<(String, u32)>,
    Opened(access): Opened,
    OptionalJsonBody(request): OptionalJsonBody<RestoreRequest>,
) -> Result<Json<RestoreResponse>, ProblemResponse> {
    // Carried through also when the browser goes away: half a version is none.
    let sessions = state.sessions.clone();
    let path = request.path;
    let restoring = tokio::spawn(async move { sessions.restore(&access, version, path.as_ref()).await });
    let version = restoring.await.map_err(|_| ProblemResponse::broken())??;
    Ok(Json(RestoreResponse { version }))
}
