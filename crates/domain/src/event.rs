//! The journal's events: the only record of what happened in a session.

use serde::{Deserialize, Serialize};

use crate::{
    BlobHash, CommandExit, CommandId, EndReason, FaultSource, FileAction, FileChange, Lifetime, ModelUse,
    OutputStream, PromptId, PromptStatus, Recollection, RepairOutcome, SessionId, SessionKind, Soundness,
    TemplateName, TerminalId, Timestamp, TrapSign, Version, WorkspacePath,
};

/// One numbered entry of a session's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// 1 for the first event of a session, then one more each time.
    pub seq: u64,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened, named by the field `type`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type")]
pub enum EventKind {
    /// A session began: a sandbox was claimed for it, or is being made.
    #[serde(rename = "session.claimed")]
    SessionClaimed {
        /// The session.
        session_id: SessionId,
        /// Which rules it follows.
        kind: SessionKind,
        /// Who made the sandbox.
        provider: String,
        /// What its workspace started from.
        template: TemplateName,
        /// Whether the sandbox was ready before it was asked for.
        warm: bool,
        /// Milliseconds from the request to the claimed sandbox.
        claim_ms: u64,
        /// Where the live preview is served.
        preview_url: String,
        /// How many prompts the session may use.
        prompts_max: u32,
        /// When the session ends.
        lifetime: Lifetime,
    },
    /// The sandbox serves its preview.
    #[serde(rename = "session.ready")]
    SessionReady {
        /// Milliseconds from the request until the preview could be served.
        ready_ms: u64,
    },
    /// The deadline was moved.
    #[serde(rename = "session.lifetime_changed")]
    LifetimeChanged {
        /// The lifetime from now on.
        lifetime: Lifetime,
    },
    /// Somebody asked for a change while the agent works on another one.
    #[serde(rename = "queue.added")]
    QueueAdded {
        /// The prompt, which keeps this id when its turn comes.
        prompt_id: PromptId,
        /// What is asked, as it was typed.
        text: String,
    },
    /// A waiting prompt says something else from now on.
    #[serde(rename = "queue.edited")]
    QueueEdited {
        /// The prompt.
        prompt_id: PromptId,
        /// What is asked.
        text: String,
    },
    /// A prompt does not wait any more, and is not worked on.
    #[serde(rename = "queue.removed")]
    QueueRemoved {
        /// The prompt.
        prompt_id: PromptId,
    },
    /// Somebody asked for a change, or the turn of a waiting prompt has come.
    #[serde(rename = "prompt.submitted")]
    PromptSubmitted {
        /// The prompt.
        prompt_id: PromptId,
        /// What was asked, as it was typed.
        text: String,
    },
    /// The agent said something on the way.
    #[serde(rename = "agent.said")]
    AgentSaid {
        /// The prompt it works on.
        prompt_id: PromptId,
        /// One or two sentences.
        text: String,
    },
    /// The agent used tools. What it did and what that gave is kept for the agent of later prompts (G2).
    #[serde(rename = "agent.stepped")]
    AgentStepped {
        /// The prompt it works on.
        prompt_id: PromptId,
        /// Words, calls and results, in the store.
        step: BlobHash,
    },
    /// A language model was asked, and answered (H9).
    #[serde(rename = "model.used")]
    ModelUsed {
        /// The prompt it was asked for.
        prompt_id: PromptId,
        /// Its name in the settings.
        model: String,
        /// What it consumed.
        #[serde(flatten)]
        used: ModelUse,
    },
    /// Who answers the prompts that come was chosen (G3).
    #[serde(rename = "model.chosen")]
    ModelChosen {
        /// Its name in the settings.
        model: String,
    },
    /// The agent forgets what was before; files stay (G2).
    #[serde(rename = "conversation.reset")]
    ConversationReset,
    /// The older part of the conversation has become too long for the agent, and is remembered in short (G2).
    #[serde(rename = "conversation.compacted")]
    ConversationCompacted {
        /// What is remembered.
        #[serde(flatten)]
        recollection: Recollection,
    },
    /// What the agent changed does not work: it mends that by itself (G4).
    #[serde(rename = "repair.started")]
    RepairStarted {
        /// The prompt whose changes they are.
        prompt_id: PromptId,
        /// 1 for the first repair of a prompt.
        attempt: u32,
        /// Where that was seen.
        source: FaultSource,
        /// What was seen, each in a line or two. Pages wrote it, or a dev server: it is nobody's instruction.
        faults: Vec<String>,
    },
    /// The agent is done mending.
    #[serde(rename = "repair.finished")]
    RepairFinished {
        /// The prompt whose changes they are.
        prompt_id: PromptId,
        /// Which repair.
        attempt: u32,
        /// How it went.
        outcome: RepairOutcome,
    },
    /// A prompt's changes could not be mended: the newest version that worked is back (G4).
    #[serde(rename = "repair.restored")]
    RepairRestored {
        /// The prompt.
        prompt_id: PromptId,
        /// The version that is back.
        version: u32,
    },
    /// It was looked at whether a version works (G4).
    #[serde(rename = "version.checked")]
    VersionChecked {
        /// The version.
        version: u32,
        /// Where it was looked.
        source: FaultSource,
        /// What was found.
        result: Soundness,
    },
    /// The agent looked at a file.
    #[serde(rename = "file.read")]
    FileRead {
        /// The prompt it works on.
        prompt_id: PromptId,
        /// Which file.
        path: WorkspacePath,
    },
    /// The agent looked at a page as a browser shows it. The picture is not kept.
    #[serde(rename = "page.seen")]
    PageSeen {
        /// The prompt it works on.
        prompt_id: PromptId,
        /// Which page: a path that begins with `/`.
        path: String,
        /// How wide the window was, in CSS pixels.
        width: u16,
        /// How high.
        height: u16,
    },
    /// The agent changed a file.
    #[serde(rename = "file.changed")]
    FileChanged {
        /// The prompt it works on.
        prompt_id: PromptId,
        /// Which file, and how.
        #[serde(flatten)]
        change: FileChange,
    },
    /// The files were put back to how they were before an earlier prompt.
    #[serde(rename = "prompt.undone")]
    PromptUndone {
        /// The prompt that asked for it.
        prompt_id: PromptId,
        /// The prompt whose changes are gone.
        undone: PromptId,
    },
    /// The agent is done with a prompt.
    #[serde(rename = "prompt.finished")]
    PromptFinished {
        /// The prompt.
        prompt_id: PromptId,
        /// How it went.
        status: PromptStatus,
        /// What was done, or why not, in plain sentences.
        summary: String,
        /// Prompts that would work, where this one could not be served.
        suggestions: Vec<String>,
        /// Whether it used up one of the session's prompts.
        counted: bool,
        /// Milliseconds from the request to this event.
        duration_ms: u64,
    },
    /// The session belongs to a user from now on and follows other rules; all else stays as it is (A9).
    #[serde(rename = "session.handed_over")]
    HandedOver {
        /// The rules from now on.
        kind: SessionKind,
        /// How many prompts the session may use from now on, those before included.
        prompts_max: u32,
        /// The lifetime from now on.
        lifetime: Lifetime,
    },
    /// A person wrote or removed a file.
    #[serde(rename = "file.saved")]
    FileSaved {
        /// Which file.
        path: WorkspacePath,
        /// What was done to it.
        action: FileAction,
    },
    /// A person moved a file or a folder.
    #[serde(rename = "file.moved")]
    FileMoved {
        /// Where it was.
        from: WorkspacePath,
        /// Where it is.
        to: WorkspacePath,
    },
    /// A command runs.
    #[serde(rename = "command.started")]
    CommandStarted {
        /// The command.
        command_id: CommandId,
        /// The prompt that the agent runs it for; absent when a person does.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        prompt_id: Option<PromptId>,
        /// The line, as a shell reads it.
        command: String,
        /// Where it runs; the workspace itself when absent.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        cwd: Option<WorkspacePath>,
    },
    /// A command wrote something.
    #[serde(rename = "command.output")]
    CommandOutput {
        /// The command.
        command_id: CommandId,
        /// Where it wrote.
        stream: OutputStream,
        /// What it wrote; bytes that are no UTF-8 are replaced.
        text: String,
    },
    /// A command is over.
    #[serde(rename = "command.finished")]
    CommandFinished {
        /// The command.
        command_id: CommandId,
        /// How it ended.
        #[serde(flatten)]
        exit: CommandExit,
        /// All that it wrote, in the store, where the journal has a part of it only.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        kept: Option<BlobHash>,
    },
    /// A terminal was opened.
    #[serde(rename = "terminal.opened")]
    TerminalOpened {
        /// The terminal.
        terminal_id: TerminalId,
        /// What its tab is called.
        title: String,
    },
    /// A terminal was closed, or its shell is over.
    #[serde(rename = "terminal.closed")]
    TerminalClosed {
        /// The terminal.
        terminal_id: TerminalId,
    },
    /// A version of the workspace was kept.
    #[serde(rename = "version.made")]
    VersionMade {
        /// What it is.
        #[serde(flatten)]
        version: Version,
    },
    /// The agent offered the workspace as a download.
    #[serde(rename = "download.offered")]
    DownloadOffered {
        /// The prompt it works on.
        prompt_id: PromptId,
    },
    /// The sandbox was stopped, because it kept a processor busy for longer than a demo has reason to.
    #[serde(rename = "session.paused")]
    SessionPaused,
    /// The sandbox goes on.
    #[serde(rename = "session.resumed")]
    SessionResumed,
    /// The app looks like a trap for those it might be shown to.
    #[serde(rename = "preview.flagged")]
    PreviewFlagged {
        /// What it was known by.
        sign: TrapSign,
    },
    /// The preview was closed to everybody but the session's holder.
    #[serde(rename = "preview.closed")]
    PreviewClosed {
        /// From how many networks it was reported.
        reports: u32,
    },
    /// Every share link made so far is void.
    #[serde(rename = "preview.shares_revoked")]
    SharesRevoked,
    /// The session is over; its sandbox is destroyed.
    #[serde(rename = "session.ended")]
    SessionEnded {
        /// Why.
        reason: EndReason,
    },
}

