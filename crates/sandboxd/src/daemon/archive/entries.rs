//! Writes what was found as entries of a tar archive, so that unpacking it makes nothing but files, directories and links
//! below the place where it is unpacked.

use std::fs::File;
use std::io::{self, Read, Write};

use nix::fcntl::{OFlag, readlinkat};
use nix::sys::stat::Mode;
use sandboxd::wire::WireError;
use tar::{Builder, EntryType, Header};

use super::left_out::LeftOut;
use super::walk::{Found, Kind};
use crate::daemon::files::open_below;

/// The room for a path in an entry's own header. GNU tar's entries for longer ones are known to all that unpack.
const HEADER_PATH_BYTES: usize = 100;
const LONG_PATH_NAME: &[u8] = b"././@LongLink";

/// An archive that is being written.
pub(super) struct Entries<W: Write> {
    tar: Builder<W>,
    unpacked_bytes_left: u64,
    left_out: LeftOut,
}

impl<W: Write> Entries<W> {
    /// An archive whose files are up to `unpacked_bytes_max` large together.
    pub(super) fn new(output: W, unpacked_bytes_max: u64) -> Self {
        let left_out = LeftOut::default();
        Self { tar: Builder::new(output), unpacked_bytes_left: unpacked_bytes_max, left_out }
    }

    /// Adds it, or notes that it was left out.
    ///
    /// # Errors
    /// When no more can be written.
    pub(super) fn add(&mut self, found: &Found) -> io::Result<()> {
        self.left_out.sees(&found.path);
        match found.kind {
            Kind::Directory => {
                let path = [found.path.as_slice(), b"/"].concat();
                self.put(&path, header(found, EntryType::Directory, 0), io::empty())
            }
            Kind::File { .. } => self.add_file(found),
            Kind::Link => self.add_link(found),
            Kind::LeftOut(reason) => self.leave_out(found, reason),
        }
    }

    /// Adds what was left out, if anything was, and the archive's end.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if let Some((name, text)) = self.left_out.file() {
            let mut header = bare_header(EntryType::Regular, text.len() as u64);
            header.set_mode(0o644);
            self.put(name.as_bytes(), header, text.as_bytes())?;
        }
        self.tar.into_inner()
    }

    fn add_file(&mut self, found: &Found) -> io::Result<()> {
        let Ok((file, size)) = open(found) else {
            return self.leave_out(found, "it could not be read");
        };
        let Some(left) = self.unpacked_bytes_left.checked_sub(size) else {
            return self.leave_out(found, "all files together are too large");
        };
        self.unpacked_bytes_left = left;
        let mut content = Content { file, bytes_left: size, changed: false };
        self.put(&found.path, header(found, EntryType::Regular, size), &mut content)?;
        if content.changed {
            self.left_out.note(&found.path, "it changed while it was read: what is here may be damaged");
        }
        Ok(())
    }

    fn add_link(&mut self, found: &Found) -> io::Result<()> {
        let Ok(target) = readlinkat(&*found.parent, found.name.as_c_str()) else {
            return self.leave_out(found, "it could not be read");
        };
        let target = target.into_encoded_bytes();
        if !stays_within(&found.path, &target) {
            return self.leave_out(found, "it is a link that may lead elsewhere");
        }
        let mut header = header(found, EntryType::Symlink, 0);
        self.put_long(EntryType::GNULongLink, &target)?;
        copy_cut(&target, &mut header.as_old_mut().linkname);
        self.put(&found.path, header, io::empty())
    }

    fn leave_out(&mut self, found: &Found, reason: &str) -> io::Result<()> {
        self.left_out.note(&found.path, reason);
        Ok(())
    }

    fn put(&mut self, path: &[u8], mut header: Header, content: impl Read) -> io::Result<()> {
        self.put_long(EntryType::GNULongName, path)?;
        copy_cut(path, &mut header.as_old_mut().name);
        header.set_cksum();
        self.tar.append(&header, content)
    }

    /// Says a path beforehand that a header has no room for.
    fn put_long(&mut self, kind: EntryType, path: &[u8]) -> io::Result<()> {
        if path.len() <= HEADER_PATH_BYTES {
            return Ok(());
        }
        let mut header = bare_header(kind, path.len() as u64 + 1);
        copy_cut(LONG_PATH_NAME, &mut header.as_old_mut().name);
        header.set_cksum();
        self.tar.append(&header, path.chain(&b"\0"[..]))
    }
}

