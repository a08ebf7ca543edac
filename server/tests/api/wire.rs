//! Bytes as they go over the wire, and a sandbox that answers whatever a test wants.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{PATIENCE, TestApp};

/// An answer as it came: the status, and all that follows its headers.
#[derive(Debug)]
pub struct RawAnswer {
    pub status: u16,
    pub body: String,
}

impl RawAnswer {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.get(9..12).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        Self { status, body: body.to_owned() }
    }
}

impl TestApp {
    /// Sends these bytes and nothing else, and reads until the server closes.
    pub async fn raw(&self, request: impl AsRef<[u8]>) -> RawAnswer {
        let read = async {
            let mut stream = TcpStream::connect(self.addr()).await.unwrap();
            // A server that refuses early may close before it has read all.
            let _ = stream.write_all(request.as_ref()).await;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            answer
        };
        let answer = tokio::time::timeout(PATIENCE, read).await;
        RawAnswer::of(&answer.expect("the server neither answered nor closed"))
    }

    /// Has every sandbox answer each request with `ok`, and write down what it was asked.
    pub fn eavesdrop(&self) -> Heard {
        let heard = Heard::default();
        let all = heard.clone();
        self.sim().serve_previews_with(move |inside| {
            let all = all.clone();
            tokio::spawn(async move {
                let service = service_fn(move |request| all.clone().answer(request));
                // The gateway hangs up when it has what it wants.
                let _ = http1::Builder::new().serve_connection(TokioIo::new(inside), service).await;
            });
        });
        heard
    }

    /// Has every sandbox answer with these bytes, once it was asked anything, and hang up.
    pub fn answer_with(&self, bytes: impl Into<Vec<u8>>) {
        let bytes: Arc<[u8]> = bytes.into().into();
        self.sim().serve_previews_with(move |mut inside| {
            let bytes = Arc::clone(&bytes);
            tokio::spawn(async move {
                let mut asked = [0; 1];
                // Whether the gateway takes it all is what is tested.
                let _ = inside.read(&mut asked).await;
                let _ = inside.write_all(&bytes).await;
                let _ = inside.shutdown().await;
                let mut rest = Vec::new();
                let _ = inside.read_to_end(&mut rest).await;
            });
        });
    }

    /// Has every sandbox answer with these bytes and then keep silent until the gateway hangs up.
    pub fn answer_and_hold(&self, bytes: &'static [u8]) {
        self.sim().serve_previews_with(move |mut inside| {
            tokio::spawn(async move {
                let mut asked = vec![0; 1];
                let _ = inside.read(&mut asked).await;
                let _ = inside.write_all(bytes).await;
                let _ = inside.read_to_end(&mut asked).await;
            });
        });
    }

    /// Has every sandbox begin with `head` and then send `piece` for ever.
    pub fn answer_forever(&self, head: &'static str, piece: Vec<u8>) {
        let piece: Arc<[u8]> = piece.into();
        self.sim().serve_previews_with(move |mut inside| {
            let piece = Arc::clone(&piece);
            tokio::spawn(async move {
                let mut asked = [0; 1];
                let _ = inside.read(&mut asked).await;
                let _ = inside.write_all(head.as_bytes()).await;
                while inside.write_all(&piece).await.is_ok() {}
            });
        });
    }
}

/// What sandboxes were asked.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<HeardRequest>>>);

/// One request as a sandbox saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardRequest {
    /// `GET /path`
    pub line: String,
    /// `name: value`, sorted.
    pub headers: Vec<String>,
    pub body: String,
}

impl Heard {
    async fn answer(
        self,
        request: hyper::Request<Incoming>,
    ) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
        let line = format!("{} {}", request.method(), request.uri());
        let text =
            |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let mut headers: Vec<String> =
            request.headers().iter().map(|(name, value)| format!("{name}: {}", text(value))).collect();
        headers.sort();
        let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        let body = String::from_utf8_lossy(&body).into_owned();
        self.0.lock().unwrap().push(HeardRequest { line, headers, body });
        Ok(hyper::Response::new(Full::new(Bytes::from_static(b"ok"))))
    }

    /// What was heard since the last time.
    pub fn take(&self) -> Vec<HeardRequest> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}
