//! `GET /api/v1/sessions`: the sessions that are mine (D1), and `…/reuse`: how they are used again (G1).

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::wire::{ReuseJson, SessionJson};

use crate::http::AppState;
use crate::http::client::held;
use crate::http::person::SignedIn;
use crate::http::problem::ProblemResponse;

/// The signed-in user's sessions and those whose tokens come along, newest first; those that ended within a day, too.
#[utoipa::path(
    get, path = "/api/v1/sessions", tag = "sessions",
    responses((status = 200, description = "May be empty.", body = [SessionJson]))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    headers: HeaderMap,
) -> Result<Json<Vec<SessionJson>>, ProblemResponse> {
    let held = held(&headers, state.surface.secure_cookies);
    Ok(Json(state.sessions.sessions_of(user, &held).await?))
}

/// How the signed-in user's workspaces, and those whose tokens come along, are used again; those that ended within a day, too.
#[utoipa::path(
    get, path = "/api/v1/sessions/reuse", tag = "sessions",
    responses((status = 200, description = "Counts.", body = ReuseJson))
)]
pub(super) async fn reuse(
    State(state): State<AppState>,
    SignedIn(user): SignedIn,
    headers: HeaderMap,
) -> Result<Json<ReuseJson>, ProblemResponse> {
    let held = held(&headers, state.surface.secure_cookies);
    Ok(Json(state.sessions.reuse_of(user, &held).await?))
}
