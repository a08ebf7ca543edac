//! `…/sessions/{session}/queue/{prompt}`: prompts that wait for their turn; `…/reset`: have the agent forget.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::wire::{Problem, PromptRequest};
use domain::{PromptId, SessionId};

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Has a waiting prompt say something else. It keeps its place.
#[utoipa::path(
    put, path = "/api/v1/sessions/{session}/queue/{prompt}", tag = "sessions", request_body = PromptRequest,
    params(
        ("session" = String, Path, description = "The session's id."),
        ("prompt" = String, Path, description = "The waiting prompt's id."),
    ),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It says this from now on."),
        (status = 404, description = "It does not wait any more.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Empty, or over 4,000 characters.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn edit(
    State(state): State<AppState>,
    Path((_, prompt)): Path<(SessionId, PromptId)>,
    Opened(access): Opened,
    JsonBody(request): JsonBody<PromptRequest>,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.edit_queued(&access, prompt, &request.text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a waiting prompt out: it is not worked on and not counted.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}/queue/{prompt}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("prompt" = String, Path, description = "The waiting prompt's id."),
    ),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It is out."),
        (status = 404, description = "It does not wait any more.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn remove(
    State(state): State<AppState>,
    Path((_, prompt)): Path<(SessionId, PromptId)>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.remove_queued(&access, prompt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Starts the conversation afresh in the same sandbox: the agent remembers nothing of what was before, files stay.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/reset", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 204, description = "It has forgotten."), Refusals)
)]
pub(super) async fn reset(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.reset_conversation(&access).await?;
    Ok(StatusCode::NO_CONTENT)
}
