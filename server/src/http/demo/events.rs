//! `GET /api/v1/demo/{session}/events`: the journal as server-sent events.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Event;
use domain::wire::Problem;

use crate::http::AppState;
use crate::http::opened::Opened;
use crate::http::person::SignInLife;
use crate::http::sessions::stream;

/// Every event of the session, from the first or after `Last-Event-ID`. The stream ends after `session.ended`; asking for
/// more then answers 204, which tells an `EventSource` to stop.
#[utoipa::path(
    get, path = "/api/v1/demo/{session}/events", tag = "demo",
    params(
        ("session" = String, Path, description = "The session's id."),
        ("Last-Event-ID" = Option<u64>, Header, description = "The number of the last event seen."),
    ),
    security(("session_token" = [])),
    responses(
        (status = 200, description = "Events named by their type, numbered by `seq`.", content_type = "text/event-stream", body = Event),
        (status = 204, description = "The session has ended and nothing more will come."),
        (status = 401, description = "No token.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Another session's token.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such session.", body = Problem, content_type = "application/problem+json"),
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
