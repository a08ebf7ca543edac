//! Work on whole directories: listing, removing, and carrying to another place.

use std::ffi::CString;
use std::os::fd::{AsFd, OwnedFd};

use domain::WorkspacePath;
use nix::dir::Dir;
use nix::errno::Errno;
use nix::fcntl::{OFlag, RenameFlags, renameat2};
use nix::sys::stat::{Mode, mkdirat};
use nix::unistd::{UnlinkatFlags, unlinkat};
use sandboxd::wire::{Entry, EntryKind, LIST_ENTRIES_MAX, UNLISTED, WireError};

use super::{
    DIRECTORY_MODE, Files, IntoWire, UNFINISHED_PREFIX, UNFINISHED_SUFFIX, is_directory, is_regular,
    open_below, refused, stat,
};

/// How deep directories may be nested for work on all of them; a path has no room for more.
pub(in crate::daemon) const DEPTH_MAX: usize = domain::PATH_BYTES_MAX / 2;

impl Files {
    /// Everything below the workspace but what [`UNLISTED`] names, sorted by path. What no [`WorkspacePath`] can
    /// name is left out.
    pub(crate) fn list(&self) -> Result<Vec<Entry>, WireError> {
        let mut entries = Vec::new();
        let mut directories = vec![String::new()];
        while let Some(directory) = directories.pop() {
            self.list_one(&directory, &mut entries, &mut directories)?;
        }
        entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn list_one(
        &self,
        directory: &str,
        entries: &mut Vec<Entry>,
        directories: &mut Vec<String>,
    ) -> Result<(), WireError> {
        let at = if directory.is_empty() { "." } else { directory };
        let opened = match open_below(&self.root, at, OFlag::O_RDONLY | OFlag::O_DIRECTORY, Mode::empty()) {
            Ok(opened) => opened,
            // It was removed, replaced or closed to us since its name was read: then there is nothing to list.
            Err(WireError::NoSuchFile | WireError::Refused { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        for name in names(&opened)? {
            if UNLISTED.contains(&name.as_str()) || is_unfinished(&name) {
                continue;
            }
            let path = if directory.is_empty() { name.clone() } else { format!("{directory}/{name}") };
            let (Ok(path), Ok(found)) = (path.parse::<WorkspacePath>(), stat(&opened, name.as_str())) else {
                continue;
            };
            if entries.len() == LIST_ENTRIES_MAX {
                return Err(WireError::TooLarge { max: LIST_ENTRIES_MAX as u64 });
            }
            let (kind, size) = if is_regular(&found) {
                (EntryKind::File, found.st_size)
            } else if is_directory(&found) {
                directories.push(path.as_str().to_owned());
                (EntryKind::Directory, 0)
            } else {
                (EntryKind::Other, 0)
            };
            entries.push(Entry { path, kind, size_bytes: size.cast_unsigned() });
        }
        Ok(())
    }
}

/// Whether it is what a file is called until it is whole.
pub(in crate::daemon) fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED_PREFIX) && name.ends_with(UNFINISHED_SUFFIX)
}

/// Removes what is at `name`, with all it holds; a link itself, not what it leads to.
pub(super) fn remove(parent: &OwnedFd, name: &str) -> Result<(), WireError> {
    remove_at_depth(parent, name, 0)
}

fn remove_at_depth(parent: &OwnedFd, name: &str, depth: usize) -> Result<(), WireError> {
    if depth == DEPTH_MAX {
        return Err(refused("directories are nested too deeply"));
    }
    let found = stat(parent, name).map_err(IntoWire::into_wire)?;
    if !is_directory(&found) {
        return unlinkat(parent, name, UnlinkatFlags::NoRemoveDir).map_err(IntoWire::into_wire);
    }
    let directory = open_below(parent, name, OFlag::O_RDONLY | OFlag::O_DIRECTORY, Mode::empty())?;
    for child in names(&directory)? {
        remove_at_depth(&directory, &child, depth + 1)?;
    }
    unlinkat(parent, name, UnlinkatFlags::RemoveDir).map_err(IntoWire::into_wire)
}

/// Moves a directory piece by piece to where nothing is.
pub(super) fn carry(
    from_parent: &OwnedFd,
    from: &str,
    to_parent: &OwnedFd,
    to: &str,
) -> Result<(), WireError> {
    carry_at_depth(from_parent, from, to_parent, to, 0)
}

fn carry_at_depth(
    from_parent: &OwnedFd,
    from: &str,
    to_parent: &OwnedFd,
    to: &str,
    depth: usize,
) -> Result<(), WireError> {
    if depth == DEPTH_MAX {
        return Err(refused("directories are nested too deeply"));
    }
    let open = |parent: &OwnedFd, name| {
        open_below(parent, name, OFlag::O_RDONLY | OFlag::O_DIRECTORY, Mode::empty())
    };
    mkdirat(to_parent, to, DIRECTORY_MODE).map_err(IntoWire::into_wire)?;
    let (source, target) = (open(from_parent, from)?, open(to_parent, to)?);
    for child in names(&source)? {
        let name = child.as_str();
        match renameat2(&source, name, &target, name, RenameFlags::RENAME_NOREPLACE) {
            Ok(()) => {}
            Err(Errno::EXDEV) => carry_at_depth(&source, name, &target, name, depth + 1)?,
            Err(errno) => return Err(errno.into_wire()),
        }
    }
    unlinkat(from_parent, from, UnlinkatFlags::RemoveDir).map_err(IntoWire::into_wire)
}

/// The names in a directory that are UTF-8, without `.` and `..`.
fn names(directory: impl AsFd) -> Result<Vec<String>, WireError> {
    Ok(raw_names(directory)?.into_iter().filter_map(|name| name.into_string().ok()).collect())
}

/// Every name in a directory, without `.` and `..`.
pub(in crate::daemon) fn raw_names(directory: impl AsFd) -> Result<Vec<CString>, WireError> {
    // Reading moves a position that all duplicates of a descriptor share, so it gets one of its own.
    let own = open_below(directory, ".", OFlag::O_RDONLY | OFlag::O_DIRECTORY, Mode::empty())?;
    let mut names = Vec::new();
    for entry in Dir::from_fd(own).map_err(IntoWire::into_wire)?.iter() {
        let entry = entry.map_err(IntoWire::into_wire)?;
        if !matches!(entry.file_name().to_bytes(), b"." | b"..") {
            names.push(entry.file_name().to_owned());
        }
    }
    Ok(names)
}
