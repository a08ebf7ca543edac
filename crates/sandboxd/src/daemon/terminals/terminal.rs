//! One terminal: a shell, what it showed, and those who watch it.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use sandboxd::frame::Frame;
use sandboxd::wire::{self, Exit, SCROLLBACK_BYTES_MAX, TerminalSize, WireError};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::timeout;

use super::pty::Pty;
use super::replay::without_questions;
use super::screen::Screen;
use crate::daemon::processes;
use crate::daemon::reaper::Reaper;

/// How many may watch one terminal at once.
const VIEWERS_MAX: usize = 16;

/// How far the fastest viewer may be behind before the shell has to wait for it.
const LAG_BYTES_MAX: u64 = SCROLLBACK_BYTES_MAX as u64 / 2;

/// How long the shell waits. Viewers that are too far behind by then are cut, and may come again.
const LAG_TIMEOUT_MS: u64 = 1_000;

/// The most bytes that are read or sent in one piece.
const CHUNK_BYTES: usize = 8 * 1024;

/// How long the last output of a shell that ended is waited for.
const DRAIN_MS: u64 = 500;

/// The exit code of a shell of which nobody knows how it ended.
const EXIT_UNKNOWN: i32 = 128 + libc::SIGKILL;

/// A shell, living or not.
pub(super) struct Terminal {
    id: u32,
    title: String,
    /// The shell's process, which leads the terminal's session.
    leader: i32,
    pty: Pty,
    state: Mutex<State>,
    /// Raised whenever something was shown or the shell ended.
    news: watch::Sender<()>,
    /// Raised whenever a viewer has got further or has gone.
    caught_up: Notify,
    closing: Notify,
}

#[derive(Default)]
struct State {
    screen: Screen,
    exit_code: Option<i32>,
    viewers: BTreeMap<u64, Viewer>,
    viewers_so_far: u64,
}

/// Somebody who watches. Forgetting it cuts them off.
struct Viewer {
    /// The number of the first byte they have not got yet.
    at: u64,
    _cut: oneshot::Sender<()>,
}

/// Somebody who watches and types, and how they learn that they are cut.
pub(in crate::daemon) struct Viewing {
    watching: Watching,
    /// What was shown before they came, and is shown to them first.
    replay: Vec<u8>,
    cut: oneshot::Receiver<()>,
}

/// What makes somebody a viewer; they are none any more once it is dropped.
struct Watching {
    terminal: Arc<Terminal>,
    number: u64,
}

impl Terminal {
    /// Follows the shell `leader`, whose exit code `ended` will tell, until it ends or is closed.
    pub(super) fn follow(
        id: u32,
        title: String,
        pty: Pty,
        (leader, ended): (i32, oneshot::Receiver<i32>),
        reaper: Arc<Reaper>,
    ) -> Arc<Self> {
        let terminal = Arc::new(Self {
            id,
            title,
            leader,
            pty,
            state: Mutex::default(),
            news: watch::Sender::default(),
            caught_up: Notify::new(),
            closing: Notify::new(),
        });
        tokio::spawn(terminal.clone().run(ended, reaper));
        terminal
    }

    pub(super) fn id(&self) -> u32 {
        self.id
    }

    /// What is told of it.
    pub(super) fn describe(&self) -> wire::Terminal {
        wire::Terminal { id: self.id, title: self.title.clone(), exit_code: self.lock().exit_code }
    }

    pub(super) fn resize(&self, size: TerminalSize) -> io::Result<()> {
        self.pty.resize(size)
    }

    /// Ends the shell and all that it started, and returns once they are gone.
    pub(super) async fn close(&self) {
        let mut news = self.news.subscribe();
        self.closing.notify_one();
        while self.lock().exit_code.is_none() {
            // The sender lives in `self`, so the wait can't break off.
            let _ = news.changed().await;
        }
    }

    async fn run(self: Arc<Self>, mut ended: oneshot::Receiver<i32>, reaper: Arc<Reaper>) {
        let exited = tokio::select! {
            code = &mut ended => code.ok(),
            () = self.closing.notified() => None,
            () = self.show_all() => None,
        };
        processes::end_all(self.leader, || reaper.adopted()).await;
        // Everybody who could write is gone, so these end by themselves; the bound is for what can't be killed.
        let bound = Duration::from_millis(DRAIN_MS);
        let code = match exited {
            Some(code) => Some(code),
            None => timeout(bound, ended).await.ok().and_then(Result::ok),
        };
        let _ = timeout(bound, self.show_rest()).await;
        self.lock().exit_code = Some(code.unwrap_or(EXIT_UNKNOWN));
        self.news.send_replace(());
    }

