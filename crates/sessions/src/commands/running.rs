//! Carrying one command from its begin to its end: into the journal in bounded pieces, and whole to who follows it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use domain::{BlobHash, COMMAND_OUTPUT_BYTES_MAX, CommandExit, CommandId, EventKind, OutputStream};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use sandbox::{ExecEvent, ExecRequest, Sandbox, SandboxError};
use sha2::{Digest, Sha256};
use store::Store;
use tokio::time::Instant;

use super::output::Output;
use crate::live::LiveSession;

/// How long output waits for more, so that one event tells of both.
const GATHER: Duration = Duration::from_millis(100);
/// How long it waits at most, of a command that writes a little again and again.
const GATHER_MAX: Duration = Duration::from_secs(5);
/// All that is kept of one session's commands beside the journal, in bytes.
const SESSION_KEPT_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Output that does not wait any longer, in bytes.
const GATHERED_BYTES_MAX: usize = 4 * 1024;
/// The exit code that is told when none came.
const NO_EXIT_CODE: i32 = -1;

/// One command that runs.
pub(super) struct Work {
    pub(super) live: Arc<LiveSession>,
    pub(super) store: Arc<dyn Store>,
    pub(super) command_id: CommandId,
    pub(super) output: Arc<Output>,
}

/// What is on its way to the journal.
#[derive(Default)]
struct Gathered {
    stdout: String,
    stderr: String,
    told_bytes: usize,
    /// How often something was told.
    times: u32,
    since: Option<Instant>,
}

impl Work {
    /// Runs the command and follows it until it is over, its session is, or somebody stops it.
    pub(super) async fn run(self, sandbox: Arc<dyn Sandbox>, request: ExecRequest) {
        let begun = Instant::now();
        let events = sandbox.exec(request).await;
        let mut gathered = Gathered::default();
        let (code, truncated, timed_out, stopped) = match events {
            Ok(events) => self.carry(events, &mut gathered).await,
            Err(error) => {
                self.output.wrote(OutputStream::Stderr, &format!("{error}\n"));
                gathered.add(OutputStream::Stderr, &format!("{error}\n"));
                (NO_EXIT_CODE, false, false, false)
            }
        };
        let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let exit = CommandExit { exit_code: code, truncated, timed_out, stopped, duration_ms };
        self.tell(&mut gathered).await;
        let kept = self.keep(&gathered).await;
        let finished = EventKind::CommandFinished { command_id: self.command_id, exit, kept };
        let written = self.live.record(|_| Ok(vec![finished])).await;
        if let Err(error) = &written {
            tracing::debug!(session.id = %self.live.record.id, error = ?error, "a command's end could not be written");
        }
        self.output.over(written.is_ok().then_some(exit));
        self.live.commands.running().remove(&self.command_id);
    }

    /// Exit code, whether output was dropped, whether its time ran out, whether it was stopped.
    async fn carry(
        &self,
        mut events: BoxStream<'static, Result<ExecEvent, SandboxError>>,
        gathered: &mut Gathered,
    ) -> (i32, bool, bool, bool) {
        let (mut out, mut err) = (Text::default(), Text::default());
        loop {
            let due = gathered.since.map(|since| since + gathered.patience());
            let event = tokio::select! {
                event = events.next() => event,
                () = until(due) => {
                    self.tell(gathered).await;
                    continue;
                }
                () = self.output.stopped().cancelled() => return (NO_EXIT_CODE, false, false, true),
                () = self.live.ended.cancelled() => return (NO_EXIT_CODE, false, false, true),
            };
            match event {
                Some(Ok(ExecEvent::Stdout(bytes))) => {
                    self.wrote(OutputStream::Stdout, &out.take(&bytes), gathered)
                }
                Some(Ok(ExecEvent::Stderr(bytes))) => {
                    self.wrote(OutputStream::Stderr, &err.take(&bytes), gathered)
                }
                Some(Ok(ExecEvent::Exited { code, truncated, timed_out })) => {
                    self.wrote(OutputStream::Stdout, &out.rest(), gathered);
                    self.wrote(OutputStream::Stderr, &err.rest(), gathered);
                    return (code, truncated, timed_out, false);
                }
                Some(Err(error)) => {
                    self.wrote(OutputStream::Stderr, &format!("{error}\n"), gathered);
                    return (NO_EXIT_CODE, true, false, false);
                }
                None => return (NO_EXIT_CODE, true, false, false),
            }
            if gathered.pending_bytes() >= GATHERED_BYTES_MAX {
                self.tell(gathered).await;
            }
        }
    }

