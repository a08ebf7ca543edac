//! `POST /api/v1/account/sign-out`

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::Problem;
use domain::wire::account::SignOutRequest;

use crate::http::AppState;
use crate::http::json::OptionalJsonBody;
use crate::http::person::{Present, no_token_cookie};
use crate::http::problem::ProblemResponse;

/// Signs out of this browser, or of all.
#[utoipa::path(
    post, path = "/api/v1/account/sign-out", tag = "account",
    request_body(content = SignOutRequest, description = "May be empty."),
    responses(
        (status = 204, description = "Signed out."),
        (status = 401, description = "Nobody is signed in.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_out(
    State(state): State<AppState>,
    Present(person): Present,
    OptionalJsonBody(request): OptionalJsonBody<SignOutRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    state.accounts.sign_out(&person, request.everywhere).await?;
    let cookie = no_token_cookie(state.surface.secure_cookies);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])))
}