    /// Shows what the shell and its programs write, as fast as the fastest viewer takes it; for ever.
    async fn show_all(&self) {
        loop {
            self.wait_for_viewers().await;
            if self.show_next().await.is_err() {
                // Nobody has the terminal open: then its shell is about to end.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Shows what is left, all of whose writers have ended.
    async fn show_rest(&self) {
        while self.show_next().await.is_ok() {}
    }

    async fn show_next(&self) -> io::Result<()> {
        let mut buffer = [0; CHUNK_BYTES];
        let count = self.pty.read(&mut buffer).await?;
        self.lock().screen.show(&buffer[..count]);
        self.news.send_replace(());
        Ok(())
    }

    /// Waits until there is no viewer, or one who is not far behind; cuts those who are, when it takes too long.
    async fn wait_for_viewers(&self) {
        let waiting = async {
            while !self.lock().may_go_on() {
                self.caught_up.notified().await;
            }
        };
        if timeout(Duration::from_millis(LAG_TIMEOUT_MS), waiting).await.is_err() {
            self.lock().viewers.clear();
        }
    }

    /// Begins to watch, with what is kept of what was shown so far.
    ///
    /// # Errors
    /// [`WireError::TooLarge`] when too many watch already.
    pub(super) fn watch(self: &Arc<Self>) -> Result<Viewing, WireError> {
        let (sender, cut) = oneshot::channel();
        let mut state = self.lock();
        if state.viewers.len() == VIEWERS_MAX {
            return Err(WireError::TooLarge { max: VIEWERS_MAX as u64 });
        }
        state.viewers_so_far += 1;
        let (number, at) = (state.viewers_so_far, state.screen.end());
        let replay = without_questions(&state.screen.kept());
        state.viewers.insert(number, Viewer { at, _cut: sender });
        Ok(Viewing { watching: Watching { terminal: self.clone(), number }, replay, cut })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn may_go_on(&self) -> bool {
        let end = self.screen.end();
        self.viewers.is_empty() || self.viewers.values().any(|viewer| end - viewer.at <= LAG_BYTES_MAX)
    }
}

/// What a viewer gets next.
enum Next {
    Bytes(Bytes),
    /// Nothing yet.
    Nothing,
    /// Nothing any more: the shell has ended with this code.
    Exited(i32),
    /// They were too slow: what they should have got was forgotten.
    Missed,
}

impl Viewing {
    /// Sends what the terminal shows and types what comes, until the shell has ended or the viewer is gone or too slow.
    pub(in crate::daemon) async fn serve(self, io: impl AsyncRead + AsyncWrite) {
        let (reader, writer) = tokio::io::split(io);
        tokio::select! {
            // However it ends, the viewer sees it by the connection.
            _ = self.watching.send(self.replay, writer) => {}
            _ = self.watching.type_in(reader) => {}
            _ = self.cut => {}
        }
    }
}

impl Watching {
    async fn send(&self, replay: Vec<u8>, mut writer: impl AsyncWrite + Unpin) -> io::Result<()> {
        let mut news = self.terminal.news.subscribe();
        for piece in replay.chunks(CHUNK_BYTES) {
            writer.write_all(&Frame::Stdout(Bytes::copy_from_slice(piece)).encode()).await?;
        }
        drop(replay);
        loop {
            news.mark_unchanged();
            match self.next() {
                Next::Bytes(bytes) => {
                    let count = bytes.len() as u64;
                    writer.write_all(&Frame::Stdout(bytes).encode()).await?;
                    self.advance(count);
                }
                Next::Exited(code) => {
                    let exit = Exit { code, truncated: false, timed_out: false };
                    writer.write_all(&Frame::Exit(exit).encode()).await?;
                    return writer.shutdown().await;
                }
                Next::Missed => return Ok(()),
                // The sender lives in the terminal, so the wait can't break off.
                Next::Nothing => _ = news.changed().await,
            }
        }
    }

    fn next(&self) -> Next {
        let state = self.terminal.lock();
        let at = state.viewers.get(&self.number).map(|viewer| viewer.at);
        match (at.and_then(|at| state.screen.since(at, CHUNK_BYTES)), state.exit_code) {
            (None, _) => Next::Missed,
            (Some(bytes), _) if !bytes.is_empty() => Next::Bytes(bytes),
            (Some(_), Some(code)) => Next::Exited(code),
            (Some(_), None) => Next::Nothing,
        }
    }

    fn advance(&self, count: u64) {
        if let Some(viewer) = self.terminal.lock().viewers.get_mut(&self.number) {
            viewer.at += count;
        }
        self.terminal.caught_up.notify_one();
    }

    /// Types what comes. Ends with the connection only: what is typed when the shell has ended goes nowhere.
    async fn type_in(&self, mut reader: impl AsyncRead + Unpin) -> io::Result<()> {
        let mut buffer = [0; CHUNK_BYTES];
        loop {
            let count = reader.read(&mut buffer).await?;
            if count == 0 {
                return Ok(());
            }
            if self.terminal.pty.write_all(&buffer[..count]).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.terminal.lock().viewers.remove(&self.number);
        self.terminal.caught_up.notify_one();
    }
}
