//! The daemon's requests, one function each. `sandboxd::wire` has the table.

mod terminals;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use domain::WorkspacePath;
use http_body_util::{BodyExt, Either, Full, Limited};
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONNECTION, CONTENT_TYPE, UPGRADE};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use sandboxd::wire::{Exec, FILE_BYTES_MAX, JSON_BYTES_MAX, Listing, Rename, Stage, WireError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Daemon, REQUEST_TIMEOUT_MS, exec};

/// How long a port inside may take to accept a connection.
const CONNECT_TIMEOUT_MS: u64 = 2_000;

type Answer = Response<Either<Full<Bytes>, Frames>>;

/// Answers one request.
pub(super) async fn handle(daemon: Arc<Daemon>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    let answer = route(daemon, request).await.unwrap_or_else(|error| {
        let mut answer = json(&error);
        *answer.status_mut() =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        answer
    });
    Ok(answer)
}

async fn route(daemon: Arc<Daemon>, request: Request<Incoming>) -> Result<Answer, WireError> {
    match (request.method().clone(), request.uri().path()) {
        (Method::GET, "/v1/files") => Ok(json(&Listing { entries: daemon.files.list()? })),
        (Method::GET, "/v1/file") => daemon.files.read(&path(&request)?).map(bytes),
        (Method::PUT, "/v1/file") => {
            let path = path(&request)?;
            let content = body(request, FILE_BYTES_MAX).await?;
            daemon.files.write(&path, &content).map(|()| no_content())
        }
        (Method::DELETE, "/v1/file") => daemon.files.remove(&path(&request)?).map(|()| no_content()),
        (Method::POST, "/v1/rename") => {
            let Rename { from, to } = parsed(request).await?;
            daemon.files.rename(&from, &to).map(|()| no_content())
        }
        (Method::POST, "/v1/exec") => {
            let exec: Exec = parsed(request).await?;
            let frames = exec::start(&daemon, &exec)?;
            Ok(Response::new(Either::Right(Frames(frames))))
        }
        (Method::GET, "/v1/archive") => {
            let bytes_max = parameter(&request, "bytes_max")?.parse().map_err(bad_request)?;
            let frames = daemon.archives.start(&daemon.files, bytes_max)?;
            Ok(Response::new(Either::Right(Frames(frames))))
        }
        (Method::GET, "/v1/archive/size") => Ok(json(&daemon.archives.size(&daemon.files).await?)),
        (Method::GET, "/v1/dev-server") => {
            let stage = parameter(&request, "until")?;
            let stage: Stage = serde_json::from_value(stage.into()).map_err(bad_request)?;
            Ok(json(&daemon.dev_server.wait_until(stage).await))
        }
        (Method::GET, "/v1/tcp") => {
            let port = parameter(&request, "port")?.parse().map_err(bad_request)?;
            let inside = connect(port).await.map_err(|_| WireError::NotListening)?;
            Ok(becomes(request, inside))
        }
        (Method::POST, "/v1/egress") => {
            let opened = daemon.egress.open().await;
            opened.map(|()| no_content()).map_err(|error| WireError::Refused { reason: error.to_string() })
        }
        (Method::GET, "/v1/egress") => match daemon.egress.accept().await {
            Some(Ok(inside)) => Ok(becomes(request, inside)),
            Some(Err(_)) | None => Err(WireError::NotListening),
        },
        (method, path) => match path.strip_prefix("/v1/terminals").map(str::to_owned) {
            Some(rest) => terminals::route(daemon, request, &rest).await,
            None => Err(bad_request(format!("there is no {method} {path}"))),
        },
    }
}

/// The request's connection becomes one of those inside.
fn becomes(request: Request<Incoming>, mut inside: TcpStream) -> Answer {
    tokio::spawn(async move {
        if let Ok(outside) = hyper::upgrade::on(request).await {
            // Either side may break off: that is how connections end.
            let _ = tokio::io::copy_bidirectional(&mut TokioIo::new(outside), &mut inside).await;
        }
    });
    switching()
}

/// The answer after which the connection carries other bytes than HTTP's.
fn switching() -> Answer {
    let mut answer = no_content();
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    answer.headers_mut().insert(CONNECTION, UPGRADE.into());
    answer.headers_mut().insert(UPGRADE, hyper::header::HeaderValue::from_static("tcp"));
    answer
}

async fn connect(port: u16) -> io::Result<TcpStream> {
    // Servers differ in which of the two `localhost` is.
    let addresses: [SocketAddr; 2] = [(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()];
    timeout(Duration::from_millis(CONNECT_TIMEOUT_MS), TcpStream::connect(&addresses[..])).await?
}

fn path(request: &Request<Incoming>) -> Result<WorkspacePath, WireError> {
    parameter(request, "path")?.parse().map_err(bad_request)
}

/// The value of the query's only parameter, which must be called `name`.
fn parameter(request: &Request<Incoming>, name: &str) -> Result<String, WireError> {
    let query = request.uri().query().unwrap_or_default();
    let value = query
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('='))
        .ok_or_else(|| bad_request(format!("`{name}` is missing")))?;
    Ok(percent_decode_str(value).decode_utf8().map_err(bad_request)?.into_owned())
}

async fn parsed<T: DeserializeOwned>(request: Request<Incoming>) -> Result<T, WireError> {
    serde_json::from_slice(&body(request, JSON_BYTES_MAX).await?).map_err(bad_request)
}

async fn body(request: Request<Incoming>, max: u64) -> Result<Bytes, WireError> {
    let limit = usize::try_from(max).unwrap_or(usize::MAX);
    let body = Limited::new(request.into_body(), limit).collect();
    match timeout(Duration::from_millis(REQUEST_TIMEOUT_MS), body).await.map_err(bad_request)? {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(WireError::TooLarge { max }),
        Err(error) => Err(bad_request(error)),
    }
}

fn bad_request(reason: impl ToString) -> WireError {
    WireError::BadRequest { reason: reason.to_string() }
}

fn json(value: &impl Serialize) -> Answer {
    // Our own types are made of numbers, texts and lists: writing them can't fail.
    let mut answer = bytes(serde_json::to_vec(value).unwrap_or_default().into());
    let kind = hyper::header::HeaderValue::from_static("application/json");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    answer
}

fn bytes(content: Bytes) -> Answer {
    Response::new(Either::Left(Full::new(content)))
}

fn no_content() -> Answer {
    let mut answer = bytes(Bytes::new());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    answer
}

/// A running command's frames as a body, or an archive's. Dropped with the connection, which tells whoever sends them that
/// nobody listens.
pub(super) struct Frames(mpsc::Receiver<Bytes>);

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|frame| frame.map(|bytes| Ok(Frame::data(bytes))))
    }
}
