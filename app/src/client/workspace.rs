//! What a workspace's page asks of the server beside files: versions, commands, terminals, sharing, the archive, a new sandbox.

use domain::wire::{
    ArchiveCheck, ClaimResponse, ModelChoice, ModelChoiceJson, OpenKind, OpenRequest, PromptRequest,
    RestoreRequest, ShareResponse, TerminalJson, TerminalRequest,
};
use domain::{CommandId, FileChange, PromptId, SessionId, TerminalId, WorkspacePath};

use super::fingerprint::fingerprint;
use super::http::{self, Failure};
use super::session::Door;

/// What changed from one version to another, the one before it when `from` is `None`.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn version_diff(
    id: SessionId,
    version: u32,
    from: Option<u32>,
) -> Result<Vec<FileChange>, Failure> {
    let from = from.map(|from| format!("?from={from}")).unwrap_or_default();
    let reply = http::send("GET", &url(id, &format!("versions/{version}/diff{from}")), None).await?;
    serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(200))
}

/// Brings a version back, or one file of it. That is a new version.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn restore(
    id: SessionId,
    version: u32,
    path: Option<&WorkspacePath>,
) -> Result<(), Failure> {
    let request = RestoreRequest { path: path.cloned() };
    let body = serde_json::to_string(&request).unwrap_or_default();
    http::send("POST", &url(id, &format!("versions/{version}/restore")), Some(&body)).await.map(drop)
}

/// Stops what the agent is doing, and with `all` what waits as well.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn stop_agent(id: SessionId, all: bool) -> Result<(), Failure> {
    http::send("POST", &url(id, if all { "stop?all=true" } else { "stop" }), None).await.map(drop)
}

/// Has a waiting prompt say something else.
///
/// # Errors
/// [`Failure`] when there is no good answer: its turn has come.
pub(crate) async fn edit_queued(id: SessionId, prompt: PromptId, text: String) -> Result<(), Failure> {
    let body = serde_json::to_string(&PromptRequest { text }).unwrap_or_default();
    http::send("PUT", &url(id, &format!("queue/{prompt}")), Some(&body)).await.map(drop)
}

/// Takes a waiting prompt out.
///
/// # Errors
/// [`Failure`] when there is no good answer: its turn has come.
pub(crate) async fn remove_queued(id: SessionId, prompt: PromptId) -> Result<(), Failure> {
    http::send("DELETE", &url(id, &format!("queue/{prompt}")), None).await.map(drop)
}

/// Who answers prompts, and who may.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn models(id: SessionId) -> Result<ModelChoiceJson, Failure> {
    let reply = http::send("GET", &url(id, "model"), None).await?;
    serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(200))
}

/// Has another model answer from the next prompt on.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn choose_model(id: SessionId, model: String) -> Result<(), Failure> {
    let body = serde_json::to_string(&ModelChoice { model }).unwrap_or_default();
    http::send("PUT", &url(id, "model"), Some(&body)).await.map(drop)
}

/// Has the agent forget what was before.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn reset_conversation(id: SessionId) -> Result<(), Failure> {
    http::send("POST", &url(id, "reset"), None).await.map(drop)
}

/// Makes a link to the preview for somebody else.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn share(id: SessionId) -> Result<ShareResponse, Failure> {
    let reply = http::send("POST", &url(id, "share"), None).await?;
    serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(201))
}

/// Voids every link made so far.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn revoke_shares(id: SessionId) -> Result<(), Failure> {
    http::send("DELETE", &url(id, "share"), None).await.map(drop)
}

/// Stops a command.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn stop_command(id: SessionId, command: CommandId) -> Result<(), Failure> {
    http::send("POST", &url(id, &format!("commands/{command}/stop")), None).await.map(drop)
}

/// All that was kept of a command's output.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn command_output(id: SessionId, command: CommandId) -> Result<String, Failure> {
    Ok(http::send("GET", &url(id, &format!("commands/{command}/output")), None).await?.body)
}

/// Opens a terminal of this size.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn open_terminal(id: SessionId, columns: u16, rows: u16) -> Result<TerminalId, Failure> {
    let body = serde_json::to_string(&TerminalRequest { columns, rows }).unwrap_or_default();
    let reply = http::send("POST", &url(id, "terminals"), Some(&body)).await?;
    let opened: TerminalJson = serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(201))?;
    Ok(opened.terminal_id)
}

/// Closes a terminal.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn close_terminal(id: SessionId, terminal: TerminalId) -> Result<(), Failure> {
    http::send("DELETE", &url(id, &format!("terminals/{terminal}")), None).await.map(drop)
}

/// Where a terminal's socket is, without scheme and host.
pub(crate) fn terminal_path(id: SessionId, terminal: TerminalId) -> String {
    url(id, &format!("terminals/{terminal}/socket"))
}

/// Whether the archive can be downloaded.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn check_archive(id: SessionId) -> Result<ArchiveCheck, Failure> {
    let reply = http::send("GET", &format!("{}?check=true", archive_url(id)), None).await?;
    serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(200))
}

/// Where the archive is.
pub(crate) fn archive_url(id: SessionId) -> String {
    url(id, "archive")
}

/// Ends a session and its sandbox.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn end(id: SessionId) -> Result<(), Failure> {
    http::send("DELETE", &Door::Sessions.url(id), None).await.map(drop)
}

/// Asks for a new workspace.
///
/// # Errors
/// [`Failure`] when there is no good answer: a limit is reached, or nothing is free.
pub(crate) async fn new_workspace() -> Result<SessionId, Failure> {
    let request = OpenRequest {
        kind: OpenKind::Workspace,
        template: None,
        provider: None,
        fingerprint: fingerprint(),
        challenge: None,
    };
    let body = serde_json::to_string(&request).unwrap_or_default();
    let reply = http::send("POST", "/api/v1/sessions", Some(&body)).await?;
    let claimed: ClaimResponse = serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(201))?;
    Ok(claimed.session.session_id)
}

fn url(id: SessionId, rest: &str) -> String {
    format!("{}/{rest}", Door::Sessions.url(id))
}
