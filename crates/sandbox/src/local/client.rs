//! Talks to the daemon and to the dev server of one sandbox, over its Unix sockets. One connection per request: they
//! cost less than keeping them.
//!
//! Whoever took over the sandbox answers here: every answer is bounded in size and time, and nothing in it is a path of the
//! host.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use domain::{SandboxId, WorkspacePath};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, HOST, UPGRADE};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sandboxd::wire::{
    DevServerState, FILE_BYTES_MAX, LIST_ENTRIES_MAX, LOG_BYTES_MAX, Listing, Stage, WireError,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::socket;
use crate::{BoxIo, BuildFault, SandboxError, TerminalId};

/// How long file work may take, in milliseconds.
const REQUEST_TIMEOUT_MS: u64 = 10_000;

/// The largest listing that is taken, in bytes: one with the longest paths.
const LISTING_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The largest of all other JSON answers, in bytes: a state with its log, every byte of which may be escaped.
const ANSWER_BYTES_MAX: usize = 16 * LOG_BYTES_MAX;

/// The largest head of an answer, in bytes.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// Files that one check names.
const CHANGED_NAMED_MAX: usize = 100;

/// Faults that are taken of one check.
const FAULTS_MAX: usize = 5;

/// How much is taken of one fault, in characters.
const FAULT_CHARS_MAX: usize = 2_000;

/// How much is believed of a reason that was given, in characters.
const REASON_CHARS_MAX: usize = 300;

/// What a dev server answers to a check.
#[derive(Debug, Deserialize)]
struct Faults {
    faults: Vec<BuildFault>,
}

/// What a request was about, for its errors.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'a> {
    File(&'a WorkspacePath),
    Sandbox,
    Terminals,
    Terminal(TerminalId),
}

/// The way into one sandbox.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) id: SandboxId,
    pub(super) control: PathBuf,
    pub(super) dev_server: PathBuf,
}

impl Client {
    /// A connection to one of its sockets.
    pub(super) async fn connect(&self, path: &Path) -> Result<UnixStream, SandboxError> {
        socket::connect(path).await.map_err(|error| match error.kind() {
            // The daemon is dead or was never there: without it there is no sandbox.
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused if path == self.control => {
                SandboxError::Gone(self.id)
            }
            _ => unreachable_because("it accepts no connection", error),
        })
    }

    /// Asks the dev server for `path` and answers its status.
    pub(super) async fn get_from_dev_server(&self, path: &str) -> Result<StatusCode, SandboxError> {
        let stream = self.connect(&self.dev_server).await?;
        let request = Request::get(path).header(HOST, "localhost");
        let response = send(stream, request, Bytes::new()).await?;
        Ok(response.status())
    }

    /// Asks the dev server what can't be built.
    pub(super) async fn faults(
        &self,
        check_path: &str,
        changed: &[WorkspacePath],
    ) -> Result<Vec<BuildFault>, SandboxError> {
        let named =
            |path: &WorkspacePath| format!("path={}", utf8_percent_encode(path.as_str(), NON_ALPHANUMERIC));
        let query: Vec<String> = changed.iter().take(CHANGED_NAMED_MAX).map(named).collect();
        let stream = self.connect(&self.dev_server).await?;
        let request = Request::get(format!("{check_path}?{}", query.join("&"))).header(HOST, "localhost");
        let response = send(stream, request, Bytes::new()).await?;
        let mut found: Faults = parsed(collected(response, ANSWER_BYTES_MAX).await?)?;
        found.faults.truncate(FAULTS_MAX);
        for fault in &mut found.faults {
            fault.file = plain(&fault.file);
            fault.message = shown(&fault.message);
        }
        Ok(found.faults)
    }

    /// Where the dev server stands once it has come to `stage` or died.
    pub(super) async fn dev_server(&self, stage: Stage) -> Result<DevServerState, SandboxError> {
        // A stage has a name of its own on the wire, the same as in the answer.
        let stage = serde_json::to_string(&stage).unwrap_or_default();
        let target = format!("/v1/dev-server?until={}", stage.trim_matches('"'));
        let response = self.send(Request::get(target), Bytes::new(), Subject::Sandbox).await?;
        parsed(collected(response, ANSWER_BYTES_MAX).await?)
    }

