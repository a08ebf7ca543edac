//! What a running command has written, for whoever follows it from whichever moment.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{CommandExit, OutputPart, OutputStream};
use futures::stream::{self, Stream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The most that is kept of one command's output, in bytes, both streams together.
pub(super) const OUTPUT_BYTES_MAX: usize = 1024 * 1024;

/// How long a part grows before the next one begins, in bytes.
const PART_BYTES_MAX: usize = 16 * 1024;
/// How often a command may change between its streams; what it writes after that is dropped.
const PARTS_MAX: usize = 20_000;

/// One thing that a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputEvent {
    /// It wrote something.
    Wrote(OutputPart),
    /// It is over; the last event.
    Exited(CommandExit),
}

impl Written {
    fn streams(&self) -> (String, String) {
        let of = |stream| {
            let parts = self.parts.iter().filter(|part| part.stream == stream);
            parts.map(|part| part.text.as_str()).collect()
        };
        (of(OutputStream::Stdout), of(OutputStream::Stderr))
    }
}

/// What a command has written.
#[derive(Default)]
pub(super) struct Output {
    written: Mutex<Written>,
    /// Counts the parts, and one more for the end; closed when nothing will follow.
    news: watch::Sender<usize>,
    stop: CancellationToken,
}

#[derive(Default)]
struct Written {
    parts: Vec<OutputPart>,
    exit: Option<CommandExit>,
    /// Its session is over: no exit will come.
    lost: bool,
}

impl Output {
    /// Asks for the command to be stopped.
    pub(super) fn stop(&self) {
        self.stop.cancel();
    }

    pub(super) fn stopped(&self) -> &CancellationToken {
        &self.stop
    }

    pub(super) fn wrote(&self, stream: OutputStream, text: &str) {
        {
            let mut written = self.written();
            let parts = written.parts.len();
            match written.parts.last_mut() {
                Some(last) if last.stream == stream && last.text.len() < PART_BYTES_MAX => {
                    last.text.push_str(text)
                }
                // Whoever changes between the streams so often means no reader.
                Some(_) if parts >= PARTS_MAX => return,
                Some(_) | None => written.parts.push(OutputPart { stream, text: text.to_owned() }),
            }
        }
        self.news.send_modify(|count| *count += 1);
    }

    /// The command is over; `None`: its session is.
    pub(super) fn over(&self, exit: Option<CommandExit>) {
        {
            let mut written = self.written();
            written.exit = exit;
            written.lost = exit.is_none();
        }
        self.news.send_modify(|count| *count += 1);
    }

    /// Everything written so far, in the order it came.
    pub(super) fn text(&self) -> String {
        self.written().parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Everything written to each stream so far.
    pub(super) fn streams(&self) -> (String, String) {
        self.written().streams()
    }

    /// Everything from the first part on, then what comes.
    pub(super) fn follow(this: Arc<Self>) -> impl Stream<Item = OutputEvent> + Send + use<> {
        let news = this.news.subscribe();
        stream::unfold(Some((this, news, 0, 0)), |state| async move {
            let (this, mut news, mut at, mut from) = state?;
            loop {
                news.mark_unchanged();
                let (part, exit, lost) = {
                    let written = this.written();
                    // A part that was read may have grown since, and a later one begun.
                    if written.parts.get(at).is_some_and(|part| from == part.text.len())
                        && written.parts.len() > at + 1
                    {
                        (at, from) = (at + 1, 0);
                    }
                    let part = written.parts.get(at).filter(|part| from < part.text.len());
                    let part = part
                        .map(|part| OutputPart { stream: part.stream, text: part.text[from..].to_owned() });
                    (part, written.exit, written.lost)
                };
                match (part, exit) {
                    (Some(part), _) => {
                        let read = from + part.text.len();
                        return Some((OutputEvent::Wrote(part), Some((this, news, at, read))));
                    }
                    (None, Some(exit)) => return Some((OutputEvent::Exited(exit), None)),
                    (None, None) if lost => return None,
                    (None, None) => news.changed().await.ok()?,
                }
            }
        })
    }

    /// Waits for the end: what was written to each stream, and how it ended; `None` when the session ended first.
    pub(super) async fn finished(&self) -> Option<(String, String, CommandExit)> {
        let mut news = self.news.subscribe();
        loop {
            news.mark_unchanged();
            {
                let written = self.written();
                if let Some(exit) = written.exit {
                    let (stdout, stderr) = written.streams();
                    return Some((stdout, stderr, exit));
                }
                if written.lost {
                    return None;
                }
            }
            news.changed().await.ok()?;
        }
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
