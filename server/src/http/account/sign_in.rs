//! `POST /api/v1/account/sign-in`

use axum::extract::State;
use axum::response::IntoResponse;
use domain::wire::Problem;
use domain::wire::account::{AccountJson, SignInRequest};

use super::{network, welcome};
use crate::http::AppState;
use crate::http::client::ClientAddress;
use crate::http::json::JsonBody;
use crate::http::problem::ProblemResponse;

/// Signs in with a password. The answer does not tell whether there is such an address.
#[utoipa::path(
    post, path = "/api/v1/account/sign-in", tag = "account", request_body = SignInRequest,
    responses(
        (status = 200, description = "Who it is; a cookie signs in.", body = AccountJson),
        (status = 403, description = "Address and password do not belong together.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There are no accounts here.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong passwords for this address or from this network.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many at once.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_in(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    JsonBody(request): JsonBody<SignInRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let signed_in = state.accounts.sign_in(&request.email, &request.password, network(address)).await?;
    Ok(welcome(&state, signed_in))
}