    /// File work on one path: the answer's bytes.
    pub(super) async fn file(
        &self,
        method: Method,
        path: &WorkspacePath,
        content: Bytes,
    ) -> Result<Bytes, SandboxError> {
        let encoded = utf8_percent_encode(path.as_str(), NON_ALPHANUMERIC);
        let request = Request::builder().method(method).uri(format!("/v1/file?path={encoded}"));
        self.within_time(async {
            let response = self.send(request, content, Subject::File(path)).await?;
            collected(response, usize::try_from(FILE_BYTES_MAX).unwrap_or(usize::MAX)).await
        })
        .await
    }

    /// Everything below the workspace.
    pub(super) async fn files(&self) -> Result<Listing, SandboxError> {
        let request = Request::get("/v1/files");
        let listing: Listing = self
            .within_time(async {
                let response = self.send(request, Bytes::new(), Subject::Sandbox).await?;
                parsed(collected(response, LISTING_BYTES_MAX).await?)
            })
            .await?;
        if listing.entries.len() > LIST_ENTRIES_MAX {
            return Err(SandboxError::TooLarge { what: "the number of files", max: LIST_ENTRIES_MAX as u64 });
        }
        Ok(listing)
    }

    /// A request with JSON; the answer's body is still to come.
    pub(super) async fn post(
        &self,
        target: &str,
        body: &impl Serialize,
        subject: Subject<'_>,
    ) -> Result<Response<Incoming>, SandboxError> {
        let json = serde_json::to_vec(body)
            .map_err(|error| unreachable_because("the request is not JSON", error))?;
        self.within_time(self.send(Request::post(target), json.into(), subject)).await
    }

    /// A request without a body, with a JSON answer.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        target: &str,
        subject: Subject<'_>,
    ) -> Result<T, SandboxError> {
        self.within_time(async {
            let response = self.send(Request::get(target), Bytes::new(), subject).await?;
            parsed(collected(response, ANSWER_BYTES_MAX).await?)
        })
        .await
    }

    /// A request with JSON, and its JSON answer.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        target: &str,
        body: &impl Serialize,
        subject: Subject<'_>,
    ) -> Result<T, SandboxError> {
        let response = self.post(target, body, subject).await?;
        parsed(self.within_time(collected(response, ANSWER_BYTES_MAX)).await?)
    }

    /// A request whose answer is read as it comes.
    pub(super) async fn stream(&self, target: &str) -> Result<Incoming, SandboxError> {
        let sent = self.send(Request::get(target), Bytes::new(), Subject::Sandbox);
        Ok(self.within_time(sent).await?.into_body())
    }

    /// A request to remove something.
    pub(super) async fn delete(&self, target: &str, subject: Subject<'_>) -> Result<(), SandboxError> {
        self.within_time(self.send(Request::delete(target), Bytes::new(), subject)).await.map(drop)
    }

    /// A connection to a TCP port on the sandbox's loopback.
    pub(super) async fn tcp(&self, port: u16) -> Result<BoxIo, SandboxError> {
        self.within_time(self.connection(&format!("/v1/tcp?port={port}"), Subject::Sandbox)).await
    }

    /// A connection to a terminal: what is typed one way, frames the other.
    pub(super) async fn terminal(&self, id: TerminalId) -> Result<BoxIo, SandboxError> {
        let subject = Subject::Terminal(id);
        self.within_time(self.connection(&format!("/v1/terminals/{id}"), subject)).await
    }

    /// Opens the way out.
    pub(super) async fn open_egress(&self) -> Result<(), SandboxError> {
        let opened = self.send(Request::post("/v1/egress"), Bytes::new(), Subject::Sandbox);
        self.within_time(opened).await.map(drop)
    }

    /// The next connection on the way out; waits for one, as long as it takes.
    pub(super) async fn accept_egress(&self) -> Result<BoxIo, SandboxError> {
        self.connection("/v1/egress", Subject::Sandbox).await
    }

    /// A request that becomes a connection inside.
    async fn connection(&self, target: &str, subject: Subject<'_>) -> Result<BoxIo, SandboxError> {
        let request = Request::get(target).header(CONNECTION, "upgrade").header(UPGRADE, "tcp");
        let response = self.send(request, Bytes::new(), subject).await?;
        let upgraded = hyper::upgrade::on(response)
            .await
            .map_err(|error| unreachable_because("the connection was not opened", error))?;
        Ok(Box::new(TokioIo::new(upgraded)))
    }

    async fn within_time<T>(
        &self,
        work: impl Future<Output = Result<T, SandboxError>>,
    ) -> Result<T, SandboxError> {
        timeout(Duration::from_millis(REQUEST_TIMEOUT_MS), work).await.unwrap_or(Err(SandboxError::Timeout {
            what: "work inside the sandbox",
            limit_ms: REQUEST_TIMEOUT_MS,
        }))
    }

    /// Sends a request to the daemon; its refusals become errors about `subject`.
    async fn send(
        &self,
        request: hyper::http::request::Builder,
        body: Bytes,
        subject: Subject<'_>,
    ) -> Result<Response<Incoming>, SandboxError> {
        let stream = self.connect(&self.control).await?;
        let response = send(stream, request.header(HOST, "sandbox"), body).await?;
        if response.status().is_success() || response.status() == StatusCode::SWITCHING_PROTOCOLS {
            return Ok(response);
        }
        let refusal: WireError = parsed(collected(response, ANSWER_BYTES_MAX).await?)?;
        Err(refused(refusal, subject))
    }
}

