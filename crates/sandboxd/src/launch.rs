//! What `sandboxd launch` reads as JSON from its standard input, and what it inherits beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The listening Unix socket on which [`wire`](crate::wire) is spoken, as a file descriptor of launcher and daemon.
pub const CONTROL_FD: i32 = 3;

/// The listening Unix socket that is handed to the dev server, as a file descriptor of launcher and daemon.
pub const DEV_SERVER_FD: i32 = 4;

/// The listening socket, as a file descriptor of the dev server.
pub const DEV_SERVER_LISTEN_FD: i32 = 3;

/// The pipe for the words `serving` and `warm`, one a line, as a file descriptor of the dev server.
pub const DEV_SERVER_PROGRESS_FD: i32 = 4;

/// Where the workspace is inside.
pub const WORKSPACE: &str = "/workspace";

/// Where Sandglass's own files are inside: read-only, beside the workspace.
pub const OWN_FILES: &str = "/opt/sandglass";

/// The user and group id of everything inside.
pub const UID_INSIDE: u32 = 1000;

/// Everything the launcher must know to build one sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchSpec {
    /// What `/workspace` is.
    pub workspace: Workspace,
    /// Files of the host to show read-only as `/opt/sandglass/{name}`.
    pub own_files: BTreeMap<String, PathBuf>,
    /// The folder that holds `bin/node` when that is not below `/usr`; shown read-only as `/opt/sandglass/node`.
    pub node_prefix: Option<PathBuf>,
    /// `cgroup.procs` files of the host that the launcher writes itself into, before it gives up its rights.
    pub cgroup_procs: Vec<PathBuf>,
    /// The unprivileged user and group to become when started as root; no other living sandbox has them.
    pub uid_outside: u32,
    /// The bounds that hold with and without cgroups.
    pub limits: LaunchLimits,
    /// What the daemon starts once the sandbox stands; `None` for a sandbox without a dev server.
    pub dev_server: Option<DevServer>,
}

/// What `/workspace` is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Workspace {
    /// The folder `lower`, with every change kept in memory and lost with the sandbox.
    Overlay {
        /// The baked template.
        lower: PathBuf,
        /// Who owns its files on disk, where that is not `uid_outside`: inside they are that user's all the same. Needs
        /// root and a file system whose mounts can be mapped.
        owner: Option<u32>,
    },
    /// The folder itself: what is written inside stays. Only for baking.
    Writable {
        /// The template being baked.
        dir: PathBuf,
    },
}

/// Bounds that the launcher sets by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchLimits {
    /// How many bytes of changes the workspace takes, and how large one file may be.
    pub workspace_bytes_max: u64,
    /// How many files and directories can be made or changed in the workspace.
    pub workspace_inodes_max: u64,
    /// How many bytes `/tmp` takes; `/dev/shm` takes as many of its own.
    pub tmp_bytes_max: u64,
    /// How many processes and threads may live, where no cgroup counts them; `None` where one does.
    pub tasks_max: Option<u64>,
    /// How much private memory one process may have, where no cgroup counts it; `None` where one does.
    pub process_bytes_max: Option<u64>,
}

/// The template's dev server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevServer {
    /// The program and its arguments, run in the workspace.
    pub command: Vec<String>,
    /// Its environment on top of the sandbox's own.
    pub env: BTreeMap<String, String>,
}

/// What the launcher writes to its standard output as soon as process 1 exists: enough to end it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launched {
    /// Process 1 of the sandbox, as the host counts.
    pub pid: i32,
    /// When it started, in clock ticks since boot (field 22 of `/proc/PID/stat`): tells it from a later process that
    /// got the same number.
    pub start_ticks: u64,
}

/// The start time in a `/proc/PID/stat` line, in clock ticks since boot; `None` when the line is not one.
pub fn start_ticks(stat: &str) -> Option<u64> {
    // The process's name, in parentheses, may hold spaces and parentheses itself.
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_ascii_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::start_ticks;

    #[test]
    fn a_process_cannot_hide_its_start_time_behind_its_name() {
        let fields: Vec<String> = (3..=52).map(|n| n.to_string()).collect();
        let stat = format!("7 (a) b (c) {}", fields.join(" "));
        assert_eq!(start_ticks(&stat), Some(22));
        assert_eq!(start_ticks("7"), None);
    }

    proptest::proptest! {
        /// H11: processes choose their names, and a number must not pass to another process unnoticed.
        #[test]
        fn no_name_at_all_hides_when_a_process_started(name in ".*") {
            let fields: Vec<String> = (3..=52).map(|n| n.to_string()).collect();
            let stat = format!("7 ({name}) {}", fields.join(" "));
            proptest::prop_assert_eq!(start_ticks(&stat), Some(22));
        }
    }
}
