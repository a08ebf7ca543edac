//! `POST /api/v1/sessions/{session}/exec`: run a command (D4, E8).

use axum::Json;
use axum::extract::{Query, State};
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::OutputStream;
use domain::wire::{ExecOutcome, ExecRequest, Problem};
use futures::stream::{self, StreamExt as _};
use serde::Deserialize;
use serde_json::json;
use sessions::OutputEvent;
use utoipa::IntoParams;

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::problem::ProblemResponse;

/// How the answer is wanted.
#[derive(Debug, Deserialize, IntoParams)]
pub(super) struct ExecQuery {
    /// `true`: answer when the command is over. Default `false`: answer with what it does, as it comes.
    #[serde(default)]
    wait: bool,
}

/// Runs a line as a shell does, and goes on when the asker is gone: `stop` ends it. As a stream: `started`, any number of
/// `stdout` and `stderr`, then `exited`.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/exec", tag = "sessions", request_body = ExecRequest,
    params(("session" = String, Path, description = "The session's id."), ExecQuery),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "With `wait=true` how it went, otherwise a stream of server-sent events.", body = ExecOutcome),
        (status = 422, description = "No command, or one that is too long.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "As many commands run as may.", body = Problem, content_type = "application/problem+json"),
        Refusals,
    )
)]
pub(super) async fn exec(
    State(state): State<AppState>,
    Query(query): Query<ExecQuery>,
    Opened(access): Opened,
    JsonBody(request): JsonBody<ExecRequest>,
) -> Result<Response, ProblemResponse> {
    // Begun also when the asker goes away at once: a command that is half begun would hold its place for ever.
    let sessions = state.sessions.clone();
    let beginning = tokio::spawn(async move { sessions.exec(&access, request).await });
    let command = beginning.await.map_err(|_| ProblemResponse::broken())??;
    if query.wait {
        let (stdout, stderr, exit) = command.finished().await?;
        return Ok(Json(ExecOutcome { stdout, stderr, exit }).into_response());
    }
    let started = SseEvent::default().event("started").json_data(json!({ "command_id": command.command_id }));
    let frames = stream::once(async { started })
        .chain(command.follow().map(frame))
        .take_until(state.stopping.clone().cancelled_owned());
    Ok(Sse::new(frames).keep_alive(KeepAlive::default()).into_response())
}

fn frame(event: OutputEvent) -> Result<SseEvent, axum::Error> {
    match event {
        OutputEvent::Wrote(part) => {
            let name = match part.stream {
                OutputStream::Stdout => "stdout",
                OutputStream::Stderr => "stderr",
            };
            SseEvent::default().event(name).json_data(json!({ "text": part.text }))
        }
        OutputEvent::Exited(exit) => SseEvent::default().event("exited").json_data(exit),
    }
}
