//! The list of a workspace's files at a moment, each by the hash of its content.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use bytes::Bytes;
use domain::wire::FileTouched;
use domain::{BlobHash, FileAction, FileChange, SessionId, WorkspacePath};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use sandbox::{FileEntry, FileKind, Sandbox, SandboxError};
use serde::{Deserialize, Serialize};
use store::Store;

use super::name_of;
use crate::SessionError;

/// Files that versions hold.
const FILES_MAX: usize = 1_000;
/// The largest file that versions hold, in bytes.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// All that one version holds, in bytes.
const TREE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// All that is kept of one session's files, in bytes; a session that changes more than that has no later versions.
const KEPT_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// What one comparison shows, in bytes; of further files it says how many lines came and went.
const DIFF_BYTES_MAX: usize = 1024 * 1024;
/// Files that are read at once.
const READ_AT_ONCE: usize = 8;

/// What a workspace held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tree {
    pub(super) files: BTreeMap<WorkspacePath, BlobHash>,
    /// Files that were there and are not in it, because they are too large or too many.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) left_out: BTreeSet<WorkspacePath>,
}

/// What is known to be in the store already.
#[derive(Default)]
pub(crate) struct Kept {
    tree: Option<Tree>,
    known: HashSet<BlobHash>,
    bytes: u64,
}

impl Kept {
    /// The newest version.
    pub(super) fn tree(&self) -> Option<&Tree> {
        self.tree.as_ref()
    }

    /// Notes what the newest version is.
    pub(super) fn recall(&mut self, tree: Tree) {
        self.known.extend(tree.files.values().cloned());
        self.tree = Some(tree);
    }
}

impl Tree {
    /// The workspace as it is now, with every content in the store.
    pub(super) async fn of_workspace(
        sandbox: &dyn Sandbox,
        session: SessionId,
        store: &dyn Store,
        kept: &mut Kept,
    ) -> Result<Self, SessionError> {
        let (paths, left_out) = worth_keeping(sandbox.list().await?);
        let mut contents =
            stream::iter(paths.into_iter().map(async |path| match sandbox.read(&path).await {
                Ok(content) => Ok((path, Some(content))),
                // It went, or grew, between the list and the look.
                Err(
                    SandboxError::NoSuchFile(_) | SandboxError::TooLarge { .. } | SandboxError::File { .. },
                ) => Ok((path, None)),
                Err(error) => Err(SessionError::from(error)),
            }))
            .buffered(READ_AT_ONCE);
        let mut tree = Self { files: BTreeMap::new(), left_out };
        while let Some((path, content)) = contents.try_next().await? {
            let Some(content) = content else {
                tree.left_out.insert(path);
                continue;
            };
            let hash = name_of(&content);
            if !kept.known.contains(&hash) {
                kept.bytes = kept.bytes.saturating_add(content.len() as u64);
                if kept.bytes > KEPT_BYTES_MAX {
                    return Err(SessionError::VersionNotKept);
                }
                store.put_blob(session, &hash, &content).await?;
                kept.known.insert(hash.clone());
            }
            tree.files.insert(path, hash);
        }
        Ok(tree)
    }

    /// One that was kept.
    pub(super) async fn read(
        session: SessionId,
        store: &dyn Store,
        hash: &BlobHash,
    ) -> Result<Self, SessionError> {
        let bytes = content(session, store, hash).await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            SessionError::Store(store::StoreError::Corrupt { table: "blobs", reason: error.to_string() })
        })
    }

    /// Puts the list into the store and answers its name there.
    pub(super) async fn keep(&self, session: SessionId, store: &dyn Store) -> Result<BlobHash, SessionError> {
        let bytes = Bytes::from(serde_json::to_vec(self).expect("paths and hashes are JSON"));
        let hash = name_of(&bytes);
        store.put_blob(session, &hash, &bytes).await?;
        Ok(hash)
    }
}

/// The files that a version holds: the first ones, in the order of their paths, that fit; and all others.
fn worth_keeping(entries: Vec<FileEntry>) -> (Vec<WorkspacePath>, BTreeSet<WorkspacePath>) {
    let (mut kept, mut left_out, mut bytes) = (Vec::new(), BTreeSet::new(), 0_u64);
    for entry in entries.into_iter().filter(|entry| entry.kind == FileKind::File) {
        let with_it = bytes.saturating_add(entry.size_bytes);
        if entry.size_bytes <= FILE_BYTES_MAX && with_it <= TREE_BYTES_MAX && kept.len() < FILES_MAX {
            bytes = with_it;
            kept.push(entry.path);
        } else {
            left_out.insert(entry.path);
        }
    }
    (kept, left_out)
}