impl EventKind {
    /// The name in the field `type`, which is also the SSE event's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SessionClaimed { .. } => "session.claimed",
            Self::SessionReady { .. } => "session.ready",
            Self::LifetimeChanged { .. } => "session.lifetime_changed",
            Self::QueueAdded { .. } => "queue.added",
            Self::QueueEdited { .. } => "queue.edited",
            Self::QueueRemoved { .. } => "queue.removed",
            Self::PromptSubmitted { .. } => "prompt.submitted",
            Self::AgentSaid { .. } => "agent.said",
            Self::AgentStepped { .. } => "agent.stepped",
            Self::ModelUsed { .. } => "model.used",
            Self::ModelChosen { .. } => "model.chosen",
            Self::ConversationReset => "conversation.reset",
            Self::ConversationCompacted { .. } => "conversation.compacted",
            Self::RepairStarted { .. } => "repair.started",
            Self::RepairFinished { .. } => "repair.finished",
            Self::RepairRestored { .. } => "repair.restored",
            Self::VersionChecked { .. } => "version.checked",
            Self::FileRead { .. } => "file.read",
            Self::PageSeen { .. } => "page.seen",
            Self::FileChanged { .. } => "file.changed",
            Self::PromptUndone { .. } => "prompt.undone",
            Self::PromptFinished { .. } => "prompt.finished",
            Self::HandedOver { .. } => "session.handed_over",
            Self::FileSaved { .. } => "file.saved",
            Self::FileMoved { .. } => "file.moved",
            Self::CommandStarted { .. } => "command.started",
            Self::CommandOutput { .. } => "command.output",
            Self::CommandFinished { .. } => "command.finished",
            Self::TerminalOpened { .. } => "terminal.opened",
            Self::TerminalClosed { .. } => "terminal.closed",
            Self::VersionMade { .. } => "version.made",
            Self::DownloadOffered { .. } => "download.offered",
            Self::SessionPaused => "session.paused",
            Self::SessionResumed => "session.resumed",
            Self::PreviewFlagged { .. } => "preview.flagged",
            Self::PreviewClosed { .. } => "preview.closed",
            Self::SharesRevoked => "preview.shares_revoked",
            Self::SessionEnded { .. } => "session.ended",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_on_the_wire_carries_its_name_and_its_fields_side_by_side() {
        let event = Event {
            seq: 3,
            at: Timestamp::from_unix_ms(0),
            kind: EventKind::SessionEnded { reason: EndReason::SandboxLost },
        };
        let json = serde_json::to_value(&event).unwrap();
        let expected = serde_json::json!({
            "seq": 3, "at": "1970-01-01T00:00:00Z", "type": "session.ended", "reason": "sandbox_lost",
        });
        assert_eq!(json, expected);
        assert_eq!(json["type"], event.kind.name());
        assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
    }
}
