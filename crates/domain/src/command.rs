//! Commands that were run in a workspace, and open terminals, as a page lists them.

use serde::{Deserialize, Serialize};

use crate::{BlobHash, CommandId, PromptId, TerminalId, WorkspacePath};

/// The most output of one command that a journal keeps, in bytes, both streams together.
pub const COMMAND_OUTPUT_BYTES_MAX: usize = 64 * 1024;

/// Where a command wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OutputStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandExit {
    /// Its exit code; 128 + n when signal n ended it.
    pub exit_code: i32,
    /// Whether output was dropped.
    pub truncated: bool,
    /// Whether its time ran out.
    pub timed_out: bool,
    /// Whether somebody stopped it.
    pub stopped: bool,
    /// Milliseconds it ran.
    pub duration_ms: u64,
}

/// What a command wrote, in a row, to one of its streams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputPart {
    /// Which stream.
    pub stream: OutputStream,
    /// What it wrote there.
    pub text: String,
}

/// One command and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandView {
    /// The command.
    pub command_id: CommandId,
    /// The prompt that the agent ran it for; `None` when a person did.
    pub prompt_id: Option<PromptId>,
    /// The line that was run, as a shell reads it.
    pub command: String,
    /// Where it ran; the workspace itself when `None`.
    pub cwd: Option<WorkspacePath>,
    /// What it wrote so far, up to [`COMMAND_OUTPUT_BYTES_MAX`].
    pub output: Vec<OutputPart>,
    /// How it ended; `None` while it runs.
    pub exit: Option<CommandExit>,
    /// All that it wrote, in the store, where that is more than `output` holds.
    pub kept: Option<BlobHash>,
}

impl CommandView {
    /// More of what it wrote.
    pub(crate) fn wrote(&mut self, stream: OutputStream, text: &str) {
        match self.output.last_mut() {
            Some(last) if last.stream == stream => last.text.push_str(text),
            Some(_) | None => self.output.push(OutputPart { stream, text: text.to_owned() }),
        }
    }
}

/// A terminal that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalView {
    /// The terminal.
    pub terminal_id: TerminalId,
    /// What its tab is called.
    pub title: String,
}