/// One content from the store.
pub(super) async fn content(
    session: SessionId,
    store: &dyn Store,
    hash: &BlobHash,
) -> Result<Bytes, SessionError> {
    let content = store.blob(session, hash).await?;
    // Contents go with their session.
    content.map(Bytes::from).ok_or(SessionError::Ended)
}

/// Which files are different in `after`, in the order of their paths. Of one that either leaves out nothing is known.
pub(super) fn differences(before: &Tree, after: &Tree) -> Vec<FileTouched> {
    let known = |path: &WorkspacePath| !before.left_out.contains(path) && !after.left_out.contains(path);
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    let gone = gone.map(|path| FileTouched { path: path.clone(), action: FileAction::Deleted });
    let there = after.files.iter().filter_map(|(path, hash)| {
        let action = match before.files.get(path) {
            None => FileAction::Created,
            Some(earlier) if earlier != hash => FileAction::Edited,
            Some(_) => return None,
        };
        Some(FileTouched { path: path.clone(), action })
    });
    let mut all: Vec<FileTouched> = gone.chain(there).filter(|file| known(&file.path)).collect();
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
}

/// The same with what came and went in each.
pub(super) async fn changes(
    session: SessionId,
    store: &dyn Store,
    before: &Tree,
    after: &Tree,
) -> Result<Vec<FileChange>, SessionError> {
    let (mut all, mut told_bytes) = (Vec::new(), 0);
    for FileTouched { path, action } in differences(before, after) {
        let (old, new) = (before.files.get(&path).cloned(), after.files.get(&path).cloned());
        let old_content = optional(session, store, old.as_ref()).await?;
        let new_content = optional(session, store, new.as_ref()).await?;
        // Comparing takes a processor, which is not everybody's to wait for.
        let comparing = tokio::task::spawn_blocking(move || {
            agent::compare(old_content.as_deref(), new_content.as_deref())
        });
        let mut diff = comparing.await.unwrap_or_default();
        if told_bytes + diff.hunks.len() > DIFF_BYTES_MAX {
            diff.hunks.clear();
        }
        told_bytes += diff.hunks.len();
        all.push(FileChange {
            path,
            action,
            additions: diff.additions,
            deletions: diff.deletions,
            diff: diff.hunks,
            before: old,
            after: new,
        });
    }
    Ok(all)
}

async fn optional(
    session: SessionId,
    store: &dyn Store,
    hash: Option<&BlobHash>,
) -> Result<Option<Bytes>, SessionError> {
    match hash {
        Some(hash) => content(session, store, hash).await.map(Some),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &'static str)]) -> Tree {
        let hash = |text: &'static str| name_of(&Bytes::from_static(text.as_bytes()));
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), hash(text))).collect();
        Tree { files, left_out: BTreeSet::new() }
    }

    /// G4
    #[test]
    fn two_trees_differ_in_what_came_went_or_changed() {
        let before = tree(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let after = tree(&[("b", "2"), ("c", "1"), ("d", "1")]);
        let touched: Vec<String> = differences(&before, &after)
            .into_iter()
            .map(|file| format!("{:?} {}", file.action, file.path))
            .collect();
        assert_eq!(touched, ["Deleted a", "Edited b", "Created d"]);
        assert!(differences(&after, &after).is_empty());
        let grown =
            Tree { left_out: BTreeSet::from(["b".parse().unwrap()]), ..tree(&[("a", "1"), ("c", "1")]) };
        assert!(differences(&before, &grown).is_empty(), "what is left out is neither gone nor changed");
    }

    #[test]
    fn what_is_too_large_is_left_out_and_hides_nothing_after_it() {
        let entry = |path: &str, size_bytes| FileEntry {
            path: path.parse().unwrap(),
            kind: FileKind::File,
            size_bytes,
        };
        let (kept, left_out) =
            worth_keeping(vec![entry("a", FILE_BYTES_MAX + 1), entry("b", 5), entry("c", FILE_BYTES_MAX)]);
        assert_eq!(kept, ["b".parse().unwrap(), "c".parse().unwrap()]);
        assert_eq!(left_out, BTreeSet::from(["a".parse().unwrap()]));
    }
}
