//! `POST /api/v1/demo/{session}/prompt`: ask for a change.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::wire::{Problem, PromptAccepted, PromptOutcome, PromptRequest};

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::Opened;
use crate::http::problem::ProblemResponse;
use crate::http::sessions::{PromptQuery, ask};

/// Hands a prompt to the agent. What it does is in the session's events.
#[utoipa::path(
    post, path = "/api/v1/demo/{session}/prompt", tag = "demo", request_body = PromptRequest,
    params(("session" = String, Path, description = "The session's id."), PromptQuery),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "With `wait=true`: how it went.", body = PromptOutcome),
        (status = 202, description = "The agent has begun.", body = PromptAccepted),
        (status = 401, description = "No token.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Another session's token.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such session.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Still starting, or still working.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The session has ended.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Empty, or over 4,000 characters.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "No prompts left.", body = Problem, content_type = "application/problem+json"),
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
