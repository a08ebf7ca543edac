//! A sandbox's bytes on their way out: counted, held back to the allowed rate, and cut where they never end (J2).

use axum::body::{Body, Bytes};
use futures::stream;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use sessions::{LivePreview, OpenConnection, TrafficSpent};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

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
    #[error("the sandbox broke off")]
    Broken(#[from] hyper::Error),
}

impl Flow {
    /// Waits until `bytes` may go out.
    async fn pace(&self, bytes: usize) -> Result<(), TrafficSpent> {
        let wait = self.preview.send(bytes as u64, &self.bounds.traffic)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// An answer's body as it may go out.
    pub(super) fn body(self, from: Incoming) -> Body {
        let state = (self, from, 0);
        Body::from_stream(stream::try_unfold(state, |(flow, mut from, sent_bytes)| async move {
            match flow.next(&mut from, sent_bytes).await {
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
        let (mut from_browser, mut to_browser) = tokio::io::split(browser);
        let (mut from_sandbox, mut to_sandbox) = tokio::io::split(sandbox);
        let outwards = async {
            let mut piece = vec![0; PIECE_BYTES];
            loop {
                let read = from_sandbox.read(&mut piece).await?;
                if read == 0 {
                    return Ok(());
                }
                self.pace(read).await.map_err(std::io::Error::other)?;
                to_browser.write_all(&piece[..read]).await?;
            }
        };
        let inwards = tokio::io::copy(&mut from_browser, &mut to_sandbox);
        let over: std::io::Result<()> = tokio::select! {
            over = outwards => over,
            over = inwards => over.map(drop),
        };
        if let Err(error) = over {
            tracing::debug!(sandbox.id = %self.preview.sandbox.id(), error = %error, "a preview's WebSocket broke");
        }
    }
}