/// A header with everything but its paths.
fn header(found: &Found, kind: EntryType, size_bytes: u64) -> Header {
    let mut header = bare_header(kind, size_bytes);
    header.set_mode(found.mode);
    header.set_mtime(found.changed_at);
    header
}

/// With nobody as its owner: that is whoever unpacks it.
fn bare_header(kind: EntryType, size_bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size_bytes);
    header.set_mode(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header
}

fn copy_cut(path: &[u8], room: &mut [u8; HEADER_PATH_BYTES]) {
    let count = path.len().min(room.len());
    room[..count].copy_from_slice(&path[..count]);
}

/// The file, which is one for sure, and its size now.
fn open(found: &Found) -> Result<(File, u64), WireError> {
    let unreadable = |_| WireError::NoSuchFile;
    // Without waiting: it may have become a pipe since it was looked at.
    let flags = OFlag::O_RDONLY | OFlag::O_NONBLOCK;
    let file = File::from(open_below(&*found.parent, found.name.as_c_str(), flags, Mode::empty())?);
    let meta = file.metadata().map_err(unreadable)?;
    if meta.is_file() { Ok((file, meta.len())) } else { Err(WireError::NoSuchFile) }
}

/// Whether a link at `path` leads to something within the archive, whatever else is in it: up to a directory that it is in,
/// and down from there. Up again after that could be up from where another link leads.
fn stays_within(path: &[u8], target: &[u8]) -> bool {
    let depth = path.iter().filter(|byte| **byte == b'/').count();
    let is_segment = |segment: &&[u8]| !matches!(*segment, b"" | b".");
    let segments: Vec<_> = target.split(|byte| *byte == b'/').filter(is_segment).collect();
    let ups = segments.iter().take_while(|segment| **segment == b"..").count();
    let goes_up_again = segments[ups..].iter().any(|segment| *segment == b"..");
    !target.is_empty() && !target.starts_with(b"/") && ups <= depth && !goes_up_again
}

/// Exactly as many bytes as the header has said, whatever becomes of the file.
struct Content {
    file: File,
    bytes_left: u64,
    changed: bool,
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.bytes_left).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            // One byte more shows that it has grown.
            self.changed |= self.bytes_left == 0 && matches!(self.file.read(&mut [0]), Ok(1));
            return Ok(0);
        }
        let count = match self.file.read(&mut buffer[..room]) {
            Ok(count @ 1..) => count,
            // Shorter than it was, or not to be read any further.
            Ok(0) | Err(_) => {
                self.changed = true;
                buffer[..room].fill(0);
                room
            }
        };
        self.bytes_left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::stays_within;

    /// D9
    #[test]
    fn a_link_is_kept_when_it_leads_up_to_where_it_is_and_down_from_there() {
        for (path, target) in [
            ("a", "b"),
            ("a", "./b/c"),
            ("d/a", "../b"),
            ("d/e/a", "../.././b"),
            ("a", "..b/c.."),
            ("d/a", ".."),
            ("a", "not/there"),
            ("a", "b//c/"),
        ] {
            assert!(stays_within(path.as_bytes(), target.as_bytes()), "{path} -> {target}");
        }
        for (path, target) in [
            ("a", "/b"),
            ("a", ".."),
            ("a", "../workspace/b"),
            ("d/a", "../../b"),
            ("a", "b/../c"),
            ("d/a", "../b/../../c"),
            ("a", ""),
            ("a", "/"),
        ] {
            assert!(!stays_within(path.as_bytes(), target.as_bytes()), "{path} -> {target}");
        }
    }
}
