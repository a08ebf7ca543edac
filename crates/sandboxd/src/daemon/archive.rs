//! The workspace as one compressed file that can be unpacked anywhere, made while it is sent (D9).
//!
//! It is made in a thread of its own, which waits whenever the client does. However large the workspace is, what it holds at
//! once is a few buffers and the names of the directories it is in.

mod entries;
mod left_out;
mod walk;

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use flate2::Compression;
use flate2::write::GzEncoder;
use sandboxd::frame::Frame;
use sandboxd::wire::{ArchiveSize, Exit, WireError};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::spawn_blocking;

use super::files::Files;
use entries::Entries;
use walk::{Found, Kind, Walk};

/// How many are made at once.
const ARCHIVES_MAX: usize = 2;

/// How many frames wait for a slow client, and the most bytes in one of them.
const FRAMES_WAITING_MAX: usize = 4;
const FRAME_BYTES: usize = 32 * 1024;

/// How hard is tried to make it small: a third of the processor time of the usual 6, and a few percent larger.
const LEVEL: u32 = 3;

/// How many bytes it may unpack to: files with holes take no room in a workspace, and all of it where they are unpacked.
const UNPACKED_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// How many files are counted before a size is told.
const COUNTED_MAX: usize = 50_000;

/// Makes archives, so many at once.
pub(super) struct Archives {
    permits: Arc<Semaphore>,
}

impl Default for Archives {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(ARCHIVES_MAX)) }
    }
}

impl Archives {
    /// Begins to send an archive of up to `bytes_max` compressed bytes.
    pub(super) fn start(&self, files: &Files, bytes_max: u64) -> Result<mpsc::Receiver<Bytes>, WireError> {
        let busy = |_| WireError::Refused { reason: "archives are being made already".to_owned() };
        let permit = self.permits.clone().try_acquire_owned().map_err(busy)?;
        let root = files.root()?;
        let (sender, frames) = mpsc::channel(FRAMES_WAITING_MAX);
        spawn_blocking(move || {
            let mut output = Output::new(sender, bytes_max);
            let code = i32::from(pack(root, &mut output, UNPACKED_BYTES_MAX).is_err());
            output.end(Exit { code, truncated: output.over_limit, timed_out: false });
            drop(permit);
        });
        Ok(frames)
    }

    /// How large an archive would be if nothing could be compressed.
    pub(super) async fn size(&self, files: &Files) -> Result<ArchiveSize, WireError> {
        let root = files.root()?;
        let counted = spawn_blocking(move || Walk::of(root).take(COUNTED_MAX).map(size_of).sum());
        let broken = |error: tokio::task::JoinError| WireError::Refused { reason: error.to_string() };
        Ok(ArchiveSize { bytes: counted.await.map_err(broken)? })
    }
}

fn size_of(found: Found) -> u64 {
    match found.kind {
        Kind::File { size_bytes } => size_bytes,
        Kind::Directory | Kind::Link | Kind::LeftOut(_) => 0,
    }
}

fn pack(root: OwnedFd, output: impl Write, unpacked_bytes_max: u64) -> io::Result<()> {
    let compressed = GzEncoder::new(output, Compression::new(LEVEL));
    let mut entries = Entries::new(compressed, unpacked_bytes_max);
    for found in Walk::of(root) {
        entries.add(&found)?;
    }
    entries.finish()?.finish()?.flush()
}

/// Sends what is written to it in frames, up to a limit.
struct Output {
    frames: mpsc::Sender<Bytes>,
    buffer: BytesMut,
    bytes_left: u64,
    over_limit: bool,
}

impl Output {
    fn new(frames: mpsc::Sender<Bytes>, bytes_max: u64) -> Self {
        Self { frames, buffer: BytesMut::new(), bytes_left: bytes_max, over_limit: false }
    }

    fn end(&self, exit: Exit) {
        // When nobody listens any more, nobody has to be told.
        let _ = self.frames.blocking_send(Frame::Exit(exit).encode());
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(FRAME_BYTES - self.buffer.len());
        let Some(left) = self.bytes_left.checked_sub(count as u64) else {
            // What is written after this, to end it well, is not sent either.
            (self.over_limit, self.bytes_left) = (true, 0);
            return Err(io::ErrorKind::FileTooLarge.into());
        };
        self.bytes_left = left;
        self.buffer.extend_from_slice(&bytes[..count]);
        if self.buffer.len() == FRAME_BYTES {
            self.flush()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let frame = Frame::Stdout(self.buffer.split().freeze()).encode();
        // Waits here while the client is slow.
        self.frames.blocking_send(frame).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

#[cfg(test)]
mod tests;
