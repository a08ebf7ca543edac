//! The fold: how a journal becomes the state that people see. The only place where events become state.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    CommandId, CommandView, EndReason, Event, EventKind, FaultSource, FreshStart, Lifetime, ModelUse,
    Oversight, PromptId, PromptView, QueuedPrompt, Recollection, SessionId, SessionKind, Step, TemplateName,
    TerminalView, Timestamp, VersionView, WorkspacePath,
};

/// Where a session stands.
///
/// ```text
/// starting ──> ready ──> ended
///     └──────────────────^
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SessionState {
    /// Its sandbox is being made.
    Starting,
    /// Its preview is served.
    Ready,
    /// Its sandbox is gone.
    Ended,
}

/// A session as its journal tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The session.
    pub session_id: SessionId,
    /// Which rules it follows.
    pub kind: SessionKind,
    /// Where it stands.
    pub state: SessionState,
    /// Whether the sandbox was ready before it was asked for.
    pub warm: bool,
    /// Milliseconds from the request to the claimed sandbox.
    pub claim_ms: u64,
    /// Who made the sandbox.
    pub provider: String,
    /// What its workspace started from.
    pub template: TemplateName,
    /// Where the live preview is served.
    pub preview_url: String,
    /// Prompts used so far, the one in progress included.
    pub prompts_used: u32,
    /// How many prompts the session may use.
    pub prompts_max: u32,
    /// When it began.
    pub claimed_at: Timestamp,
    /// When it ends.
    pub lifetime: Lifetime,
    /// Why it ended, once it has.
    pub ended_reason: Option<EndReason>,
    /// What watching over it has found.
    #[serde(default)]
    pub oversight: Oversight,
    /// Every prompt, oldest first.
    pub prompts: Vec<PromptView>,
    /// Prompts that wait for their turn, in this order. Once the session has ended, those are never worked on.
    #[serde(default)]
    pub queue: Vec<QueuedPrompt>,
    /// Where the agent was told to forget, oldest first.
    #[serde(default)]
    pub fresh_starts: Vec<FreshStart>,
    /// What it remembers of prompts that it is not shown any more.
    #[serde(default)]
    pub recollection: Option<Recollection>,
    /// Who answers prompts, where somebody chose; its name in the settings.
    #[serde(default)]
    pub model: Option<String>,
    /// Every command that was run, oldest first.
    #[serde(default)]
    pub commands: Vec<CommandView>,
    /// Open terminals, oldest first.
    #[serde(default)]
    pub terminals: Vec<TerminalView>,
    /// Every version of the workspace, oldest first.
    #[serde(default)]
    pub versions: Vec<VersionView>,
    /// The number of the last event folded in.
    pub last_seq: u64,
}

impl SessionView {
    /// The view after a journal's first event; `None` when it is not `session.claimed`.
    pub fn begin(event: &Event) -> Option<Self> {
        let EventKind::SessionClaimed {
            session_id,
            kind,
            provider,
            template,
            warm,
            claim_ms,
            preview_url,
            prompts_max,
            lifetime,
        } = &event.kind
        else {
            return None;
        };
        Some(Self {
            session_id: *session_id,
            kind: *kind,
            state: SessionState::Starting,
            warm: *warm,
            claim_ms: *claim_ms,
            provider: provider.clone(),
            template: template.clone(),
            preview_url: preview_url.clone(),
            prompts_used: 0,
            prompts_max: *prompts_max,
            claimed_at: event.at,
            lifetime: *lifetime,
            ended_reason: None,
            oversight: Oversight::default(),
            prompts: Vec::new(),
            queue: Vec::new(),
            fresh_starts: Vec::new(),
            recollection: None,
            model: None,
            commands: Vec::new(),
            terminals: Vec::new(),
            versions: Vec::new(),
            last_seq: event.seq,
        })
    }

