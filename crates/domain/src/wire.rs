//! The shapes of the HTTP contract (docs/DESIGN.md), shared by server, page and tests.

pub mod account;
mod challenge;
mod model;

pub use challenge::{ChallengeAnswer, ChallengeJson};
pub use model::{ModelChoice, ModelChoiceJson, ModelJson, ReuseJson};
use serde::{Deserialize, Serialize};

use crate::view::{SessionState, SessionView};
use crate::{
    CommandExit, EndReason, FileAction, Lifetime, ModelUse, PromptId, PromptStatus, SessionId, SessionKind,
    SessionToken, TemplateName, TerminalId, Tier, Timestamp, WorkspacePath,
};

/// A session as clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionJson {
    /// The session; no authority by itself.
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
    /// What language models consumed in it; absent while none was asked.
    #[serde(skip_serializing_if = "is_unused", default)]
    pub model_use: ModelUse,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub claimed_at: Timestamp,
    /// When it ends.
    pub lifetime: Lifetime,
    /// Whether its sandbox is stopped until its holder lets it go on; absent while it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub paused: bool,
    /// Why it ended, once it has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended_reason: Option<EndReason>,
}

impl From<&SessionView> for SessionJson {
    fn from(view: &SessionView) -> Self {
        Self {
            session_id: view.session_id,
            kind: view.kind,
            state: view.state,
            warm: view.warm,
            claim_ms: view.claim_ms,
            provider: view.provider.clone(),
            template: view.template.clone(),
            preview_url: view.preview_url.clone(),
            prompts_used: view.prompts_used,
            prompts_max: view.prompts_max,
            model_use: view.model_use(),
            claimed_at: view.claimed_at,
            lifetime: view.lifetime,
            paused: view.oversight.paused,
            ended_reason: view.ended_reason,
        }
    }
}

fn is_unused(used: &ModelUse) -> bool {
    *used == ModelUse::default()
}

/// Asks for a demo: `POST /api/v1/demo/claim`. An empty body asks for the default template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimRequest {
    /// What the workspace starts from; the server's default when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "react-vite"))]
    pub template: Option<String>,
    /// A stable browser fingerprint of up to 128 characters, joined with the network address to tell visitors apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fingerprint: Option<String>,
}

/// The kinds that can be opened directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OpenKind {
    /// A prototype (B).
    Try,
    /// A workspace (D).
    Workspace,
}

impl From<OpenKind> for SessionKind {
    fn from(kind: OpenKind) -> Self {
        match kind {
            OpenKind::Try => Self::Try,
            OpenKind::Workspace => Self::Workspace,
        }
    }
}

/// Asks for a prototype or a workspace: `POST /api/v1/sessions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// Which rules it shall follow.
    pub kind: OpenKind,
    /// What the workspace starts from; the server's default for the kind when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "react-vite"))]
    pub template: Option<String>,
    /// Who shall make the sandbox; the server's default when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub provider: Option<String>,
    /// A stable browser fingerprint of up to 128 characters, joined with the network address to tell visitors apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fingerprint: Option<String>,
    /// The solution of a challenge (`GET /api/v1/challenge`), which prototypes need where the server asks for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub challenge: Option<ChallengeAnswer>,
}

/// A claimed session and the authority over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimResponse {
    /// The session.
    #[serde(flatten)]
    pub session: SessionJson,
    /// Send it as `Authorization: Bearer …`. It is shown this once.
    pub session_token: SessionToken,
}

/// Asks for a change: `POST /api/v1/demo/{session}/prompt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PromptRequest {
    /// What should change, 1 to 4,000 characters.
    pub text: String,
}

/// The agent has begun, or the prompt waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptAccepted {
    /// The prompt.
    pub prompt_id: PromptId,
    /// Prompts left after this one.
    pub prompts_remaining: u32,
    /// Whether it waits until those before it are done; absent when the agent has begun.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub queued: bool,
    /// Its place among those that wait, from 1 on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<u32>,
}

/// What the agent is saying, before it is said to the end: all words so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordsJson {
    /// The prompt it works on.
    pub prompt_id: PromptId,
    /// The words; none when they are over.
    pub text: String,
}

impl WordsJson {
    /// What the stream of a session's events calls them. They have no number: whoever comes back asks for events only.
    pub const EVENT: &str = "agent.saying";
}

/// The agent is done (`?wait=true`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptOutcome {
    /// The prompt.
    pub prompt_id: PromptId,
    /// How it went.
    pub status: PromptStatus,
    /// What was done, or why not.
    pub summary: String,
    /// Which files changed.
    pub files: Vec<FileTouched>,
    /// Prompts that would work instead, when this one could not be served.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub suggestions: Vec<String>,
    /// Prompts left.
    pub prompts_remaining: u32,
    /// Milliseconds from the request to the end of the work.
    pub duration_ms: u64,
}

