//! Runs one command and streams what it does, until it ends, runs out of time, or nobody listens any more.

use std::io;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sandboxd::frame::Frame;
use sandboxd::wire::{Exec, Exit, WireError};
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::Daemon;
use super::dev_server::receiver;
use super::{command, processes};

/// How many frames wait for a slow client; the command waits then, too.
const FRAMES_WAITING_MAX: usize = 8;

/// The most bytes in one frame here.
const CHUNK_BYTES: usize = 8 * 1024;

/// How long the last output of a command that ended is waited for.
const DRAIN_MS: u64 = 1_000;

/// The exit code of a command that could not be found or executed, as shells have it.
const EXIT_NOT_FOUND: i32 = 127;

/// Starts the command and returns its frames.
pub(super) fn start(daemon: &Arc<Daemon>, exec: &Exec) -> Result<mpsc::Receiver<Bytes>, WireError> {
    let mut command = command(&exec.argv, &exec.env)
        .ok_or_else(|| WireError::BadRequest { reason: "the command is empty".to_owned() })?;
    // What the caller sets for itself stands above this.
    let told = daemon.egress.environment().filter(|(name, _)| !exec.env.contains_key(*name));
    command.envs(told);
    // Held open, so that the way there can't be turned elsewhere before the child goes it.
    let directory = exec.cwd.as_ref().map(|cwd| daemon.files.directory(cwd)).transpose()?;
    if let Some(directory) = &directory {
        command.current_dir(directory.path());
    }
    let (sender, frames) = mpsc::channel(FRAMES_WAITING_MAX);
    let pipes = || -> io::Result<_> { Ok((io::pipe()?, io::pipe()?)) };
    let ((stdout, stdout_writer), (stderr, stderr_writer)) = pipes().map_err(refused)?;
    command.stdin(Stdio::null()).stdout(stdout_writer).stderr(stderr_writer);
    let child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let said = Frame::Stderr(format!("{}: {error}\n", exec.argv[0]).into());
            let exit = Frame::Exit(Exit { code: EXIT_NOT_FOUND, truncated: false, timed_out: false });
            // The channel is new and has room for two.
            let _ = sender.try_send(said.encode());
            let _ = sender.try_send(exit.encode());
            return Ok(frames);
        }
    };
    let (leader, ended) = daemon.reaper.adopt(&child);
    // The command holds the writing ends of the pipes, which would then never end.
    drop(command);
    let run = Run {
        daemon: daemon.clone(),
        leader,
        output: Output { frames: sender, bytes_left: exec.output_bytes_max, truncated: false },
        stdout: Some(receiver(stdout).map_err(refused)?),
        stderr: Some(receiver(stderr).map_err(refused)?),
    };
    tokio::spawn(run.finish(ended, exec.timeout_ms));
    Ok(frames)
}

fn refused(error: io::Error) -> WireError {
    WireError::Refused { reason: error.to_string() }
}

/// A running command.
struct Run {
    daemon: Arc<Daemon>,
    leader: i32,
    output: Output,
    stdout: Option<pipe::Receiver>,
    stderr: Option<pipe::Receiver>,
}

/// Why the command does not go on.
enum End {
    Exited(i32),
    TimedOut,
    NobodyListens,
}

impl Run {
    async fn finish(mut self, ended: oneshot::Receiver<i32>, timeout_ms: u64) {
        let end = self.stream(ended, Duration::from_millis(timeout_ms)).await;
        processes::end_all(self.leader, || self.daemon.reaper.adopted()).await;
        let (code, timed_out) = match end {
            End::Exited(code) => (code, false),
            End::TimedOut => (128 + libc::SIGKILL, true),
            End::NobodyListens => return,
        };
        // Everybody who could write is gone, so this ends by itself; the bound is for what can't be killed.
        let _ = timeout(Duration::from_millis(DRAIN_MS), self.drain()).await;
        let truncated = self.output.truncated;
        self.output.send(Frame::Exit(Exit { code, truncated, timed_out })).await;
    }

    async fn stream(&mut self, mut ended: oneshot::Receiver<i32>, time: Duration) -> End {
        let deadline = Instant::now() + time;
        let frames = self.output.frames.clone();
        loop {
            let chunk = tokio::select! {
                code = &mut ended => return code.map_or(End::NobodyListens, End::Exited),
                () = sleep_until(deadline) => return End::TimedOut,
                () = frames.closed() => return End::NobodyListens,
                chunk = self.next_chunk() => chunk,
            };
            // Waits here while the client is slow, and so does the command.
            tokio::select! {
                () = sleep_until(deadline) => return End::TimedOut,
                () = frames.closed() => return End::NobodyListens,
                () = self.output.send(chunk) => {}
            }
        }
    }

    async fn drain(&mut self) {
        while self.stdout.is_some() || self.stderr.is_some() {
            let chunk = self.next_chunk().await;
            self.output.send(chunk).await;
        }
    }

    /// The next bytes of either stream; pending for ever once both have ended. Loses nothing when it is dropped.
    async fn next_chunk(&mut self) -> Frame {
        let (mut out, mut err) = ([0; CHUNK_BYTES], [0; CHUNK_BYTES]);
        tokio::select! {
            count = read(&mut self.stdout, &mut out) => Frame::Stdout(Bytes::copy_from_slice(&out[..count])),
            count = read(&mut self.stderr, &mut err) => Frame::Stderr(Bytes::copy_from_slice(&err[..count])),
        }
    }
}

/// Reads some bytes; at the end of the stream, forgets it and answers 0; pending for ever without one.
async fn read(stream: &mut Option<pipe::Receiver>, buffer: &mut [u8]) -> usize {
    let Some(reader) = stream else {
        return std::future::pending().await;
    };
    match reader.read(buffer).await {
        Ok(count @ 1..) => count,
        Ok(0) | Err(_) => {
            *stream = None;
            0
        }
    }
}

/// Where output goes, and how much more may.
struct Output {
    frames: mpsc::Sender<Bytes>,
    bytes_left: u64,
    truncated: bool,
}

impl Output {
    async fn send(&mut self, chunk: Frame) {
        let frame = match chunk {
            Frame::Stdout(bytes) => Frame::Stdout(self.within_bound(bytes)),
            Frame::Stderr(bytes) => Frame::Stderr(self.within_bound(bytes)),
            Frame::Exit(exit) => Frame::Exit(exit),
        };
        if !matches!(&frame, Frame::Stdout(bytes) | Frame::Stderr(bytes) if bytes.is_empty()) {
            // When nobody listens any more, that is noticed elsewhere.
            let _ = self.frames.send(frame.encode()).await;
        }
    }

    fn within_bound(&mut self, mut bytes: Bytes) -> Bytes {
        let left = usize::try_from(self.bytes_left).unwrap_or(usize::MAX);
        if bytes.len() > left {
            bytes.truncate(left);
            self.truncated = true;
        }
        self.bytes_left -= bytes.len() as u64;
        bytes
    }
}
