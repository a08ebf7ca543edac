//! What sandboxes leave on this machine: noted while they live, looked for at the end.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sandboxd::launch::{Launched, start_ticks};
use store::{PoolId, SqliteStore, Store as _, Tariff};

/// Every sandbox and process that was ever seen below one data folder.
pub struct Remains {
    data: PathBuf,
    sandboxes: BTreeSet<String>,
    processes: BTreeSet<(i32, u64)>,
}

impl Remains {
    pub fn of(data: &Path) -> Self {
        Self { data: data.to_owned(), sandboxes: BTreeSet::new(), processes: BTreeSet::new() }
    }

    /// Notes what there is now.
    pub fn note(&mut self) {
        for entry in fs::read_dir(self.data.join("sandboxes")).unwrap() {
            let folder = entry.unwrap().path();
            self.sandboxes.insert(folder.file_name().unwrap().to_string_lossy().into_owned());
            let record = fs::read(folder.join("process.json")).unwrap_or_default();
            if let Ok(Launched { pid, start_ticks }) = serde_json::from_slice(&record) {
                self.processes.insert((pid, start_ticks));
            }
        }
    }

    /// No process, control group, mount, directory or row.
    pub async fn assert_nothing_is_left(&self) {
        assert!(!self.processes.is_empty(), "no sandbox was ever seen");
        let alive = |(pid, ticks): &&(i32, u64)| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            start_ticks(&stat) == Some(*ticks) && !stat.contains(") Z")
        };
        assert_eq!(self.processes.iter().filter(alive).collect::<Vec<_>>(), Vec::<&(i32, u64)>::new());
        let folders: Vec<_> = fs::read_dir(self.data.join("sandboxes")).unwrap().collect();
        assert!(folders.is_empty(), "{folders:?}");
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap();
        assert!(!mounts.contains(&*self.data.to_string_lossy()), "{mounts}");
        let groups = fs::read_dir("/sys/fs/cgroup").map(|root| control_groups(root, &self.sandboxes));
        assert_eq!(groups.unwrap_or_default(), Vec::<PathBuf>::new());
        let store = SqliteStore::open(&self.data.join("sandglass.db"), Tariff::free()).await.unwrap();
        let pool = PoolId::new("local", "react-vite".parse().unwrap());
        assert_eq!(store.sandboxes(&pool).await.unwrap(), []);
    }
}

/// Control groups that carry a sandbox's name.
fn control_groups(folders: fs::ReadDir, sandboxes: &BTreeSet<String>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        if sandboxes.contains(&*folder.file_name().to_string_lossy()) {
            found.push(folder.path());
        }
        if let Ok(inner) = fs::read_dir(folder.path()) {
            found.extend(control_groups(inner, sandboxes));
        }
    }
    found
}
