//! `POST /api/v1/account/sign-up`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::wire::Problem;
use domain::wire::account::{AccountJson, SignUpRequest};

use super::{network, welcome};
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::json::JsonBody;
use crate::http::problem::ProblemResponse;

/// Makes an account, and signs in.
#[utoipa::path(
    post, path = "/api/v1/account/sign-up", tag = "account", request_body = SignUpRequest,
    responses(
        (status = 201, description = "The account; a cookie signs in.", body = AccountJson),
        (status = 403, description = "New accounts can't be made here.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There are no accounts here.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody has signed up with this address.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The address, the password or the name is not taken; `field` says which.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many sign-ups from one network.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many at once.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_up(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    JsonBody(request): JsonBody<SignUpRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let signed_in = state.accounts.sign_up(&request, network(address)).await?;
    Ok((StatusCode::CREATED, welcome(&state, signed_in)))
}