/// One file that a prompt changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileTouched {
    /// Which file.
    pub path: WorkspacePath,
    /// What was done to it.
    pub action: FileAction,
}

/// One file or folder: `GET /api/v1/sessions/{id}/files`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileEntryJson {
    /// Where, relative to the workspace.
    pub path: WorkspacePath,
    /// What it is.
    pub kind: FileEntryKind,
    /// Bytes of a file; 0 for anything else.
    pub size_bytes: u64,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FileEntryKind {
    /// A file.
    File,
    /// A folder.
    Directory,
    /// Anything else: a link, a socket, a device. It is never followed.
    Other,
}

/// A file was written: `PUT /api/v1/sessions/{id}/files/{path}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileSaved {
    /// Which file.
    pub path: WorkspacePath,
    /// How large it is now.
    pub size_bytes: u64,
    /// Names exactly its content: send it as `If-Match` to overwrite nobody else's work.
    pub etag: String,
}

/// Moves a file or a folder: `POST /api/v1/sessions/{id}/rename`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameRequest {
    /// Where it is.
    pub from: WorkspacePath,
    /// Where it goes; nothing may be there.
    pub to: WorkspacePath,
}

/// Runs a command: `POST /api/v1/sessions/{id}/exec`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExecRequest {
    /// The line, as a shell reads it, of up to 16 KiB.
    pub command: String,
    /// Where to run it; the workspace itself when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cwd: Option<WorkspacePath>,
    /// After how many seconds it is stopped, up to 1,800. Default 120.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub timeout_seconds: Option<u32>,
}

/// A command is over (`?wait=true`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExecOutcome {
    /// What it wrote to standard output, up to 1 MiB with the other.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    /// How it ended.
    #[serde(flatten)]
    pub exit: CommandExit,
}

/// Brings an earlier version back: `POST /api/v1/sessions/{id}/versions/{version}/restore`. An empty body: all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RestoreRequest {
    /// This file alone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<WorkspacePath>,
}

/// An earlier version is back, as a version of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestoreResponse {
    /// The newest version, which holds what was brought back.
    pub version: u32,
}

/// Opens a terminal: `POST /api/v1/sessions/{id}/terminals`. Sizes that no terminal has become the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TerminalRequest {
    /// Characters in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// How large a terminal shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerminalSizeJson {
    /// Characters in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// A terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TerminalJson {
    /// The terminal.
    pub terminal_id: TerminalId,
    /// What its tab is called.
    pub title: String,
    /// Whether its shell runs.
    pub alive: bool,
}

/// Whether a workspace can be taken along: `GET /api/v1/sessions/{id}/archive?check=true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveCheck {
    /// How large the archive is at most, in bytes.
    pub size_bytes_estimate: u64,
    /// How large it may be, in bytes.
    pub limit_bytes: u64,
    /// Whether it is small enough.
    pub fits: bool,
}

/// What a page said in its console, in the words of whoever frames it: `POST /api/v1/sessions/{id}/preview-report`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewReport {
    /// 1 to 10 errors of up to 2,000 characters, the oldest first.
    pub errors: Vec<String>,
}

/// Asks for a share link: `POST /api/v1/demo/{session}/share`. An empty body asks for one that is good as long as the session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareRequest {
    /// After how many seconds the link is void; never later than the session's end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires_in_seconds: Option<u32>,
}

/// A link to a preview for somebody else. It does not say the preview's own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareResponse {
    /// The link.
    pub share_url: String,
    /// When it is void at the latest; it is before when the session ends or its links are revoked.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub expires_at: Timestamp,
}

/// Asks that somebody looks at a preview: `POST /api/v1/preview/{preview}/report`. The body may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// What is wrong with it, in up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// What the landing page offers now: `GET /api/v1/demo/availability`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Availability {
    /// What is offered.
    pub tier: Tier,
    /// Warm sandboxes waiting.
    pub warm: u32,
    /// Measured seconds until a sandbox is ready; 0 when one is warm.
    pub wait_seconds: u32,
    /// People in a live session now.
    pub building_now: u32,
    /// Why it is not `instant`, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// An error: `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Names the kind of problem: a path below `/problems/`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status code.
    pub status: u16,
    /// What happened and what to do, in a sentence a person understands.
    pub detail: String,
    /// Seconds until it may work, as in `Retry-After`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub retry_after_seconds: Option<u64>,
    /// Which field of the request is at fault, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
}
