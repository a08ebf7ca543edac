//! Paths inside a workspace: relative, plain, and unable to name anything outside it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest workspace path, in bytes.
pub const PATH_BYTES_MAX: usize = 512;

/// A text cannot be a path inside the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// No characters at all.
    #[error("the path is empty")]
    Empty,
    /// More than [`PATH_BYTES_MAX`] bytes.
    #[error("the path is longer than {PATH_BYTES_MAX} bytes")]
    TooLong,
    /// Starts with `/`.
    #[error("the path must be relative to the workspace")]
    Absolute,
    /// Has an empty, `.` or `..` segment.
    #[error("the path must not contain empty, `.` or `..` segments")]
    Segment,
    /// Has a control character or a backslash.
    #[error("the path must not contain control characters or backslashes")]
    Character,
}

/// A path relative to `/workspace`, with `/` between segments: `src/App.jsx`.
///
/// Whatever it holds, joining it to a directory stays below that directory as long as no symbolic link is followed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "src/App.jsx"))]
#[serde(try_from = "String", into = "String")]
pub struct WorkspacePath(String);

impl WorkspacePath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segments between the slashes.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What follows the last dot of the file name; `None` without one, and for names that start with it.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
    }
}

impl FromStr for WorkspacePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Err(PathError::Empty);
        }
        if text.len() > PATH_BYTES_MAX {
            return Err(PathError::TooLong);
        }
        if text.starts_with('/') {
            return Err(PathError::Absolute);
        }
        if text.chars().any(|c| c.is_control() || c == '\\') {
            return Err(PathError::Character);
        }
        if text.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(PathError::Segment);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for WorkspacePath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, PathError> {
        text.parse()
    }
}

impl From<WorkspacePath> for String {
    fn from(path: WorkspacePath) -> Self {
        path.0
    }
}

impl fmt::Display for WorkspacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for WorkspacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_that_leave_the_workspace_are_not_paths() {
        use PathError::*;
        for (text, error) in [
            ("", Empty),
            ("/etc/passwd", Absolute),
            ("../x", Segment),
            ("src/../../x", Segment),
            ("src//x", Segment),
            ("src/", Segment),
            (".", Segment),
            ("a\0b", Character),
            ("a\nb", Character),
            ("..\\x", Character),
        ] {
            assert_eq!(text.parse::<WorkspacePath>(), Err(error), "{text:?}");
        }
        assert_eq!("x".repeat(513).parse::<WorkspacePath>(), Err(TooLong));
    }

    #[test]
    fn an_extension_is_what_follows_the_last_dot() {
        let extension = |text: &str| text.parse::<WorkspacePath>().unwrap().extension().map(str::to_owned);
        assert_eq!(extension("src/App.test.jsx").as_deref(), Some("jsx"));
        assert_eq!(extension(".env"), None);
        assert_eq!(extension("src.d/Makefile"), None);
    }

    proptest! {
        /// J4
        #[test]
        fn every_accepted_path_stays_below_the_workspace(text in "[a-z./\\\\~ \u{0}-\u{1f}é]{0,40}") {
            if let Ok(path) = text.parse::<WorkspacePath>() {
                let only_names = Path::new(path.as_str()).components().all(|c| matches!(c, Component::Normal(_)));
                prop_assert!(only_names, "{text:?}");
                prop_assert_eq!(path.as_str(), text);
            }
        }
    }
}
