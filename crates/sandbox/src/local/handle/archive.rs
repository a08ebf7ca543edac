//! An archive as it comes. What is in it was put there by whoever has the sandbox: nothing here looks into it.

use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use hyper::body::Incoming;
use sandboxd::frame::Frame;
use tokio::time::timeout;

use super::frames::{Frames, counted};
use crate::SandboxError;

/// How long the next piece may take to come.
const PIECE_TIMEOUT_MS: u64 = 30_000;

/// The pieces of an archive of up to `bytes_max` bytes. The last one is an error unless the archive is whole.
pub(super) fn pieces(body: Incoming, bytes_max: u64) -> BoxStream<'static, Result<Bytes, SandboxError>> {
    let begun = Some((Frames::new(body, "the archive broke off"), bytes_max));
    stream::unfold(begun, move |reading| async move {
        let (mut frames, mut bytes_left) = reading?;
        let limit_ms = PIECE_TIMEOUT_MS;
        let next = timeout(Duration::from_millis(limit_ms), next(&mut frames, &mut bytes_left, bytes_max));
        let late = SandboxError::Timeout { what: "the archive's next piece", limit_ms };
        match next.await.unwrap_or(Err(late)) {
            Ok(Some(bytes)) => Some((Ok(bytes), Some((frames, bytes_left)))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    })
    .boxed()
}

/// The next piece; `None` when the archive is whole.
async fn next(
    frames: &mut Frames,
    bytes_left: &mut u64,
    bytes_max: u64,
) -> Result<Option<Bytes>, SandboxError> {
    let broken = |reason: &str| Err(SandboxError::Unreachable { reason: reason.to_owned(), source: None });
    match frames.next().await? {
        Frame::Stdout(bytes) => {
            counted(bytes_left, bytes.len(), "the archive")?;
            Ok(Some(bytes))
        }
        Frame::Exit(exit) if exit.truncated => {
            Err(SandboxError::TooLarge { what: "the archive, in compressed bytes,", max: bytes_max })
        }
        Frame::Exit(exit) if exit.code == 0 => Ok(None),
        Frame::Exit(_) => broken("the archive could not be made"),
        Frame::Stderr(_) => broken("the archive is not what was asked for"),
    }
}
