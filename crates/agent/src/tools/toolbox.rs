//! Carries out the tool calls of one turn, within the policy, and remembers what they changed.

use bytes::Bytes;
use domain::{FileAction, PromptId, WorkspacePath};
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

use super::arguments::{
    self, DeclineArguments, EditArguments, NoArguments, PathArgument, RenameArguments, WriteArguments,
};
use super::{edit, patch};
use crate::FileDiff;
use crate::{AgentEvent, Preamble, Tool, ToolCall, ToolPolicy, Watcher, Workspace, WorkspaceError, diff};

/// The longest reason and suggestion that a decline may carry, in characters.
const DECLINE_CHARS_MAX: usize = 600;

/// Reads that are carried out at the same time.
const READS_AT_ONCE_MAX: usize = 8;

/// A model declined the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declined {
    pub(crate) reason: String,
    pub(crate) suggestions: Vec<String>,
}

/// What a tool call gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) text: String,
    /// As PNG.
    pub(crate) picture: Option<Bytes>,
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self { text, picture: None }
    }
}

/// The tools of one turn.
pub(crate) struct Toolbox<'a> {
    pub(super) policy: &'a ToolPolicy,
    pub(super) workspace: &'a dyn Workspace,
    watcher: &'a dyn Watcher,
    /// Ends what takes its time: commands and searches. A write is never broken off.
    pub(super) stop: &'a CancellationToken,
    /// Each file this turn touched, in order, with its content before the turn.
    touched: Vec<(WorkspacePath, Option<Bytes>)>,
    undid: Option<PromptId>,
    declined: Option<Declined>,
    /// Whether a command was run: what those do is not put back.
    pub(super) ran: bool,
}

impl<'a> Toolbox<'a> {
    pub(crate) fn new(
        policy: &'a ToolPolicy,
        workspace: &'a dyn Workspace,
        watcher: &'a dyn Watcher,
        stop: &'a CancellationToken,
    ) -> Self {
        let (touched, undid, declined, ran) = (Vec::new(), None, None, false);
        Self { policy, workspace, watcher, stop, touched, undid, declined, ran }
    }

    /// Whether a command was run.
    pub(crate) const fn ran(&self) -> bool {
        self.ran
    }

    /// The files this turn touched, in order.
    pub(crate) fn touched(&self) -> impl Iterator<Item = &WorkspacePath> {
        self.touched.iter().map(|(path, _)| path)
    }

    /// The prompt whose changes this turn took back.
    pub(crate) const fn undid(&self) -> Option<PromptId> {
        self.undid
    }

    /// What the model said when it declined.
    pub(crate) const fn declined(&self) -> Option<&Declined> {
        self.declined.as_ref()
    }

    /// Tells whoever watches.
    pub(crate) async fn tell(&self, event: AgentEvent) {
        self.watcher.tell(event).await;
    }

    /// Lets whoever watches hear the words that have come so far.
    pub(crate) fn let_hear(&self, words: &str) {
        self.watcher.hear(words);
    }

    /// Carries out calls in their order: those that only read at the same time, all others alone. `done` is told each call with its
    /// result, or with a sentence for the model that says why it is not possible. Once the work is stopped or the model has declined,
    /// nothing further is carried out.
    pub(crate) async fn call_all(
        &mut self,
        calls: &[ToolCall],
        mut done: impl FnMut(&ToolCall, Result<Given, String>),
    ) {
        let groups = calls.chunk_by(|one, next| self.only_reads(one) && self.only_reads(next));
        let groups: Vec<&[ToolCall]> = groups.collect();
        for group in groups {
            if self.stop.is_cancelled() || self.declined.is_some() {
                return;
            }
            if let [call] = group {
                let result = self.call(call).await;
                done(call, result);
                continue;
            }
            for some in group.chunks(READS_AT_ONCE_MAX) {
                let mut reads = Vec::with_capacity(some.len());
                for call in some {
                    reads.push(self.read(call));
                }
                let results = join_all(reads).await;
                some.iter().zip(results).for_each(|(call, result)| done(call, result.map(Given::from)));
            }
        }
    }

    fn tool(&self, call: &ToolCall) -> Option<Tool> {
        self.policy.tools.iter().copied().find(|tool| tool.name() == call.name)
    }

    fn only_reads(&self, call: &ToolCall) -> bool {
        self.tool(call).is_some_and(Tool::only_reads)
    }

    /// Carries out one call that only reads.
    async fn read(&self, call: &ToolCall) -> Result<String, String> {
        let arguments = &call.arguments;
        match self.tool(call) {
            Some(Tool::ReadFile) => self.read_file(arguments::parse::<PathArgument>(arguments)?.path).await,
            Some(Tool::SearchFiles) => self.search_files(arguments::parse(arguments)?).await,
            Some(Tool::ListFiles) => {
                arguments::parse::<NoArguments>(arguments)?;
                self.list_files().await
            }
            Some(Tool::ReadDevServerLog) => {
                arguments::parse::<NoArguments>(arguments)?;
                self.read_dev_server_log().await
            }
            Some(Tool::ReadPreviewConsole) => {
                arguments::parse::<NoArguments>(arguments)?;
                self.read_preview_console().await
            }
            Some(_) | None => Err(format!("There is no tool named `{}`.", call.name)),
        }
    }

