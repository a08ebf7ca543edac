//! Requests below `/v1/terminals`.

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use sandboxd::wire::WireError;

use super::{Answer, bad_request, json, no_content, parsed, switching};
use crate::daemon::Daemon;

/// Answers a request whose path goes on with `rest`.
pub(super) async fn route(
    daemon: Arc<Daemon>,
    request: Request<Incoming>,
    rest: &str,
) -> Result<Answer, WireError> {
    let terminals = &daemon.terminals;
    let mut segments = rest.split('/').skip(1);
    let method = request.method().clone();
    match (method, segments.next().map(number).transpose()?, segments.next(), segments.next()) {
        (Method::POST, None, None, None) => {
            let size = parsed(request).await?;
            terminals.open(&daemon, size).map(|terminal| json(&terminal))
        }
        (Method::GET, None, None, None) => Ok(json(&terminals.list())),
        (Method::DELETE, Some(id), None, None) => terminals.close(id).await.map(|()| no_content()),
        (Method::POST, Some(id), Some("size"), None) => {
            let size = parsed(request).await?;
            terminals.resize(id, size).map(|()| no_content())
        }
        (Method::GET, Some(id), None, None) => {
            let viewing = terminals.watch(id)?;
            tokio::spawn(async move {
                if let Ok(outside) = hyper::upgrade::on(request).await {
                    viewing.serve(TokioIo::new(outside)).await;
                }
            });
            Ok(switching())
        }
        (method, ..) => Err(bad_request(format!("there is no {method} /v1/terminals{rest}"))),
    }
}

fn number(segment: &str) -> Result<u32, WireError> {
    segment.parse().map_err(bad_request)
}
