//! What the agent remembers of a conversation that has grown too long to be shown to it whole, and where it was told to forget.

use serde::{Deserialize, Serialize};

use crate::{PromptId, Timestamp, WorkspacePath};

/// The older part of a conversation in short, in the place of its prompts (G2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recollection {
    /// The last prompt that it stands for; the next one is remembered as it was.
    pub through: PromptId,
    /// What people said that holds on, in their own words.
    pub facts: Vec<String>,
    /// What was asked and decided, in plain text.
    pub summary: String,
    /// The files that were made or changed, and what became of each last.
    pub files: Vec<FileNote>,
    /// Who wrote the summary.
    pub by: RecollectionBy,
}

/// One file of a [`Recollection`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileNote {
    /// Which file.
    pub path: WorkspacePath,
    /// What was done to it, in a few words.
    pub note: String,
}

/// Who wrote a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RecollectionBy {
    /// The model that answers the prompts.
    Model,
    /// Nobody: prompts and answers were cut short, because the model could not.
    Extract,
}

/// From here on the agent remembers nothing of what was before; files stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshStart {
    /// When.
    pub at: Timestamp,
    /// How many prompts were before it.
    pub prompts: usize,
}
