//! One request into a sandbox and its answer back, WebSockets included.

use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, Version, header};
use axum::response::Response;
use http_body_util::LengthLimitError;
use hyper::client::conn::http1;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use sandbox::BoxIo;
use sessions::TrafficSpent;
use tokio::time::timeout;

use super::bounds::{HEADER_BYTES_MAX, HEADERS_MAX};
use super::flow::Flow;
use super::headers::{clean_request, clean_response};

/// Why a sandbox's answer can't be given.
#[derive(Debug, thiserror::Error)]
pub(super) enum PipeError {
    #[error("it does not speak HTTP as it should, or hung up")]
    Http(#[source] hyper::Error),
    #[error("it did not begin to answer in time")]
    Late,
    #[error("its answer is larger than one may be")]
    TooLarge,
    #[error("its visitor sends more than one request may hold")]
    RequestTooLarge,
    #[error("its visitor sends more than may pass in its session")]
    Spent,
    #[error("it switched protocols without being asked")]
    Unasked,
}

impl From<hyper::Error> for PipeError {
    fn from(error: hyper::Error) -> Self {
        match std::error::Error::source(&error) {
            Some(cause) if cause.is::<LengthLimitError>() => Self::RequestTooLarge,
            Some(cause) if cause.is::<TrafficSpent>() => Self::Spent,
            Some(_) | None => Self::Http(error),
        }
    }
}

/// Sends a request over a fresh connection and answers with what comes back, streamed.
///
/// # Errors
/// When the sandbox does not speak HTTP, hangs up, takes too long or has too much to say, or the visitor has.
pub(super) async fn through(
    connection: BoxIo,
    mut request: Request,
    flow: Flow,
) -> Result<Response<Body>, PipeError> {
    let bounds = flow.bounds;
    if request.body().size_hint().lower() > bounds.request_bytes_max {
        return Err(PipeError::RequestTooLarge);
    }
    let mut client = http1::Builder::new();
    client.max_buf_size(HEADER_BYTES_MAX).max_headers(HEADERS_MAX);
    let (mut sender, driver) = client.handshake(TokioIo::new(connection)).await?;
    tokio::spawn(async move {
        if let Err(error) = driver.with_upgrades().await {
            tracing::debug!(error = %error, "a preview's connection broke");
        }
    });
    let browser = is_websocket(&request).then(|| hyper::upgrade::on(&mut request));
    prepare(&mut request, browser.is_some());
    let request = request.map(|body| flow.request_body(body));
    let answer = timeout(bounds.first_byte_timeout, sender.send_request(request));
    let mut response = answer.await.map_err(|_| PipeError::Late)??;
    clean_response(response.headers_mut());
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        let browser = browser.ok_or(PipeError::Unasked)?;
        join(flow, browser, hyper::upgrade::on(&mut response));
        ask_for_websocket(response.headers_mut());
        return Ok(response.map(|_| Body::empty()));
    }
    if response.size_hint().lower() > bounds.response_bytes_max {
        return Err(PipeError::TooLarge);
    }
    Ok(response.map(|body| flow.body(body)))
}

/// Makes a request the gateway's own: for the sandbox's only host, over its own connection.
fn prepare(request: &mut Request, websocket: bool) {
    clean_request(request.headers_mut());
    if websocket {
        ask_for_websocket(request.headers_mut());
    }
    *request.version_mut() = Version::HTTP_11;
    if let Some(path) = request.uri().path_and_query().cloned() {
        *request.uri_mut() = Uri::from(path);
    }
}

fn ask_for_websocket(headers: &mut HeaderMap) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
}

/// Whether a request asks for a WebSocket; no other protocol may be switched to.
pub(super) fn is_websocket(request: &Request) -> bool {
    let headers = request.headers();
    let mut connection = headers.get_all(header::CONNECTION).iter().filter_map(|value| value.to_str().ok());
    *request.method() == Method::GET
        && headers
            .get(header::UPGRADE)
            .is_some_and(|wanted| wanted.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && connection.any(|value| value.split(',').any(|one| one.trim().eq_ignore_ascii_case("upgrade")))
}

/// Carries bytes both ways until either side is done.
fn join(flow: Flow, browser: OnUpgrade, sandbox: OnUpgrade) {
    tokio::spawn(async move {
        match tokio::try_join!(browser, sandbox) {
            Ok((browser, sandbox)) => flow.join(TokioIo::new(browser), TokioIo::new(sandbox)).await,
            Err(error) => tracing::debug!(error = %error, "a preview's WebSocket could not be opened"),
        }
    });
}
