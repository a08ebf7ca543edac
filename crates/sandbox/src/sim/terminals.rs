//! Terminals of a simulated sandbox. Nothing runs in one: it shows what is typed and says each line back; `stty size` tells
//! its size, and `exit` ends it. That is enough for pages and their tests, and it says itself what it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures::StreamExt;
use futures::stream;
use sandboxd::wire::{SCROLLBACK_BYTES_MAX, TERMINALS_MAX};
use tokio::io::{AsyncReadExt, DuplexStream};
use tokio::sync::watch;

use crate::{SandboxError, TerminalAttachment, TerminalEvent, TerminalId, TerminalInfo, TerminalSize};

/// What a new terminal shows.
const GREETING: &str =
    "This sandbox is simulated: nothing runs here, lines are said back. `exit` ends it.\r\n";
const PROMPT: &str = "$ ";

/// How much is typed ahead.
const INPUT_BYTES_MAX: usize = 8 * 1024;

/// The exit code of a terminal that was closed, as of a shell that was killed.
const EXIT_KILLED: i32 = 137;

/// Every terminal of one sandbox.
#[derive(Default)]
pub(super) struct Terminals {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: BTreeMap<TerminalId, Arc<Terminal>>,
    opened_so_far: u32,
}

struct Terminal {
    info: TerminalInfo,
    screen: watch::Sender<Screen>,
}

struct Screen {
    /// The newest bytes that were shown.
    kept: Vec<u8>,
    /// How many were shown before them.
    forgotten: usize,
    line: String,
    size: TerminalSize,
    exit_code: Option<i32>,
}

impl Terminals {
    pub(super) fn open(&self, size: TerminalSize) -> Result<TerminalInfo, SandboxError> {
        let mut state = self.lock();
        if state.open.len() == TERMINALS_MAX {
            let ended = state.open.iter().find(|(_, terminal)| terminal.screen.borrow().exit_code.is_some());
            let too_many =
                SandboxError::TooLarge { what: "the number of terminals", max: TERMINALS_MAX as u64 };
            let ended = ended.map(|(id, _)| *id).ok_or(too_many)?;
            state.open.remove(&ended);
        }
        state.opened_so_far += 1;
        let id = TerminalId(state.opened_so_far);
        let info = TerminalInfo { id, title: format!("simulated {id}"), exit_code: None };
        let kept = [GREETING, PROMPT].concat().into();
        let screen = Screen { kept, forgotten: 0, line: String::new(), size, exit_code: None };
        let terminal = Terminal { info: info.clone(), screen: watch::Sender::new(screen) };
        state.open.insert(id, Arc::new(terminal));
        Ok(info)
    }

    pub(super) fn list(&self) -> Vec<TerminalInfo> {
        let info = |terminal: &Arc<Terminal>| TerminalInfo {
            exit_code: terminal.screen.borrow().exit_code,
            ..terminal.info.clone()
        };
        self.lock().open.values().map(info).collect()
    }

    pub(super) fn attach(&self, id: TerminalId) -> Result<TerminalAttachment, SandboxError> {
        let terminal = self.terminal(id)?;
        let (input, typed) = tokio::io::duplex(INPUT_BYTES_MAX);
        tokio::spawn(terminal.clone().take_in(typed));
        let following = (terminal.screen.subscribe(), Some(0));
        let output = stream::unfold(following, |(mut screen, at)| async move {
            let at = at?;
            // The terminal was dropped with its sandbox: then it has ended, too.
            let has_news = |screen: &Screen| screen.end() > at || screen.exit_code.is_some();
            let (event, next) = match screen.wait_for(has_news).await {
                Ok(screen) if screen.end() > at => (screen.since(at), Some(screen.end())),
                Ok(screen) => (TerminalEvent::Exited { code: screen.exit_code.unwrap_or(EXIT_KILLED) }, None),
                Err(_) => (TerminalEvent::Exited { code: EXIT_KILLED }, None),
            };
            Some((Ok(event), (screen, next)))
        });
        Ok(TerminalAttachment { output: output.boxed(), input: Box::new(input) })
    }

    pub(super) fn resize(&self, id: TerminalId, size: TerminalSize) -> Result<(), SandboxError> {
        self.terminal(id)?.screen.send_modify(|screen| screen.size = size);
        Ok(())
    }

    pub(super) fn close(&self, id: TerminalId) -> Result<(), SandboxError> {
        let terminal = self.lock().open.remove(&id).ok_or(SandboxError::NoSuchTerminal(id))?;
        terminal.end();
        Ok(())
    }

    /// Ends all of them, with their sandbox.
    pub(super) fn end(&self) {
        for terminal in self.lock().open.values() {
            terminal.end();
        }
    }

    fn terminal(&self, id: TerminalId) -> Result<Arc<Terminal>, SandboxError> {
        self.lock().open.get(&id).cloned().ok_or(SandboxError::NoSuchTerminal(id))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Terminal {
    fn end(&self) {
        self.screen.send_modify(|screen| screen.exit_code = screen.exit_code.or(Some(EXIT_KILLED)));
    }

    async fn take_in(self: Arc<Self>, mut typed: DuplexStream) {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = typed.read(&mut buffer).await {
            let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
            self.screen.send_modify(|screen| screen.type_in(&text));
        }
    }
}

impl Screen {
    fn end(&self) -> usize {
        self.forgotten + self.kept.len()
    }

    /// What was shown from byte `at` on, as far as it is kept.
    fn since(&self, at: usize) -> TerminalEvent {
        let skipped = at.saturating_sub(self.forgotten).min(self.kept.len());
        TerminalEvent::Output(Bytes::copy_from_slice(&self.kept[skipped..]))
    }

    fn show(&mut self, text: &str) {
        self.kept.extend_from_slice(text.as_bytes());
        let excess = self.kept.len().saturating_sub(SCROLLBACK_BYTES_MAX);
        self.kept.drain(..excess);
        self.forgotten += excess;
    }

    fn type_in(&mut self, text: &str) {
        for typed in text.chars().filter(|_| self.exit_code.is_none()).collect::<Vec<_>>() {
            match typed {
                '\r' | '\n' => self.enter(),
                '\u{7f}' if self.line.pop().is_some() => self.show("\u{8} \u{8}"),
                typed if !typed.is_control() && self.line.len() < INPUT_BYTES_MAX => {
                    self.line.push(typed);
                    self.show(typed.encode_utf8(&mut [0; 4]));
                }
                _ => {}
            }
        }
    }

    fn enter(&mut self) {
        let line = std::mem::take(&mut self.line);
        match line.trim() {
            "" => self.show(&format!("\r\n{PROMPT}")),
            "exit" => {
                self.show("\r\n");
                self.exit_code = Some(0);
            }
            "stty size" => {
                let (rows, columns) = (self.size.rows(), self.size.columns());
                self.show(&format!("\r\n{rows} {columns}\r\n{PROMPT}"));
            }
            said => self.show(&format!("\r\n{said}\r\n{PROMPT}")),
        }
    }
}
