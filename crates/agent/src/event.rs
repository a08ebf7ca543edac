//! What the agent does, step by step, for whoever watches. `sessions` turns it into journal events.

use async_trait::async_trait;
use bytes::Bytes;
use domain::{FileAction, ModelUse, PromptId, WorkspacePath};
use tokio::sync::mpsc;

use crate::{PastStep, Screenshot};

/// Whoever watches the agent. It goes on once it has told, so what is told is kept in its order.
#[async_trait]
pub trait Watcher: Send + Sync {
    /// Takes one step.
    async fn tell(&self, event: AgentEvent);

    /// Takes the words of an answer that is still being made, all that have come so far. What becomes of them is told as a step, or
    /// is the outcome. Must not block.
    fn hear(&self, _words: &str) {}
}

/// A full channel makes the agent wait; nobody watching is no reason to stop.
#[async_trait]
impl Watcher for mpsc::Sender<AgentEvent> {
    async fn tell(&self, event: AgentEvent) {
        let _ = self.send(event).await;
    }
}

/// One step of the agent.
#[derive(Debug, Clone, PartialEq)]
pub enum AgentEvent {
    /// It said something on the way.
    Said(String),
    /// It looked at a file.
    Read(WorkspacePath),
    /// It looked at a page as a browser shows it.
    Saw(Screenshot),
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
    /// It offered the workspace as a download.
    OfferedDownload,
    /// A model answered that was asked for it.
    Used {
        /// Its name in the settings.
        model: String,
        /// What it consumed.
        used: ModelUse,
    },
    /// It used tools: what the agent of later prompts is shown of that.
    Stepped(PastStep),
}
