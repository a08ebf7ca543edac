//! `DELETE /api/v1/account`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::Problem;
use domain::wire::account::LeaveRequest;

use super::network;
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::json::OptionalJsonBody;
use crate::http::person::{Present, no_token_cookie};
use crate::http::problem::ProblemResponse;

/// Ends the account. Every browser is signed out at once, its sandboxes end, and nothing is kept of it but that there was one. What happened in
/// its sandboxes stays in the server's records, which name nobody.
#[utoipa::path(
    delete, path = "/api/v1/account", tag = "account", request_body = LeaveRequest,
    responses(
        (status = 204, description = "It is gone."),
        (status = 401, description = "Nobody is signed in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The password is another one, or the sign-in is too old to go without.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong passwords.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many at once.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn leave(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Present(person): Present,
    OptionalJsonBody(request): OptionalJsonBody<LeaveRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    state.accounts.leave(&person, request.password.as_deref(), network(address)).await?;
    state.sessions.end_sessions_of(person.id()).await;
    let cookie = no_token_cookie(state.surface.secure_cookies);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}
