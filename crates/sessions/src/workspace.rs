//! A session's sandbox as the agent's tools see it, and the agent's steps as journal events.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use agent::{
    Agent, AgentEvent, CancellationToken, CommandLine, CommandOutcome, LastChange, PageError, Screenshot,
    Watcher, Workspace, WorkspaceError,
};
use async_trait::async_trait;
use bytes::Bytes;
use domain::wire::{ExecRequest, WordsJson};
use domain::{BlobHash, EventKind, FileChange, PromptId, WorkspacePath};
use sandbox::{FileKind, Sandbox, SandboxError, ScreenshotRequest};
use sha2::{Digest, Sha256};

use crate::live::LiveSession;
use crate::{SessionError, Sessions, taking_back};

/// How long a command has to fail in before it is left to the background.
const BACKGROUND_MOMENT: Duration = Duration::from_millis(1_500);

/// One session's workspace while the agent works on a prompt.
#[derive(Clone)]
pub(crate) struct SessionWorkspace {
    pub(crate) sessions: Sessions,
    pub(crate) live: Arc<LiveSession>,
    pub(crate) sandbox: Arc<dyn Sandbox>,
    pub(crate) prompt_id: PromptId,
    /// Who works on the prompt, to its end.
    pub(crate) agent: Agent,
}

impl SessionWorkspace {
    /// The work on a prompt that begins now: whoever is chosen now does it.
    pub(crate) fn new(
        sessions: &Sessions,
        live: &Arc<LiveSession>,
        sandbox: Arc<dyn Sandbox>,
        prompt_id: PromptId,
    ) -> Self {
        let agent = live.agent().clone();
        Self { sessions: sessions.clone(), live: Arc::clone(live), sandbox, prompt_id, agent }
    }
}

#[async_trait]
impl Workspace for SessionWorkspace {
    async fn list(&self) -> Result<Vec<WorkspacePath>, WorkspaceError> {
        let entries = self.sandbox.list().await.map_err(workspace_error)?;
        Ok(entries.into_iter().filter(|entry| entry.kind == FileKind::File).map(|entry| entry.path).collect())
    }

    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, WorkspaceError> {
        self.sandbox.read(path).await.map_err(workspace_error)
    }

    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), WorkspaceError> {
        self.sandbox.write(path, content).await.map_err(workspace_error)
    }

    async fn remove(&self, path: &WorkspacePath) -> Result<(), WorkspaceError> {
        self.sandbox.remove(path).await.map_err(workspace_error)
    }

    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), WorkspaceError> {
        self.sandbox.rename(from, to).await.map_err(workspace_error)
    }

    async fn run(
        &self,
        line: CommandLine,
        stop: &CancellationToken,
    ) -> Result<CommandOutcome, WorkspaceError> {
        let CommandLine { command, cwd, timeout_seconds, background } = line;
        let request = ExecRequest { command, cwd, timeout_seconds: Some(timeout_seconds) };
        let begun =
            self.sessions.begin_command(&self.live, Arc::clone(&self.sandbox), Some(self.prompt_id), request);
        let command = begun.await.map_err(command_error)?;
        // Whoever gives up waiting ends it.
        let held = command.stopper().drop_guard();
        let ended = tokio::select! {
            ended = command.finished() => ended,
            () = stop.cancelled() => {
                command.stopper().cancel();
                command.finished().await
            }
            () = tokio::time::sleep(BACKGROUND_MOMENT), if background => {
                held.disarm();
                let (stdout, stderr) = command.written();
                return Ok(CommandOutcome { stdout, stderr, exit: None });
            }
        };
        let (stdout, stderr, exit) = ended.map_err(command_error)?;
        Ok(CommandOutcome { stdout, stderr, exit: Some(exit) })
    }

    async fn dev_server_log(&self) -> Result<String, WorkspaceError> {
        self.sandbox.dev_server_log().await.map_err(workspace_error)
    }

    async fn preview_console(&self) -> Result<Vec<PageError>, WorkspaceError> {
        let now = self.sessions.inner.clock.now();
        Ok(self.live.reports.lock().unwrap_or_else(PoisonError::into_inner).newest(now))
    }

    async fn screenshot(&self, of: &Screenshot) -> Result<Bytes, WorkspaceError> {
        let Screenshot { path, width, height } = of.clone();
        let request = ScreenshotRequest { path, width, height };
        self.sandbox.screenshot(request).await.map_err(|error| match error {
            SandboxError::Screenshot { reason } => WorkspaceError::NoScreenshot { reason },
            error @ SandboxError::Unsupported(_) => {
                WorkspaceError::NoScreenshot { reason: error.to_string() }
            }
            other => workspace_error(other),
        })
    }

    async fn last_change(&self) -> Result<Option<LastChange>, WorkspaceError> {
        let Some(prompt) = self.live.look(|view| view.last_undoable().cloned()) else { return Ok(None) };
        let files = taking_back::contents_before(&*self.sessions.inner.store, &self.live, &prompt).await;
        let files = files.map_err(|error| WorkspaceError::Unreachable {
            reason: error.to_string(),
            source: Some(Box::new(error)),
        })?;
        Ok(Some(LastChange { prompt_id: prompt.prompt_id, prompt_text: prompt.text, files }))
    }
}

