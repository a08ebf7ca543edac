//! JSON bodies, with errors that say what is wrong with them.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;

use super::problem::ProblemResponse;

/// A JSON body of the right shape.
pub(crate) struct JsonBody<T>(pub(crate) T);

/// A JSON body of the right shape, or the default when there is no body at all.
pub(crate) struct OptionalJsonBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ProblemResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemResponse> {
        let body = axum::Json::<T>::from_request(request, state).await.map_err(|error| not_json(&error))?;
        Ok(Self(body.0))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalJsonBody<T> {
    type Rejection = ProblemResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemResponse> {
        let content_type = request.headers().get(header::CONTENT_TYPE).cloned();
        let bytes = Bytes::from_request(request, state).await.map_err(too_large)?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        let mut request = Request::new(bytes.into());
        if let Some(content_type) = content_type {
            request.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        JsonBody::<T>::from_request(request, state).await.map(|body| Self(body.0))
    }
}

fn not_json(error: &JsonRejection) -> ProblemResponse {
    match error {
        JsonRejection::JsonDataError(_) => ProblemResponse::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "wrong-fields",
            format!("The JSON does not have the right fields: {}.", reason(error)),
        ),
        JsonRejection::MissingJsonContentType(_) => ProblemResponse::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "Send the body as JSON, with `Content-Type: application/json`.",
        ),
        JsonRejection::BytesRejection(_) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            ProblemResponse::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large.")
        }
        _ => ProblemResponse::new(StatusCode::BAD_REQUEST, "not-json", "The body is not valid JSON."),
    }
}

fn too_large(error: BytesRejection) -> ProblemResponse {
    match error.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ProblemResponse::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large.")
        }
        _ => ProblemResponse::new(StatusCode::BAD_REQUEST, "body-broken", "The body could not be read."),
    }
}

/// The innermost cause: which field, and what was expected.
fn reason(error: &JsonRejection) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
