//! `GET`, `PUT` and `DELETE /api/v1/sessions/{session}/files/{path}`: one file (D5).

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::WorkspacePath;
use domain::wire::{FileSaved, Problem};
use sessions::Expected;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// A path below the workspace, as an address spells it.
pub(super) fn workspace_path(text: &str) -> Result<WorkspacePath, ProblemResponse> {
    text.parse().map_err(|error: domain::PathError| {
        ProblemResponse::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "path",
            format!("The path can't be used: {error}."),
        )
    })
}

/// A file's bytes as an answer that no browser shows as a page of ours, whatever the bytes say.
pub(super) fn as_bytes(file: sessions::FileContent) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::ETAG, format!("\"{}\"", file.etag)),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, file.content).into_response()
}

/// One file's bytes. `ETag` names exactly this content.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/files/{*path}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("path" = String, Path, description = "Where, relative to the workspace."),
    ),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "The bytes.", content_type = "application/octet-stream", body = [u8]),
        (status = 413, description = "Over 2 MiB.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn read(
    State(state): State<AppState>,
    Path((_, path)): Path<(String, String)>,
    Opened(access): Opened,
) -> Result<Response, ProblemResponse> {
    Ok(as_bytes(state.sessions.read_file(&access, &workspace_path(&path)?).await?))
}

/// What `If-Match` and `If-None-Match` ask for. What can't be read is refused: to pass over it would overwrite somebody's work.
fn expected(headers: &HeaderMap) -> Result<Expected, ProblemResponse> {
    let refused = |name: &str| {
        let detail = format!("`{name}` must be `*` or the `ETag` of a file that was read.");
        ProblemResponse::new(StatusCode::BAD_REQUEST, "condition", detail)
    };
    let only_new = headers.get(header::IF_NONE_MATCH).map(|value| value.as_bytes() == b"*");
    let matching = headers.get(header::IF_MATCH).map(|value| value.to_str().map(str::trim));
    match (only_new, matching) {
        (None, None) => Ok(Expected::Any),
        (Some(true), None) => Ok(Expected::Absent),
        (Some(_), _) => Err(refused("If-None-Match")),
        (None, Some(Ok("*"))) => Ok(Expected::Present),
        (None, Some(Ok(names))) => {
            let names = names
                .split(',')
                .map(|name| name.trim().trim_start_matches("W/").trim_matches('"').to_owned());
            Ok(Expected::Content(names.collect()))
        }
        (None, Some(Err(_))) => Err(refused("If-Match")),
    }
}

/// Makes a file hold the body; missing folders are made. With the `ETag` of what was read as `If-Match`, nobody else's newer
/// work is overwritten.
#[utoipa::path(
    put, path = "/api/v1/sessions/{session}/files/{*path}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("path" = String, Path, description = "Where, relative to the workspace."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of what shall be overwritten."),
        ("If-None-Match" = Option<String>, Header, description = "`*`: only where nothing is."),
    ),
    request_body(content = [u8], content_type = "application/octet-stream", description = "Up to 2 MiB."),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "It is written.", body = FileSaved),
        (status = 412, description = "It holds something else by now.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Over 2 MiB.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn write(
    State(state): State<AppState>,
    Path((_, path)): Path<(String, String)>,
    Opened(access): Opened,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<FileSaved>, ProblemResponse> {
    let path = workspace_path(&path)?;
    let content = body.map_err(|_| {
        let detail = "A file that is written in one piece has up to 2 MiB.";
        ProblemResponse::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large", detail)
    })?;
    let sessions = state.sessions.clone();
    let expected = expected(&headers)?;
    // Carried through also when the browser goes away: the journal must tell of what was written.
    let writing = tokio::spawn(async move { sessions.write_file(&access, path, content, expected).await });
    Ok(Json(writing.await.map_err(|_| ProblemResponse::broken())??))
}

/// Removes a file, or a folder with all it holds.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}/files/{*path}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("path" = String, Path, description = "Where, relative to the workspace."),
    ),
    security(("session_token" = [])),
    responses((status = 204, description = "It is gone."), Refusals)
)]
pub(super) async fn remove(
    State(state): State<AppState>,
    Path((_, path)): Path<(String, String)>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.remove_file(&access, workspace_path(&path)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
