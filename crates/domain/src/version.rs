//! Versions of a workspace: what it held at a moment, and why it was kept.

use serde::{Deserialize, Serialize};

use crate::wire::FileTouched;
use crate::{BlobHash, PromptId, Soundness, Timestamp};

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum VersionCause {
    /// It is what the session began with.
    Start,
    /// A prompt changed something.
    Prompt,
    /// A person or a command changed something, and a prompt or a restore comes next.
    Edits,
    /// An earlier version was brought back, whole or in part.
    Restore,
}

/// What the workspace held at a moment. Kept in the journal; contents are in the store as long as the session lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Version {
    /// 1 for the first version of a session, then one more each time.
    pub version: u32,
    /// Why it was kept.
    pub cause: VersionCause,
    /// The prompt that made it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prompt_id: Option<PromptId>,
    /// The version that was brought back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub restored: Option<u32>,
    /// What is different from the version before, in the order of the paths; nothing for the first.
    pub files: Vec<FileTouched>,
    /// The list of all its files, in the store.
    pub tree: BlobHash,
}

/// A version as a page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionView {
    /// When it was kept.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time"))]
    pub at: Timestamp,
    /// What it is.
    #[serde(flatten)]
    pub version: Version,
    /// Whether the dev server can build it, as far as it was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub build: Option<Soundness>,
    /// Whether the page runs without errors, as far as somebody looked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub console: Option<Soundness>,
}

impl VersionView {
    pub(crate) fn new(at: Timestamp, version: &Version) -> Self {
        Self { at, version: version.clone(), build: None, console: None }
    }

    /// Whether nothing is known to be wrong with it.
    pub fn may_work(&self) -> bool {
        self.build != Some(Soundness::Red) && self.console != Some(Soundness::Red)
    }
}
