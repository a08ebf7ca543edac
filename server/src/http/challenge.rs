//! `GET /api/v1/challenge`: what must be solved before a prototype is opened (B4).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::ChallengeJson;
use sessions::Visitor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;
use super::client::ClientAddress;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(challenge))
}

/// What `POST /api/v1/sessions {"kind": "try"}` wants to see solved. Clients without a page solve the proof of work, too: count a
/// number up from 0 until SHA-256 of the token's 64 characters, followed by the number in decimal digits, begins with
/// `difficulty_bits` zero bits, and send `{"challenge": {"token": …, "nonce": …}}` along within two minutes, from the same
/// network. For a hosted service send what its widget gave, as `{"challenge": {"response": …}}`.
#[utoipa::path(
    get, path = "/api/v1/challenge", tag = "sessions",
    responses((status = 200, description = "A challenge, good once.", body = ChallengeJson))
)]
async fn challenge(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
) -> impl IntoResponse {
    let challenge = state.sessions.challenge(&Visitor { address, fingerprint: None });
    (AppendHeaders([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]), Json(challenge))
}
