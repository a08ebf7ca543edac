//! What the agent's tools reach a workspace through. It must not know how a sandbox works.

mod memory;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{CommandExit, PromptId, WorkspacePath};
use tokio_util::sync::CancellationToken;

pub use memory::MemoryWorkspace;

/// A workspace could not do what it was asked. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// There is no such file. Asking for another path may help.
    #[error("there is no file at {0}")]
    NotFound(WorkspacePath),
    /// The workspace refused, for example because its disk is full. Trying the same again will not help.
    #[error("{path}: {reason}")]
    Refused {
        /// Which path.
        path: WorkspacePath,
        /// Why, in a few words.
        reason: String,
    },
    /// A command could not be run. The same line may work at another time.
    #[error("the command could not be run: {reason}")]
    CommandRefused {
        /// Why, in a few words.
        reason: String,
    },
    /// No picture of the page could be taken. Mending the page may help.
    #[error("no screenshot could be taken: {reason}")]
    NoScreenshot {
        /// Why, in a few words.
        reason: String,
    },
    /// The workspace can't be reached: its sandbox ended or does not answer.
    #[error("the workspace can't be reached: {reason}")]
    Unreachable {
        /// Why, in a few words.
        reason: String,
        /// The underlying error.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
}

/// A command for a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// The line, as a shell reads it.
    pub command: String,
    /// Where it runs; the workspace itself when `None`.
    pub cwd: Option<WorkspacePath>,
    /// After how many seconds it is ended.
    pub timeout_seconds: u32,
    /// Whether it goes on by itself once it has had a moment to fail in.
    pub background: bool,
}

/// What a screenshot shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screenshot {
    /// Which page: a path that begins with `/`.
    pub path: String,
    /// How wide the browser's window is, in CSS pixels.
    pub width: u16,
    /// How high.
    pub height: u16,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandOutcome {
    /// What it wrote to standard output so far.
    pub stdout: String,
    /// What it wrote to standard error so far.
    pub stderr: String,
    /// How it ended; `None` when it goes on in the background.
    pub exit: Option<CommandExit>,
}

/// The files of one session. Implemented by `sessions` over a sandbox.
#[async_trait]
pub trait Workspace: Send + Sync {
    /// Every file, in any order.
    ///
    /// # Errors
    /// [`WorkspaceError::Unreachable`] when the sandbox does not answer.
    async fn list(&self) -> Result<Vec<WorkspacePath>, WorkspaceError>;

    /// The content of one file.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`] when there is no such file.
    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, WorkspaceError>;

    /// Creates or replaces one file, making directories as needed.
    ///
    /// # Errors
    /// [`WorkspaceError::Refused`] when the file can't be written.
    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), WorkspaceError>;

    /// Deletes one file.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`] when there is no such file.
    async fn remove(&self, path: &WorkspacePath) -> Result<(), WorkspaceError>;

    /// Moves one file to where nothing is, making directories as needed.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`] when there is no such file, [`WorkspaceError::Refused`] when it can't be moved.
    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), WorkspaceError>;

    /// Runs a command until it is over, or goes on in the background. `stop` ends it, and so does dropping this call.
    ///
    /// # Errors
    /// [`WorkspaceError::CommandRefused`] when it can't be run.
    async fn run(
        &self,
        line: CommandLine,
        stop: &CancellationToken,
    ) -> Result<CommandOutcome, WorkspaceError>;

    /// The end of what the dev server wrote; empty where there is none.
    ///
    /// # Errors
    /// [`WorkspaceError::Unreachable`] when the sandbox does not answer.
    async fn dev_server_log(&self) -> Result<String, WorkspaceError>;

    /// The newest errors that browsers reported of the page, the oldest first.
    ///
    /// # Errors
    /// None today; a workspace elsewhere may not be reached.
    async fn preview_console(&self) -> Result<Vec<PageError>, WorkspaceError>;

    /// A page as a browser shows it, as PNG.
    ///
    /// # Errors
    /// [`WorkspaceError::NoScreenshot`] when there is no page, or no browser.
    async fn screenshot(&self, of: &Screenshot) -> Result<Bytes, WorkspaceError>;

    /// The newest change that can be undone; `None` when there is none.
    ///
    /// # Errors
    /// [`WorkspaceError::Unreachable`] when the record of changes can't be read.
    async fn last_change(&self) -> Result<Option<LastChange>, WorkspaceError>;
}

/// An error that a browser reported of the page. Whoever wrote the page wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    /// How long ago, in seconds.
    pub seconds_ago: u64,
    /// What the console said.
    pub text: String,
}

/// The newest change that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// Whose prompt it was.
    pub prompt_id: PromptId,
    /// What that prompt asked.
    pub prompt_text: String,
    /// Every file it changed, with the content before; `None` when the file did not exist.
    pub files: Vec<(WorkspacePath, Option<Bytes>)>,
}
