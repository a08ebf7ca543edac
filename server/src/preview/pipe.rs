//! One request into a sandbox and its answer back, WebSockets included.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::client::conn::http1;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use sandbox::BoxIo;

use super::headers::{clean_request, clean_response};

/// Sends a request over a fresh connection and answers with what comes back, streamed.
///
/// # Errors
/// When the sandbox does not speak HTTP, or hangs up.
pub(super) async fn through(connection: BoxIo, mut request: Request) -> Result<Response<Body>, hyper::Error> {
    let (mut sender, driver) = http1::handshake(TokioIo::new(connection)).await?;
    tokio::spawn(async move {
        if let Err(error) = driver.with_upgrades().await {
            tracing::debug!(error = %error, "a preview's connection broke");
        }
    });
    let protocol = websocket(request.headers());
    let browser = protocol.as_ref().map(|_| hyper::upgrade::on(&mut request));
    clean_request(request.headers_mut());
    if let Some(protocol) = &protocol {
        request.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        request.headers_mut().insert(header::UPGRADE, protocol.clone());
    }
    let mut response = sender.send_request(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        let (Some(browser), Some(protocol)) = (browser, protocol) else {
            // Nobody asked for it; a body can't follow either.
            return Ok(Response::builder()
                .status(StatusCode::BAD_GATEWAY)
                .body(Body::empty())
                .unwrap_or_default());
        };
        join(browser, hyper::upgrade::on(&mut response));
        clean_response(response.headers_mut());
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        response.headers_mut().insert(header::UPGRADE, protocol);
        return Ok(response.map(|_| Body::empty()));
    }
    clean_response(response.headers_mut());
    Ok(response.map(Body::new))
}

/// The protocol a request wants to switch to; only WebSocket may pass.
fn websocket(headers: &HeaderMap) -> Option<HeaderValue> {
    let wanted = headers.get(header::UPGRADE)?;
    wanted.as_bytes().eq_ignore_ascii_case(b"websocket").then(|| HeaderValue::from_static("websocket"))
}

/// Carries bytes both ways until either side is done.
fn join(browser: OnUpgrade, sandbox: OnUpgrade) {
    tokio::spawn(async move {
        let (browser, sandbox) = match tokio::try_join!(browser, sandbox) {
            Ok(both) => both,
            Err(error) => {
                tracing::debug!(error = %error, "a preview's WebSocket could not be opened");
                return;
            }
        };
        let (mut browser, mut sandbox) = (TokioIo::new(browser), TokioIo::new(sandbox));
        if let Err(error) = tokio::io::copy_bidirectional(&mut browser, &mut sandbox).await {
            tracing::debug!(error = %error, "a preview's WebSocket broke");
        }
    });
}
