//! `…/terminals`: open, list and close terminals, and sit down at one (D6).

use std::time::Duration;

use axum::Json;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::TerminalId;
use domain::wire::{TerminalJson, TerminalRequest, TerminalSizeJson};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use serde_json::{Value, json};
use sessions::{Keyboard, Screen, SessionError, Shown};
use tokio_util::sync::CancellationToken;

use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::opened::{Opened, Refusals};
use crate::http::person::SignInLife;
use crate::http::problem::ProblemResponse;

/// The most that is typed or pasted in one message, in bytes.
const INPUT_BYTES_MAX: usize = 1024 * 1024;
/// How often a silent connection says that it lives, so that nothing in between takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

fn terminal_id(text: &str) -> Result<TerminalId, ProblemResponse> {
    text.parse().map_err(|_| SessionError::NoSuchTerminal.into())
}

/// Opens a terminal: an interactive shell in the workspace.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/terminals", tag = "sessions", request_body = TerminalRequest,
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 201, description = "The terminal.", body = TerminalJson), Refusals)
)]
pub(super) async fn open(
    State(state): State<AppState>,
    Opened(access): Opened,
    JsonBody(TerminalRequest { columns, rows }): JsonBody<TerminalRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    Ok((StatusCode::CREATED, Json(state.sessions.open_terminal(&access, columns, rows).await?)))
}

/// Every terminal that was not closed, the oldest first.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/terminals", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 200, description = "The terminals.", body = [TerminalJson]), Refusals)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Opened(access): Opened,
) -> Result<Json<Vec<TerminalJson>>, ProblemResponse> {
    Ok(Json(state.sessions.terminals(&access).await?))
}

/// Ends a terminal's shell and all it started.
#[utoipa::path(
    delete, path = "/api/v1/sessions/{session}/terminals/{terminal}", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("terminal" = u32, Path, description = "The terminal's id."),
    ),
    security(("session_token" = [])),
    responses((status = 204, description = "It is gone."), Refusals)
)]
pub(super) async fn close(
    State(state): State<AppState>,
    Path((_, terminal)): Path<(String, String)>,
    Opened(access): Opened,
) -> Result<StatusCode, ProblemResponse> {
    state.sessions.close_terminal(&access, terminal_id(&terminal)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A WebSocket to a terminal. Binary messages are what it shows (first what it showed last) and what is typed. As text the
/// client sends `{"resize": {"columns": 80, "rows": 24}}`, and the server `{"exited": {"exit_code": 0}}` or `{"ended": {}}` last.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/terminals/{terminal}/socket", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("terminal" = u32, Path, description = "The terminal's id."),
    ),
    security(("session_token" = [])),
    responses((status = 101, description = "The terminal."), Refusals)
)]
pub(super) async fn socket(
    State(state): State<AppState>,
    Path((_, terminal)): Path<(String, String)>,
    Opened(access): Opened,
    signed_in: SignInLife,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, ProblemResponse> {
    let upgrade = upgrade.map_err(|_| {
        let detail = "This address is a WebSocket: ask for an upgrade.";
        ProblemResponse::new(StatusCode::UPGRADE_REQUIRED, "websocket", detail)
    })?;
    let (screen, keyboard) = state.sessions.attach_terminal(&access, terminal_id(&terminal)?).await?;
    let stopping = state.stopping.clone();
    Ok(upgrade
        .max_message_size(INPUT_BYTES_MAX)
        .on_upgrade(move |socket| sit(socket, screen, keyboard, stopping, signed_in)))
}

/// What a client says beside what is typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    resize: TerminalSizeJson,
}

/// Carries both ways until either end is over, or the sign-in with which it was asked for.
async fn sit(
    socket: WebSocket,
    screen: Screen,
    keyboard: Keyboard,
    stopping: CancellationToken,
    signed_in: SignInLife,
) {
    let (mut sink, stream) = socket.split();
    let last = tokio::select! {
        last = show(screen, &mut sink) => last,
        () = type_in(stream, keyboard) => None,
        () = stopping.cancelled() => None,
        () = signed_in.over() => None,
    };
    if let Some(last) = last {
        // Whoever is gone needs no last word.
        let _ = sink.send(Message::Text(last.to_string().into())).await;
    }
    let _ = sink.send(Message::Close(None)).await;
}

/// Sends what the terminal shows; answers the last word, if there is one.
async fn show(mut screen: Screen, sink: &mut SplitSink<WebSocket, Message>) -> Option<Value> {
    let mut alive = tokio::time::interval(KEEP_ALIVE);
    alive.reset();
    loop {
        let message = tokio::select! {
            shown = screen.next() => match shown {
                Shown::Output(bytes) => Message::Binary(bytes),
                Shown::Exited { exit_code } => return Some(json!({ "exited": { "exit_code": exit_code } })),
                Shown::Cut { ended: true } => return Some(json!({ "ended": {} })),
                // The page attaches again and finds what it missed.
                Shown::Cut { ended: false } => return None,
            },
            _ = alive.tick() => Message::Ping(axum::body::Bytes::new()),
        };
        sink.send(message).await.ok()?;
    }
}

/// Types what the client sends, until it is gone or the terminal takes nothing any more.
async fn type_in(mut stream: SplitStream<WebSocket>, mut keyboard: Keyboard) {
    while let Some(Ok(message)) = stream.next().await {
        match message {
            Message::Binary(typed) => {
                if keyboard.write(&typed).await.is_err() {
                    return;
                }
            }
            Message::Text(text) => {
                // What is not understood changes nothing: a terminal has no place to say so.
                if let Ok(Said { resize }) = serde_json::from_str(&text) {
                    let _ = keyboard.resize(resize.columns, resize.rows).await;
                }
            }
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return,
        }
    }
}
