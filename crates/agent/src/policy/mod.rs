//! What the agent may do in a session: which tools exist, which paths they reach, and how much of everything.

mod path;

use std::collections::BTreeSet;
use std::time::Duration;

use domain::ModelBudget;

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
    /// Looks for a pattern in the files that may be read.
    SearchFiles,
    /// Creates or replaces one file.
    WriteFile,
    /// Replaces pieces of one file.
    EditFile,
    /// Moves one file.
    RenameFile,
    /// Deletes one file.
    DeleteFile,
    /// Puts the files back to how they were before the newest change.
    UndoLastChange,
    /// Runs a command.
    RunCommand,
    /// Reads what the dev server wrote.
    ReadDevServerLog,
    /// Reads what browsers said of the page's errors.
    ReadPreviewConsole,
    /// Looks at the page as a browser shows it.
    TakeScreenshot,
    /// Offers the workspace as a download.
    SandboxDownload,
    /// Says that the prompt can't be served.
    Decline,
}

impl Tool {
    /// Every tool.
    pub const ALL: [Self; 14] = [
        Self::ListFiles,
        Self::ReadFile,
        Self::SearchFiles,
        Self::WriteFile,
        Self::EditFile,
        Self::RenameFile,
        Self::DeleteFile,
        Self::UndoLastChange,
        Self::RunCommand,
        Self::ReadDevServerLog,
        Self::ReadPreviewConsole,
        Self::TakeScreenshot,
        Self::SandboxDownload,
        Self::Decline,
    ];
}

impl Tool {
    /// Whether it changes nothing, so that several may be used at the same time.
    pub const fn only_reads(self) -> bool {
        match self {
            Self::ListFiles
            | Self::ReadFile
            | Self::SearchFiles
            | Self::ReadDevServerLog
            | Self::ReadPreviewConsole => true,
            Self::WriteFile
            | Self::EditFile
            | Self::RenameFile
            | Self::DeleteFile
            | Self::UndoLastChange
            | Self::RunCommand
            // One browser at a time is as much as a sandbox has room for.
            | Self::TakeScreenshot
            | Self::SandboxDownload
            | Self::Decline => false,
        }
    }
}

/// What a model is told of who it is, where, and what it must heed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preamble {
    /// In demos and prototypes: the front end, and nothing else.
    FrontEnd,
    /// In workspaces: whatever people there want to try.
    Workspace,
}

impl Preamble {
    /// The words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::FrontEnd => include_str!("../../preambles/front-end.md"),
            Self::Workspace => include_str!("../../preambles/workspace.md"),
        }
    }
}

/// What the agent may do in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolPolicy {
    /// The tools there are.
    pub tools: BTreeSet<Tool>,
    /// What the model is told beside them.
    pub preamble: Preamble,
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
                Tool::SearchFiles,
                Tool::WriteFile,
                Tool::EditFile,
                Tool::DeleteFile,
                Tool::UndoLastChange,
                Tool::ReadPreviewConsole,
                Tool::Decline,
            ]),
            preamble: Preamble::FrontEnd,
            paths: PathPolicy::new(editable)?,
            limits: Limits::default(),
        })
    }

    /// The policy of workspaces: every tool but screenshots, and every file that is not a tool's own (D4).
    pub fn workspace() -> Self {
        Self {
            tools: Tool::ALL.into_iter().filter(|tool| *tool != Tool::TakeScreenshot).collect(),
            preamble: Preamble::Workspace,
            paths: PathPolicy::whole(),
            limits: Limits { steps_max: 60, turn_time_max: Duration::from_secs(900), ..Limits::default() },
        }
    }

    /// The same with screenshots: where sandboxes have a browser, for a model that sees pictures.
    #[must_use]
    pub fn with_screenshots(mut self) -> Self {
        self.tools.insert(Tool::TakeScreenshot);
        self
    }
}

/// Bounds of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How often the model is asked (24; 60 in workspaces).
    pub steps_max: u32,
    /// What a language model may consume for one prompt (1,000,000 tokens, whatever they cost).
    pub budget: ModelBudget,
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
    /// How many files one search looks into (2,000).
    pub files_searched_max: usize,
    /// How many lines one search gives (100).
    pub matches_max: usize,
    /// How long one search may take (5 s).
    pub search_time_max: Duration,
    /// How much of a command's output, or of a log, a model is shown, in bytes (16 KiB).
    pub output_bytes_max: usize,
    /// How long a command runs when the model does not say, in seconds (60).
    pub command_seconds: u32,
    /// How long a command may run that the model waits for, in seconds (300).
    pub command_seconds_max: u32,
    /// How long one may run in the background, in seconds (1,800).
    pub background_seconds_max: u32,
    /// How long the whole turn may take (120 s; 900 s in workspaces).
    pub turn_time_max: Duration,
    /// How long putting files back after a failure may take (10 s).
    pub restore_time_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps_max: 24,
            budget: ModelBudget { tokens_max: Some(1_000_000), cost_max: None },
            calls_per_step_max: 64,
            text_bytes_max: 16 * 1024,
            file_bytes_max: 256 * 1024,
            files_changed_max: 40,
            files_listed_max: 500,
            files_searched_max: 2_000,
            matches_max: 100,
            search_time_max: Duration::from_secs(5),
            output_bytes_max: 16 * 1024,
            command_seconds: 60,
            command_seconds_max: 300,
            background_seconds_max: 1_800,
            turn_time_max: Duration::from_secs(120),
            restore_time_max: Duration::from_secs(10),
        }
    }
}
