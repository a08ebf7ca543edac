//! Control groups: what a sandbox may use, what it uses, and how all of it is stopped or ended at once.
//!
//! Version 2 where this process was given a part of it with the memory, cpu and pids controllers; version 1 where
//! those and the freezer are separate hierarchies; neither where there is nothing to write to.

mod v1;
mod v2;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use super::Limits;
use crate::SandboxStats;

/// How often a state is looked at until it is as asked for, [`POLL_MS`] apart.
const POLLS_MAX: u32 = 1_000;
const POLL_MS: u64 = 2;

/// The control groups of all sandboxes of one runtime directory.
#[derive(Debug, Clone)]
pub(super) enum Cgroups {
    V1(v1::Parent),
    V2(v2::Parent),
    /// There are none; why not.
    Unavailable(String),
}

/// The control group of one sandbox.
#[derive(Debug, Clone)]
pub(super) enum Cgroup {
    V1(v1::Group),
    V2(v2::Group),
    Unavailable,
}

impl Cgroups {
    /// What this machine has; `instance` keeps the groups of several runtime directories apart. How fast `disks` are read
    /// and written is bounded where that can be.
    pub(super) fn detect(instance: &str, disks: &[String]) -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let (mounts, own) = (read("/proc/self/mountinfo"), read("/proc/self/cgroup"));
        let v2 = v2::Parent::set_up(&mounts, &own, instance, disks);
        let v1 = || v1::Parent::set_up(&mounts, instance, disks);
        match v2 {
            Ok(parent) => Self::V2(parent),
            Err(v2_reason) => match v1() {
                Ok(parent) => Self::V1(parent),
                Err(v1_reason) => {
                    Self::Unavailable(format!("version 2: {v2_reason}; version 1: {v1_reason}"))
                }
            },
        }
    }

    /// The group called `name`, made or not.
    pub(super) fn group(&self, name: &str) -> Cgroup {
        match self {
            Self::V1(parent) => Cgroup::V1(parent.group(name)),
            Self::V2(parent) => Cgroup::V2(parent.group(name)),
            Self::Unavailable(_) => Cgroup::Unavailable,
        }
    }

    fn directories(&self) -> Vec<PathBuf> {
        match self {
            Self::V1(parent) => parent.directories(),
            Self::V2(parent) => parent.directories(),
            Self::Unavailable(_) => Vec::new(),
        }
    }

    /// Removes what holds the groups, unless some are left.
    pub(super) fn tidy(&self) {
        for directory in self.directories() {
            // Refused while a sandbox lives: it will be found there again.
            let _ = fs::remove_dir(directory);
        }
    }

    /// The names of all groups that exist.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for directory in self.directories().iter().filter(|directory| directory.exists()) {
            for entry in fs::read_dir(directory)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    names.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
        }
        Ok(names)
    }
}

impl Cgroup {
    /// Makes the group and bounds it.
    pub(super) fn create(&self, limits: &Limits) -> io::Result<()> {
        match self {
            Self::V1(group) => group.create(limits),
            Self::V2(group) => group.create(limits),
            Self::Unavailable => Ok(()),
        }
    }

    /// Whether it bounds how fast disks are read and written.
    pub(super) fn bounds_disks(&self) -> bool {
        match self {
            Self::V1(group) => group.bounds_disks(),
            Self::V2(group) => group.bounds_disks(),
            Self::Unavailable => false,
        }
    }

    /// The files into which a process writes itself to join.
    pub(super) fn procs(&self) -> Vec<PathBuf> {
        match self {
            Self::V1(group) => group.procs(),
            Self::V2(group) => vec![group.procs()],
            Self::Unavailable => Vec::new(),
        }
    }

    /// The directories that make it up.
    pub(super) fn directories(&self) -> Vec<PathBuf> {
        self.procs().iter().filter_map(|procs| procs.parent().map(Path::to_owned)).collect()
    }

    /// Whether every process in it stands still.
    pub(super) fn is_frozen(&self) -> io::Result<bool> {
        match self {
            Self::V1(group) => group.is_frozen(),
            Self::V2(group) => group.is_frozen(),
            Self::Unavailable => Ok(false),
        }
    }

    /// Stops every process in it and returns once they stand still.
    pub(super) async fn freeze(&self) -> io::Result<()> {
        self.request(true)?;
        until(|| self.is_frozen()).await
    }

