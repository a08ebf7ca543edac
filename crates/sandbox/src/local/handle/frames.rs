//! The daemon's frames as they come with an answer.

use http_body_util::BodyExt;
use hyper::body::Incoming;
use sandboxd::frame::{Decoder, Frame};

use super::super::client::unreachable_because;
use crate::SandboxError;

/// An answer that is made of frames. Dropping it drops the connection, by which the daemon knows that nobody listens.
pub(super) struct Frames {
    body: Incoming,
    decoder: Decoder,
    /// What is said when it breaks off.
    broken_off: &'static str,
}

impl Frames {
    pub(super) fn new(body: Incoming, broken_off: &'static str) -> Self {
        Self { body, decoder: Decoder::default(), broken_off }
    }

    /// The next one. The stream has an end of its own, so that the answer's end is an error.
    pub(super) async fn next(&mut self) -> Result<Frame, SandboxError> {
        loop {
            let frame = self.decoder.next_frame();
            if let Some(frame) =
                frame.map_err(|error| unreachable_because("the answer makes no sense", error))?
            {
                return Ok(frame);
            }
            let broken = || SandboxError::Unreachable { reason: self.broken_off.to_owned(), source: None };
            let piece = self.body.frame().await.ok_or_else(broken)?;
            let piece = piece.map_err(|error| unreachable_because(self.broken_off, error))?;
            if let Some(bytes) = piece.data_ref() {
                self.decoder.feed(bytes);
            }
        }
    }
}

/// The daemon keeps to bounds it was told, and sends no empty frames: another's would never come to an end.
pub(super) fn counted(bytes_left: &mut u64, bytes: usize, what: &str) -> Result<(), SandboxError> {
    match bytes_left.checked_sub(bytes as u64) {
        Some(left) if bytes > 0 => {
            *bytes_left = left;
            Ok(())
        }
        Some(_) | None => Err(SandboxError::Unreachable {
            reason: format!("{what} is not what was asked for"),
            source: None,
        }),
    }
}
