//! The daemon's requests and answers: HTTP/1.1 with JSON on a Unix socket.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /v1/files` | 200, [`Listing`] |
//! | `GET /v1/file?path=P` | 200, the bytes |
//! | `PUT /v1/file?path=P` with the bytes | 204 |
//! | `DELETE /v1/file?path=P` | 204 |
//! | `POST /v1/rename` with [`Rename`] | 204 |
//! | `POST /v1/exec` with [`Exec`] | 200, a stream of [`frame`](crate::frame)s |
//! | `GET /v1/archive?bytes_max=N` | 200, a tar.gz as [`frame`](crate::frame)s, its end told by an [`Exit`] |
//! | `GET /v1/archive/size` | 200, [`ArchiveSize`] |
//! | `GET /v1/dev-server?until=starting\|serving\|warm` | 200, [`DevServerState`], once it is that far or dead |
//! | `GET /v1/tcp?port=N` with `Upgrade: tcp` | 101, then the bytes of 127.0.0.1:N |
//! | `POST /v1/terminals` with [`TerminalSize`] | 200, [`Terminal`] |
//! | `GET /v1/terminals` | 200, [`Terminals`] |
//! | `DELETE /v1/terminals/ID` | 204, once all that ran in it is gone |
//! | `POST /v1/terminals/ID/size` with [`TerminalSize`] | 204 |
//! | `GET /v1/terminals/ID` with `Upgrade: tcp` | 101, then what is typed one way, [`frame`](crate::frame)s the other |
//! | `POST /v1/egress` | 204; from now on programs find a proxy at 127.0.0.1:[`EGRESS_PORT`] |
//! | `GET /v1/egress` with `Upgrade: tcp` | 101 once a program has connected there, then that connection's bytes |
//!
//! Anything else answers 4xx or 5xx with a [`WireError`].

use std::collections::BTreeMap;

use domain::WorkspacePath;
use serde::{Deserialize, Serialize};

/// The largest file that is read or written in one piece, in bytes.
pub const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// The most entries of one listing.
pub const LIST_ENTRIES_MAX: usize = 5_000;

/// The largest JSON body, in bytes: a command with its environment.
pub const JSON_BYTES_MAX: u64 = 256 * 1024;

/// The most bytes kept of what the dev server writes; older ones are forgotten.
pub const LOG_BYTES_MAX: usize = 16 * 1024;

/// The most terminals of one sandbox, those that have ended and were not closed included.
pub const TERMINALS_MAX: usize = 8;

/// The most bytes kept of what a terminal showed; older ones are forgotten.
pub const SCROLLBACK_BYTES_MAX: usize = 256 * 1024;

/// The most columns of a terminal, and the most rows.
pub const TERMINAL_CELLS_MAX: u16 = 1_000;

/// Where inside programs find the way out, once it is open: the port that proxies usually have.
pub const EGRESS_PORT: u16 = 3128;

/// Names left out of listings, wherever they are.
pub const UNLISTED: [&str; 3] = ["node_modules", ".git", ".vite"];

/// Everything below the workspace, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One file or directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where, relative to the workspace.
    pub path: WorkspacePath,
    /// What it is.
    pub kind: EntryKind,
    /// Bytes of a regular file; 0 for anything else.
    pub size_bytes: u64,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A link, socket or device.
    Other,
}

/// Moves a file or directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// What to move.
    pub from: WorkspacePath,
    /// Where to; nothing may be there.
    pub to: WorkspacePath,
}

/// Runs a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exec {
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// Where to run; the workspace itself when `None`.
    pub cwd: Option<WorkspacePath>,
    /// Environment on top of the sandbox's own.
    pub env: BTreeMap<String, String>,
    /// After this many milliseconds the command and all it started is killed.
    pub timeout_ms: u64,
    /// Output beyond this many bytes, both streams together, is dropped.
    pub output_bytes_max: u64,
}

/// How a command, a terminal's shell or an archive ended. An archive that is whole ends with code 0, one that is larger
/// than was asked for as `truncated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Its exit code; 128 + n when signal n ended it.
    pub code: i32,
    /// Whether output was dropped.
    pub truncated: bool,
    /// Whether its time ran out.
    pub timed_out: bool,
}

