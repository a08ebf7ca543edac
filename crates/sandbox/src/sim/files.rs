//! A workspace in memory, with the rules of a real one.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::WorkspacePath;
use sandboxd::wire::{FILE_BYTES_MAX, LIST_ENTRIES_MAX, UNLISTED};

use super::archive;
use crate::{FileEntry, FileKind, SandboxError};

/// The longest name that Linux file systems take, in bytes.
const NAME_BYTES_MAX: usize = 255;

/// Files by their path; directories are there as long as they were made or hold something.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    files: BTreeMap<WorkspacePath, Bytes>,
    directories: BTreeSet<WorkspacePath>,
}

impl Files {
    pub(super) fn new(files: BTreeMap<WorkspacePath, Bytes>) -> Self {
        let directories = files.keys().flat_map(ancestors).collect();
        Self { files, directories }
    }

    pub(super) fn read(&self, path: &WorkspacePath) -> Result<Bytes, SandboxError> {
        if self.directories.contains(path) {
            return Err(refused(path, "it is not a regular file"));
        }
        let content = self.files.get(path).cloned();
        content.ok_or_else(|| SandboxError::NoSuchFile(path.clone()))
    }

    /// The files in which this text stands.
    pub(super) fn containing(&self, text: &str) -> impl Iterator<Item = &WorkspacePath> {
        let holds = move |content: &Bytes| content.windows(text.len()).any(|part| part == text.as_bytes());
        self.files.iter().filter(move |(_, content)| holds(content)).map(|(path, _)| path)
    }

    pub(super) fn write(&mut self, path: &WorkspacePath, content: Bytes) -> Result<(), SandboxError> {
        if content.len() as u64 > FILE_BYTES_MAX {
            return Err(SandboxError::TooLarge { what: "the file, in bytes,", max: FILE_BYTES_MAX });
        }
        if self.directories.contains(path) {
            return Err(refused(path, "something that is not a regular file is in the way"));
        }
        self.make_way(path)?;
        self.files.insert(path.clone(), content);
        Ok(())
    }

    pub(super) fn list(&self) -> Result<Vec<FileEntry>, SandboxError> {
        let directories = self.directories.iter().map(|path| (path, FileKind::Directory, 0));
        let files = self.files.iter().map(|(path, content)| (path, FileKind::File, content.len() as u64));
        let mut entries: Vec<_> = directories
            .chain(files)
            .filter(|(path, ..)| path.segments().all(|name| !UNLISTED.contains(&name)))
            .map(|(path, kind, size_bytes)| FileEntry { path: path.clone(), kind, size_bytes })
            .collect();
        if entries.len() > LIST_ENTRIES_MAX {
            return Err(SandboxError::TooLarge { what: "the number of files", max: LIST_ENTRIES_MAX as u64 });
        }
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    pub(super) fn rename(&mut self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), SandboxError> {
        if !self.exists(from) {
            return Err(SandboxError::NoSuchFile(from.clone()));
        }
        if is_below(to, from) && to != from {
            return Err(refused(from, "a directory cannot be moved into itself"));
        }
        if self.exists(to) {
            return Err(refused(from, "something is already there"));
        }
        self.make_way(to)?;
        for (path, content) in self.take_files(from) {
            self.files.insert(moved(&path, from, to)?, content);
        }
        for path in self.take_directories(from) {
            self.directories.insert(moved(&path, from, to)?);
        }
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &WorkspacePath) -> Result<(), SandboxError> {
        if !self.exists(path) {
            return Err(SandboxError::NoSuchFile(path.clone()));
        }
        self.take_files(path);
        self.take_directories(path);
        Ok(())
    }

    /// What belongs in an archive: directories without content, files with theirs.
    pub(super) fn archived(&self) -> BTreeMap<WorkspacePath, Option<Bytes>> {
        let directories = self.directories.iter().map(|path| (path, FileKind::Directory, None));
        let files = self.files.iter().map(|(path, content)| (path, FileKind::File, Some(content.clone())));
        directories
            .chain(files)
            .filter(|(path, kind, _)| archive::belongs(path, *kind))
            .map(|(path, _, content)| (path.clone(), content))
            .collect()
    }

    /// Bytes of all files.
    pub(super) fn size_bytes(&self) -> u64 {
        self.files.values().map(|content| content.len() as u64).sum()
    }

    fn exists(&self, path: &WorkspacePath) -> bool {
        self.files.contains_key(path) || self.directories.contains(path)
    }

    fn make_way(&mut self, path: &WorkspacePath) -> Result<(), SandboxError> {
        if path.segments().any(|name| name.len() > NAME_BYTES_MAX) {
            return Err(refused(path, "a name in it is too long"));
        }
        if ancestors(path).any(|ancestor| self.files.contains_key(&ancestor)) {
            return Err(refused(path, "a file is in the way, where a directory should be"));
        }
        self.directories.extend(ancestors(path));
        Ok(())
    }

    fn take_files(&mut self, at: &WorkspacePath) -> BTreeMap<WorkspacePath, Bytes> {
        let (taken, kept) =
            std::mem::take(&mut self.files).into_iter().partition(|(path, _)| is_below(path, at));
        self.files = kept;
        taken
    }

    fn take_directories(&mut self, at: &WorkspacePath) -> BTreeSet<WorkspacePath> {
        let (taken, kept) =
            std::mem::take(&mut self.directories).into_iter().partition(|path| is_below(path, at));
        self.directories = kept;
        taken
    }
}

/// `a/b/c` → `a`, `a/b`
fn ancestors(path: &WorkspacePath) -> impl Iterator<Item = WorkspacePath> {
    let text = path.as_str().to_owned();
    let slashes: Vec<usize> = text.match_indices('/').map(|(at, _)| at).collect();
    slashes.into_iter().filter_map(move |at| text[..at].parse().ok())
}

/// Whether `path` is `ancestor` or in it.
fn is_below(path: &WorkspacePath, ancestor: &WorkspacePath) -> bool {
    path.as_str().strip_prefix(ancestor.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn moved(
    path: &WorkspacePath,
    from: &WorkspacePath,
    to: &WorkspacePath,
) -> Result<WorkspacePath, SandboxError> {
    let rest = &path.as_str()[from.as_str().len()..];
    format!("{to}{rest}").parse().map_err(|_| refused(path, "a name in it is too long"))
}

fn refused(path: &WorkspacePath, reason: &str) -> SandboxError {
    SandboxError::File { path: path.clone(), reason: reason.to_owned() }
}
