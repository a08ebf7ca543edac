//! `POST /api/v1/demo/claim`: the click (A1).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::{ClaimRequest, ClaimResponse, Problem};
use sessions::Visitor;

use crate::http::AppState;
use crate::http::client::{ClientAddress, keep_token, session_cookie};
use crate::http::json::OptionalJsonBody;
use crate::http::problem::ProblemResponse;

/// Claims a sandbox. With a warm one the session is `ready` at once, otherwise it is `starting`.
#[utoipa::path(
    post, path = "/api/v1/demo/claim", tag = "demo", request_body(content = ClaimRequest, description = "May be empty."),
    responses(
        (status = 201, description = "The session, and the token that is the authority over it.", body = ClaimResponse),
        (status = 400, description = "The body is not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Unknown template or field.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Over a limit; `Retry-After` says when it may work.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No sandbox can be given.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn claim(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    OptionalJsonBody(request): OptionalJsonBody<ClaimRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let visitor = Visitor { address, fingerprint: request.fingerprint.clone() };
    // A client that goes away must not leave a half-opened session: the claim is carried through without it.
    let sessions = state.sessions.clone();
    let claiming = tokio::spawn(async move { sessions.claim(request, visitor).await });
    let claimed = claiming.await.map_err(|_| ProblemResponse::broken())??;
    let lifetime_ms = claimed.session.lifetime.deadline.ms_since(claimed.session.claimed_at);
    let secure = state.surface.secure_cookies;
    let cookie =
        keep_token(session_cookie(secure), &claimed.session_token, lifetime_ms.div_ceil(1_000), secure)?;
    let headers = AppendHeaders([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, no_store())]);
    Ok((StatusCode::CREATED, headers, Json(claimed)))
}

fn no_store() -> HeaderValue {
    HeaderValue::from_static("no-store")
}
