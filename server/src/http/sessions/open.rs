//! `POST /api/v1/sessions`: a sandbox to try something in, or to stay (B1, D1).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::{ClaimResponse, OpenRequest, Problem};
use sessions::Visitor;

use crate::http::AppState;
use crate::http::client::{ClientAddress, HELD_MAX, cookie_of, held, keep_token};
use crate::http::json::JsonBody;
use crate::http::person::SignedIn;
use crate::http::problem::ProblemResponse;

/// How long a browser keeps a session's token after the session's end, in seconds: what it was can be read that long.
const KEPT_AFTER_END_SECONDS: u64 = 86_400;

/// Opens a prototype or a workspace. With a warm sandbox the session is `ready` at once, otherwise it is `starting`.
#[utoipa::path(
    post, path = "/api/v1/sessions", tag = "sessions", request_body = OpenRequest,
    responses(
        (status = 201, description = "The session, and the token that is the authority over it.", body = ClaimResponse),
        (status = 400, description = "The body is not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Only who signed in gets a sandbox here, or the challenge is not solved.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Unknown kind, template, provider or field, or a prototype without its challenge.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Over a limit; `Retry-After` says when it may work.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No sandbox can be given.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn open(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    SignedIn(user): SignedIn,
    headers: HeaderMap,
    JsonBody(request): JsonBody<OpenRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let secure = state.surface.secure_cookies;
    let visitor = Visitor { address, fingerprint: request.fingerprint.clone() };
    // A client that goes away must not leave a half-opened session: it is opened without them.
    let sessions = state.sessions.clone();
    let opening = tokio::spawn(async move { sessions.open(request, visitor, user).await });
    let opened: ClaimResponse = opening.await.map_err(|_| ProblemResponse::broken())??;
    let session = &opened.session;
    let lives_ms = session.lifetime.deadline.ms_since(session.claimed_at);
    let seconds = lives_ms.div_ceil(1_000) + KEPT_AFTER_END_SECONDS;
    let cookie = keep_token(&cookie_of(session.session_id, secure), &opened.session_token, seconds, secure)?;
    let mut set =
        vec![(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    // Ids sort by the time they were made: the oldest makes room.
    let held = held(&headers, secure);
    if held.len() >= HELD_MAX
        && let Some((oldest, token)) = held.into_iter().min_by_key(|(id, _)| *id)
    {
        set.push((header::SET_COOKIE, keep_token(&cookie_of(oldest, secure), &token, 0, secure)?));
    }
    Ok((StatusCode::CREATED, AppendHeaders(set), Json(opened)))
}
