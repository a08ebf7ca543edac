//! The session that an address names, opened to whoever may have it (J4).

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::SessionId;
use sessions::{Access, SessionError};
use utoipa::IntoResponses;
use utoipa::openapi::content::Content;
use utoipa::openapi::{Ref, RefOr, Response, ResponseBuilder};

use super::AppState;
use super::client::{Shown, shown_for};
use super::person::SignedIn;
use super::problem::ProblemResponse;

/// The session that the path's `{session}` names. Who shows neither its token nor its owner's sign-in gets the refusal.
pub(crate) struct Opened(pub(crate) Access);

impl FromRequestParts<AppState> for Opened {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ProblemResponse> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| SessionError::Unknown)?;
        let named = params.iter().find(|(name, _)| *name == "session").map(|(_, id)| id.parse::<SessionId>());
        let Some(Ok(id)) = named else { return Err(SessionError::Unknown.into()) };
        let shown = shown_for(&parts.headers, id, state.surface.secure_cookies);
        let SignedIn(user) = SignedIn::from_request_parts(parts, state).await?;
        let access = match shown {
            Shown::Nothing => state.sessions.authorize(id, None, user).await?,
            Shown::Bearer(token) => state.sessions.authorize(id, Some(&token), user).await?,
            Shown::Cookie(token) => state.sessions.authorize_browser(id, Some(&token), user).await?,
        };
        Ok(Self(access))
    }
}

/// What every address below a session may answer instead, for the API's document.
pub(crate) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let answers = [
            ("401", "Neither a token nor a sign-in was shown."),
            (
                "403",
                "Another session's token, or the session's kind does not allow it; the detail says which.",
            ),
            ("404", "No such session, or nothing by that name in it."),
            ("409", "Not now: still starting, still working, or changed meanwhile."),
            ("410", "The session has ended."),
        ];
        let problem = || Content::new(Some(Ref::from_schema_name("Problem")));
        answers
            .into_iter()
            .map(|(status, about)| {
                let answer = ResponseBuilder::new().description(about);
                (status.to_owned(), answer.content("application/problem+json", problem()).build().into())
            })
            .collect()
    }
}
