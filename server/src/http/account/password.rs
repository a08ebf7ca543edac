//! `POST /api/v1/account/password`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::Problem;
use domain::wire::account::PasswordRequest;

use super::network;
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::json::JsonBody;
use crate::http::person::{Present, token_cookie};
use crate::http::problem::ProblemResponse;

/// Changes the password. Every other browser is signed out.
#[utoipa::path(
    post, path = "/api/v1/account/password", tag = "account", request_body = PasswordRequest,
    responses(
        (status = 204, description = "It is changed; a new cookie signs in."),
        (status = 401, description = "Nobody is signed in.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The password in force is another one.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The new password is not taken.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong passwords.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many at once.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn password(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Present(person): Present,
    JsonBody(request): JsonBody<PasswordRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let (current, network) = (request.current.as_deref(), network(address));
    let changed = state.accounts.change_password(&person, current, &request.new, network).await;
    let token = changed.map_err(|error| {
        // The request has two passwords; which one is at fault depends on what is wrong with it.
        let field = if matches!(error, accounts::AccountError::Password(_)) { "new" } else { "current" };
        ProblemResponse::from(error).moved_to_field(field)
    })?;
    let cookie = token_cookie(&token, state.surface.secure_cookies);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}
