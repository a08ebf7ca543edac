//! Version 2: one hierarchy, of which this process must have been given its own part.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{fields, make, mount_point, number, set};
use crate::SandboxStats;
use crate::local::Limits;

/// The group into which this process moves, because a group with processes can't hand controllers on.
const SERVER: &str = "sandglass-server";

const CONTROLLERS: [&str; 3] = ["cpu", "memory", "pids"];
/// Bounds how fast disks are read and written, where it was given to us; sandboxes do without.
const DISK_CONTROLLER: &str = "io";
const CPU_PERIOD_US: u64 = 100_000;

/// The directory of our groups, and the disks that are bounded in each.
#[derive(Debug, Clone)]
pub(in crate::local) struct Parent {
    directory: PathBuf,
    disks: Vec<String>,
}

/// One sandbox's directory.
#[derive(Debug, Clone)]
pub(in crate::local) struct Group {
    directory: PathBuf,
    disks: Vec<String>,
}

impl Parent {
    /// Makes our directory below this process's own group; why not, when that was not given to us.
    pub(super) fn set_up(
        mountinfo: &str,
        own: &str,
        instance: &str,
        disks: &[String],
    ) -> Result<Self, String> {
        let mounted = mount_point(mountinfo, |kind, _| kind == "cgroup2").ok_or("it is not mounted")?;
        let path =
            own.lines().find_map(|line| line.strip_prefix("0::/")).ok_or("this process has no group")?;
        let mut base = mounted.join(path);
        // An earlier start in the same place moved us already.
        if base.file_name().is_some_and(|name| name == SERVER) {
            base.pop();
        }
        let available = fs::read_to_string(base.join("cgroup.controllers")).unwrap_or_default();
        let missing: Vec<_> = CONTROLLERS
            .into_iter()
            .filter(|wanted| available.split_ascii_whitespace().all(|has| has != *wanted))
            .collect();
        if !missing.is_empty() {
            return Err(format!("no {} controller at {}", missing.join(", "), base.display()));
        }
        hand_on(&base)
            .or_else(|_| step_aside(&base).and_then(|()| hand_on(&base)))
            .map_err(|error| error.to_string())?;
        let parent = base.join(format!("sandglass-{instance}"));
        make(&parent).and_then(|()| hand_on(&parent)).map_err(|error| error.to_string())?;
        Ok(Self { directory: parent, disks: disks.to_vec() })
    }

    pub(super) fn group(&self, name: &str) -> Group {
        Group { directory: self.directory.join(name), disks: self.disks.clone() }
    }

    pub(super) fn directories(&self) -> Vec<PathBuf> {
        vec![self.directory.clone()]
    }
}

/// Lets the groups below `group` use the controllers.
fn hand_on(group: &Path) -> io::Result<()> {
    set(group, "cgroup.subtree_control", CONTROLLERS.map(|name| format!("+{name}")).join(" "))?;
    let available = fs::read_to_string(group.join("cgroup.controllers")).unwrap_or_default();
    if available.split_ascii_whitespace().any(|name| name == DISK_CONTROLLER) {
        // Sandboxes do without: what is not bounded is reported as such.
        let _ = set(group, "cgroup.subtree_control", format!("+{DISK_CONTROLLER}"));
    }
    Ok(())
}

/// Moves this process into a group of its own.
fn step_aside(base: &Path) -> io::Result<()> {
    let aside = base.join(SERVER);
    make(&aside)?;
    set(&aside, "cgroup.procs", 0)
}

const DISK_FILE: &str = "io.max";

/// Weight for the processors while nobody waits for it: a sixteenth of one in use.
const WEIGHT_WAITING: u64 = 6;
/// Weight for the processors once somebody uses it; the kernel's default.
const WEIGHT_IN_USE: u64 = 100;

