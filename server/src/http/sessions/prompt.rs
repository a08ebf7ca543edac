//! `POST /api/v1/sessions/{session}/prompt`: ask for a change.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::wire::{Problem, PromptAccepted, PromptOutcome, PromptRequest};
use serde::Deserialize;
use sessions::Access;
use utoipa::IntoParams;

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// How the answer is wanted.
#[derive(Debug, Deserialize, IntoParams)]
pub(in crate::http) struct PromptQuery {
    /// `true`: answer when the agent is done. Default `false`: answer at once.
    #[serde(default)]
    wait: bool,
}

/// Hands a prompt to the agent. What it does is in the session's events.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/prompt", tag = "sessions", request_body = PromptRequest,
    params(("session" = String, Path, description = "The session's id."), PromptQuery),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "With `wait=true`: how it went.", body = PromptOutcome),
        (status = 202, description = "The agent has begun, or the prompt waits for its turn.", body = PromptAccepted),
        (status = 422, description = "Empty, or over 4,000 characters.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "No prompts left, or as many wait as may.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn prompt(
    State(state): State<AppState>,
    Query(query): Query<PromptQuery>,
    Opened(access): Opened,
    JsonBody(request): JsonBody<PromptRequest>,
) -> Result<Response, ProblemResponse> {
    ask(&state, &access, &query, &request).await
}

/// Hands the prompt over and answers as it is wanted.
pub(in crate::http) async fn ask(
    state: &AppState,
    access: &Access,
    query: &PromptQuery,
    request: &PromptRequest,
) -> Result<Response, ProblemResponse> {
    let accepted = state.sessions.prompt(access, &request.text).await?;
    if !query.wait {
        return Ok((StatusCode::ACCEPTED, Json(accepted)).into_response());
    }
    let outcome = state.sessions.outcome(access, accepted.prompt_id).await?;
    Ok(Json(outcome).into_response())
}