    /// Puts it before those of sandboxes that nobody uses or waits for, where processors are short.
    pub(super) fn favour(&self) -> io::Result<()> {
        match self {
            Self::V1(group) => group.favour(),
            Self::V2(group) => group.favour(),
            Self::Unavailable => Ok(()),
        }
    }

    /// Lets every process in it go on, before those of sandboxes that nobody uses yet.
    pub(super) fn thaw(&self) -> io::Result<()> {
        self.favour()?;
        self.request(false)
    }

    fn request(&self, frozen: bool) -> io::Result<()> {
        match self {
            Self::V1(group) => group.set_frozen(frozen),
            Self::V2(group) => group.set_frozen(frozen),
            Self::Unavailable => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Ends every process in it, removes it, and returns once it is gone. Idempotent.
    pub(super) async fn end(&self) -> io::Result<()> {
        until(|| {
            let killed = match self {
                Self::V1(group) => group.kill(),
                Self::V2(group) => group.kill(),
                Self::Unavailable => return Ok(true),
            };
            match killed {
                Err(error) if self.procs().last().is_some_and(|procs| procs.exists()) => Err(error),
                // Whoever else ends it at the same time may have been faster: then there is nothing to kill.
                Ok(()) | Err(_) => self.remove(),
            }
        })
        .await
    }

    /// Whether it is gone now; processes that are still ending keep it.
    fn remove(&self) -> io::Result<bool> {
        let mut gone = true;
        for directory in self.directories() {
            match fs::remove_dir(directory) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::ResourceBusy => gone = false,
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }

    /// What is charged to it; `None` without control groups.
    ///
    /// Memory is what only this sandbox uses: private memory, files kept in memory, and the kernel's for it. Pages of
    /// programs and packages, which the host can drop and all sandboxes share, are left out.
    pub(super) fn stats(&self) -> io::Result<Option<SandboxStats>> {
        match self {
            Self::V1(group) => group.stats().map(Some),
            Self::V2(group) => group.stats().map(Some),
            Self::Unavailable => Ok(None),
        }
    }
}

/// Looks until `reached` says so.
pub(super) async fn until(mut reached: impl FnMut() -> io::Result<bool>) -> io::Result<()> {
    for _ in 0..POLLS_MAX {
        if reached()? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(POLL_MS)).await;
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// Where a cgroup file system is mounted, by what `wanted` says of its kind and its options.
fn mount_point(mountinfo: &str, wanted: impl Fn(&str, &str) -> bool) -> Option<PathBuf> {
    mountinfo.lines().find_map(|line| {
        let (mount, file_system) = line.split_once(" - ")?;
        let mut fields = file_system.split(' ');
        let (kind, options) = (fields.next()?, fields.nth(1)?);
        wanted(kind, options).then(|| mount.split(' ').nth(4).map(PathBuf::from))?
    })
}

/// A file that holds one number.
fn number(path: &Path) -> io::Result<u64> {
    let text = fs::read_to_string(path)?;
    text.trim().parse().map_err(io::Error::other)
}

/// The numbers that a file of `name number` lines gives `names`; 0 for one it does not have.
fn fields<const N: usize>(path: &Path, names: [&str; N]) -> io::Result<[u64; N]> {
    let text = fs::read_to_string(path)?;
    Ok(names.map(|name| {
        text.lines()
            .filter_map(|line| line.split_once(' '))
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(0)
    }))
}

/// Makes a directory that may be there already.
fn make(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)
}

/// Writes to a control file; an error says to which.
fn set(directory: &Path, file: &str, value: impl ToString) -> io::Result<()> {
    let path = directory.join(file);
    fs::write(&path, value.to_string())
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTINFO: &str = "\
        31 22 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n\
        32 22 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n\
        33 22 0:29 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

    #[test]
    fn mounts_are_found_by_kind_and_controller() {
        let v1 = |controller: &str| {
            mount_point(MOUNTINFO, |kind, options| {
                kind == "cgroup" && options.split(',').any(|option| option == controller)
            })
        };
        assert_eq!(v1("memory"), Some("/sys/fs/cgroup/memory".into()));
        assert_eq!(v1("cpuacct"), Some("/sys/fs/cgroup/cpu,cpuacct".into()));
        assert_eq!(v1("mem"), None);
        assert_eq!(
            mount_point(MOUNTINFO, |kind, _| kind == "cgroup2"),
            Some("/sys/fs/cgroup/unified".into())
        );
    }
}
