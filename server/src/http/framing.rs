//! Which requests are plain enough to be answered at all (J2).
//!
//! Two servers in a row that disagree where a request ends can be made to take one visitor's bytes for another's request.
//! hyper reads strictly, lets a chunked body stand above a length, and writes anew what goes on to a sandbox. What is left
//! is refused here; and since a proxy in front may have read a chunked request in another way, nothing that follows one on
//! its connection is read.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::problem::ProblemResponse;

/// A request that two readers could understand differently, or that asks for what no part of this server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unclear {
    #[error("The request's body is encoded in a way that this server does not know.")]
    Encoding,
    #[error("This server answers no such method.")]
    Method,
}

/// Refuses what could be read in two ways.
///
/// # Errors
/// [`Unclear`].
pub(super) fn check(request: &Request) -> Result<(), Unclear> {
    if matches!(*request.method(), Method::CONNECT | Method::TRACE) {
        return Err(Unclear::Method);
    }
    let mut encodings = request.headers().get_all(header::TRANSFER_ENCODING).iter();
    let plain = encodings.next().is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    if plain && encodings.next().is_none() { Ok(()) } else { Err(Unclear::Encoding) }
}

/// Whether a request is the last one that is read from its connection.
pub(super) fn is_last(headers: &HeaderMap) -> bool {
    headers.contains_key(header::TRANSFER_ENCODING)
}

/// Says that the connection ends with this answer.
pub(super) fn close_after(response: &mut Response) {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
}

/// The answer to a request that was not understood.
pub(super) fn refused(why: &dyn std::error::Error, status: StatusCode) -> Response {
    let mut response = ProblemResponse::new(status, "unclear-request", why.to_string()).into_response();
    close_after(&mut response);
    response
}

impl Unclear {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Encoding => StatusCode::BAD_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }
}