    fn wrote(&self, stream: OutputStream, text: &str, gathered: &mut Gathered) {
        if !text.is_empty() {
            self.output.wrote(stream, text);
            gathered.add(stream, text);
        }
    }

    /// Writes what was gathered, as far as the journal takes it.
    async fn tell(&self, gathered: &mut Gathered) {
        let command_id = self.command_id;
        let events: Vec<EventKind> = gathered
            .take()
            .into_iter()
            .map(|(stream, text)| EventKind::CommandOutput { command_id, stream, text })
            .collect();
        if events.is_empty() {
            return;
        }
        if let Err(error) = self.live.record(|_| Ok(events)).await {
            tracing::debug!(session.id = %self.live.record.id, error = ?error, "a command's output could not be written");
        }
    }

    /// Keeps the whole output where the journal has a part of it only.
    async fn keep(&self, gathered: &Gathered) -> Option<BlobHash> {
        let whole = self.output.text();
        if whole.len() <= gathered.told_bytes {
            return None;
        }
        let bytes = whole.len() as u64;
        if self.live.output_kept_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > SESSION_KEPT_BYTES_MAX {
            return None;
        }
        let hash = BlobHash::from_digest(&Sha256::digest(&whole).into());
        match self.store.put_blob(self.live.record.id, &hash, whole.as_bytes()).await {
            Ok(()) => Some(hash),
            Err(error) => {
                tracing::warn!(session.id = %self.live.record.id, error = %error, "a command's output could not be kept");
                None
            }
        }
    }
}

impl Gathered {
    fn add(&mut self, stream: OutputStream, text: &str) {
        self.since.get_or_insert_with(Instant::now);
        match stream {
            OutputStream::Stdout => self.stdout.push_str(text),
            OutputStream::Stderr => self.stderr.push_str(text),
        }
    }

    const fn pending_bytes(&self) -> usize {
        self.stdout.len() + self.stderr.len()
    }

    /// How long what was gathered waits for more: the longer, the more often something was told.
    fn patience(&self) -> Duration {
        (GATHER * (1 + self.times / 20)).min(GATHER_MAX)
    }

    /// What goes into the journal now, as one event for each stream: all of it, until a command has told as much as one may.
    fn take(&mut self) -> Vec<(OutputStream, String)> {
        self.since = None;
        self.times = self.times.saturating_add(1);
        let mut parts = vec![
            (OutputStream::Stdout, std::mem::take(&mut self.stdout)),
            (OutputStream::Stderr, std::mem::take(&mut self.stderr)),
        ];
        for (_, text) in &mut parts {
            let room = COMMAND_OUTPUT_BYTES_MAX - self.told_bytes;
            text.truncate(text.floor_char_boundary(room));
            self.told_bytes += text.len();
        }
        parts.retain(|(_, text)| !text.is_empty());
        parts
    }
}

/// Bytes as text, also where a character comes in two pieces.
#[derive(Default)]
struct Text {
    begun: Vec<u8>,
}

impl Text {
    fn take(&mut self, bytes: &Bytes) -> String {
        self.begun.extend_from_slice(bytes);
        let whole = match str::from_utf8(&self.begun) {
            Ok(_) => self.begun.len(),
            // A character that is cut off at the end waits for its rest; what can't become one is shown as such.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.begun.len(),
        };
        let text = String::from_utf8_lossy(&self.begun[..whole]).into_owned();
        self.begun.drain(..whole);
        text
    }

    fn rest(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.begun)).into_owned()
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_comes_in_two_pieces_is_one() {
        let mut text = Text::default();
        assert_eq!(text.take(&Bytes::from_static(b"gr\xc3")), "gr");
        assert_eq!(text.take(&Bytes::from_static(b"\xbcn")), "ün");
        assert_eq!(text.take(&Bytes::from_static(b"\xff!")), "\u{fffd}!");
        assert_eq!(text.take(&Bytes::from_static(b"\xe2\x82")), "");
        assert_eq!(text.rest(), "\u{fffd}");
    }

    /// E8: a journal is bounded whatever a command writes.
    #[test]
    fn a_journal_takes_so_much_of_a_command_and_no_more() {
        let mut gathered = Gathered::default();
        let mut told = 0;
        for _ in 0..20 {
            gathered.add(OutputStream::Stdout, &"ü".repeat(4_000));
            gathered.add(OutputStream::Stderr, "x");
            told += gathered.take().iter().map(|(_, text)| text.len()).sum::<usize>();
        }
        assert!(told <= COMMAND_OUTPUT_BYTES_MAX && told > COMMAND_OUTPUT_BYTES_MAX - 4, "{told}");
        assert_eq!(gathered.told_bytes, told);
    }
}
