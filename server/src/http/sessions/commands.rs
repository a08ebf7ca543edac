//! `…/commands/{command}`: stop a command, and read all that it wrote (D4).

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::CommandId;
use sessions::SessionError;

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

fn command_id(text: &str) -> Result<CommandId, ProblemResponse> {
    text.parse().map_err(|_| SessionError::NoSuchCommand.into())
}

/// Stops a command and all it started. One that is over stays as it is.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/commands/{command}/stop", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("command" = String, Path, description = "The command's id."),
    ),
    security(("session_token" = [])),
    responses((status = 204, description = "It stops, or was over."), Refusals)
)]
pub(super) async fn stop(
    State(state): State<AppState>,
    Path((_, command)): Path<(String, String)>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.stop_command(&access, command_id(&command)?)?;
    Ok(StatusCode::NO_CONTENT)
}

/// All that is kept of what a command wrote, up to 1 MiB, in the order it came.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/commands/{command}/output", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("command" = String, Path, description = "The command's id."),
    ),
    security(("session_token" = [])),
    responses((status = 200, description = "The text.", content_type = "text/plain", body = String), Refusals)
)]
pub(super) async fn output(
    State(state): State<AppState>,
    Path((_, command)): Path<(String, String)>,
    Opened(access): Opened,
) -> Result<impl IntoResponse, ProblemResponse> {
    let text = state.sessions.command_output(&access, command_id(&command)?).await?;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, text))
}
