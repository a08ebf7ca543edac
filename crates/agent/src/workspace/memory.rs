//! A workspace in memory, for tests and examples.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use domain::{CommandExit, WorkspacePath};
use tokio_util::sync::CancellationToken;

use super::{CommandLine, CommandOutcome, LastChange, PageError, Screenshot, Workspace, WorkspaceError};

/// A workspace that keeps its files in memory.
#[derive(Debug, Default)]
pub struct MemoryWorkspace {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<WorkspacePath, Bytes>,
    last_change: Option<LastChange>,
    read_only: bool,
    dev_server_log: String,
    page_errors: Vec<PageError>,
    picture: Option<Bytes>,
    commands: Vec<CommandLine>,
    outcomes: VecDeque<CommandOutcome>,
}

impl MemoryWorkspace {
    /// A workspace with these files.
    ///
    /// # Panics
    /// When a path is no workspace path.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, text)| {
                let path = path.parse().expect("the paths given are workspace paths");
                (path, Bytes::copy_from_slice(text.as_bytes()))
            })
            .collect();
        Self { state: Mutex::new(State { files, ..State::default() }) }
    }

    /// Every file and its content.
    pub fn files(&self) -> BTreeMap<WorkspacePath, Bytes> {
        self.state().files.clone()
    }

    /// The text of one file; `None` when there is no such file or it is no text.
    pub fn text(&self, path: &str) -> Option<String> {
        let path: WorkspacePath = path.parse().ok()?;
        let content = self.state().files.get(&path)?.to_vec();
        String::from_utf8(content).ok()
    }

    /// Sets what [`Workspace::last_change`] answers.
    pub fn set_last_change(&self, last_change: Option<LastChange>) {
        self.state().last_change = last_change;
    }

    /// Sets what [`Workspace::dev_server_log`] answers.
    pub fn set_dev_server_log(&self, log: &str) {
        self.state().dev_server_log = log.to_owned();
    }

    /// Sets what [`Workspace::preview_console`] answers.
    pub fn set_page_errors(&self, errors: Vec<PageError>) {
        self.state().page_errors = errors;
    }

    /// Sets what [`Workspace::screenshot`] answers; without it there is no browser.
    pub fn set_picture(&self, png: &[u8]) {
        self.state().picture = Some(Bytes::copy_from_slice(png));
    }

    /// What the next commands come to, one after the other; without any, a command runs until it is stopped.
    pub fn script_commands(&self, outcomes: impl IntoIterator<Item = CommandOutcome>) {
        self.state().outcomes.extend(outcomes);
    }

    /// Every command so far.
    pub fn commands(&self) -> Vec<CommandLine> {
        self.state().commands.clone()
    }

    /// From now on every write and removal is refused.
    pub fn refuse_changes(&self) {
        self.state().read_only = true;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writable(&self, path: &WorkspacePath) -> Result<MutexGuard<'_, State>, WorkspaceError> {
        let state = self.state();
        if state.read_only {
            return Err(WorkspaceError::Refused {
                path: path.clone(),
                reason: "the workspace is read-only".into(),
            });
        }
        Ok(state)
    }
}

#[async_trait]
impl Workspace for MemoryWorkspace {
    async fn list(&self) -> Result<Vec<WorkspacePath>, WorkspaceError> {
        Ok(self.state().files.keys().cloned().collect())
    }

    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, WorkspaceError> {
        let content = self.state().files.get(path).cloned();
        content.ok_or_else(|| WorkspaceError::NotFound(path.clone()))
    }

    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), WorkspaceError> {
        self.writable(path)?.files.insert(path.clone(), content);
        Ok(())
    }

    async fn remove(&self, path: &WorkspacePath) -> Result<(), WorkspaceError> {
        let removed = self.writable(path)?.files.remove(path);
        removed.map(drop).ok_or_else(|| WorkspaceError::NotFound(path.clone()))
    }

    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), WorkspaceError> {
        let mut state = self.writable(from)?;
        let content = state.files.remove(from).ok_or_else(|| WorkspaceError::NotFound(from.clone()))?;
        state.files.insert(to.clone(), content);
        Ok(())
    }

    async fn run(
        &self,
        line: CommandLine,
        stop: &CancellationToken,
    ) -> Result<CommandOutcome, WorkspaceError> {
        let scripted = {
            let mut state = self.state();
            state.commands.push(line);
            state.outcomes.pop_front()
        };
        if let Some(outcome) = scripted {
            return Ok(outcome);
        }
        stop.cancelled().await;
        let exit =
            CommandExit { exit_code: -1, truncated: false, timed_out: false, stopped: true, duration_ms: 0 };
        Ok(CommandOutcome { stdout: String::new(), stderr: String::new(), exit: Some(exit) })
    }

    async fn dev_server_log(&self) -> Result<String, WorkspaceError> {
        Ok(self.state().dev_server_log.clone())
    }

    async fn preview_console(&self) -> Result<Vec<PageError>, WorkspaceError> {
        Ok(self.state().page_errors.clone())
    }

    async fn screenshot(&self, _: &Screenshot) -> Result<Bytes, WorkspaceError> {
        let reason = || "there is no browser".into();
        self.state().picture.clone().ok_or_else(|| WorkspaceError::NoScreenshot { reason: reason() })
    }

    async fn last_change(&self) -> Result<Option<LastChange>, WorkspaceError> {
        Ok(self.state().last_change.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_written_is_read_and_what_was_removed_is_not_found() {
        let workspace = MemoryWorkspace::new([("a.css", "x")]);
        let (a, b): (WorkspacePath, WorkspacePath) = ("a.css".parse().unwrap(), "src/b.css".parse().unwrap());
        workspace.write(&b, Bytes::from("y")).await.unwrap();
        assert_eq!(workspace.read(&b).await.unwrap(), "y");
        assert_eq!(workspace.list().await.unwrap(), [a.clone(), b]);
        workspace.remove(&a).await.unwrap();
        assert!(matches!(workspace.read(&a).await, Err(WorkspaceError::NotFound(path)) if path == a));
        workspace.refuse_changes();
        assert!(matches!(workspace.remove(&a).await, Err(WorkspaceError::Refused { .. })));
    }
}
