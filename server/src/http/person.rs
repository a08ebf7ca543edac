//! Who is signed in: the user whose token a request's cookie carries.

use std::sync::{Arc, Mutex, PoisonError};

use accounts::{AccountError, Accounts, IDLE_DAYS_MAX, Person, SignInToken};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::UserId;

use super::AppState;
use super::client::{cookie, user_cookie};
use super::problem::ProblemResponse;

/// The user who is signed in, if anybody is.
pub(crate) struct SignedIn(pub(crate) Option<UserId>);

/// The person who is signed in; without one the request is refused.
pub(crate) struct Present(pub(crate) Person);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let person = person(&parts.headers, &mut parts.extensions, state).await?;
        Ok(Self(person.map(|person| person.id())))
    }
}

impl FromRequestParts<AppState> for Present {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let person = person(&parts.headers, &mut parts.extensions, state).await?;
        if !state.accounts.enabled() {
            return Err(AccountError::Disabled.into());
        }
        Ok(Self(person.ok_or(AccountError::NotSignedIn)?))
    }
}

/// How long the sign-in lasts that a request showed, for what stays open longer than a request.
pub(crate) struct SignInLife(Option<(Accounts, Person)>);

impl SignInLife {
    /// Returns once it is over; never when none was shown.
    pub(crate) async fn over(self) {
        match self.0 {
            Some((accounts, person)) => accounts.until_over(&person).await,
            None => std::future::pending().await,
        }
    }
}

impl FromRequestParts<AppState> for SignInLife {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let person = person(&parts.headers, &mut parts.extensions, state).await?;
        Ok(Self(person.map(|person| (state.accounts.clone(), person))))
    }
}

/// What was found out about a request, so that nothing is asked twice.
#[derive(Clone)]
struct Known(Option<Person>);

/// A token that changed while the request was served, on its way to the answer.
#[derive(Clone, Default)]
struct Renewed(Arc<Mutex<Option<HeaderValue>>>);

/// Whose token the cookie carries.
pub(super) async fn person(
    headers: &HeaderMap,
    extensions: &mut Extensions,
    state: &AppState,
) -> Result<Option<Person>, ProblemResponse> {
    if let Some(Known(person)) = extensions.get() {
        return Ok(person.clone());
    }
    let secure = state.surface.secure_cookies;
    let person = match cookie(headers, user_cookie(secure)) {
        Some(token) => state.accounts.who(&SignInToken::presented(token)).await?,
        None => None,
    };
    let token = person.as_ref().and_then(|person| person.renewed.as_ref());
    if let (Some(token), Some(renewed)) = (token, extensions.get::<Renewed>()) {
        *renewed.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token_cookie(token, secure));
    }
    extensions.insert(Known(person.clone()));
    Ok(person)
}

/// Sends a token along that changed while the request was served, unless the answer sets or removes it itself.
pub(super) async fn send_renewed_token(mut request: Request, next: Next) -> Response {
    let renewed = Renewed::default();
    request.extensions_mut().insert(renewed.clone());
    let mut response = next.run(request).await;
    let cookie = renewed.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(cookie) = cookie {
        let name = name_of(&cookie);
        let set = response.headers().get_all(header::SET_COOKIE);
        if !set.iter().any(|other| name_of(other) == name) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn name_of(cookie: &HeaderValue) -> &[u8] {
    cookie.as_bytes().split(|byte| *byte == b'=').next().unwrap_or_default()
}

/// For this host only and out of scripts' reach. `Lax`, as people come back from elsewhere: from a provider, or by a link to one
/// of their sandboxes. What changes anything is refused to other sites by [`super::guard`].
pub(super) fn token_cookie(token: &SignInToken, secure: bool) -> HeaderValue {
    let age_seconds = IDLE_DAYS_MAX * 24 * 60 * 60;
    set_cookie(user_cookie(secure), token.reveal(), age_seconds, secure)
}

/// Has the browser forget its token.
pub(super) fn no_token_cookie(secure: bool) -> HeaderValue {
    set_cookie(user_cookie(secure), "", 0, secure)
}

pub(super) fn set_cookie(name: &str, value: &str, age_seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_seconds}{secure}");
    HeaderValue::try_from(text).expect("our tokens are letters, digits, `-`, `_` and `.`")
}
