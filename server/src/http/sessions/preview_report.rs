//! `POST …/{session}/preview-report`: what the page that frames a preview heard in its console (G4).

use axum::extract::State;
use axum::http::StatusCode;
use domain::wire::{PreviewReport, Problem};

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// Tells of errors in the preview's console. When the newest prompt may be to blame, the agent mends it: the events say so.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/preview-report", tag = "sessions", request_body = PreviewReport,
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses(
        (status = 204, description = "It was heard."),
        (status = 422, description = "No error, or too many or too long ones.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "More than 20 reports within a minute.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn preview_report(
    State(state): State<AppState>,
    Opened(access): Opened,
    JsonBody(report): JsonBody<PreviewReport>,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.report_preview(&access, &report.errors)?;
    Ok(StatusCode::NO_CONTENT)
}
