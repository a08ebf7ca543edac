//! Looking through what a prompt made of a workspace (J2).

use agent::trap_sign;
use domain::{EventKind, Standing};
use sandbox::{FileKind, Sandbox, SandboxError};

use crate::Sessions;
use crate::live::LiveSession;
use crate::tally::Watched;

/// Kinds of files that make up what a page shows and does.
const LOOKED_AT: [&str; 11] =
    ["html", "htm", "js", "jsx", "mjs", "ts", "tsx", "vue", "svelte", "css", "json"];
/// Files that are looked at; templates have a dozen, and a demo's prompts add a few each.
const FILES_MAX: usize = 256;
/// What is read of all of them together, in bytes.
const BYTES_MAX: u64 = 4 * 1024 * 1024;

impl Sessions {
    /// Flags a session's preview when its files look like a trap. The journal, the log and the count say so.
    pub(crate) async fn review(&self, live: &LiveSession, sandbox: &dyn Sandbox) {
        if live.look(|view| view.oversight.standing) != Standing::Good {
            return;
        }
        let files = match sources(sandbox).await {
            Ok(files) => files,
            Err(error) => {
                tracing::warn!(session.id = %live.record.id, error = %error, "a workspace could not be looked through");
                return;
            }
        };
        let Some(sign) = trap_sign(files.iter().map(String::as_str)) else { return };
        tracing::warn!(session.id = %live.record.id, sign = ?sign, "an app looks like a trap; its preview is flagged");
        self.inner.tally.watched(Watched::Flagged);
        // A session that ended meanwhile has no preview any more.
        if let Err(error) = live.record(|_| Ok(vec![EventKind::PreviewFlagged { sign }])).await {
            tracing::debug!(session.id = %live.record.id, error = ?error, "a flag could not be written");
        }
    }
}

async fn sources(sandbox: &dyn Sandbox) -> Result<Vec<String>, SandboxError> {
    let looked_at = |path: &str| {
        path.rsplit_once('.').is_some_and(|(_, kind)| LOOKED_AT.contains(&kind))
            && !path.ends_with("package-lock.json")
    };
    let entries = sandbox.list().await?.into_iter();
    let entries = entries.filter(|entry| entry.kind == FileKind::File && looked_at(entry.path.as_str()));
    let (mut files, mut bytes) = (Vec::new(), 0);
    for entry in entries.take(FILES_MAX) {
        // One that is too large is passed over: it must not hide those after it.
        if entry.size_bytes > BYTES_MAX - bytes {
            continue;
        }
        match sandbox.read(&entry.path).await {
            Ok(content) => {
                // What was read, not what the sandbox said there was.
                bytes = BYTES_MAX.min(bytes.saturating_add(content.len() as u64));
                files.push(String::from_utf8_lossy(&content).into_owned());
            }
            // The next prompt may already be at work.
            Err(SandboxError::NoSuchFile(_) | SandboxError::TooLarge { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}
