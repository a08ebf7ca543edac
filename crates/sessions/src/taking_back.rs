//! Going back to before a prompt, by the contents that its journal names.

use bytes::Bytes;
use domain::{BlobHash, PromptView, Step, WorkspacePath};
use sandbox::{Sandbox, SandboxError};
use store::{Store, StoreError};

use crate::live::LiveSession;

/// What was before can't be brought back. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TakingBackError {
    #[error("an earlier content could not be read")]
    Store(#[from] StoreError),
    #[error("an earlier content is gone")]
    Gone,
    #[error("the sandbox did not take an earlier content")]
    Sandbox(#[from] SandboxError),
}

/// Every file a prompt changed, with what it held before the first of those changes; `None`: there was no such file.
pub(crate) async fn contents_before(
    store: &dyn Store,
    live: &LiveSession,
    prompt: &PromptView,
) -> Result<Vec<(WorkspacePath, Option<Bytes>)>, TakingBackError> {
    let mut files = Vec::new();
    for (path, before) in first_contents(prompt) {
        let content = match before {
            Some(hash) => {
                let blob = store.blob(live.record.id, &hash).await?;
                Some(blob.map(Bytes::from).ok_or(TakingBackError::Gone)?)
            }
            None => None,
        };
        files.push((path, content));
    }
    Ok(files)
}

/// Puts every file that a prompt changed back to what it was before.
///
/// # Errors
/// When the sandbox or the store does not do as asked; some files may be back by then.
pub(crate) async fn take_back(
    store: &dyn Store,
    live: &LiveSession,
    sandbox: &dyn Sandbox,
    prompt: &PromptView,
) -> Result<(), TakingBackError> {
    for (path, before) in contents_before(store, live, prompt).await? {
        match before {
            Some(content) => sandbox.write(&path, content).await?,
            None => match sandbox.remove(&path).await {
                Ok(()) | Err(SandboxError::NoSuchFile(_)) => {}
                Err(error) => return Err(error.into()),
            },
        }
    }
    Ok(())
}

/// The last changed comes first, so that going back passes through no state in which a file is used and missing.
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
