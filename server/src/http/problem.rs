//! Errors as `application/problem+json` (RFC 9457).

mod account;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::SessionKind;
use domain::wire::Problem;
use sessions::{ChallengeError, SessionError};

/// How long a restart takes, as far as a client is told, in seconds.
const RESTART_SECONDS: u64 = 60;
/// How long a client waits before it tries again when nothing better is known, in seconds.
const RETRY_SOON_SECONDS: u64 = 2;

/// An answer that is an error.
#[derive(Debug)]
pub(crate) struct ProblemResponse(Box<Problem>);

impl ProblemResponse {
    pub(crate) fn new(status: StatusCode, kind: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Problem {
            kind: format!("/problems/{kind}"),
            title: kind.replace('-', " "),
            status: status.as_u16(),
            detail: detail.into(),
            retry_after_seconds: None,
            field: None,
        }))
    }

    pub(super) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    /// Says which field of the request is at fault.
    fn at_field(mut self, field: &str) -> Self {
        self.0.field = Some(field.to_owned());
        self
    }

    /// The same, where the request calls the field that is at fault by another name.
    pub(super) fn moved_to_field(self, field: &str) -> Self {
        if self.0.field.is_some() { self.at_field(field) } else { self }
    }

    /// What kind of problem it is.
    pub(super) fn kind(&self) -> &str {
        self.0.kind.trim_start_matches("/problems/")
    }
}

impl IntoResponse for ProblemResponse {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.0.retry_after_seconds.map(HeaderValue::from);
        let mut response = (status, axum::Json(self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(retry_after) = retry_after {
            headers.insert(header::RETRY_AFTER, retry_after);
        }
        response
    }
}

impl ProblemResponse {
    /// Something on our side broke down that the caller can do nothing about; the log says what.
    pub(crate) fn broken() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side.")
    }
}

