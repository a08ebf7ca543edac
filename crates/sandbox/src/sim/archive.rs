//! The archive of a simulated workspace, in memory as all of it is.

use std::collections::BTreeMap;
use std::io;

use bytes::Bytes;
use domain::WorkspacePath;
use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

use crate::FileKind;

/// How many bytes are sent in one piece.
const PIECE_BYTES: usize = 32 * 1024;

/// Directories that are never in an archive.
const NOT_ARCHIVED: [&str; 6] = [".git", "node_modules", "__pycache__", ".venv", "dist", "build"];

/// Whether a file or a directory at `path` belongs in an archive.
pub(super) fn belongs(path: &WorkspacePath, kind: FileKind) -> bool {
    let mut names: Vec<_> = path.segments().collect();
    if kind == FileKind::File {
        names.pop();
    }
    names.iter().all(|name| !NOT_ARCHIVED.contains(name))
}

/// The pieces of a tar.gz of `entries`: directories without content, files with theirs.
pub(super) fn pack(entries: &BTreeMap<WorkspacePath, Option<Bytes>>) -> io::Result<Vec<Bytes>> {
    let mut tar = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, content) in entries {
        let mut header = Header::new_gnu();
        header.set_mode(if content.is_some() { 0o644 } else { 0o755 });
        header.set_entry_type(if content.is_some() { EntryType::Regular } else { EntryType::Directory });
        let content = content.as_deref().unwrap_or_default();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, path.as_str(), content)?;
    }
    let packed = Bytes::from(tar.into_inner()?.finish()?);
    Ok((0..packed.len())
        .step_by(PIECE_BYTES)
        .map(|at| packed.slice(at..packed.len().min(at + PIECE_BYTES)))
        .collect())
}
