//! One prompt and what came of it, as pages list it and the agent remembers it.

use serde::{Deserialize, Serialize};

use crate::{BlobHash, CommandId, FaultSource, FileChange, ModelUse, PromptId, RepairOutcome, WorkspacePath};

/// How a prompt went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum PromptStatus {
    /// The agent did what it could.
    Completed,
    /// It was not worked on; the summary says why.
    Refused,
    /// Something broke on the way; the summary says what.
    Failed,
    /// It was stopped before it was done.
    Stopped,
}

/// One step of the agent, as the page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// It said something.
    Said(String),
    /// It looked at files, in this order.
    Read(Vec<WorkspacePath>),
    /// It looked at a page as a browser shows it.
    Saw {
        /// Which page: a path that begins with `/`.
        path: String,
        /// How wide the window was, in CSS pixels.
        width: u16,
        /// How high.
        height: u16,
    },
    /// It changed a file.
    Changed(FileChange),
    /// It took back what an earlier prompt had changed.
    Undid(PromptId),
    /// It ran a command, which is among [`SessionView::commands`].
    Ran(CommandId),
    /// It offered the workspace as a download.
    OfferedDownload,
    /// What it had changed did not work, and it began to mend that by itself (G4).
    BeganRepair {
        /// 1 for the first repair of a prompt.
        attempt: u32,
        /// Where that was seen.
        source: FaultSource,
        /// What was seen, each in a line or two.
        faults: Vec<String>,
    },
    /// It is done mending.
    EndedRepair(RepairOutcome),
    /// The newest version that worked was brought back.
    BroughtBack(u32),
}

/// One prompt and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptView {
    /// The prompt.
    pub prompt_id: PromptId,
    /// What was asked.
    pub text: String,
    /// What the agent did so far.
    pub steps: Vec<Step>,
    /// How it went; `None` while the agent works.
    pub status: Option<PromptStatus>,
    /// What was done, or why not; empty while the agent works.
    pub summary: String,
    /// Prompts that would work instead.
    pub suggestions: Vec<String>,
    /// Milliseconds it took; 0 while the agent works.
    pub duration_ms: u64,
    /// Whether it used up one of the session's prompts.
    pub counted: bool,
    /// Whether its changes were taken back.
    pub undone: bool,
    /// Whether the agent mends what it changed, which may be after it was done.
    #[serde(default)]
    pub mending: bool,
    /// What the agent did with its tools and what that gave, step by step, in the store: the next prompts' agent is shown it.
    #[serde(default)]
    pub memory: Vec<BlobHash>,
    /// What language models consumed for it so far; nothing where none was asked.
    #[serde(default)]
    pub model_use: ModelUse,
}

impl PromptView {
    pub(crate) fn submitted(prompt_id: PromptId, text: &str) -> Self {
        Self {
            prompt_id,
            text: text.to_owned(),
            steps: Vec::new(),
            status: None,
            summary: String::new(),
            suggestions: Vec::new(),
            duration_ms: 0,
            counted: true,
            undone: false,
            mending: false,
            memory: Vec::new(),
            model_use: ModelUse::default(),
        }
    }

    /// Whether the agent works on it.
    pub const fn is_worked_on(&self) -> bool {
        self.status.is_none() || self.mending
    }

    /// How often the agent has tried to mend what it changed.
    pub fn repairs(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::BeganRepair { .. })).count()
    }
}

/// A prompt that waits until those before it are done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueuedPrompt {
    /// The prompt, which keeps this id when its turn comes.
    pub prompt_id: PromptId,
    /// What is asked, as it was typed.
    pub text: String,
}
