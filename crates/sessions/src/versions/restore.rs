//! Bringing a version back, whole or one file of it.

use std::collections::BTreeSet;

use domain::wire::FileTouched;
use domain::{Doing, FileAction, SessionId, SessionView, WorkspacePath};
use sandbox::{FileKind, Sandbox, SandboxError};
use store::Store;

use super::tree::{Tree, content, differences};
use super::{Why, keep_locked};
use crate::workspace::SessionWorkspace;
use crate::{Access, SessionError, Sessions};

impl Sessions {
    /// Brings a version back, whole or one file of it, and keeps that as the newest version, whose number is the answer. What the
    /// workspace held before is kept first, so nothing is lost; what versions leave out is left alone. Where nothing is
    /// different, nothing is done.
    ///
    /// # Errors
    /// Those of [`Sessions::version_file`], and [`SessionError::Busy`], [`SessionError::Exhausted`],
    /// [`SessionError::VersionNotKept`], [`SessionError::FileRefused`] or [`SessionError::Sandbox`]; what could be brought back by
    /// then is a version, too.
    pub async fn restore(
        &self,
        access: &Access,
        version: u32,
        path: Option<&WorkspacePath>,
    ) -> Result<u32, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::Restore)?;
        live.may_begin()?;
        let target = self.tree(live, version).await?;
        self.let_go_on(live).await?;
        let store = &*self.inner.store;
        let mut kept = live.versions.lock().await;
        let _alone = live.files.lock().await;
        if live.look(|view| view.prompt_in_progress().is_some()) {
            return Err(SessionError::Busy);
        }
        keep_locked(live, store, &mut kept, Why::Edits).await?;
        let present = kept.tree().cloned().ok_or(SessionError::VersionNotKept)?;
        if let Some(path) = path
            && !target.files.contains_key(path)
            && !present.files.contains_key(path)
        {
            return Err(SessionError::NoSuchFile(path.clone()));
        }
        let mut files = differences(&present, &target);
        files.retain(|file| path.is_none_or(|path| *path == file.path));
        let back = bring_back(&*sandbox, live.record.id, store, files, &target).await;
        keep_locked(live, store, &mut kept, Why::Restore(version)).await?;
        back?;
        live.look(|view| view.versions.last().map(|last| last.version.version))
            .ok_or(SessionError::VersionNotKept)
    }
}

impl Sessions {
    /// Brings a version back for a prompt whose changes do not work; what they were is a version, too.
    ///
    /// # Errors
    /// [`SessionError::Busy`] when another prompt is worked on, and those of [`Sessions::restore`].
    pub(crate) async fn bring_version_back(
        &self,
        job: &SessionWorkspace,
        version: u32,
    ) -> Result<(), SessionError> {
        let (live, store) = (&*job.live, &*self.inner.store);
        let target = self.tree(live, version).await?;
        let mut kept = live.versions.lock().await;
        let _alone = live.files.lock().await;
        let of_another = |view: &SessionView| {
            view.prompt_in_progress().is_some_and(|prompt| prompt.prompt_id != job.prompt_id)
        };
        if live.look(of_another) {
            return Err(SessionError::Busy);
        }
        keep_locked(live, store, &mut kept, Why::Prompt(job.prompt_id)).await?;
        let present = kept.tree().cloned().ok_or(SessionError::VersionNotKept)?;
        let files = differences(&present, &target);
        let back = bring_back(&*job.sandbox, live.record.id, store, files, &target).await;
        keep_locked(live, store, &mut kept, Why::Restore(version)).await?;
        back
    }
}

/// Removes what shall be gone, then writes what shall be there: a folder may have to make room for a file of its name.
async fn bring_back(
    sandbox: &dyn Sandbox,
    session: SessionId,
    store: &dyn Store,
    files: Vec<FileTouched>,
    target: &Tree,
) -> Result<(), SessionError> {
    let (gone, there): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.action == FileAction::Deleted);
    for file in gone.iter().rev() {
        match sandbox.remove(&file.path).await {
            Ok(()) | Err(SandboxError::NoSuchFile(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let empty = empty_folders(sandbox).await?;
    for file in there {
        let Some(hash) = target.files.get(&file.path) else { continue };
        if empty.contains(&file.path) {
            sandbox.remove(&file.path).await?;
        }
        sandbox.write(&file.path, content(session, store, hash).await?).await?;
    }
    Ok(())
}

/// Folders with nothing in them but folders.
async fn empty_folders(sandbox: &dyn Sandbox) -> Result<BTreeSet<WorkspacePath>, SessionError> {
    let entries = sandbox.list().await?;
    let mut folders: BTreeSet<WorkspacePath> = entries
        .iter()
        .filter(|entry| entry.kind == FileKind::Directory)
        .map(|entry| entry.path.clone())
        .collect();
    for entry in entries.iter().filter(|entry| entry.kind != FileKind::Directory) {
        let inside = format!("{}/", entry.path);
        folders.retain(|folder| !inside.starts_with(&format!("{folder}/")));
    }
    Ok(folders)
}
