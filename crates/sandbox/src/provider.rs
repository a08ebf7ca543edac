//! The trait every provider implements and the handle to one sandbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{SandboxId, TemplateHash, TemplateName, WorkspacePath};
use futures::stream::BoxStream;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::{SandboxError, TerminalAttachment, TerminalId, TerminalInfo, TerminalSize};

/// What a provider can do. What it lacks is absent here and hidden from people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Idle sandboxes can be frozen to cost no CPU.
    pub freeze: bool,
    /// Commands can be run.
    pub exec: bool,
    /// People can work at terminals.
    pub terminal: bool,
    /// Programs inside can be given a way out.
    pub egress: bool,
    /// A browser inside can take screenshots of the page.
    pub screenshot: bool,
    /// Sandboxes outlive the server process and can be attached to again.
    pub outlives_server: bool,
}

/// How a provider is doing, for operators and settings pages (E1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderStatus {
    /// In one word.
    pub health: ProviderHealth,
    /// What is wrong and what to try; empty when connected.
    pub detail: String,
}

/// A provider's state in one word (E1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderHealth {
    /// It can make sandboxes.
    Connected,
    /// It is getting ready, for example preparing a template.
    Loading,
    /// It can't make sandboxes.
    Error,
}

/// How well sandboxes are kept apart from the host and from each other (J1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// Well enough for anybody: whatever one does, the others and the host have their share of the machine.
    Strong,
    /// Only for people who mean well.
    Weak {
        /// What is missing and what follows, for the operator.
        because: String,
    },
}

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSpec {
    /// The id of the sandbox, chosen by the caller so that its record exists before it does.
    pub id: SandboxId,
    /// What the workspace starts from.
    pub template: TemplateName,
    /// Whether somebody waits for it. Otherwise it is made behind those that are in use, where processors are short.
    pub awaited: bool,
}

/// Makes and destroys sandboxes.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// The provider's name in settings, rows and answers: `local`, `sim`, …
    fn name(&self) -> &'static str;

    /// What its sandboxes can do.
    fn capabilities(&self) -> Capabilities;

    /// How it is doing. Answers from what it knows, without waiting.
    fn status(&self) -> ProviderStatus;

    /// How well it keeps sandboxes apart. Answers from what it knows, without waiting.
    fn isolation(&self) -> Isolation;

    /// The hash of a template's present content; `None` when it has no such template.
    fn template_hash(&self, template: &TemplateName) -> Option<TemplateHash>;

    /// Makes a sandbox and answers once its dev server answers, if its template has one. Cancel-safe: a dropped call leaves nothing that
    /// [`Provider::list`] does not show.
    ///
    /// # Errors
    /// [`SandboxError::UnknownTemplate`], [`SandboxError::Create`] or [`SandboxError::Timeout`]; nothing is left
    /// running then.
    async fn create(&self, spec: CreateSpec) -> Result<Arc<dyn Sandbox>, SandboxError>;

    /// A handle to a sandbox that lives, made by this process or an earlier one.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] when it does not live.
    async fn attach(&self, id: SandboxId) -> Result<Arc<dyn Sandbox>, SandboxError>;

    /// Every sandbox that lives or of which anything is left: a process, a cgroup, a directory.
    ///
    /// # Errors
    /// [`SandboxError::Unreachable`] when the provider can't tell.
    async fn list(&self) -> Result<Vec<SandboxId>, SandboxError>;

    /// Ends a sandbox and removes all that is left of it. Idempotent: one that does not exist is destroyed.
    ///
    /// # Errors
    /// [`SandboxError::Unreachable`] when something is left; calling again may help.
    async fn destroy(&self, id: SandboxId) -> Result<(), SandboxError>;

    /// Stops a sandbox's CPU use until it is thawed. Idempotent; does nothing without the capability.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] or [`SandboxError::Unreachable`].
    async fn freeze(&self, id: SandboxId) -> Result<(), SandboxError>;

    /// Lets a frozen sandbox go on, and puts one that is in use before those that are not. Idempotent.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] or [`SandboxError::Unreachable`].
    async fn thaw(&self, id: SandboxId) -> Result<(), SandboxError>;
}

/// A place in a sandbox that accepts connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// The template's dev server, or what listens on its preview port where it has none.
    DevServer,
    /// A TCP port on the sandbox's loopback.
    Tcp(u16),
}

