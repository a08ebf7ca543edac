//! `POST /api/v1/sessions/{session}/adopt`: keep the sandbox (A9, B5).

use axum::Json;
use axum::extract::State;
use domain::wire::SessionJson;
use sessions::Visitor;

use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::opened::{Opened, Refusals};
use crate::http::person::Present;
use crate::http::problem::ProblemResponse;

/// Gives a session to the user who is signed in and shows its token. It is a workspace from then on: same sandbox, files, preview
/// and conversation, also in the middle of a prompt. Doing so again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/sessions/{session}/adopt", tag = "sessions",
    params(("session" = String, Path, description = "The session's id.")),
    security(("session_token" = [])),
    responses((status = 200, description = "The session as it is now.", body = SessionJson), Refusals)
)]
pub(super) async fn adopt(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Present(person): Present,
    Opened(access): Opened,
) -> Result<Json<SessionJson>, ProblemResponse> {
    let visitor = Visitor { address, fingerprint: None };
    // Carried through also when the browser goes away: half a hand-over would be none.
    let sessions = state.sessions.clone();
    let handing = tokio::spawn(async move { sessions.hand_over(&access, &visitor, person.id()).await });
    let handed = handing.await.map_err(|_| ProblemResponse::broken())?;
    Ok(Json(handed?))
}