    /// The view of a whole journal; `None` when it is empty or does not begin with `session.claimed`.
    pub fn of<'a>(journal: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = journal.into_iter();
        let mut view = Self::begin(events.next()?)?;
        events.for_each(|event| view.apply(event));
        Some(view)
    }

    /// Folds one more event in. One that was folded in before changes nothing, so a stream may resume early.
    pub fn apply(&mut self, event: &Event) {
        if event.seq <= self.last_seq {
            return;
        }
        self.last_seq = event.seq;
        match &event.kind {
            EventKind::SessionClaimed { .. } => {}
            EventKind::SessionReady { .. } => {
                if self.state == SessionState::Starting {
                    self.state = SessionState::Ready;
                }
            }
            EventKind::LifetimeChanged { lifetime } => self.lifetime = *lifetime,
            EventKind::QueueAdded { prompt_id, text } => {
                self.queue.push(QueuedPrompt { prompt_id: *prompt_id, text: text.clone() });
            }
            EventKind::QueueEdited { prompt_id, text } => {
                let waiting = self.queue.iter_mut().find(|waiting| waiting.prompt_id == *prompt_id);
                if let Some(waiting) = waiting {
                    waiting.text.clone_from(text);
                }
            }
            EventKind::QueueRemoved { prompt_id } => {
                self.queue.retain(|waiting| waiting.prompt_id != *prompt_id);
            }
            EventKind::PromptSubmitted { prompt_id, text } => {
                self.queue.retain(|waiting| waiting.prompt_id != *prompt_id);
                self.prompts_used += 1;
                self.prompts.push(PromptView::submitted(*prompt_id, text));
            }
            EventKind::AgentStepped { prompt_id, step } => {
                if let Some(prompt) = self.prompt_mut(*prompt_id) {
                    prompt.memory.push(step.clone());
                }
            }
            EventKind::ModelUsed { prompt_id, used, .. } => {
                if let Some(prompt) = self.prompt_mut(*prompt_id) {
                    prompt.model_use = prompt.model_use.plus(*used);
                }
            }
            EventKind::ModelChosen { model } => self.model = Some(model.clone()),
            EventKind::ConversationReset => {
                self.fresh_starts.push(FreshStart { at: event.at, prompts: self.prompts.len() });
                self.recollection = None;
            }
            EventKind::ConversationCompacted { recollection } => {
                self.recollection = Some(recollection.clone());
            }
            EventKind::RepairStarted { prompt_id, attempt, source, faults } => {
                let (attempt, source, faults) = (*attempt, *source, faults.clone());
                self.push_step(*prompt_id, Step::BeganRepair { attempt, source, faults });
                self.set_mending(*prompt_id, true);
            }
            EventKind::RepairFinished { prompt_id, outcome, .. } => {
                self.push_step(*prompt_id, Step::EndedRepair(*outcome));
                self.set_mending(*prompt_id, false);
            }
            EventKind::RepairRestored { prompt_id, version } => {
                self.push_step(*prompt_id, Step::BroughtBack(*version));
                if let Some(prompt) = self.prompt_mut(*prompt_id) {
                    prompt.undone = true;
                }
            }
            EventKind::VersionChecked { version, source, result } => {
                let checked = self.versions.iter_mut().rfind(|one| one.version.version == *version);
                if let Some(checked) = checked {
                    match source {
                        FaultSource::Build => checked.build = Some(*result),
                        FaultSource::Console => checked.console = Some(*result),
                    }
                }
            }
            EventKind::AgentSaid { prompt_id, text } => self.push_step(*prompt_id, Step::Said(text.clone())),
            EventKind::FileRead { prompt_id, path } => self.push_read(*prompt_id, path),
            EventKind::PageSeen { prompt_id, path, width, height } => {
                self.push_step(*prompt_id, Step::Saw { path: path.clone(), width: *width, height: *height });
            }
            EventKind::FileChanged { prompt_id, change } => {
                self.push_step(*prompt_id, Step::Changed(change.clone()));
            }
            EventKind::HandedOver { kind, prompts_max, lifetime } => {
                self.kind = *kind;
                self.prompts_max = *prompts_max;
                self.lifetime = *lifetime;
            }
            EventKind::CommandStarted { command_id, prompt_id, command, cwd } => {
                self.commands.push(CommandView {
                    command_id: *command_id,
                    prompt_id: *prompt_id,
                    command: command.clone(),
                    cwd: cwd.clone(),
                    output: Vec::new(),
                    exit: None,
                    kept: None,
                });
                if let Some(prompt_id) = prompt_id {
                    self.push_step(*prompt_id, Step::Ran(*command_id));
                }
            }
            EventKind::CommandOutput { command_id, stream, text } => {
                if let Some(command) = self.command_mut(*command_id) {
                    command.wrote(*stream, text);
                }
            }
            EventKind::CommandFinished { command_id, exit, kept } => {
                if let Some(command) = self.command_mut(*command_id) {
                    command.exit = Some(*exit);
                    command.kept.clone_from(kept);
                }
            }
            EventKind::TerminalOpened { terminal_id, title } => {
                self.terminals.push(TerminalView { terminal_id: *terminal_id, title: title.clone() });
            }
            EventKind::TerminalClosed { terminal_id } => {
                self.terminals.retain(|terminal| terminal.terminal_id != *terminal_id);
            }
            EventKind::VersionMade { version } => self.versions.push(VersionView::new(event.at, version)),
            EventKind::DownloadOffered { prompt_id } => self.push_step(*prompt_id, Step::OfferedDownload),
            // What is in the files is asked of the sandbox; a page listens for these to know when.
            EventKind::FileSaved { .. } | EventKind::FileMoved { .. } => {}
            EventKind::PromptUndone { prompt_id, undone } => {
                if let Some(prompt) = self.prompt_mut(*undone) {
                    prompt.undone = true;
                }
                self.push_step(*prompt_id, Step::Undid(*undone));
            }
            EventKind::PromptFinished { prompt_id, status, summary, suggestions, counted, duration_ms } => {
                let Some(prompt) = self.prompts.iter_mut().find(|p| p.prompt_id == *prompt_id) else {
                    return;
                };
                if prompt.counted && !counted {
                    self.prompts_used = self.prompts_used.saturating_sub(1);
                }
                prompt.status = Some(*status);
                prompt.summary.clone_from(summary);
                prompt.suggestions.clone_from(suggestions);
                prompt.counted = *counted;
                prompt.duration_ms = *duration_ms;
            }
            EventKind::SessionPaused
            | EventKind::SessionResumed
            | EventKind::PreviewFlagged { .. }
            | EventKind::PreviewClosed { .. }
            | EventKind::SharesRevoked => self.oversight.apply(&event.kind),
            EventKind::SessionEnded { reason } => {
                self.state = SessionState::Ended;
                self.ended_reason = Some(*reason);
            }
        }
    }

    /// How many prompts are left.
    pub const fn prompts_remaining(&self) -> u32 {
        self.prompts_max.saturating_sub(self.prompts_used)
    }

    /// What language models consumed in this session.
    pub fn model_use(&self) -> ModelUse {
        self.prompts.iter().map(|prompt| prompt.model_use).sum()
    }

    /// The newest prompt whose file changes can be taken back: it changed files, was not undone, and is no undoing
    /// itself.
    pub fn last_undoable(&self) -> Option<&PromptView> {
        self.prompts.iter().rfind(|prompt| {
            let changed = prompt.steps.iter().any(|step| matches!(step, Step::Changed(_)));
            let undoing = prompt.steps.iter().any(|step| matches!(step, Step::Undid(_)));
            !prompt.is_worked_on() && changed && !undoing && !prompt.undone
        })
    }

    /// The prompts that the agent remembers as they were, oldest first.
    pub fn remembered(&self) -> &[PromptView] {
        let forgotten = self.fresh_starts.last().map_or(0, |start| start.prompts);
        let since = self.prompts.get(forgotten..).unwrap_or_default();
        let through = self.recollection.as_ref().map(|recollection| recollection.through);
        let in_short = since.iter().position(|prompt| Some(prompt.prompt_id) == through);
        since.get(in_short.map_or(0, |last| last + 1)..).unwrap_or_default()
    }

    /// One command.
    pub fn command(&self, command_id: CommandId) -> Option<&CommandView> {
        self.commands.iter().rfind(|command| command.command_id == command_id)
    }

    /// The prompt the agent works on, if any.
    pub fn prompt_in_progress(&self) -> Option<&PromptView> {
        self.prompts.iter().rfind(|prompt| prompt.is_worked_on())
    }

    fn set_mending(&mut self, prompt_id: PromptId, mending: bool) {
        if let Some(prompt) = self.prompt_mut(prompt_id) {
            prompt.mending = mending;
        }
    }

    fn prompt_mut(&mut self, prompt_id: PromptId) -> Option<&mut PromptView> {
        self.prompts.iter_mut().rfind(|prompt| prompt.prompt_id == prompt_id)
    }

    fn command_mut(&mut self, command_id: CommandId) -> Option<&mut CommandView> {
        self.commands.iter_mut().rfind(|command| command.command_id == command_id)
    }

    fn push_step(&mut self, prompt_id: PromptId, step: Step) {
        if let Some(prompt) = self.prompt_mut(prompt_id) {
            prompt.steps.push(step);
        }
    }

    /// Reads in a row are one step: `Read index.html, src/App.jsx`.
    fn push_read(&mut self, prompt_id: PromptId, path: &WorkspacePath) {
        let Some(prompt) = self.prompt_mut(prompt_id) else {
            return;
        };
        if let Some(Step::Read(paths)) = prompt.steps.last_mut() {
            paths.push(path.clone());
        } else {
            prompt.steps.push(Step::Read(vec![path.clone()]));
        }
    }
}
