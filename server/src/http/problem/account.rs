//! Errors of accounts as problems.

use accounts::AccountError;
use axum::http::StatusCode;

use super::{ProblemResponse, RETRY_SOON_SECONDS, log};

impl From<AccountError> for ProblemResponse {
    fn from(error: AccountError) -> Self {
        let detail = error.to_string();
        let problem = |status, kind| Self::new(status, kind, detail.clone());
        let unfit = |kind, field| problem(StatusCode::UNPROCESSABLE_ENTITY, kind).at_field(field);
        match error {
            AccountError::Disabled => problem(StatusCode::NOT_FOUND, "no-accounts"),
            AccountError::SignUpClosed => problem(StatusCode::FORBIDDEN, "sign-up-closed"),
            AccountError::NotSignedIn => problem(StatusCode::UNAUTHORIZED, "not-signed-in"),
            AccountError::Email(_) => unfit("email", "email"),
            AccountError::EmailTaken => problem(StatusCode::CONFLICT, "email-taken").at_field("email"),
            AccountError::Password(_) => unfit("password", "password"),
            AccountError::Name => unfit("name", "name"),
            AccountError::SandboxProvider => unfit("provider", "default_provider"),
            // 403: the request is understood, and who asks is known to the cookie or to nobody; a new token would not help.
            AccountError::WrongCredentials => problem(StatusCode::FORBIDDEN, "wrong-credentials"),
            AccountError::WrongPassword => {
                problem(StatusCode::FORBIDDEN, "wrong-password").at_field("password")
            }
            AccountError::SignInAgain => problem(StatusCode::FORBIDDEN, "sign-in-again"),
            AccountError::TooOften { retry_after_seconds } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "too-often").retry_after(retry_after_seconds)
            }
            AccountError::Busy => {
                problem(StatusCode::SERVICE_UNAVAILABLE, "busy").retry_after(RETRY_SOON_SECONDS)
            }
            AccountError::NoSuchProvider => problem(StatusCode::NOT_FOUND, "no-such-sign-in"),
            AccountError::NotBegunHere => problem(StatusCode::BAD_REQUEST, "not-begun-here"),
            AccountError::BrokenOff => problem(StatusCode::BAD_REQUEST, "broken-off"),
            AccountError::Provider(_) => {
                log(&error);
                problem(StatusCode::BAD_GATEWAY, "provider-silent").retry_after(RETRY_SOON_SECONDS)
            }
            AccountError::NotVerified(_) => {
                log(&error);
                problem(StatusCode::BAD_REQUEST, "not-verified")
            }
            AccountError::AddressUnverified => problem(StatusCode::FORBIDDEN, "address-unverified"),
            AccountError::AddressTaken => problem(StatusCode::CONFLICT, "address-taken"),
            AccountError::Hashing(_) | AccountError::Store(_) => {
                log(&error);
                problem(StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    }
}