    /// Carries out one call.
    async fn call(&mut self, call: &ToolCall) -> Result<Given, String> {
        if self.tool(call) == Some(Tool::TakeScreenshot) {
            return self.take_screenshot(arguments::parse(&call.arguments)?).await;
        }
        self.change(call).await.map(Given::from)
    }

    /// Carries out one call that gives words.
    async fn change(&mut self, call: &ToolCall) -> Result<String, String> {
        let arguments = &call.arguments;
        match self.tool(call) {
            Some(Tool::WriteFile) => {
                let WriteArguments { path, content } = arguments::parse(arguments)?;
                self.write_file(path, content).await
            }
            Some(Tool::EditFile) => self.edit_file(arguments::parse(arguments)?).await,
            Some(Tool::RenameFile) => self.rename_file(arguments::parse(arguments)?).await,
            Some(Tool::RunCommand) => self.run_command(arguments::parse(arguments)?).await,
            Some(Tool::SandboxDownload) => {
                arguments::parse::<NoArguments>(arguments)?;
                self.tell(AgentEvent::OfferedDownload).await;
                Ok("The person has a card with a download button now.".into())
            }
            Some(Tool::DeleteFile) => {
                self.delete_file(arguments::parse::<PathArgument>(arguments)?.path).await
            }
            Some(Tool::UndoLastChange) => {
                arguments::parse::<NoArguments>(arguments)?;
                self.undo_last_change().await
            }
            Some(Tool::Decline) => self.decline(arguments::parse(arguments)?),
            Some(
                Tool::ListFiles
                | Tool::ReadFile
                | Tool::SearchFiles
                | Tool::ReadDevServerLog
                | Tool::ReadPreviewConsole
                | Tool::TakeScreenshot,
            )
            | None => self.read(call).await,
        }
    }

    async fn list_files(&self) -> Result<String, String> {
        let mut paths = self.workspace.list().await.map_err(sentence)?;
        paths.retain(|path| self.policy.paths.may_read(path));
        paths.sort();
        let listed_max = self.policy.limits.files_listed_max;
        let more = paths.len().saturating_sub(listed_max);
        let mut lines: Vec<String> = paths.iter().take(listed_max).map(ToString::to_string).collect();
        if more > 0 {
            lines.push(format!("({more} more files are not listed)"));
        }
        Ok(lines.join("\n"))
    }

    async fn read_file(&self, path: WorkspacePath) -> Result<String, String> {
        if !self.policy.paths.may_read(&path) {
            return Err(format!("{path} is not open to you."));
        }
        let content = self.workspace.read(&path).await.map_err(sentence)?;
        self.check_size(&path, content.len())?;
        let text = String::from_utf8(content.into()).map_err(|_| format!("{path} is no text file."))?;
        self.tell(AgentEvent::Read(path)).await;
        Ok(text)
    }

    async fn write_file(&mut self, path: WorkspacePath, content: String) -> Result<String, String> {
        self.check_editable(&path)?;
        self.check_size(&path, content.len())?;
        let before = self.content(&path).await?;
        self.remember(&path, before.as_ref())?;
        self.put(path, before, Some(content.into())).await.map_err(sentence)?;
        Ok("Written.".into())
    }

    async fn delete_file(&mut self, path: WorkspacePath) -> Result<String, String> {
        self.check_editable(&path)?;
        let Some(before) = self.content(&path).await? else {
            return Err(format!("There is no file at {path}."));
        };
        self.remember(&path, Some(&before))?;
        self.put(path, Some(before), None).await.map_err(sentence)?;
        Ok("Deleted.".into())
    }

    async fn edit_file(&mut self, arguments: EditArguments) -> Result<String, String> {
        let EditArguments { path, edits, patch } = arguments;
        self.check_editable(&path)?;
        let Some(before) = self.content(&path).await? else {
            return Err(format!("There is no file at {path}."));
        };
        self.check_size(&path, before.len())?;
        let text = str::from_utf8(&before).map_err(|_| format!("{path} is no text file."))?;
        let after = match patch {
            Some(patch) if edits.is_empty() => patch::apply(text, &patch)?,
            Some(_) => return Err("Give either `edits` or `patch`. Nothing was changed.".into()),
            None => edit::apply(text, &edits)?,
        };
        self.check_size(&path, after.len())?;
        self.remember(&path, Some(&before))?;
        self.put(path, Some(before), Some(after.into())).await.map_err(sentence)?;
        Ok("Edited.".into())
    }

