//! What the agent does, step by step, for whoever watches. `sessions` turns it into journal events.

use bytes::Bytes;
use domain::{FileAction, PromptId, WorkspacePath};

/// One step of the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentEvent {
    /// It said something on the way.
    Said(String),
    /// It looked at a file.
    Read(WorkspacePath),
    /// It changed a file.
    Changed {
        /// Which file.
        path: WorkspacePath,
        /// What was done to it.
        action: FileAction,
        /// Lines that came.
        additions: u32,
        /// Lines that went.
        deletions: u32,
        /// A unified diff without file headers, at most [`crate::DIFF_BYTES_MAX`] bytes; empty for binary files.
        diff: String,
        /// The content before; `None` for a created file.
        before: Option<Bytes>,
        /// The content after; `None` for a deleted file.
        after: Option<Bytes>,
    },
    /// It took back what an earlier prompt had changed.
    Undid {
        /// The prompt whose changes are gone.
        prompt_id: PromptId,
    },
}