/// The agent goes on when its step is in the journal.
#[async_trait]
impl Watcher for &SessionWorkspace {
    async fn tell(&self, event: AgentEvent) {
        if let Err(error) = self.journal(event).await {
            tracing::warn!(session.id = %self.live.record.id, error = ?error, "a step could not be written");
        }
    }

    fn hear(&self, words: &str) {
        let words = WordsJson { prompt_id: self.prompt_id, text: words.to_owned() };
        self.live.words.send_replace(Some(words));
    }
}

impl SessionWorkspace {
    /// Writes one step of the agent into the journal, the contents it names first.
    async fn journal(&self, event: AgentEvent) -> Result<(), SessionError> {
        let prompt_id = self.prompt_id;
        let kind = match event {
            AgentEvent::Said(text) => EventKind::AgentSaid { prompt_id, text },
            AgentEvent::Read(path) => EventKind::FileRead { prompt_id, path },
            AgentEvent::Saw(Screenshot { path, width, height }) => {
                EventKind::PageSeen { prompt_id, path, width, height }
            }
            AgentEvent::Undid { prompt_id: undone } => EventKind::PromptUndone { prompt_id, undone },
            AgentEvent::OfferedDownload => EventKind::DownloadOffered { prompt_id },
            AgentEvent::Used { model, used } => return self.sessions.consumed(self, model, used).await,
            AgentEvent::Stepped(step) => {
                let json = serde_json::to_vec(&step).expect("texts and JSON values are JSON");
                EventKind::AgentStepped { prompt_id, step: self.put(json.into()).await? }
            }
            AgentEvent::Changed { path, action, additions, deletions, diff, before, after } => {
                let before = self.keep(before).await?;
                let after = self.keep(after).await?;
                let change = FileChange { path, action, additions, deletions, diff, before, after };
                EventKind::FileChanged { prompt_id, change }
            }
        };
        let changes = matches!(kind, EventKind::FileChanged { .. });
        let is_said = matches!(kind, EventKind::AgentSaid { .. });
        self.live.record(|_| Ok(vec![kind])).await?;
        if is_said {
            self.live.words.send_replace(None);
        }
        if changes && let Some(after_ms) = self.live.first_change() {
            self.sessions.inner.tally.first_change(after_ms);
        }
        Ok(())
    }

    async fn keep(&self, content: Option<Bytes>) -> Result<Option<BlobHash>, SessionError> {
        match content {
            Some(content) => self.put(content).await.map(Some),
            None => Ok(None),
        }
    }

    async fn put(&self, content: Bytes) -> Result<BlobHash, SessionError> {
        let hash = BlobHash::from_digest(&Sha256::digest(&content).into());
        self.sessions.inner.store.put_blob(self.live.record.id, &hash, &content).await?;
        Ok(hash)
    }
}

fn workspace_error(error: SandboxError) -> WorkspaceError {
    match error {
        SandboxError::NoSuchFile(path) => WorkspaceError::NotFound(path),
        SandboxError::File { path, reason } => WorkspaceError::Refused { path, reason },
        other => WorkspaceError::Unreachable { reason: other.to_string(), source: Some(Box::new(other)) },
    }
}

fn command_error(error: SessionError) -> WorkspaceError {
    match error {
        SessionError::Command { .. } | SessionError::TooManyCommands { .. } | SessionError::Exhausted => {
            WorkspaceError::CommandRefused { reason: error.to_string() }
        }
        other => WorkspaceError::Unreachable { reason: other.to_string(), source: Some(Box::new(other)) },
    }
}
