//! A session's sandbox as the agent's tools see it, and the agent's steps as journal events.

use std::sync::Arc;

use agent::{AgentEvent, LastChange, Workspace, WorkspaceError};
use async_trait::async_trait;
use bytes::Bytes;
use domain::{BlobHash, EventKind, FileChange, PromptId, PromptView, Step, WorkspacePath};
use sandbox::{FileKind, Sandbox, SandboxError};
use sha2::{Digest, Sha256};
use store::Store;

use crate::SessionError;
use crate::live::LiveSession;
use crate::tally::Tally;

/// The agent's way to one session's files.
pub(crate) struct SessionWorkspace {
    pub(crate) sandbox: Arc<dyn Sandbox>,
    pub(crate) live: Arc<LiveSession>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) tally: Arc<Tally>,
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

    async fn last_change(&self) -> Result<Option<LastChange>, WorkspaceError> {
        let Some(prompt) = self.live.look(|view| view.last_undoable().cloned()) else { return Ok(None) };
        let mut files = Vec::new();
        for (path, before) in first_contents(&prompt) {
            let content = match before {
                Some(hash) => Some(self.blob(&hash).await?),
                None => None,
            };
            files.push((path, content));
        }
        Ok(Some(LastChange { prompt_id: prompt.prompt_id, prompt_text: prompt.text, files }))
    }
}

impl SessionWorkspace {
    /// Puts every file that a prompt changed back to what it was before.
    ///
    /// # Errors
    /// When the sandbox or the store does not do as asked; some files may be back by then.
    pub(crate) async fn take_back(&self, prompt: &PromptView) -> Result<(), WorkspaceError> {
        for (path, before) in first_contents(prompt) {
            match before {
                Some(hash) => self.write(&path, self.blob(&hash).await?).await?,
                None => match self.remove(&path).await {
                    Ok(()) | Err(WorkspaceError::NotFound(_)) => {}
                    Err(error) => return Err(error),
                },
            }
        }
        Ok(())
    }

    async fn blob(&self, hash: &BlobHash) -> Result<Bytes, WorkspaceError> {
        let content = self.store.blob(self.live.record.id, hash).await.map_err(|error| {
            WorkspaceError::Unreachable { reason: error.to_string(), source: Some(Box::new(error)) }
        })?;
        let gone =
            || WorkspaceError::Unreachable { reason: "an earlier content is gone".into(), source: None };
        content.map(Bytes::from).ok_or_else(gone)
    }

    /// Writes one step of the agent into the journal, the contents it names first.
    pub(crate) async fn journal(&self, prompt_id: PromptId, event: AgentEvent) -> Result<(), SessionError> {
        let kind = match event {
            AgentEvent::Said(text) => EventKind::AgentSaid { prompt_id, text },
            AgentEvent::Read(path) => EventKind::FileRead { prompt_id, path },
            AgentEvent::Undid { prompt_id: undone } => EventKind::PromptUndone { prompt_id, undone },
            AgentEvent::Changed { path, action, additions, deletions, diff, before, after } => {
                let before = self.keep(before).await?;
                let after = self.keep(after).await?;
                let change = FileChange { path, action, additions, deletions, diff, before, after };
                EventKind::FileChanged { prompt_id, change }
            }
        };
        let changes = matches!(kind, EventKind::FileChanged { .. });
        self.live.record(|_| Ok(vec![kind])).await?;
        if changes && let Some(after_ms) = self.live.first_change() {
            self.tally.first_change(after_ms);
        }
        Ok(())
    }

    async fn keep(&self, content: Option<Bytes>) -> Result<Option<BlobHash>, SessionError> {
        let Some(content) = content else { return Ok(None) };
        let hash = BlobHash::from_digest(&Sha256::digest(&content).into());
        self.store.put_blob(self.live.record.id, &hash, &content).await?;
        Ok(Some(hash))
    }
}

/// Every file a prompt changed, with its content before the first of those changes; the last changed comes first, so
/// that going back passes through no state in which a file is used and missing.
fn first_contents(prompt: &PromptView) -> Vec<(WorkspacePath, Option<BlobHash>)> {
    let mut files: Vec<(WorkspacePath, Option<BlobHash>)> = Vec::new();
    for step in &prompt.steps {
        if let Step::Changed(change) = step
            && files.iter().all(|(path, _)| *path != change.path)
        {
            files.push((change.path.clone(), change.before.clone()));
        }
    }
    files.reverse();
    files
}

fn workspace_error(error: SandboxError) -> WorkspaceError {
    match error {
        SandboxError::NoSuchFile(path) => WorkspaceError::NotFound(path),
        SandboxError::File { path, reason } => WorkspaceError::Refused { path, reason },
        other => WorkspaceError::Unreachable { reason: other.to_string(), source: Some(Box::new(other)) },
    }
}