/// How large a terminal is: at least one column and one row, at most [`TERMINAL_CELLS_MAX`] of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalSize {
    /// Characters in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl TerminalSize {
    /// Whether both are within their bounds.
    pub fn is_valid(self) -> bool {
        [self.columns, self.rows].iter().all(|cells| (1..=TERMINAL_CELLS_MAX).contains(cells))
    }
}

/// One terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminal {
    /// Its number; no later terminal of the sandbox gets it again.
    pub id: u32,
    /// What people call it, such as `bash 1`.
    pub title: String,
    /// How its shell ended; `None` while it runs.
    pub exit_code: Option<i32>,
}

/// Every terminal that was not closed, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terminals {
    /// The terminals.
    pub terminals: Vec<Terminal>,
}

/// What would be in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveSize {
    /// Bytes of all files, before they are compressed; of so many as were counted in a short time.
    pub bytes: u64,
}

/// How far the dev server is. Later stages compare greater. Where there is none, nothing has to be waited for: it is warm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its process runs.
    Starting,
    /// It answers requests.
    Serving,
    /// It has compiled what a first visitor asks for.
    Warm,
    /// Its process is over.
    Exited,
}

/// The dev server's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevServerState {
    /// How far it is.
    pub stage: Stage,
    /// Its exit code, once it has exited.
    pub exit_code: Option<i32>,
    /// The newest lines it wrote, up to [`LOG_BYTES_MAX`] bytes.
    pub log: String,
}

/// Why a request was not served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum WireError {
    /// There is no such file.
    #[error("there is no such file")]
    NoSuchFile,
    /// The workspace refused.
    #[error("{reason}")]
    Refused {
        /// Why, in a few words.
        reason: String,
    },
    /// More than a bound.
    #[error("over the limit of {max}")]
    TooLarge {
        /// The bound.
        max: u64,
    },
    /// The request makes no sense to this daemon.
    #[error("the request was not understood: {reason}")]
    BadRequest {
        /// Why.
        reason: String,
    },
    /// Nothing listens on the port.
    #[error("nothing listens on the port")]
    NotListening,
    /// There is no terminal of that number.
    #[error("there is no such terminal")]
    NoSuchTerminal,
}

impl WireError {
    /// The HTTP status that carries it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NoSuchFile | Self::NoSuchTerminal => 404,
            Self::Refused { .. } => 409,
            Self::TooLarge { .. } => 413,
            Self::BadRequest { .. } => 400,
            Self::NotListening => 502,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> impl Strategy<Value = Entry> {
        let kind = prop_oneof![Just(EntryKind::File), Just(EntryKind::Directory), Just(EntryKind::Other)];
        let path = "[a-z\\PC]{1,8}(/[a-z]{1,8}){0,3}";
        (path, kind, any::<u64>()).prop_filter_map("not every text is a path", |(path, kind, size_bytes)| {
            Some(Entry { path: path.parse().ok()?, kind, size_bytes })
        })
    }

    proptest! {
        /// D5
        #[test]
        fn a_listing_arrives_as_it_was_sent(entries in proptest::collection::vec(entry(), 0..5)) {
            let sent = Listing { entries };
            let json = serde_json::to_vec(&sent).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Listing>(&json).unwrap(), sent);
        }

        /// J1: a path that leads elsewhere is no listing, whatever it is spelt like.
        #[test]
        fn no_listing_names_what_is_not_below_the_workspace(before in "[a-z/]{0,4}", after in "[a-z/]{0,4}") {
            let up = format!("{before}/../{after}");
            for path in [up, format!("/{after}"), format!("{before}\0{after}"), format!("../{after}")] {
                let json = serde_json::json!({ "entries": [{ "path": path, "kind": "file", "size_bytes": 1 }] });
                prop_assert!(serde_json::from_value::<Listing>(json).is_err(), "{path:?}");
            }
        }

        #[test]
        fn any_text_is_understood_or_refused(text in ".*") {
            let _ = serde_json::from_str::<Exec>(&text);
            let _ = serde_json::from_str::<WireError>(&text);
            let _ = serde_json::from_str::<DevServerState>(&text);
            let _ = serde_json::from_str::<Terminals>(&text);
        }
    }
}
