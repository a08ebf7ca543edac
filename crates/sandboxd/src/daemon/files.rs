//! File work in the workspace. Every path is resolved below it without following a single link, by the kernel
//! (`openat2`), so that no link that was planted there leads anywhere else.

pub(super) mod tree;

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use domain::WorkspacePath;
use nix::NixPath;
use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag, OpenHow, RenameFlags, ResolveFlag, open, openat2, renameat, renameat2};
use nix::sys::stat::{FileStat, Mode, SFlag, fchmod, fstatat, mkdirat};
use nix::unistd::{UnlinkatFlags, unlinkat};
use sandboxd::wire::{FILE_BYTES_MAX, WireError};

/// The modes of what is made here, before the umask.
const FILE_MODE: Mode = Mode::from_bits_truncate(0o666);
const DIRECTORY_MODE: Mode = Mode::from_bits_truncate(0o777);

/// What unfinished files are called. File watchers know the ending from editors and leave such files alone.
const UNFINISHED_PREFIX: &str = ".sandglass-";
const UNFINISHED_SUFFIX: &str = ".swp";

/// The workspace.
pub(super) struct Files {
    root: OwnedFd,
    written: AtomicU64,
}

/// A directory that is held open.
pub(super) struct Directory(OwnedFd);

impl Directory {
    /// A path to it that stays right for this process and its children, until they execute something.
    pub(super) fn path(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.0.as_raw_fd()).into()
    }
}

impl Files {
    /// The workspace at `root`.
    pub(super) fn open(root: &str) -> io::Result<Self> {
        let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        Ok(Self { root: open(root, flags, Mode::empty())?, written: AtomicU64::new(0) })
    }

    /// Holds a directory open.
    pub(super) fn directory(&self, path: &WorkspacePath) -> Result<Directory, WireError> {
        Ok(Directory(self.open_directory(path.as_str())?))
    }

    /// A file's bytes.
    pub(super) fn read(&self, path: &WorkspacePath) -> Result<Bytes, WireError> {
        // Without waiting: a pipe that nobody writes to would hold everything up.
        let flags = OFlag::O_RDONLY | OFlag::O_NONBLOCK;
        let file = File::from(open_below(&self.root, path.as_str(), flags, Mode::empty())?);
        if !file.metadata().map_err(io_refused)?.is_file() {
            return Err(refused("it is not a regular file"));
        }
        let mut content = Vec::new();
        file.take(FILE_BYTES_MAX + 1).read_to_end(&mut content).map_err(io_refused)?;
        if content.len() as u64 > FILE_BYTES_MAX {
            return Err(WireError::TooLarge { max: FILE_BYTES_MAX });
        }
        Ok(content.into())
    }

    /// Makes the file hold exactly `content`: written beside it under another name and then put in its place, so that
    /// nobody ever reads half of it.
    pub(super) fn write(&self, path: &WorkspacePath, content: &[u8]) -> Result<(), WireError> {
        if content.len() as u64 > FILE_BYTES_MAX {
            return Err(WireError::TooLarge { max: FILE_BYTES_MAX });
        }
        let (parent, name) = self.parent_made(path)?;
        let mode = match stat(&parent, name) {
            Ok(found) if is_regular(&found) => Some(Mode::from_bits_truncate(found.st_mode & 0o777)),
            Ok(_) => return Err(refused("something that is not a regular file is in the way")),
            Err(Errno::ENOENT) => None,
            Err(errno) => return Err(errno.into_wire()),
        };
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let unfinished = format!("{UNFINISHED_PREFIX}{number}{UNFINISHED_SUFFIX}");
        let finished = write_new(&parent, &unfinished, content, mode).and_then(|()| {
            renameat(&parent, unfinished.as_str(), &parent, name).map_err(IntoWire::into_wire)
        });
        if finished.is_err() {
            // It may not even have been made.
            let _ = unlinkat(&parent, unfinished.as_str(), UnlinkatFlags::NoRemoveDir);
        }
        finished
    }

