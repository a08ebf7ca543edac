//! Terminals: shells that run on by themselves, whoever watches them, until they end or are closed.

mod pty;
mod replay;
mod screen;
mod terminal;

use std::collections::BTreeMap;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sandboxd::launch::OWN_FILES;
use sandboxd::wire::{self, TERMINALS_MAX, TerminalSize, WireError};

use super::{Daemon, ENVIRONMENT};
use pty::Pty;
use terminal::{Terminal, Viewing};

/// The shells that are looked for, the best first; the last is there wherever commands can be run.
const SHELLS: [&str; 3] = ["/bin/bash", "/usr/bin/bash", "/bin/sh"];

/// What a person at a terminal has beside [`ENVIRONMENT`]: what it can show, and no history in the workspace, which is
/// listed and downloaded.
const TERMINAL_ENVIRONMENT: [(&str, &str); 5] = [
    ("TERM", "xterm-256color"),
    ("COLORTERM", "truecolor"),
    ("HISTFILE", "/tmp/.shell_history"),
    ("NODE_REPL_HISTORY", "/tmp/.node_history"),
    ("PYTHON_HISTORY", "/tmp/.python_history"),
];

/// The prompt: where one is, where the shell can tell.
const BASH_PROMPT: &str = r"\[\e[36m\]\w\[\e[0m\] \$ ";
const SH_PROMPT: &str = "$ ";

/// Every terminal that was not closed.
#[derive(Default)]
pub(super) struct Terminals {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    open: BTreeMap<u32, Arc<Terminal>>,
    opened_so_far: u32,
}

impl Terminals {
    /// Starts a shell in a new terminal. Where there are as many as may be, the oldest that has ended makes room.
    pub(super) fn open(&self, daemon: &Daemon, size: TerminalSize) -> Result<wire::Terminal, WireError> {
        valid(size)?;
        let mut state = self.lock();
        if state.open.len() == TERMINALS_MAX {
            let ended = state.open.values().find(|terminal| terminal.describe().exit_code.is_some());
            let ended = ended.map(|terminal| terminal.id());
            let ended = ended.ok_or(WireError::TooLarge { max: TERMINALS_MAX as u64 })?;
            state.open.remove(&ended);
        }
        let (pty, end) = Pty::open(size).map_err(refused)?;
        let shell = SHELLS.into_iter().find(|shell| Path::new(shell).exists()).unwrap_or(SHELLS[2]);
        let child = start(daemon, shell, end).map_err(refused)?;
        let adopted = daemon.reaper.adopt(&child);
        state.opened_so_far += 1;
        let id = state.opened_so_far;
        let name = shell.rsplit('/').next().unwrap_or(shell);
        let terminal = Terminal::follow(id, format!("{name} {id}"), pty, adopted, daemon.reaper.clone());
        let described = terminal.describe();
        state.open.insert(id, terminal);
        Ok(described)
    }

    /// Every terminal, the oldest first.
    pub(super) fn list(&self) -> wire::Terminals {
        let terminals = self.lock().open.values().map(|terminal| terminal.describe()).collect();
        wire::Terminals { terminals }
    }

    pub(super) fn resize(&self, id: u32, size: TerminalSize) -> Result<(), WireError> {
        valid(size)?;
        self.terminal(id)?.resize(size).map_err(refused)
    }

    /// Ends a terminal with all that runs in it, and forgets it.
    pub(super) async fn close(&self, id: u32) -> Result<(), WireError> {
        let terminal = self.lock().open.remove(&id).ok_or(WireError::NoSuchTerminal)?;
        terminal.close().await;
        Ok(())
    }

    /// Begins to watch a terminal.
    pub(super) fn watch(&self, id: u32) -> Result<Viewing, WireError> {
        self.terminal(id)?.watch()
    }

    fn terminal(&self, id: u32) -> Result<Arc<Terminal>, WireError> {
        self.lock().open.get(&id).cloned().ok_or(WireError::NoSuchTerminal)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts `shell` with `end` as its terminal.
fn start(daemon: &Daemon, shell: &str, end: OwnedFd) -> io::Result<Child> {
    let prompt = if shell.ends_with("bash") { BASH_PROMPT } else { SH_PROMPT };
    Command::new(format!("{OWN_FILES}/sandboxd"))
        .args(["shell", shell, "-l", "-i"])
        .env_clear()
        .envs(ENVIRONMENT)
        .envs(TERMINAL_ENVIRONMENT)
        .env("SHELL", shell)
        .env("PS1", prompt)
        .envs(daemon.egress.environment())
        .stdin(end.try_clone()?)
        .stdout(end.try_clone()?)
        .stderr(end)
        .spawn()
}

fn valid(size: TerminalSize) -> Result<(), WireError> {
    if size.is_valid() {
        return Ok(());
    }
    Err(WireError::BadRequest { reason: "a terminal has 1 to 1000 columns and rows".to_owned() })
}

fn refused(error: io::Error) -> WireError {
    WireError::Refused { reason: error.to_string() }
}