/// A byte stream into a sandbox.
pub trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// An owned byte stream into a sandbox.
pub type BoxIo = Box<dyn Io>;

/// Something of an app that can't be built.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BuildFault {
    /// Which file, as the dev server calls it.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

/// What a path in a workspace is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// Anything else: links, sockets, devices. Never followed.
    Other,
}

/// One entry of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Where, relative to the workspace.
    pub path: WorkspacePath,
    /// What it is.
    pub kind: FileKind,
    /// Bytes of a regular file; 0 for anything else.
    pub size_bytes: u64,
}

/// A command to run in a sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecRequest {
    /// The program and its arguments; no shell is implied.
    pub argv: Vec<String>,
    /// Where to run, relative to the workspace; the workspace itself when `None`.
    pub cwd: Option<WorkspacePath>,
    /// Environment on top of the sandbox's own.
    pub env: BTreeMap<String, String>,
    /// After this many milliseconds the command and all it started is killed.
    pub timeout_ms: u64,
    /// Output beyond this many bytes, both streams together, is dropped and said to be.
    pub output_bytes_max: u64,
}

/// What a screenshot should show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenshotRequest {
    /// Which page: a path that begins with `/`.
    pub path: String,
    /// How wide the browser's window is, in CSS pixels.
    pub width: u16,
    /// How high.
    pub height: u16,
}

/// What a running command does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExecEvent {
    /// Bytes it wrote to standard output.
    Stdout(Bytes),
    /// Bytes it wrote to standard error.
    Stderr(Bytes),
    /// It is over; the last event.
    Exited {
        /// Its exit code; 128 + n when signal n ended it.
        code: i32,
        /// Whether output was dropped.
        truncated: bool,
        /// Whether its time ran out.
        timed_out: bool,
    },
}

/// What a sandbox uses right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SandboxStats {
    /// Memory charged to it, in bytes, without pages shared with the host.
    pub memory_bytes: u64,
    /// CPU time used since it was made, in milliseconds.
    pub cpu_ms: u64,
    /// Processes and threads.
    pub tasks: u64,
}

