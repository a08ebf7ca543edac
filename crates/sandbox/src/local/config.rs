//! What the local provider must be told; it reads no environment.

use std::path::PathBuf;

/// Where things are and what a sandbox may use.
#[derive(Debug, Clone)]
pub struct LocalConfig {
    /// The `sandboxd` program.
    pub sandboxd_path: PathBuf,
    /// Where sockets and records of living sandboxes are kept, on a local file system.
    pub runtime_dir: PathBuf,
    /// The folder with the templates' sources.
    pub template_dir: PathBuf,
    /// Where baked templates are kept: some 50 MB each.
    pub template_cache_dir: PathBuf,
    /// The `node` to use; `/usr/bin/node` or `/usr/local/bin/node` when `None`.
    pub node_path: Option<PathBuf>,
    /// The browser that takes screenshots: a program below `/usr` that takes Chromium's options, such as
    /// `/usr/bin/chromium-headless-shell`. It runs inside, as confined as all else there. None when `None`.
    pub browser: Option<PathBuf>,
    /// What each sandbox may use.
    pub limits: Limits,
    /// The unprivileged users and groups that sandboxes are when this process is root.
    pub uids_when_root: UidRange,
    /// Whether control groups bound sandboxes, where there are any. Without them isolation is weak. Default true.
    pub control_groups: bool,
    /// How long making a sandbox may take, in milliseconds, baking not counted: some 500 on an idle machine, many times that on a
    /// busy one, and whoever waits would rather wait than lose it. Default 30,000.
    pub create_timeout_ms: u64,
}

impl LocalConfig {
    /// With the defaults of everything that has one.
    pub fn new(
        sandboxd_path: PathBuf,
        runtime_dir: PathBuf,
        template_dir: PathBuf,
        template_cache_dir: PathBuf,
    ) -> Self {
        Self {
            sandboxd_path,
            runtime_dir,
            template_dir,
            template_cache_dir,
            node_path: None,
            browser: None,
            limits: Limits::default(),
            uids_when_root: UidRange::default(),
            control_groups: true,
            create_timeout_ms: 30_000,
        }
    }
}

/// Users and groups of the host that nothing else is: the first owns the templates, each living sandbox is another (J1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UidRange {
    /// The first. Default 61000.
    pub first: u32,
    /// How many there are. Default 184: up to 61183, the end of what systemd leaves free.
    pub count: u32,
}

impl UidRange {
    /// All but the first.
    pub(super) fn of_sandboxes(self) -> impl Iterator<Item = u32> {
        self.first + 1..self.first.saturating_add(self.count)
    }
}

impl Default for UidRange {
    fn default() -> Self {
        Self { first: 61_000, count: 184 }
    }
}

/// What one sandbox may use (J1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Memory, files of the workspace and of `/tmp` included. Default 512 MiB.
    pub memory_bytes_max: u64,
    /// CPU time per second, in thousandths of one CPU. Default 1,000.
    pub cpu_millis_max: u64,
    /// Processes and threads. Default 256.
    pub tasks_max: u64,
    /// Changes to the workspace. Default 128 MiB.
    pub workspace_bytes_max: u64,
    /// Files and directories made or changed in the workspace. Default 20,000.
    pub workspace_inodes_max: u64,
    /// Files in `/tmp`; `/dev/shm` takes as many. Default 16 MiB.
    pub tmp_bytes_max: u64,
    /// Bytes read from a disk in a second, and as many written, where control groups can bound it. Default 256 MiB.
    pub disk_bytes_per_second_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            memory_bytes_max: 512 * MIB,
            cpu_millis_max: 1_000,
            tasks_max: 256,
            workspace_bytes_max: 128 * MIB,
            workspace_inodes_max: 20_000,
            tmp_bytes_max: 16 * MIB,
            disk_bytes_per_second_max: 256 * MIB,
        }
    }
}
