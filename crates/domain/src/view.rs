//! The fold: how a journal becomes the state that people see. The only place where events become state.

use serde::{Deserialize, Serialize};

use crate::{
    CommandId, CommandView, EndReason, Event, EventKind, FileChange, Lifetime, Oversight, PromptId,
    PromptStatus, SessionId, SessionKind, TemplateName, TerminalView, Timestamp, VersionView, WorkspacePath,
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

/// One step of the agent, as the page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// It said something.
    Said(String),
    /// It looked at files, in this order.
    Read(Vec<WorkspacePath>),
    /// It changed a file.
    Changed(FileChange),
    /// It took back what an earlier prompt had changed.
    Undid(PromptId),
    /// It ran a command, which is among [`SessionView::commands`].
    Ran(CommandId),
    /// It offered the workspace as a download.
    OfferedDownload,
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
    /// Whether a later prompt took its changes back.
    pub undone: bool,
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
            EventKind::PromptSubmitted { prompt_id, text } => {
                self.prompts_used += 1;
                self.prompts.push(PromptView {
                    prompt_id: *prompt_id,
                    text: text.clone(),
                    steps: Vec::new(),
                    status: None,
                    summary: String::new(),
                    suggestions: Vec::new(),
                    duration_ms: 0,
                    counted: true,
                    undone: false,
                });
            }
            EventKind::AgentSaid { prompt_id, text } => self.push_step(*prompt_id, Step::Said(text.clone())),
            EventKind::FileRead { prompt_id, path } => self.push_read(*prompt_id, path),
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

    /// The newest prompt whose file changes can be taken back: it changed files, was not undone, and is no undoing
    /// itself.
    pub fn last_undoable(&self) -> Option<&PromptView> {
        self.prompts.iter().rfind(|prompt| {
            let changed = prompt.steps.iter().any(|step| matches!(step, Step::Changed(_)));
            let undoing = prompt.steps.iter().any(|step| matches!(step, Step::Undid(_)));
            prompt.status.is_some() && changed && !undoing && !prompt.undone
        })
    }

    /// One command.
    pub fn command(&self, command_id: CommandId) -> Option<&CommandView> {
        self.commands.iter().rfind(|command| command.command_id == command_id)
    }

    /// The prompt the agent works on, if any.
    pub fn prompt_in_progress(&self) -> Option<&PromptView> {
        self.prompts.iter().rfind(|prompt| prompt.status.is_none())
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{LifetimeKind, ManualClock, SeededEntropy};

    fn claimed() -> EventKind {
        let (clock, entropy) = (ManualClock::new(Timestamp::from_unix_ms(0)), SeededEntropy::new(1));
        EventKind::SessionClaimed {
            session_id: SessionId::generate(&clock, &entropy),
            kind: SessionKind::Demo,
            provider: "sim".into(),
            template: "react-vite".parse().unwrap(),
            warm: true,
            claim_ms: 2,
            preview_url: "http://x.preview.localhost:3000/".into(),
            prompts_max: 3,
            lifetime: Lifetime {
                deadline: Timestamp::from_unix_ms(300_000),
                kind: LifetimeKind::Hard,
                extendable: false,
            },
        }
    }

    fn prompt_id(number: u8) -> PromptId {
        PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(1)), &SeededEntropy::new(number.into()))
    }

    fn journal(kinds: impl IntoIterator<Item = EventKind>) -> Vec<Event> {
        std::iter::once(claimed())
            .chain(kinds)
            .zip(1..)
            .map(|(kind, seq)| Event { seq, at: Timestamp::from_unix_ms(i64::try_from(seq).unwrap()), kind })
            .collect()
    }

    fn finished(number: u8, counted: bool) -> EventKind {
        EventKind::PromptFinished {
            prompt_id: prompt_id(number),
            status: if counted { PromptStatus::Completed } else { PromptStatus::Refused },
            summary: "Done.".into(),
            suggestions: vec![],
            counted,
            duration_ms: 5,
        }
    }

    fn submitted(number: u8) -> EventKind {
        EventKind::PromptSubmitted { prompt_id: prompt_id(number), text: "make it blue".into() }
    }

    /// A6, A7
    #[test]
    fn a_prompt_in_progress_counts_and_a_refused_one_is_given_back() {
        let view =
            SessionView::of(&journal([EventKind::SessionReady { ready_ms: 3 }, submitted(1)])).unwrap();
        assert_eq!((view.state, view.prompts_used, view.prompts_remaining()), (SessionState::Ready, 1, 2));
        assert_eq!(view.prompt_in_progress().map(|p| p.prompt_id), Some(prompt_id(1)));

        let view = SessionView::of(&journal([submitted(1), finished(1, false)])).unwrap();
        assert_eq!((view.prompts_used, view.prompts_remaining()), (0, 3));
        assert!(view.prompt_in_progress().is_none());
    }

    #[test]
    fn undoing_goes_back_one_prompt_at_a_time() {
        let changed = |number| EventKind::FileChanged {
            prompt_id: prompt_id(number),
            change: FileChange {
                path: "src/App.jsx".parse().unwrap(),
                action: crate::FileAction::Edited,
                additions: 1,
                deletions: 0,
                diff: String::new(),
                before: None,
                after: None,
            },
        };
        let undone =
            |by, number| EventKind::PromptUndone { prompt_id: prompt_id(by), undone: prompt_id(number) };
        let mut kinds =
            vec![submitted(1), changed(1), finished(1, true), submitted(2), changed(2), finished(2, true)];
        let last = |kinds: &[EventKind]| {
            SessionView::of(&journal(kinds.to_vec())).unwrap().last_undoable().map(|prompt| prompt.prompt_id)
        };
        assert_eq!(last(&kinds), Some(prompt_id(2)));
        kinds.extend([submitted(3), changed(3), undone(3, 2), finished(3, true)]);
        assert_eq!(last(&kinds), Some(prompt_id(1)));
        kinds.extend([submitted(4), changed(4), undone(4, 1), finished(4, true)]);
        assert_eq!(last(&kinds), None);
    }

    #[test]
    fn files_read_in_a_row_are_one_step() {
        let read = |path: &str| EventKind::FileRead { prompt_id: prompt_id(1), path: path.parse().unwrap() };
        let view =
            SessionView::of(&journal([submitted(1), read("index.html"), read("src/App.jsx")])).unwrap();
        let expected = vec![Step::Read(vec!["index.html".parse().unwrap(), "src/App.jsx".parse().unwrap()])];
        assert_eq!(view.prompts[0].steps, expected);
    }

    fn any_kind() -> impl Strategy<Value = EventKind> {
        prop_oneof![
            Just(EventKind::SessionReady { ready_ms: 1 }),
            (0u8..4).prop_map(submitted),
            (0u8..4, any::<bool>()).prop_map(|(number, counted)| finished(number, counted)),
            (0u8..4).prop_map(|n| EventKind::AgentSaid { prompt_id: prompt_id(n), text: "hm".into() }),
            Just(EventKind::SessionEnded { reason: EndReason::Closed }),
        ]
    }

    proptest! {
        /// F1: a page that resumes from an earlier point sees the same as one that never left.
        #[test]
        fn folding_an_overlapping_stream_equals_folding_it_once(
            kinds in prop::collection::vec(any_kind(), 0..24), cut in 0usize..24, overlap in 0usize..24,
        ) {
            let events = journal(kinds);
            let whole = SessionView::of(&events).unwrap();
            let cut = cut.clamp(1, events.len());
            let mut resumed = SessionView::of(&events[..cut]).unwrap();
            events[cut.saturating_sub(overlap)..].iter().for_each(|event| resumed.apply(event));
            prop_assert_eq!(resumed, whole);
        }

        /// A6
        #[test]
        fn a_session_that_ended_stays_ended(kinds in prop::collection::vec(any_kind(), 0..24)) {
            let ended = kinds.iter().any(|k| matches!(k, EventKind::SessionEnded { .. }));
            let view = SessionView::of(&journal(kinds)).unwrap();
            prop_assert_eq!(view.state == SessionState::Ended, ended);
        }
    }
}