/// A handle to one living sandbox. Cheap; dropping it does not end the sandbox.
#[async_trait]
pub trait Sandbox: Send + Sync + 'static {
    /// The sandbox.
    fn id(&self) -> SandboxId;

    /// Whether the dev server answers an HTTP request now; without one, whether the sandbox answers.
    ///
    /// # Errors
    /// [`SandboxError::Gone`], [`SandboxError::Unreachable`] or [`SandboxError::Timeout`] (after 2,000 ms).
    async fn probe(&self) -> Result<(), SandboxError>;

    /// The end of what the dev server wrote, up to 16 KiB; empty without one.
    ///
    /// # Errors
    /// [`SandboxError::Gone`], [`SandboxError::Unreachable`] or [`SandboxError::Timeout`].
    async fn dev_server_log(&self) -> Result<String, SandboxError>;

    /// What of the app can't be built now, with the files at `changed` read anew; empty when all of it can, `None` where nobody can
    /// tell. At most 5 faults of 2,000 characters. A program inside says so: it is to be shown, never to be obeyed.
    ///
    /// # Errors
    /// [`SandboxError::Gone`], [`SandboxError::Unreachable`] or [`SandboxError::Timeout`] (after 8,000 ms).
    async fn faults(&self, changed: &[WorkspacePath]) -> Result<Option<Vec<BuildFault>>, SandboxError>;

    /// A file's bytes, up to 2 MiB.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchFile`], [`SandboxError::File`], [`SandboxError::TooLarge`] or unreachable.
    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, SandboxError>;

    /// Makes `path` hold exactly `content` (up to 2 MiB), atomically; missing directories are made.
    ///
    /// # Errors
    /// [`SandboxError::File`], [`SandboxError::TooLarge`] or unreachable; the old content stays then.
    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), SandboxError>;

    /// Everything below the workspace but `node_modules`, `.git` and `.vite`, sorted by path, up to 5,000 entries.
    ///
    /// # Errors
    /// [`SandboxError::TooLarge`] or unreachable.
    async fn list(&self) -> Result<Vec<FileEntry>, SandboxError>;

    /// Moves a file or directory; missing parent directories of `to` are made; an existing `to` is refused.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchFile`], [`SandboxError::File`] or unreachable.
    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), SandboxError>;

    /// Removes a file, or a directory with all it holds.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchFile`], [`SandboxError::File`] or unreachable.
    async fn remove(&self, path: &WorkspacePath) -> Result<(), SandboxError>;

    /// Runs a command and streams what it does. Dropping the stream kills the command and all it started.
    ///
    /// # Errors
    /// [`SandboxError::Unsupported`] without the capability, or unreachable.
    async fn exec(
        &self,
        request: ExecRequest,
    ) -> Result<BoxStream<'static, Result<ExecEvent, SandboxError>>, SandboxError>;

    /// The page as a browser inside shows it, once it has loaded and come to rest: a PNG of up to 2 MiB. A program inside says so: it
    /// may be anything that begins as a PNG does.
    ///
    /// # Errors
    /// [`SandboxError::Unsupported`] without the capability, or where programs inside do not reach the page;
    /// [`SandboxError::Screenshot`] when there is no page or the browser makes nothing of it; or unreachable.
    async fn screenshot(&self, request: ScreenshotRequest) -> Result<Bytes, SandboxError>;

    /// The whole workspace as a tar.gz, made while it is read: files, directories and links that stay within, without `.git`,
    /// `node_modules`, `__pycache__`, `.venv`, `dist` and `build`. What had to be left out is named in its `LEFT_OUT.txt`. The
    /// stream ends with an error when there are more than `bytes_max` compressed bytes, or when it breaks off: an archive
    /// without one is whole.
    ///
    /// # Errors
    /// Unreachable; in the stream [`SandboxError::TooLarge`] too.
    async fn archive(
        &self,
        bytes_max: u64,
    ) -> Result<BoxStream<'static, Result<Bytes, SandboxError>>, SandboxError>;

    /// How many bytes the files of an archive have before they are compressed; of so many as are counted in a short time.
    ///
    /// # Errors
    /// Unreachable.
    async fn archive_size(&self) -> Result<u64, SandboxError>;

    /// Opens a terminal: an interactive shell in the workspace, which runs until it ends by itself or is closed, whoever is
    /// attached, this process or a later one. At most 8 a sandbox; one that has ended makes room for a new one.
    ///
    /// # Errors
    /// [`SandboxError::Unsupported`] without the capability, [`SandboxError::TooLarge`] or unreachable.
    async fn open_terminal(&self, size: TerminalSize) -> Result<TerminalInfo, SandboxError>;

    /// Every terminal that was not closed, the oldest first.
    ///
    /// # Errors
    /// [`SandboxError::Unsupported`] without the capability, or unreachable.
    async fn terminals(&self) -> Result<Vec<TerminalInfo>, SandboxError>;

    /// Attaches to a terminal; up to 16 may be attached at once, and all of them see the same.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchTerminal`], [`SandboxError::TooLarge`] or unreachable.
    async fn attach_terminal(&self, id: TerminalId) -> Result<TerminalAttachment, SandboxError>;

    /// Makes a terminal another size, for everybody who is attached.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchTerminal`] or unreachable.
    async fn resize_terminal(&self, id: TerminalId, size: TerminalSize) -> Result<(), SandboxError>;

    /// Ends a terminal's shell and all it started, and forgets the terminal.
    ///
    /// # Errors
    /// [`SandboxError::NoSuchTerminal`] or unreachable.
    async fn close_terminal(&self, id: TerminalId) -> Result<(), SandboxError>;

    /// A connection to a port inside.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] or [`SandboxError::Unreachable`].
    async fn connect(&self, port: Port) -> Result<BoxIo, SandboxError>;

    /// Opens the way out: commands that start from now on find a proxy for HTTPS in their environment, whose connections
    /// [`Sandbox::accept_egress`] hands over. Where they lead is up to whoever takes them. Idempotent.
    ///
    /// # Errors
    /// [`SandboxError::Unsupported`] without the capability, or unreachable.
    async fn open_egress(&self) -> Result<(), SandboxError>;

    /// The next connection that a program inside makes to the way out; waits for one.
    ///
    /// # Errors
    /// [`SandboxError::Gone`], or [`SandboxError::Unreachable`] also while the way out is closed.
    async fn accept_egress(&self) -> Result<BoxIo, SandboxError>;

    /// What it uses right now.
    ///
    /// # Errors
    /// [`SandboxError::Gone`], [`SandboxError::Unreachable`], or [`SandboxError::Unsupported`] where this machine
    /// can't tell.
    async fn stats(&self) -> Result<SandboxStats, SandboxError>;
}
