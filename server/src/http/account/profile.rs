//! `GET` and `PATCH /api/v1/account`

use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::Problem;
use domain::wire::account::{AccountJson, ProfileRequest};

use super::NO_STORE;
use crate::http::AppState;
use crate::http::json::JsonBody;
use crate::http::person::Present;
use crate::http::problem::ProblemResponse;

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/v1/account", tag = "account",
    responses(
        (status = 200, description = "Who it is.", body = AccountJson),
        (status = 401, description = "Nobody is signed in.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn profile(Present(person): Present) -> impl IntoResponse {
    (AppendHeaders([NO_STORE]), Json(AccountJson { user: person.to_json() }))
}

/// Changes name, default provider or theme. What is left out stays.
#[utoipa::path(
    patch, path = "/api/v1/account", tag = "account", request_body = ProfileRequest,
    responses(
        (status = 200, description = "Who it is now.", body = AccountJson),
        (status = 401, description = "Nobody is signed in.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A value is not taken; `field` says which.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn update(
    State(state): State<AppState>,
    Present(person): Present,
    JsonBody(request): JsonBody<ProfileRequest>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let user = state.accounts.update(&person, &request).await?;
    Ok((AppendHeaders([NO_STORE]), Json(AccountJson { user })))
}