impl From<SessionError> for ProblemResponse {
    fn from(error: SessionError) -> Self {
        let detail = error.to_string();
        let problem = |status, kind| Self::new(status, kind, detail.clone());
        match error {
            SessionError::NoToken => problem(StatusCode::UNAUTHORIZED, "token-missing"),
            SessionError::NotYours => problem(StatusCode::FORBIDDEN, "not-your-session"),
            SessionError::Unknown => problem(StatusCode::NOT_FOUND, "no-such-session"),
            SessionError::Ended => problem(StatusCode::GONE, "session-ended"),
            SessionError::Starting => {
                problem(StatusCode::CONFLICT, "session-starting").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::Busy => problem(StatusCode::CONFLICT, "agent-busy").retry_after(RETRY_SOON_SECONDS),
            SessionError::QueueFull { .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "queue-full").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::NotWaiting => problem(StatusCode::NOT_FOUND, "not-waiting"),
            SessionError::PreviewReport { .. } => problem(StatusCode::UNPROCESSABLE_ENTITY, "preview-report"),
            SessionError::TooManyReports { .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "too-many-reports").retry_after(MINUTE_SECONDS)
            }
            SessionError::NoPromptsLeft { .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "no-prompts-left").retry_after(HOUR_SECONDS)
            }
            SessionError::UnknownModel { .. } => {
                problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-model").at_field("model")
            }
            SessionError::SessionModelBudgetSpent => {
                problem(StatusCode::TOO_MANY_REQUESTS, "session-model-budget-spent")
            }
            SessionError::DayModelBudgetSpent { retry_after_seconds, .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "day-model-budget-spent")
                    .retry_after(retry_after_seconds)
            }
            SessionError::PromptText(_) => problem(StatusCode::UNPROCESSABLE_ENTITY, "prompt-text"),
            SessionError::UnknownTemplate { .. } => {
                problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-template")
            }
            SessionError::Fingerprint { .. } => problem(StatusCode::UNPROCESSABLE_ENTITY, "fingerprint"),
            SessionError::Owned => problem(StatusCode::CONFLICT, "owned"),
            SessionError::Forbidden { .. } => problem(StatusCode::FORBIDDEN, "not-in-this-kind"),
            SessionError::SignInNeeded => problem(StatusCode::FORBIDDEN, "sign-in-needed"),
            SessionError::NoSuchFile(_) => problem(StatusCode::NOT_FOUND, "no-such-file"),
            SessionError::FileChanged(_) => problem(StatusCode::PRECONDITION_FAILED, "file-changed"),
            SessionError::FileRefused { .. } => problem(StatusCode::CONFLICT, "file-refused"),
            SessionError::TooLarge { .. } => problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            SessionError::Unsupported(_) => problem(StatusCode::CONFLICT, "unsupported"),
            SessionError::Command { .. } => problem(StatusCode::UNPROCESSABLE_ENTITY, "command"),
            SessionError::TooManyCommands { .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "too-many-commands").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::NoSuchCommand => problem(StatusCode::NOT_FOUND, "no-such-command"),
            SessionError::NoSuchTerminal => problem(StatusCode::NOT_FOUND, "no-such-terminal"),
            SessionError::ArchivesBusy => {
                problem(StatusCode::TOO_MANY_REQUESTS, "archives-busy").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::NoSuchVersion { .. } => problem(StatusCode::NOT_FOUND, "no-such-version"),
            SessionError::VersionNotKept => problem(StatusCode::CONFLICT, "version-not-kept"),
            SessionError::UnknownProvider { .. } => {
                problem(StatusCode::UNPROCESSABLE_ENTITY, "unknown-provider")
            }
            SessionError::TooManyOpen { .. } => problem(StatusCode::TOO_MANY_REQUESTS, "too-many-open"),
            SessionError::Exhausted => problem(StatusCode::CONFLICT, "session-exhausted"),
            SessionError::NotShareable => problem(StatusCode::FORBIDDEN, "not-shareable"),
            SessionError::ReportReason { .. } => problem(StatusCode::UNPROCESSABLE_ENTITY, "report-reason"),
            SessionError::RateLimited { retry_after_seconds, .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "demo-limit").retry_after(retry_after_seconds)
            }
            SessionError::AtCapacity { retry_after_seconds, .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "at-capacity").retry_after(retry_after_seconds)
            }
            SessionError::NetworkLimited { retry_after_seconds, .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "network-limit").retry_after(retry_after_seconds)
            }
            SessionError::BudgetSpent { retry_after_seconds, .. } => {
                problem(StatusCode::TOO_MANY_REQUESTS, "budget-spent").retry_after(retry_after_seconds)
            }
            SessionError::Draining => {
                problem(StatusCode::SERVICE_UNAVAILABLE, "restarting").retry_after(RESTART_SECONDS)
            }
            SessionError::Disabled { kind: SessionKind::Demo } => {
                problem(StatusCode::SERVICE_UNAVAILABLE, "demo-disabled")
            }
            SessionError::Disabled { kind: SessionKind::Try | SessionKind::Workspace } => {
                problem(StatusCode::SERVICE_UNAVAILABLE, "disabled")
            }
            SessionError::Challenge(unsolved) => challenge(&unsolved, &detail),
            SessionError::Unavailable(_) => {
                log(&error);
                problem(StatusCode::SERVICE_UNAVAILABLE, "no-sandbox").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::Sandbox(_) => {
                log(&error);
                problem(StatusCode::BAD_GATEWAY, "sandbox-silent").retry_after(RETRY_SOON_SECONDS)
            }
            SessionError::Store(_) => {
                log(&error);
                problem(StatusCode::INTERNAL_SERVER_ERROR, "internal")
            }
        }
    }
}

fn challenge(error: &ChallengeError, detail: &str) -> ProblemResponse {
    let problem = |status, kind| ProblemResponse::new(status, kind, detail).at_field("challenge");
    match error {
        ChallengeError::Missing => problem(StatusCode::UNPROCESSABLE_ENTITY, "challenge-missing"),
        ChallengeError::OtherKind => problem(StatusCode::UNPROCESSABLE_ENTITY, "challenge-kind"),
        ChallengeError::NotOurs => problem(StatusCode::FORBIDDEN, "challenge-not-ours"),
        ChallengeError::Expired => problem(StatusCode::FORBIDDEN, "challenge-expired"),
        ChallengeError::Used => problem(StatusCode::FORBIDDEN, "challenge-used"),
        ChallengeError::Failed => problem(StatusCode::FORBIDDEN, "challenge-failed"),
        ChallengeError::Unanswered(_) => {
            log(error);
            problem(StatusCode::SERVICE_UNAVAILABLE, "challenge-unanswered").retry_after(RETRY_SOON_SECONDS)
        }
    }
}

/// By when a page that reported too often may report again.
const MINUTE_SECONDS: u64 = 60;
/// A session's prompts do not come back; another session's may, after the hour that limits claims.
const HOUR_SECONDS: u64 = 3_600;

/// The whole chain, once, where it is handled.
pub(super) fn log(error: &dyn std::error::Error) {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(error = chain, "a request could not be served");
}
