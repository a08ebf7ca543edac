//! `GET /api/v1/sessions/{session}/events`: the journal as server-sent events.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::Event;
use domain::wire::WordsJson;
use futures::stream::{self, StreamExt as _};
use sessions::{Access, SessionError};

use crate::http::AppState;
use crate::http::opened::{Opened, Refusals};
use crate::http::person::SignInLife;

/// How often a silent stream says that it lives, so that a lost client is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

/// Every event of the session, from the first or after `Last-Event-ID`. The stream ends after `session.ended`; asking for
/// more then answers 204, which tells an `EventSource` to stop.
///
/// Between them, without a number, come events named `agent.saying` with `{"prompt_id", "text"}`: all words so far of an answer that
/// is still being made; empty when they are over.
#[utoipa::path(
    get, path = "/api/v1/sessions/{session}/events", tag = "sessions",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("Last-Event-ID" = Option<u64>, Header, description = "The number of the last event seen."),
    ),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "Events named by their type, numbered by `seq`.", content_type = "text/event-stream", body = Event),
        (status = 204, description = "The session has ended and nothing more will come."),
        Refusals,
    )
)]
pub(super) async fn events(
    State(state): State<AppState>,
    headers: HeaderMap,
    Opened(access): Opened,
    signed_in: SignInLife,
) -> Response {
    stream(&state, &headers, &access, signed_in).await
}

/// The session's events as a stream that goes on where `Last-Event-ID` left off, and that ends with the sign-in it was asked for with.
pub(in crate::http) async fn stream(
    state: &AppState,
    headers: &HeaderMap,
    access: &Access,
    signed_in: SignInLife,
) -> Response {
    let last_seen = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut events = state.sessions.events(access, last_seen.unwrap_or(0)).peekable();
    if access.has_ended() && std::pin::Pin::new(&mut events).peek().await.is_none() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let stopping = state.stopping.clone();
    let over = async move {
        tokio::select! {
            () = stopping.cancelled() => {}
            () = signed_in.over() => {}
        }
    };
    // In one piece: a page that knows already that the session is over stops listening once it has read some.
    let frames = if access.has_ended() {
        events.map(frame).boxed()
    } else {
        let words = state.sessions.words(access);
        stream::select(events.map(frame), words.map(words_frame)).boxed()
    };
    let frames = frames.take_until(over);
    Sse::new(frames).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

fn words_frame(words: WordsJson) -> Result<SseEvent, axum::Error> {
    SseEvent::default().event(WordsJson::EVENT).json_data(&words)
}

fn frame(event: Result<Event, SessionError>) -> Result<SseEvent, axum::Error> {
    let event = event.map_err(axum::Error::new)?;
    SseEvent::default().id(event.seq.to_string()).event(event.kind.name()).json_data(&event)
}
