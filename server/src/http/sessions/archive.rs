//! `GET /api/v1/sessions/{session}/archive`: the workspace as one file (D9).

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::wire::ArchiveCheck;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// What is wanted.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct ArchiveQuery {
    /// `true`: only say whether it is small enough. Default `false`.
    #[serde(default)]
    check: bool,
}

/// The workspace as a gzipped tar, without `.git`, `node_modules`, `__pycache__`, `.venv`, `dist` and `build`. It is streamed as it
/// is made; one that gets larger than 100 MB is broken off, so that no client takes it for whole. Ask with `check=true` first
/// to be told beforehand.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/archive", tag = "sessions",
    params(("session" = String, Path, description = "The session's id."), ArchiveQuery),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "The archive; with `check=true` whether it is small enough.", content(
            ([u8] = "application/gzip"), (ArchiveCheck = "application/json"),
        )),
        Refusals,
    )
)]
pub(super) async fn archive(
    State(state): State<AppState>,
    Query(query): Query<ArchiveQuery>,
    Opened(access): Opened,
) -> Result<Response, ProblemResponse> {
    if query.check {
        return Ok(Json(state.sessions.check_archive(&access).await?).into_response());
    }
    let archive = state.sessions.archive(&access).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/gzip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", archive.file_name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(archive.content)).into_response())
}
