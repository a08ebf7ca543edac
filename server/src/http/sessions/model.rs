//! `…/sessions/{session}/model`: who answers its prompts (G3).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::wire::{ModelChoice, ModelChoiceJson, Problem};

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Who answers its prompts, who may be chosen, and what language models consumed of what they may.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/model", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 200, description = "Who answers.", body = ModelChoiceJson), Refusals)
)]
pub(super) async fn model(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<Json<ModelChoiceJson>, ProblemResponse> {
    Ok(Json(state.sessions.model(&access)?))
}

/// Has another one answer the prompts that come. Only in workspaces there is a choice.
#[utoipa::path(
    put, path = "/api/v1/sessions/{session}/model", tag = "sessions", request_body = ModelChoice,
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It answers from the next prompt on."),
        (status = 422, description = "It may not be chosen here.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn choose(
    State(state): State<AppState>,
    Opened(access): Opened,
    JsonBody(choice): JsonBody<ModelChoice>,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.choose_model(&access, &choice.model).await?;
    Ok(StatusCode::NO_CONTENT)
}
