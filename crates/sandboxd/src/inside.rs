//! What `sandboxd inspect` finds in force where it runs, as JSON on its standard output.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The namespaces that a sandbox has of its own, as `/proc/self/ns` calls them.
pub const NAMESPACES: [&str; 7] = ["user", "pid", "mnt", "net", "ipc", "uts", "cgroup"];

/// The file that a trial's template has in its workspace.
pub const TRIAL_FILE: &str = "trial";

/// The folder that it has, with a file in it.
pub const TRIAL_FOLDER: &str = "trial-folder";

/// What holds inside, found by trying and not by what the kernel could do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The number of each of [`NAMESPACES`], to be compared with those outside.
    pub namespaces: BTreeMap<String, u64>,
    /// Every capability in any set, as bits.
    pub capabilities: u64,
    /// Whether no program can give new privileges.
    pub no_new_privileges: bool,
    /// Whether system calls are filtered, and one that reaches around a sandbox was refused.
    pub system_calls_filtered: bool,
    /// Whether Landlock refused a write that permissions alone would let through.
    pub landlock: bool,
    /// Whether the template's file could be changed, which copies it up from the layer below.
    pub workspace_changes: bool,
    /// Whether the template's folder could be removed, which has to be remembered as an attribute of the layer above.
    pub folders_go: bool,
    /// Whether the system's files refused to be changed.
    pub system_read_only: bool,
    /// Whether the host's settings and memory are hidden from `/proc`.
    pub proc_masked: bool,
    /// Whether process 1 can't be looked into.
    pub daemon_sealed: bool,
}
