//! The kinds of session, and what each lets its holder do.

use serde::{Deserialize, Serialize};

/// Which rules a session follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// The live demo on the landing page (A).
    Demo,
    /// The public prototype workspace (B).
    Try,
    /// A workspace for people who stay (D).
    Workspace,
}

/// What the holder of a session may do with its sandbox, beside asking the agent, sharing, downloading and ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doing {
    /// See its files, now and in earlier versions.
    ReadFiles,
    /// Go back to an earlier version.
    Restore,
    /// Change its files by hand.
    WriteFiles,
    /// Run commands and open terminals.
    RunCommands,
}

impl SessionKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Demo, Self::Try, Self::Workspace];

    /// The kind as one word, the same in rows, on the wire and in figures.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Try => "try",
            Self::Workspace => "workspace",
        }
    }

    /// Whether a session of this kind lets its holder do this.
    pub const fn allows(self, doing: Doing) -> bool {
        match self {
            Self::Demo => false,
            Self::Try => matches!(doing, Doing::ReadFiles | Doing::Restore),
            Self::Workspace => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_by_the_same_word_everywhere() {
        for kind in SessionKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
    }
}