    async fn rename_file(&mut self, arguments: RenameArguments) -> Result<String, String> {
        let RenameArguments { from, to } = arguments;
        self.check_editable(&from)?;
        self.check_editable(&to)?;
        let Some(content) = self.content(&from).await? else {
            return Err(format!("There is no file at {from}."));
        };
        if self.content(&to).await?.is_some() {
            return Err(format!("There is a file at {to} already."));
        }
        self.remember(&from, Some(&content))?;
        self.remember(&to, None)?;
        self.workspace.rename(&from, &to).await.map_err(sentence)?;
        self.told_of(to, None, Some(content.clone())).await;
        self.told_of(from, Some(content), None).await;
        Ok("Renamed.".into())
    }

    async fn undo_last_change(&mut self) -> Result<String, String> {
        if self.undid.is_some() {
            return Err("Only one change can be undone per prompt.".into());
        }
        let last_change = self.workspace.last_change().await.map_err(sentence)?;
        let Some(last_change) = last_change else {
            return Err("There is no change to undo.".into());
        };
        for (path, before) in last_change.files {
            let now = self.content(&path).await?;
            self.remember(&path, now.as_ref())?;
            self.put(path, now, before).await.map_err(sentence)?;
        }
        self.undid = Some(last_change.prompt_id);
        Ok(format!("Undone: {}", last_change.prompt_text))
    }

    fn decline(&mut self, arguments: DeclineArguments) -> Result<String, String> {
        if !self.touched.is_empty() {
            return Err("You have changed files already. Say in your answer what you could not do.".into());
        }
        let short = |text: String| text.trim().chars().take(DECLINE_CHARS_MAX).collect::<String>();
        self.declined = Some(Declined {
            reason: short(arguments.reason),
            suggestions: arguments.suggestions.into_iter().take(3).map(short).collect(),
        });
        Ok("Declined.".into())
    }

    /// Puts every file back to how it was before the turn, newest change first.
    ///
    /// # Errors
    /// The first error of the workspace; files after it are tried as well.
    pub(crate) async fn restore(&mut self) -> Result<(), WorkspaceError> {
        let mut outcome = Ok(());
        for (path, before) in std::mem::take(&mut self.touched).into_iter().rev() {
            let restored = match self.workspace.read(&path).await {
                Ok(now) => self.put(path, Some(now), before).await,
                Err(WorkspaceError::NotFound(_)) => self.put(path, None, before).await,
                Err(error) => Err(error),
            };
            outcome = outcome.and(restored);
        }
        outcome
    }

    /// Makes one file be `after`, and tells; nothing happens when it is that already.
    async fn put(
        &self,
        path: WorkspacePath,
        before: Option<Bytes>,
        after: Option<Bytes>,
    ) -> Result<(), WorkspaceError> {
        if before == after {
            return Ok(());
        }
        match &after {
            Some(content) => self.workspace.write(&path, content.clone()).await?,
            None => self.workspace.remove(&path).await?,
        }
        self.told_of(path, before, after).await;
        Ok(())
    }

    /// Tells that one file was `before` and is `after`.
    async fn told_of(&self, path: WorkspacePath, before: Option<Bytes>, after: Option<Bytes>) {
        let action = match (&before, &after) {
            (None, _) => FileAction::Created,
            (Some(_), Some(_)) => FileAction::Edited,
            (Some(_), None) => FileAction::Deleted,
        };
        let FileDiff { additions, deletions, hunks } = diff::compare(before.as_deref(), after.as_deref());
        let changed = AgentEvent::Changed { path, action, additions, deletions, diff: hunks, before, after };
        self.tell(changed).await;
    }

    async fn content(&self, path: &WorkspacePath) -> Result<Option<Bytes>, String> {
        match self.workspace.read(path).await {
            Ok(content) => Ok(Some(content)),
            Err(WorkspaceError::NotFound(_)) => Ok(None),
            Err(error) => Err(sentence(error)),
        }
    }

    /// Remembered before the write, so that a write which broke off is put back too.
    fn remember(&mut self, path: &WorkspacePath, before: Option<&Bytes>) -> Result<(), String> {
        if self.touched().any(|touched| touched == path) {
            return Ok(());
        }
        if self.touched.len() >= self.policy.limits.files_changed_max {
            let files_max = self.policy.limits.files_changed_max;
            return Err(format!("One prompt can change no more than {files_max} files."));
        }
        self.touched.push((path.clone(), before.cloned()));
        Ok(())
    }

    fn check_editable(&self, path: &WorkspacePath) -> Result<(), String> {
        if self.policy.paths.may_edit(path) {
            return Ok(());
        }
        let which = match self.policy.preamble {
            Preamble::FrontEnd => "only the app's own front-end source files can",
            Preamble::Workspace => "tools keep it for themselves",
        };
        Err(format!("{path} can't be changed here: {which}."))
    }

    fn check_size(&self, path: &WorkspacePath, bytes: usize) -> Result<(), String> {
        let file_bytes_max = self.policy.limits.file_bytes_max;
        if bytes <= file_bytes_max {
            return Ok(());
        }
        Err(format!("{path} has {bytes} bytes; up to {file_bytes_max} are possible."))
    }
}

pub(super) fn sentence(error: WorkspaceError) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}
