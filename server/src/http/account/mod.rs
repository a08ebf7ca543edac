//! `/api/v1/account/…`: accounts over REST (J3). One endpoint, one file.

mod leave;
mod oidc;
mod password;
mod profile;
mod sign_in;
mod sign_out;
mod sign_up;

use std::net::IpAddr;

use accounts::SignedIn;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use domain::wire::account::AccountJson;
use sessions::Visitor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;
use super::person::token_cookie;

const NO_STORE: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_up::sign_up))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(profile::profile, profile::update, leave::leave))
        .routes(routes!(password::password))
        .routes(routes!(oidc::providers))
        .routes(routes!(oidc::start))
        .routes(routes!(oidc::callback))
}

/// What whoever has just signed in is answered.
fn welcome(state: &AppState, signed_in: SignedIn) -> impl IntoResponse + use<> {
    let cookie = token_cookie(&signed_in.token, state.surface.secure_cookies);
    (AppendHeaders([(header::SET_COOKIE, cookie), NO_STORE]), Json(AccountJson { user: signed_in.user }))
}

/// An address as limits count it.
fn network(address: IpAddr) -> IpAddr {
    Visitor { address, fingerprint: None }.network()
}
