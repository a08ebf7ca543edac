//! Goes through the workspace, one directory after the other, and never through a link: each is opened in its parent, which
//! is held open, so that nothing that is moved or replaced meanwhile leads anywhere else.

use std::ffi::CString;
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::vec;

use nix::fcntl::OFlag;
use nix::sys::stat::{FileStat, Mode, SFlag};
use sandboxd::wire::WireError;

use crate::daemon::files::tree::{DEPTH_MAX, is_unfinished, raw_names};
use crate::daemon::files::{open_below, stat};

/// Directories that are never in an archive, wherever they are: what they hold is made from the rest. A file of such a name
/// is a file like others.
const NOT_ARCHIVED: [&[u8]; 6] = [b".git", b"node_modules", b"__pycache__", b".venv", b"dist", b"build"];

/// The longest path in an archive, in bytes: what systems can open that unpack it.
const PATH_BYTES_MAX: usize = 4_000;

/// Everything that belongs in an archive, and what should but can't be.
pub(super) struct Walk {
    levels: Vec<Level>,
    /// Of the newest level, with a slash at its end unless it is the workspace.
    path: Vec<u8>,
}

/// A directory that is gone through.
struct Level {
    directory: Rc<OwnedFd>,
    names: vec::IntoIter<CString>,
    /// How long the path is that leads to it.
    path_bytes: usize,
}

/// Something that was found.
pub(super) struct Found {
    /// Relative to the workspace.
    pub(super) path: Vec<u8>,
    pub(super) parent: Rc<OwnedFd>,
    pub(super) name: CString,
    pub(super) kind: Kind,
    /// The permissions, without those that give rights.
    pub(super) mode: u32,
    /// When it was changed last, in seconds since 1970.
    pub(super) changed_at: u64,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File {
        size_bytes: u64,
    },
    Directory,
    Link,
    /// It can't be in an archive, for this reason.
    LeftOut(&'static str),
}

impl Walk {
    /// Through `root`, which is the workspace.
    pub(super) fn of(root: OwnedFd) -> Self {
        let mut walk = Self { levels: Vec::new(), path: Vec::new() };
        // Without its names there is nothing to go through.
        let _ = walk.enter(root, 0);
        walk
    }

    fn enter(&mut self, directory: OwnedFd, path_bytes: usize) -> Result<(), WireError> {
        let mut names = raw_names(&directory)?;
        names.sort_unstable();
        // A directory that changes while it is read may name something twice.
        names.dedup();
        self.levels.push(Level { directory: Rc::new(directory), names: names.into_iter(), path_bytes });
        Ok(())
    }

    fn look_at(&mut self, parent: Rc<OwnedFd>, name: CString) -> Option<Found> {
        let found = match stat(&*parent, name.as_c_str()) {
            Ok(found) => found,
            // It was removed since its name was read.
            Err(nix::errno::Errno::ENOENT) => return None,
            Err(_) => return Some(self.left_out(parent, name, "it could not be looked at")),
        };
        let kind = kind(&found);
        let is_file = matches!(kind, Kind::File { .. });
        let unfinished = name.to_str().is_ok_and(is_unfinished);
        if unfinished || (!is_file && NOT_ARCHIVED.contains(&name.to_bytes())) {
            return None;
        }
        let path = [self.path.as_slice(), name.to_bytes()].concat();
        if path.len() > PATH_BYTES_MAX {
            return Some(self.left_out(parent, name, "its path is too long"));
        }
        if kind == Kind::Directory
            && let Err(reason) = self.go_into(&parent, &name)
        {
            return Some(self.left_out(parent, name, reason));
        }
        let changed_at = u64::try_from(found.st_mtime).unwrap_or(0);
        Some(Found { path, parent, name, kind, mode: found.st_mode & 0o777, changed_at })
    }

    fn go_into(&mut self, parent: &OwnedFd, name: &CString) -> Result<(), &'static str> {
        if self.levels.len() == DEPTH_MAX {
            return Err("directories are nested too deeply");
        }
        let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY;
        let path_bytes = self.path.len();
        open_below(parent, name.as_c_str(), flags, Mode::empty())
            .and_then(|directory| self.enter(directory, path_bytes))
            .map_err(|_| "it could not be read")?;
        self.path.extend_from_slice(name.to_bytes());
        self.path.push(b'/');
        Ok(())
    }

    fn left_out(&self, parent: Rc<OwnedFd>, name: CString, reason: &'static str) -> Found {
        let path = [self.path.as_slice(), name.to_bytes()].concat();
        Found { path, parent, name, kind: Kind::LeftOut(reason), mode: 0, changed_at: 0 }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let level = self.levels.last_mut()?;
            let Some(name) = level.names.next() else {
                self.path.truncate(level.path_bytes);
                self.levels.pop();
                continue;
            };
            let parent = level.directory.clone();
            if let Some(found) = self.look_at(parent, name) {
                return Some(found);
            }
        }
    }
}

fn kind(found: &FileStat) -> Kind {
    match SFlag::from_bits_truncate(found.st_mode & SFlag::S_IFMT.bits()) {
        SFlag::S_IFREG => Kind::File { size_bytes: u64::try_from(found.st_size).unwrap_or(0) },
        SFlag::S_IFDIR => Kind::Directory,
        SFlag::S_IFLNK => Kind::Link,
        SFlag::S_IFIFO => Kind::LeftOut("it is a pipe"),
        SFlag::S_IFSOCK => Kind::LeftOut("it is a socket"),
        _ => Kind::LeftOut("it is a device"),
    }
}
