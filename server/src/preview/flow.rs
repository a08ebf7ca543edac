//! Bytes on their way to and from a sandbox: counted, held back to the allowed rate, and cut where they never end or when
//! nobody may see the preview any more (J2, D7).

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use futures::stream;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Frame, Incoming, SizeHint};
use sessions::{LivePreview, OpenConnection, TrafficSpent};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::Sleep;

use super::bounds::Bounds;

/// How much of a WebSocket is carried at once, in bytes.
const PIECE_BYTES: usize = 16 * 1024;

/// One exchange with a sandbox, and the place it takes among the open ones.
pub(super) struct Flow {
    pub(super) preview: LivePreview,
    pub(super) bounds: Bounds,
    /// Held until the exchange is over.
    pub(super) _place: OpenConnection,
}

/// Why an answer was cut.
#[derive(Debug, thiserror::Error)]
enum Cut {
    #[error("the answer is larger than one may be")]
    TooLarge,
    #[error(transparent)]
    Spent(#[from] TrafficSpent),
    #[error("its name shows it no more")]
    Withdrawn,
    #[error("the sandbox broke off")]
    Broken(#[from] hyper::Error),
}

impl Flow {
    /// Waits until `bytes` may pass.
    async fn pace(&self, bytes: usize) -> Result<(), TrafficSpent> {
        let wait = self.preview.pass(bytes as u64, &self.bounds.traffic)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// A request's body as it may go in.
    pub(super) fn request_body(&self, from: Body) -> RequestBody {
        let bytes_max = usize::try_from(self.bounds.request_bytes_max).unwrap_or(usize::MAX);
        let (preview, bounds) = (self.preview.clone(), self.bounds);
        RequestBody { from: Limited::new(from, bytes_max), preview, bounds, wait: None }
    }

    /// An answer's body as it may go out.
    pub(super) fn body(self, from: Incoming) -> Body {
        let state = (self, from, 0);
        Body::from_stream(stream::try_unfold(state, |(flow, mut from, sent_bytes)| async move {
            let next = tokio::select! {
                biased;
                () = flow.preview.withdrawn() => Err(Cut::Withdrawn),
                next = flow.next(&mut from, sent_bytes) => next,
            };
            match next {
                Ok(Some(piece)) => {
                    let sent_bytes = sent_bytes + piece.len() as u64;
                    Ok(Some((piece, (flow, from, sent_bytes))))
                }
                Ok(None) => Ok(None),
                Err(cut) => {
                    tracing::warn!(
                        sandbox.id = %flow.preview.sandbox.id(), sent_bytes, error = %cut, "a preview's answer was cut"
                    );
                    Err(cut)
                }
            }
        }))
    }

    /// The next piece of a body, trailers left out.
    async fn next(&self, from: &mut Incoming, sent_bytes: u64) -> Result<Option<Bytes>, Cut> {
        while let Some(frame) = from.frame().await {
            let Ok(piece) = frame?.into_data() else { continue };
            if sent_bytes + piece.len() as u64 > self.bounds.response_bytes_max {
                return Err(Cut::TooLarge);
            }
            self.pace(piece.len()).await?;
            return Ok(Some(piece));
        }
        Ok(None)
    }

    /// Carries a WebSocket's bytes both ways until either side is done.
    pub(super) async fn join<S: AsyncRead + AsyncWrite>(self, browser: S, sandbox: S) {
        let (from_browser, to_browser) = tokio::io::split(browser);
        let (from_sandbox, to_sandbox) = tokio::io::split(sandbox);
        let over = tokio::select! {
            () = self.preview.withdrawn() => Ok(()),
            over = self.carry(from_sandbox, to_browser) => over,
            over = self.carry(from_browser, to_sandbox) => over,
        };
        if let Err(error) = over {
            tracing::debug!(sandbox.id = %self.preview.sandbox.id(), error = %error, "a preview's WebSocket broke");
        }
    }

    /// Carries a WebSocket's bytes one way until there are no more.
    async fn carry(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) -> std::io::Result<()> {
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read = from.read(&mut piece).await?;
            if read == 0 {
                return Ok(());
            }
            self.pace(read).await.map_err(std::io::Error::other)?;
            to.write_all(&piece[..read]).await?;
        }
    }
}

/// A request's body on its way in. Its length stays known, which decides how it is written anew.
pub(super) struct RequestBody {
    from: Limited<Body>,
    preview: LivePreview,
    bounds: Bounds,
    /// How long the next piece waits.
    wait: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for RequestBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Some(wait) = &mut self.wait {
            ready!(wait.as_mut().poll(context));
            self.wait = None;
        }
        let frame = ready!(Pin::new(&mut self.from).poll_frame(context));
        if let Some(piece) = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()) {
            let wait = self.preview.pass(piece.len() as u64, &self.bounds.traffic)?;
            self.wait = (!wait.is_zero()).then(|| Box::pin(tokio::time::sleep(wait)));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.from.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.from.size_hint()
    }
}
