//! A sandbox's terminals, whichever provider has made it.

use bytes::Bytes;
use domain::TerminalId;
use futures::stream::BoxStream;
use sandboxd::wire::TERMINAL_CELLS_MAX;
use tokio::io::AsyncWrite;

use crate::SandboxError;

/// How large a terminal is, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalSize {
    columns: u16,
    rows: u16,
}

impl TerminalSize {
    /// The nearest size that a terminal can have: 1 to 1,000 columns and as many rows.
    pub fn nearest(columns: u16, rows: u16) -> Self {
        let bounded = |cells: u16| cells.clamp(1, TERMINAL_CELLS_MAX);
        Self { columns: bounded(columns), rows: bounded(rows) }
    }

    /// Characters in a row.
    pub fn columns(self) -> u16 {
        self.columns
    }

    /// Rows.
    pub fn rows(self) -> u16 {
        self.rows
    }
}

/// What is told of a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalInfo {
    /// The terminal.
    pub id: TerminalId,
    /// What people call it, such as `bash 1`; at most 60 characters.
    pub title: String,
    /// How its shell ended, as a command's exit code; `None` while it runs.
    pub exit_code: Option<i32>,
}

/// What a terminal does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    /// Bytes that it shows.
    Output(Bytes),
    /// Its shell has ended; the last event.
    Exited {
        /// Its exit code; 128 + n when signal n ended it.
        code: i32,
    },
}

/// Somebody at a terminal. Dropping both halves leaves it, and the terminal runs on.
pub struct TerminalAttachment {
    /// What it showed last, up to 256 KiB, and then what it shows. Whoever reads too slowly is cut, which is an error,
    /// and may attach again.
    pub output: BoxStream<'static, Result<TerminalEvent, SandboxError>>,
    /// What is typed.
    pub input: Box<dyn AsyncWrite + Send + Unpin>,
}