impl Group {
    pub(super) fn create(&self, limits: &Limits) -> io::Result<()> {
        let Self { directory: group, disks } = self;
        // Another server process that stopped may have removed what all groups are in.
        if let Some(parent) = group.parent().filter(|parent| !parent.exists()) {
            make(parent).and_then(|()| hand_on(parent))?;
        }
        make(group)?;
        set(group, "memory.max", limits.memory_bytes_max)?;
        // A sandbox without its dev server is of no use: out of memory ends all of it.
        set(group, "memory.oom.group", 1)?;
        if group.join("memory.swap.max").exists() {
            set(group, "memory.swap.max", 0)?;
        }
        let quota = CPU_PERIOD_US * limits.cpu_millis_max / 1_000;
        set(group, "cpu.max", format!("{quota} {CPU_PERIOD_US}"))?;
        set(group, "cpu.weight", WEIGHT_WAITING)?;
        set(group, "pids.max", limits.tasks_max)?;
        let rate = limits.disk_bytes_per_second_max;
        for disk in disks {
            // Refused without the controller, and by disks that can't be bounded.
            let _ = set(group, DISK_FILE, format!("{disk} rbps={rate} wbps={rate}"));
        }
        Ok(())
    }

    /// Whether reading and writing disks is bounded.
    pub(super) fn bounds_disks(&self) -> bool {
        fs::read_to_string(self.directory.join(DISK_FILE)).is_ok_and(|bounds| !bounds.is_empty())
    }

    /// Puts it before those that nobody waits for where processors are short.
    pub(super) fn favour(&self) -> io::Result<()> {
        set(&self.directory, "cpu.weight", WEIGHT_IN_USE)
    }

    pub(super) fn procs(&self) -> PathBuf {
        self.directory.join("cgroup.procs")
    }

    pub(super) fn is_frozen(&self) -> io::Result<bool> {
        Ok(fields(&self.directory.join("cgroup.events"), ["frozen"])? == [1])
    }

    pub(super) fn set_frozen(&self, frozen: bool) -> io::Result<()> {
        set(&self.directory, "cgroup.freeze", u8::from(frozen))
    }

    /// Works on frozen groups, too.
    pub(super) fn kill(&self) -> io::Result<()> {
        if self.directory.exists() {
            set(&self.directory, "cgroup.kill", 1)?;
        }
        Ok(())
    }

    pub(super) fn stats(&self) -> io::Result<SandboxStats> {
        let [private, shared, kernel] =
            fields(&self.directory.join("memory.stat"), ["anon", "shmem", "kernel"])?;
        let [cpu_us] = fields(&self.directory.join("cpu.stat"), ["usage_usec"])?;
        Ok(SandboxStats {
            memory_bytes: private + shared + kernel,
            cpu_ms: cpu_us / 1_000,
            tasks: number(&self.directory.join("pids.current"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mountinfo(mounted: &Path) -> String {
        format!("30 22 0:26 / {} rw - cgroup2 cgroup2 rw", mounted.display())
    }

    /// J1
    #[test]
    fn a_group_is_bounded_in_memory_cpu_and_tasks_below_our_own_part() {
        let mounted = tempfile::tempdir().unwrap();
        let own = mounted.path().join("system.slice/sandglass.service");
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("cgroup.controllers"), "cpuset cpu io memory pids\n").unwrap();
        let processes = format!("0::/system.slice/sandglass.service/{SERVER}\n");
        let parent =
            Parent::set_up(&mountinfo(mounted.path()), &processes, "i", &["8:0".to_owned()]).unwrap();
        parent.group("a").create(&Limits::default()).unwrap();

        let written = |file: &str| fs::read_to_string(own.join("sandglass-i/a").join(file)).unwrap();
        assert_eq!(written("memory.max"), "536870912");
        assert_eq!(written("memory.oom.group"), "1");
        assert_eq!(written("cpu.max"), "100000 100000");
        assert_eq!(written("pids.max"), "256");
        assert_eq!(written("io.max"), "8:0 rbps=268435456 wbps=268435456");
        // A file where the kernel has a list: the last that was asked for is what it holds.
        let asked = |group: &Path| fs::read_to_string(group.join("cgroup.subtree_control")).unwrap();
        assert_eq!(asked(&own), "+io");
        assert_eq!(asked(&own.join("sandglass-i")), "+cpu +memory +pids");
    }

    /// I5
    #[test]
    fn a_hierarchy_without_controllers_says_which_are_missing() {
        let mounted = tempfile::tempdir().unwrap();
        fs::write(mounted.path().join("cgroup.controllers"), "pids").unwrap();
        let reason = Parent::set_up(&mountinfo(mounted.path()), "0::/\n", "i", &[]).unwrap_err();
        assert!(reason.starts_with("no cpu, memory controller at "), "{reason}");
    }
}