    /// Moves a file or directory to where nothing is.
    pub(super) fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), WireError> {
        let (from_parent, from_name) = self.parent(from)?;
        let found = stat(&from_parent, from_name).map_err(IntoWire::into_wire)?;
        let (to_parent, to_name) = self.parent_made(to)?;
        let no_replace = RenameFlags::RENAME_NOREPLACE;
        match renameat2(&from_parent, from_name, &to_parent, to_name, no_replace) {
            // The overlay can't move a directory of the template as one.
            Err(Errno::EXDEV) if is_directory(&found) => {
                tree::carry(&from_parent, from_name, &to_parent, to_name)
            }
            other => other.map_err(IntoWire::into_wire),
        }
    }

    /// Removes a file, or a directory with all it holds.
    pub(super) fn remove(&self, path: &WorkspacePath) -> Result<(), WireError> {
        let (parent, name) = self.parent(path)?;
        tree::remove(&parent, name)
    }

    /// The workspace itself, open for reading.
    pub(super) fn root(&self) -> Result<OwnedFd, WireError> {
        open_below(&self.root, ".", OFlag::O_RDONLY | OFlag::O_DIRECTORY, Mode::empty())
    }

    fn open_directory(&self, path: &str) -> Result<OwnedFd, WireError> {
        open_below(&self.root, path, OFlag::O_PATH | OFlag::O_DIRECTORY, Mode::empty())
    }

    /// The directory that holds `path`, and the name there.
    fn parent<'p>(&self, path: &'p WorkspacePath) -> Result<(OwnedFd, &'p str), WireError> {
        let directory = path.as_str().rsplit_once('/').map_or(".", |(parent, _)| parent);
        Ok((self.open_directory(directory)?, path.file_name()))
    }

    /// The same, with whatever is missing of the way there made.
    fn parent_made<'p>(&self, path: &'p WorkspacePath) -> Result<(OwnedFd, &'p str), WireError> {
        match self.parent(path) {
            Err(WireError::NoSuchFile) => {}
            found => return found,
        }
        let mut directory = self.open_directory(".")?;
        let mut names = path.segments().peekable();
        while let Some(name) = names.next() {
            if names.peek().is_none() {
                break;
            }
            match mkdirat(&directory, name, DIRECTORY_MODE) {
                Ok(()) | Err(Errno::EEXIST) => {}
                Err(errno) => return Err(errno.into_wire()),
            }
            directory = open_below(&directory, name, OFlag::O_PATH | OFlag::O_DIRECTORY, Mode::empty())?;
        }
        Ok((directory, path.file_name()))
    }
}

/// Opens what is at `path` below `directory`, through no link and never above it.
pub(super) fn open_below(
    directory: impl AsFd,
    path: &(impl NixPath + ?Sized),
    flags: OFlag,
    mode: Mode,
) -> Result<OwnedFd, WireError> {
    let resolve =
        ResolveFlag::RESOLVE_BENEATH | ResolveFlag::RESOLVE_NO_SYMLINKS | ResolveFlag::RESOLVE_NO_MAGICLINKS;
    let how = OpenHow::new().flags(flags | OFlag::O_CLOEXEC).mode(mode).resolve(resolve);
    openat2(directory, path, how).map_err(IntoWire::into_wire)
}

fn write_new(parent: &OwnedFd, name: &str, content: &[u8], mode: Option<Mode>) -> Result<(), WireError> {
    let flags = OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL;
    let mut file = File::from(open_below(parent, name, flags, FILE_MODE)?);
    if let Some(mode) = mode {
        fchmod(&file, mode).map_err(IntoWire::into_wire)?;
    }
    file.write_all(content).map_err(io_refused)
}

/// What is at `name`, itself and not where it may lead.
pub(super) fn stat(directory: impl AsFd, name: &(impl NixPath + ?Sized)) -> nix::Result<FileStat> {
    fstatat(directory, name, AtFlags::AT_SYMLINK_NOFOLLOW)
}

fn is_regular(found: &FileStat) -> bool {
    found.st_mode & SFlag::S_IFMT.bits() == SFlag::S_IFREG.bits()
}

fn is_directory(found: &FileStat) -> bool {
    found.st_mode & SFlag::S_IFMT.bits() == SFlag::S_IFDIR.bits()
}

fn refused(reason: &str) -> WireError {
    WireError::Refused { reason: reason.to_owned() }
}

fn io_refused(error: io::Error) -> WireError {
    match error.raw_os_error() {
        Some(number) => Errno::from_raw(number).into_wire(),
        None => refused(&error.to_string()),
    }
}

trait IntoWire {
    fn into_wire(self) -> WireError;
}

impl IntoWire for Errno {
    /// The error in words that a person who only sees the workspace understands.
    fn into_wire(self) -> WireError {
        match self {
            Self::ENOENT => WireError::NoSuchFile,
            Self::ELOOP => refused("a symbolic link is in the way"),
            Self::ENOTDIR => refused("a file is in the way, where a directory should be"),
            Self::EISDIR => refused("it is a directory"),
            Self::EEXIST | Self::ENOTEMPTY => refused("something is already there"),
            Self::EINVAL => refused("a directory cannot be moved into itself"),
            Self::ENOSPC | Self::EDQUOT => refused("the workspace is full"),
            Self::ENAMETOOLONG => refused("a name in it is too long"),
            Self::EACCES | Self::EPERM => refused("permission denied"),
            other => refused(other.desc()),
        }
    }
}

#[cfg(test)]
mod tests;
