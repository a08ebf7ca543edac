//! Versions of a workspace: kept around every prompt, looked at, compared, brought back (G4, D5).
//!
//! A version is the list of all files with the hash of each content. Contents are in the store once each, as long as the
//! session lives. What is too large to be kept is left out of versions, and bringing one back leaves it alone.

mod restore;
mod tree;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::wire::FileTouched;
use domain::{
    BlobHash, Doing, EventKind, FileChange, PromptId, SessionState, SessionView, Version, VersionCause,
    VersionView, WorkspacePath,
};
use sandbox::Sandbox;
use store::Store;

use crate::live::LiveSession;
use crate::{Access, FileContent, SessionError, Sessions, journal};
pub(crate) use tree::Kept;
use tree::{Tree, changes, differences};

/// Versions of one session.
const VERSIONS_MAX: u32 = 1_000;
/// Files that a version's event names; which others differ is asked of the version itself.
const FILES_TOLD_MAX: usize = 200;
/// How long keeping one version may take.
const KEEP_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a version is kept, with what it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why {
    Start,
    Edits,
    Prompt(PromptId),
    Restore(u32),
}

impl Sessions {
    /// Keeps what a session begins with, beside all else: nobody waits for it.
    pub(crate) fn keep_first_version(&self, live: &Arc<LiveSession>) {
        let (live, sessions) = (Arc::clone(live), self.clone());
        self.inner.tasks.spawn(async move {
            keep(&live, &*sessions.inner.store, Why::Start).await;
            sessions.check_first_version(&live).await;
        });
    }

    /// Every version, oldest first; also after the session has ended.
    ///
    /// # Errors
    /// [`SessionError::Forbidden`] or [`SessionError::Store`].
    pub async fn versions(&self, access: &Access) -> Result<Vec<VersionView>, SessionError> {
        let view = match access.live() {
            Ok(live) => live.view(),
            Err(_) => {
                let journal = journal::whole(&*self.inner.store, access.record.id).await?;
                SessionView::of(&journal).ok_or(SessionError::Unknown)?
            }
        };
        if view.kind.allows(Doing::ReadFiles) {
            Ok(view.versions)
        } else {
            Err(SessionError::Forbidden { kind: view.kind, doing: Doing::ReadFiles })
        }
    }

    /// What is different in `version` from `from`, or from the one before it.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Forbidden`], [`SessionError::NoSuchVersion`] or [`SessionError::Store`].
    pub async fn version_diff(
        &self,
        access: &Access,
        version: u32,
        from: Option<u32>,
    ) -> Result<Vec<FileChange>, SessionError> {
        let live = access.to(Doing::ReadFiles)?;
        let store = &*self.inner.store;
        let after = self.tree(live, version).await?;
        let before = match from.unwrap_or(version.saturating_sub(1)) {
            0 => Tree::default(),
            earlier => self.tree(live, earlier).await?,
        };
        let _alone = live.comparing.lock().await;
        changes(live.record.id, store, &before, &after).await
    }

    /// One file as it was in a version.
    ///
    /// # Errors
    /// Those of [`Sessions::version_diff`], and [`SessionError::NoSuchFile`].
    pub async fn version_file(
        &self,
        access: &Access,
        version: u32,
        path: &WorkspacePath,
    ) -> Result<FileContent, SessionError> {
        let live = access.to(Doing::ReadFiles)?;
        let tree = self.tree(live, version).await?;
        let hash = tree.files.get(path).ok_or_else(|| SessionError::NoSuchFile(path.clone()))?;
        Ok(FileContent::of(tree::content(live.record.id, &*self.inner.store, hash).await?))
    }

    async fn tree(&self, live: &LiveSession, version: u32) -> Result<Tree, SessionError> {
        let find = |view: &SessionView| {
            let found = view.versions.iter().find(|one| one.version.version == version);
            found.map(|one| one.version.tree.clone())
        };
        let hash: BlobHash = live.look(find).ok_or(SessionError::NoSuchVersion { version })?;
        Tree::read(live.record.id, &*self.inner.store, &hash).await
    }
}

/// Keeps the workspace as it is now, where its session's kind has versions and anything is different. A version that can't be
/// kept is missing, and nothing else: the log says why.
pub(crate) async fn keep(live: &LiveSession, store: &dyn Store, why: Why) {
    if !live.look(|view| view.kind.allows(Doing::ReadFiles)) {
        return;
    }
    let keeping = async {
        let mut kept = live.versions.lock().await;
        keep_locked(live, store, &mut kept, why).await
    };
    let error = match tokio::time::timeout(KEEP_TIMEOUT, keeping).await {
        Ok(Ok(())) | Ok(Err(SessionError::Ended)) => return,
        Ok(Err(error)) => format!("{error:?}"),
        Err(_) => "it took too long".to_owned(),
    };
    tracing::warn!(session.id = %live.record.id, error, "a version could not be kept");
}

async fn keep_locked(
    live: &LiveSession,
    store: &dyn Store,
    kept: &mut Kept,
    why: Why,
) -> Result<(), SessionError> {
    let (state, last) = live.look(|view| (view.state, view.versions.last().map(|last| last.version.clone())));
    let Some(sandbox) = live.sandbox.get().filter(|_| state == SessionState::Ready) else { return Ok(()) };
    if kept.tree().is_none()
        && let Some(last) = &last
    {
        kept.recall(Tree::read(live.record.id, store, &last.tree).await?);
    }
    let tree = read(sandbox, live, store, kept).await?;
    let before = kept.tree().cloned();
    let same = before.as_ref().is_some_and(|before| before.files == tree.files);
    let why = if last.is_none() { Why::Start } else { why };
    if same {
        kept.recall(tree);
        return Ok(());
    }
    if last.as_ref().is_some_and(|last| last.version >= VERSIONS_MAX) {
        return Err(SessionError::VersionNotKept);
    }
    let hash = tree.keep(live.record.id, store).await?;
    let mut files = before.map(|before| differences(&before, &tree)).unwrap_or_default();
    files.truncate(FILES_TOLD_MAX);
    let version = version(why, last.map_or(1, |last| last.version + 1), files, hash);
    live.record(|_| Ok(vec![EventKind::VersionMade { version }])).await?;
    kept.recall(tree);
    Ok(())
}

async fn read(
    sandbox: &Arc<dyn Sandbox>,
    live: &LiveSession,
    store: &dyn Store,
    kept: &mut Kept,
) -> Result<Tree, SessionError> {
    Tree::of_workspace(&**sandbox, live.record.id, store, kept).await
}

fn version(why: Why, number: u32, files: Vec<FileTouched>, tree: BlobHash) -> Version {
    let (cause, prompt_id, restored) = match why {
        Why::Start => (VersionCause::Start, None, None),
        Why::Edits => (VersionCause::Edits, None, None),
        Why::Prompt(prompt_id) => (VersionCause::Prompt, Some(prompt_id), None),
        Why::Restore(version) => (VersionCause::Restore, None, Some(version)),
    };
    Version { version: number, cause, prompt_id, restored, files, tree }
}

/// What a file's bytes are called in the store.
fn name_of(content: &Bytes) -> BlobHash {
    use sha2::{Digest as _, Sha256};
    BlobHash::from_digest(&Sha256::digest(content).into())
}
