//! What the agent may do in a session: which tools exist, which paths they reach, and how much of everything.

mod path;

use std::collections::BTreeSet;
use std::time::Duration;

pub use path::PathPolicy;

/// A policy can't be made from what was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// No pattern at all: the agent could change nothing.
    #[error("there are no editable paths")]
    NoPattern,
    /// A pattern that can't match a workspace path.
    #[error("`{0}` is no path pattern: use relative paths with `*` and `**`, such as `src/**`")]
    Pattern(String),
}

/// A tool of the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tool {
    /// Lists the files that may be read.
    ListFiles,
    /// Reads one file.
    ReadFile,
    /// Creates or replaces one file.
    WriteFile,
    /// Deletes one file.
    DeleteFile,
    /// Puts the files back to how they were before the newest change.
    UndoLastChange,
    /// Says that the prompt can't be served.
    Decline,
}

/// What the agent may do in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolPolicy {
    /// The tools there are.
    pub tools: BTreeSet<Tool>,
    /// The paths they reach.
    pub paths: PathPolicy,
    /// How much of everything.
    pub limits: Limits,
}

impl ToolPolicy {
    /// The policy of demos: front-end source files among `editable`, and no shell (A7).
    ///
    /// # Errors
    /// [`PolicyError`] when `editable` holds no pattern, or one that can't match.
    pub fn demo<S: AsRef<str>>(editable: impl IntoIterator<Item = S>) -> Result<Self, PolicyError> {
        Ok(Self {
            tools: BTreeSet::from([
                Tool::ListFiles,
                Tool::ReadFile,
                Tool::WriteFile,
                Tool::DeleteFile,
                Tool::UndoLastChange,
                Tool::Decline,
            ]),
            paths: PathPolicy::new(editable)?,
            limits: Limits::default(),
        })
    }

    /// The policy of workspaces: every file that is not a tool's own (D4).
    pub fn workspace() -> Self {
        Self {
            tools: BTreeSet::from([
                Tool::ListFiles,
                Tool::ReadFile,
                Tool::WriteFile,
                Tool::DeleteFile,
                Tool::UndoLastChange,
                Tool::Decline,
            ]),
            paths: PathPolicy::whole(),
            limits: Limits::default(),
        }
    }
}

/// Bounds of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How often the model is asked (24).
    pub steps_max: u32,
    /// How many tool calls one answer may hold (64).
    pub calls_per_step_max: usize,
    /// How long one answer's words may be, in bytes (16 KiB).
    pub text_bytes_max: usize,
    /// The largest file that is read or written, in bytes (256 KiB).
    pub file_bytes_max: usize,
    /// How many files one turn may change (40).
    pub files_changed_max: usize,
    /// How many paths are listed (500).
    pub files_listed_max: usize,
    /// How long the whole turn may take (120 s).
    pub turn_time_max: Duration,
    /// How long putting files back after a failure may take (10 s).
    pub restore_time_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps_max: 24,
            calls_per_step_max: 64,
            text_bytes_max: 16 * 1024,
            file_bytes_max: 256 * 1024,
            files_changed_max: 40,
            files_listed_max: 500,
            turn_time_max: Duration::from_secs(120),
            restore_time_max: Duration::from_secs(10),
        }
    }
}
