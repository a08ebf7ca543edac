//! `/api/v1/account/providers` and `/api/v1/account/oidc/…`: signing in with somebody else's word.
//!
//! Browsers are sent through these, so what goes wrong is told by the sign-in page and not as JSON.

use accounts::{AccountError, Begun, Returned};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domain::wire::account::IdentityProviderJson;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{NO_STORE, network};
use crate::http::client::{ClientAddress, cookie};
use crate::http::person::{set_cookie, token_cookie};
use crate::http::problem::ProblemResponse;
use crate::http::{AppState, Surface};

/// How long a browser keeps what it carries to a provider and back, in seconds. The signature has a term of its own.
const FLOW_SECONDS: i64 = 600;

const fn flow_cookie(secure: bool) -> &'static str {
    if secure { "__Host-sandglass_flow" } else { "sandglass_flow" }
}

/// Where somebody wants to go afterwards.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// A path of this server; anything else is passed over.
    return_to: Option<String>,
}

/// What a provider sends a browser back with.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Answer {
    /// To be exchanged for who somebody is; absent when they or the provider said no.
    code: Option<String>,
    /// What was sent along.
    state: Option<String>,
}

/// Who else may say who people are here.
#[utoipa::path(
    get, path = "/api/v1/account/providers", tag = "account",
    responses((status = 200, description = "As configured; may be empty.", body = Vec<IdentityProviderJson>))
)]
pub(super) async fn providers(State(state): State<AppState>) -> Json<Vec<IdentityProviderJson>> {
    Json(state.accounts.identity_providers())
}

/// Sends a browser to a provider.
#[utoipa::path(
    get, path = "/api/v1/account/oidc/{provider}/start", tag = "account",
    params(("provider" = String, Path, description = "Its name."), Wanted),
    responses(
        (status = 303, description = "To the provider's page, or to the sign-in page when the provider does not answer."),
    )
)]
pub(super) async fn start(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let back = redirect_url(&state.surface, &headers, &provider);
    match state.accounts.begin(&provider, wanted.return_to.as_deref(), &back).await {
        Ok(Begun { url, flow }) => {
            let secure = state.surface.secure_cookies;
            let cookie = set_cookie(flow_cookie(secure), &flow, FLOW_SECONDS, secure);
            see_other(&url, [(header::SET_COOKIE, cookie), NO_STORE])
        }
        Err(error) => told_on_page(error),
    }
}

/// Signs in a browser that comes back from a provider.
#[utoipa::path(
    get, path = "/api/v1/account/oidc/{provider}/callback", tag = "account",
    params(("provider" = String, Path, description = "Its name."), Answer),
    responses(
        (status = 303, description = "To where the person wanted to go, signed in; or to the sign-in page, which says what went wrong."),
    )
)]
pub(super) async fn callback(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Response {
    let secure = state.surface.secure_cookies;
    let returned = Returned {
        flow: cookie(&headers, flow_cookie(secure)).map(str::to_owned),
        code: answer.code,
        state: answer.state,
    };
    let back = redirect_url(&state.surface, &headers, &provider);
    let finished = state.accounts.finish(&provider, &returned, &back, network(address)).await;
    let spent = (header::SET_COOKIE, set_cookie(flow_cookie(secure), "", 0, secure));
    match finished {
        Ok(finished) => {
            let token = (header::SET_COOKIE, token_cookie(&finished.signed_in.token, secure));
            see_other(&finished.return_to, [spent, token, NO_STORE])
        }
        Err(error) => (AppendHeaders([spent]), told_on_page(error)).into_response(),
    }
}

/// The sign-in page, which has a sentence for each kind of problem.
fn told_on_page(error: AccountError) -> Response {
    let problem = ProblemResponse::from(error);
    see_other(&format!("/sign-in?problem={}", problem.kind()), [NO_STORE])
}

fn see_other<const N: usize>(to: &str, headers: [(header::HeaderName, header::HeaderValue); N]) -> Response {
    match header::HeaderValue::try_from(to) {
        Ok(to) => (StatusCode::SEE_OTHER, AppendHeaders([(header::LOCATION, to)]), AppendHeaders(headers))
            .into_response(),
        Err(error) => ProblemResponse::from(AccountError::Provider(error.into())).into_response(),
    }
}

/// Where providers send browsers back to: by the name this browser came by, if it is one of ours, as its cookies are for that.
fn redirect_url(surface: &Surface, headers: &HeaderMap, provider: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let ours = |origin: &&String| origin.split_once("://").is_some_and(|(_, own)| own == host);
    let origin = surface.origins.iter().find(ours).or(surface.origins.first());
    format!("{}/api/v1/account/oidc/{provider}/callback", origin.map_or("", String::as_str))
}
