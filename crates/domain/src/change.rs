//! What happened to a file.

use serde::{Deserialize, Serialize};

use crate::{BlobHash, WorkspacePath};

/// What happened to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileChange {
    /// Which file.
    pub path: WorkspacePath,
    /// What was done to it.
    pub action: FileAction,
    /// Lines that came.
    pub additions: u32,
    /// Lines that went.
    pub deletions: u32,
    /// A unified diff without file headers, cut after 64 KiB; empty for binary files.
    pub diff: String,
    /// The content before, in the store; absent for a created file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<BlobHash>,
    /// The content after, in the store; absent for a deleted file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<BlobHash>,
}

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FileAction {
    /// It is new.
    Created,
    /// Its content changed.
    Edited,
    /// It is gone.
    Deleted,
}
