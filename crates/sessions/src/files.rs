//! The files of a session's workspace, as its holder reads and writes them (D5).

use bytes::Bytes;
use domain::wire::{FileEntryJson, FileEntryKind, FileSaved};
use domain::{Doing, EventKind, FileAction, WorkspacePath};
use sandbox::{FileEntry, FileKind, Sandbox, SandboxError};
use sha2::{Digest, Sha256};

use crate::{Access, SessionError, Sessions};

/// A file's content, and a name for exactly that content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileContent {
    /// The bytes.
    pub content: Bytes,
    /// The SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub etag: String,
}

/// How a file must be for a write to overwrite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// However it is.
    Any,
    /// Not there.
    Absent,
    /// There, whatever it holds.
    Present,
    /// With the content of one of these names.
    Content(Vec<String>),
}

impl Expected {
    fn is(&self, present: Option<&FileContent>) -> bool {
        match self {
            Self::Any => true,
            Self::Absent => present.is_none(),
            Self::Present => present.is_some(),
            Self::Content(names) => present.is_some_and(|file| names.contains(&file.etag)),
        }
    }
}

impl FileContent {
    pub(crate) fn of(content: Bytes) -> Self {
        let etag = data_encoding::HEXLOWER.encode(&Sha256::digest(&content));
        Self { content, etag }
    }
}

impl Sessions {
    /// Everything below the workspace but what tools made of it, sorted by path, and a name for exactly this list.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Forbidden`], [`SessionError::Starting`] or [`SessionError::Sandbox`].
    pub async fn files(&self, access: &Access) -> Result<(Vec<FileEntryJson>, String), SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::ReadFiles)?;
        self.let_go_on(live).await?;
        let entries: Vec<FileEntryJson> = sandbox.list().await?.into_iter().map(entry).collect();
        let mut digest = Sha256::new();
        for entry in &entries {
            digest.update(format!("{}\0{:?}\0{}\0", entry.path, entry.kind, entry.size_bytes));
        }
        Ok((entries, data_encoding::HEXLOWER.encode(&digest.finalize())))
    }

    /// One file.
    ///
    /// # Errors
    /// Those of [`Sessions::files`], and [`SessionError::NoSuchFile`] or [`SessionError::TooLarge`].
    pub async fn read_file(
        &self,
        access: &Access,
        path: &WorkspacePath,
    ) -> Result<FileContent, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::ReadFiles)?;
        self.let_go_on(live).await?;
        Ok(FileContent::of(sandbox.read(path).await?))
    }

    /// Makes a file hold `content`, if it is as `expected`: anything else is somebody else's newer work.
    ///
    /// # Errors
    /// Those of [`Sessions::read_file`], and [`SessionError::FileChanged`] or [`SessionError::FileRefused`].
    pub async fn write_file(
        &self,
        access: &Access,
        path: WorkspacePath,
        content: Bytes,
        expected: Expected,
    ) -> Result<FileSaved, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::WriteFiles)?;
        self.let_go_on(live).await?;
        live.may_begin()?;
        let _alone = live.files.lock().await;
        let before = present(&*sandbox, &path).await?;
        if !expected.is(before.as_ref()) {
            return Err(SessionError::FileChanged(path));
        }
        let saved = FileContent::of(content.clone());
        let answer =
            FileSaved { path: path.clone(), size_bytes: content.len() as u64, etag: saved.etag.clone() };
        if before.as_ref() == Some(&saved) {
            return Ok(answer);
        }
        sandbox.write(&path, content).await?;
        let action = if before.is_some() { FileAction::Edited } else { FileAction::Created };
        live.record(|_| Ok(vec![EventKind::FileSaved { path, action }])).await?;
        Ok(answer)
    }

    /// Removes a file, or a folder with all it holds.
    ///
    /// # Errors
    /// Those of [`Sessions::read_file`], and [`SessionError::FileRefused`].
    pub async fn remove_file(&self, access: &Access, path: WorkspacePath) -> Result<(), SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::WriteFiles)?;
        self.let_go_on(live).await?;
        live.may_begin()?;
        let _alone = live.files.lock().await;
        sandbox.remove(&path).await?;
        live.record(|_| Ok(vec![EventKind::FileSaved { path, action: FileAction::Deleted }])).await
    }

    /// Moves a file or a folder to where nothing is.
    ///
    /// # Errors
    /// Those of [`Sessions::read_file`], and [`SessionError::FileRefused`].
    pub async fn rename_file(
        &self,
        access: &Access,
        from: WorkspacePath,
        to: WorkspacePath,
    ) -> Result<(), SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::WriteFiles)?;
        self.let_go_on(live).await?;
        live.may_begin()?;
        let _alone = live.files.lock().await;
        sandbox.rename(&from, &to).await?;
        live.record(|_| Ok(vec![EventKind::FileMoved { from, to }])).await
    }
}

/// What a file holds; `None` when there is none. One that is too large to be read is there all the same.
async fn present(sandbox: &dyn Sandbox, path: &WorkspacePath) -> Result<Option<FileContent>, SessionError> {
    match sandbox.read(path).await {
        Ok(content) => Ok(Some(FileContent::of(content))),
        Err(SandboxError::NoSuchFile(_)) => Ok(None),
        Err(SandboxError::TooLarge { .. }) => {
            Ok(Some(FileContent { content: Bytes::new(), etag: String::new() }))
        }
        Err(error) => Err(error.into()),
    }
}

fn entry(entry: FileEntry) -> FileEntryJson {
    let kind = match entry.kind {
        FileKind::File => FileEntryKind::File,
        FileKind::Directory => FileEntryKind::Directory,
        FileKind::Other => FileEntryKind::Other,
    };
    FileEntryJson { path: entry.path, kind, size_bytes: entry.size_bytes }
}
