//! What a command says, as it comes, within the bounds that its daemon was told: it may not keep to them.

use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt};
use hyper::body::Incoming;
use sandboxd::frame::Frame;
use tokio::time::{Instant, timeout_at};

use super::frames::{Frames, counted};
use crate::{ExecEvent, SandboxError};

/// How long after its own time a command may take to end and to say so, in milliseconds.
const END_TIMEOUT_MS: u64 = 5_000;

struct Reading {
    frames: Frames,
    limit_ms: u64,
    deadline: Instant,
    bytes_left: u64,
    over: bool,
}

/// The events of a command that began at `begun`. Dropping them ends the command.
pub(super) fn events(
    body: Incoming,
    begun: Instant,
    timeout_ms: u64,
    output_bytes_max: u64,
) -> BoxStream<'static, Result<ExecEvent, SandboxError>> {
    let limit_ms = timeout_ms.saturating_add(END_TIMEOUT_MS);
    let deadline = begun.checked_add(Duration::from_millis(limit_ms));
    let reading = Reading {
        frames: Frames::new(body, "the command's output broke off"),
        limit_ms,
        deadline: deadline.unwrap_or(begun + Duration::from_millis(END_TIMEOUT_MS)),
        bytes_left: output_bytes_max,
        over: false,
    };
    stream::unfold(reading, |mut reading| async move {
        if reading.over {
            return None;
        }
        let late = SandboxError::Timeout { what: "the command", limit_ms: reading.limit_ms };
        let event = timeout_at(reading.deadline, reading.next()).await.unwrap_or(Err(late));
        reading.over = matches!(event, Err(_) | Ok(ExecEvent::Exited { .. }));
        Some((event, reading))
    })
    .boxed()
}

impl Reading {
    async fn next(&mut self) -> Result<ExecEvent, SandboxError> {
        let frame = self.frames.next().await?;
        if let Frame::Stdout(bytes) | Frame::Stderr(bytes) = &frame {
            counted(&mut self.bytes_left, bytes.len(), "the command's output")?;
        }
        Ok(match frame {
            Frame::Stdout(bytes) => ExecEvent::Stdout(bytes),
            Frame::Stderr(bytes) => ExecEvent::Stderr(bytes),
            Frame::Exit(exit) => {
                ExecEvent::Exited { code: exit.code, truncated: exit.truncated, timed_out: exit.timed_out }
            }
        })
    }
}
