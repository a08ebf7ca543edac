//! A preview of the simulated workspace: its files as they are, and `index.html` for everything else.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use domain::WorkspacePath;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;

use super::control::Serve;
use super::handle::SimSandbox;
use crate::BoxIo;

/// How much is on the way in either direction.
const BUFFER_BYTES: usize = 64 * 1024;

/// A new connection to the preview, or to what is scripted in its place.
pub(super) fn connect(sandbox: Arc<SimSandbox>, impostor: Option<Serve>) -> BoxIo {
    let (outside, inside) = tokio::io::duplex(BUFFER_BYTES);
    if let Some(serve) = impostor {
        serve(inside);
        return Box::new(outside);
    }
    tokio::spawn(async move {
        let service = service_fn(move |request| {
            let answer = answer(&sandbox, &request);
            async move { Ok::<_, Infallible>(answer) }
        });
        // A client that breaks off is its own business.
        let _ = http1::Builder::new().serve_connection(TokioIo::new(inside), service).await;
    });
    Box::new(outside)
}

fn answer(sandbox: &SimSandbox, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let wanted = percent_decode_str(request.uri().path().trim_start_matches('/')).decode_utf8_lossy();
    let found = wanted.parse::<WorkspacePath>().ok().and_then(|path| sandbox.file(&path));
    let (content, kind) = match found {
        Some(content) => (Some(content), media_type(&wanted)),
        None => ("index.html".parse().ok().and_then(|path| sandbox.file(&path)), "text/html"),
    };
    let mut response = Response::new(Full::new(content.clone().unwrap_or_default()));
    if content.is_none() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let kind = hyper::header::HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html",
        Some("css") => "text/css",
        Some("js" | "jsx" | "mjs") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
