//! The files of a session's workspace over REST (D5): listing, reading, writing, moving, removing.

use domain::wire::{FileEntryJson, FileSaved, RenameRequest};
use domain::{SessionId, WorkspacePath};
use wasm_bindgen::JsValue;

use super::http::{self, Failure, NOT_MODIFIED};
use super::session::Door;

/// The largest file that can be read or written, in bytes; the server refuses more.
pub(crate) const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;
/// What a write answers when somebody changed the file meanwhile.
pub(crate) const CHANGED_MEANWHILE: u16 = 412;

/// What a file holds, and the name of that content.
pub(crate) struct Content {
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
    /// What to show the server, so that nobody else's change is overwritten unseen (F5).
    pub(crate) etag: Option<String>,
}

/// Every entry, and what names this listing; `None` when it is still the `known` one.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn list(
    id: SessionId,
    known: Option<&str>,
) -> Result<Option<(Vec<FileEntryJson>, Option<String>)>, Failure> {
    let answer = http::exchange("GET", &url(id, "files"), &unless(known), None).await?;
    if answer.status == NOT_MODIFIED {
        return Ok(None);
    }
    let entries = serde_json::from_slice(&answer.bytes).map_err(|_| Failure::unreadable(answer.status))?;
    Ok(Some((entries, answer.etag)))
}

/// What a file holds; `None` when it is still the `known` content.
///
/// # Errors
/// [`Failure`] when there is no good answer; 404 when there is no such file.
pub(crate) async fn read(
    id: SessionId,
    path: &WorkspacePath,
    known: Option<&str>,
) -> Result<Option<Content>, Failure> {
    let answer = http::exchange("GET", &file_url(id, path), &[], None).await?;
    let etag = answer.etag.map(|etag| etag.trim_matches('"').to_owned());
    let changed = known.is_none() || etag.as_deref() != known;
    Ok(changed.then_some(Content { bytes: answer.bytes, etag }))
}

/// What a write counts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect<'a> {
    /// Nothing: whatever is there goes.
    Anything,
    /// That nothing is there.
    Nothing,
    /// That the file holds this content.
    Content(&'a str),
}

/// Writes a file: a text, an array of bytes or a `File`. Gives back what names its content now.
///
/// # Errors
/// [`Failure`] when there is no good answer; [`CHANGED_MEANWHILE`] when something else is there than expected.
pub(crate) async fn write(
    id: SessionId,
    path: &WorkspacePath,
    body: &JsValue,
    expected: Expect<'_>,
) -> Result<String, Failure> {
    let mut headers = vec![("content-type", "application/octet-stream")];
    match expected {
        Expect::Anything => {}
        Expect::Nothing => headers.push(("if-none-match", "*")),
        Expect::Content(etag) => headers.push(("if-match", etag)),
    }
    let answer = http::exchange("PUT", &file_url(id, path), &headers, Some(body)).await?;
    let saved: FileSaved =
        serde_json::from_slice(&answer.bytes).map_err(|_| Failure::unreadable(answer.status))?;
    Ok(saved.etag)
}

/// Removes a file or a folder with all in it.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn remove(id: SessionId, path: &WorkspacePath) -> Result<(), Failure> {
    http::exchange("DELETE", &file_url(id, path), &[], None).await.map(drop)
}

/// Moves a file or a folder.
///
/// # Errors
/// [`Failure`] when there is no good answer.
pub(crate) async fn rename(id: SessionId, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), Failure> {
    let body =
        serde_json::to_string(&RenameRequest { from: from.clone(), to: to.clone() }).unwrap_or_default();
    http::send("POST", &url(id, "rename"), Some(&body)).await.map(drop)
}

/// Where a file's bytes are.
fn file_url(id: SessionId, path: &WorkspacePath) -> String {
    url(id, &format!("files/{}", encoded(path)))
}

/// A path in an address: each segment escaped, the slashes between them kept.
fn encoded(path: &WorkspacePath) -> String {
    let segments: Vec<String> =
        path.segments().map(|segment| js_sys::encode_uri_component(segment).into()).collect();
    segments.join("/")
}

fn url(id: SessionId, rest: &str) -> String {
    format!("{}/{rest}", Door::Sessions.url(id))
}

fn unless(known: Option<&str>) -> Vec<(&'static str, &str)> {
    known.map(|etag| ("if-none-match", etag)).into_iter().collect()
}