async fn send(
    stream: UnixStream,
    request: hyper::http::request::Builder,
    body: Bytes,
) -> Result<Response<Incoming>, SandboxError> {
    let broken = |error: hyper::Error| unreachable_because("the connection broke", error);
    let handshake = http1::Builder::new().max_buf_size(HEAD_BYTES_MAX).handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(broken)?;
    // Ends by itself with the request, or when the answer is dropped; errors reach the sender.
    tokio::spawn(async move { connection.with_upgrades().await });
    let request = request
        .body(Full::new(body))
        .map_err(|error| unreachable_because("the request makes no sense", error))?;
    sender.send_request(request).await.map_err(broken)
}

async fn collected(response: Response<Incoming>, bytes_max: usize) -> Result<Bytes, SandboxError> {
    let limited = Limited::new(response.into_body(), bytes_max);
    let collected = limited.collect().await.map_err(|source| SandboxError::Unreachable {
        reason: "the answer broke off".to_owned(),
        source: Some(source),
    })?;
    Ok(collected.to_bytes())
}

fn parsed<T: DeserializeOwned>(json: Bytes) -> Result<T, SandboxError> {
    serde_json::from_slice(&json).map_err(|error| unreachable_because("the answer makes no sense", error))
}

fn refused(refusal: WireError, subject: Subject<'_>) -> SandboxError {
    match (refusal, subject) {
        (WireError::NoSuchFile, Subject::File(path)) => SandboxError::NoSuchFile(path.clone()),
        (WireError::Refused { reason } | WireError::BadRequest { reason }, Subject::File(path)) => {
            SandboxError::File { path: path.clone(), reason: plain(&reason) }
        }
        (WireError::TooLarge { max }, Subject::File(_)) => {
            SandboxError::TooLarge { what: "the file, in bytes,", max }
        }
        (WireError::TooLarge { max }, Subject::Sandbox) => {
            SandboxError::TooLarge { what: "the number of files", max }
        }
        (WireError::NoSuchTerminal, Subject::Terminal(id)) => SandboxError::NoSuchTerminal(id),
        (WireError::TooLarge { max }, Subject::Terminals) => {
            SandboxError::TooLarge { what: "the number of terminals", max }
        }
        (WireError::TooLarge { max }, Subject::Terminal(_)) => {
            SandboxError::TooLarge { what: "the number of those at one terminal", max }
        }
        (refusal, _) => unreachable_because("it refused", plain(&refusal.to_string())),
    }
}

/// A text that came from inside: short, and without anything that a terminal or a log would take for a command.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(REASON_CHARS_MAX).collect()
}

/// The same with its lines, for what is shown with the place in a file.
fn shown(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).take(FAULT_CHARS_MAX).collect()
}

/// The sandbox did not answer.
pub(super) fn unreachable_because(
    reason: &str,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> SandboxError {
    SandboxError::Unreachable { reason: reason.to_owned(), source: Some(source.into()) }
}
