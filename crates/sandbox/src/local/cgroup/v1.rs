//! Version 1: one hierarchy for each controller, and a group of the same name in each.

use std::path::PathBuf;
use std::{fs, io};

use rustix::process::{Pid, Signal, kill_process};

use super::{fields, make, mount_point, number, set};
use crate::SandboxStats;
use crate::local::Limits;

/// The directory of all our groups, at the top of each hierarchy.
const OWN: &str = "sandglass";

const CPU_PERIOD_US: u64 = 100_000;
const DISK_READ_FILE: &str = "blkio.throttle.read_bps_device";
const DISK_WRITE_FILE: &str = "blkio.throttle.write_bps_device";

/// Where our groups are, by controller.
#[derive(Debug, Clone)]
pub(in crate::local) struct Parent {
    memory: PathBuf,
    cpu: PathBuf,
    /// Often the same as `cpu`.
    cpuacct: PathBuf,
    pids: PathBuf,
    freezer: PathBuf,
    /// Bounds how fast disks are read and written, where it is mounted; sandboxes do without.
    blkio: Option<PathBuf>,
    disks: Vec<String>,
}

/// One sandbox's directories, by controller.
#[derive(Debug, Clone)]
pub(in crate::local) struct Group(Parent);

impl Parent {
    /// Makes our directories where the controllers are mounted; why not, when they are not or can't be written to.
    pub(super) fn set_up(mountinfo: &str, instance: &str, disks: &[String]) -> Result<Self, String> {
        let own = |controller: &str| {
            let mounted = mount_point(mountinfo, |kind, options| {
                kind == "cgroup" && options.split(',').any(|option| option == controller)
            });
            let mounted = mounted.ok_or_else(|| format!("no {controller} controller is mounted"))?;
            let own = mounted.join(OWN).join(instance);
            make(&own).map_err(|error| format!("{}: {error}", own.display()))?;
            Ok::<_, String>(own)
        };
        Ok(Self {
            memory: own("memory")?,
            cpu: own("cpu")?,
            cpuacct: own("cpuacct")?,
            pids: own("pids")?,
            freezer: own("freezer")?,
            blkio: own("blkio").ok().filter(|_| !disks.is_empty()),
            disks: disks.to_vec(),
        })
    }

    pub(super) fn group(&self, name: &str) -> Group {
        Group(Self {
            memory: self.memory.join(name),
            cpu: self.cpu.join(name),
            cpuacct: self.cpuacct.join(name),
            pids: self.pids.join(name),
            freezer: self.freezer.join(name),
            blkio: self.blkio.as_ref().map(|blkio| blkio.join(name)),
            disks: self.disks.clone(),
        })
    }

    /// All of them, the freezer's last: it is the one through which they are ended.
    pub(super) fn directories(&self) -> Vec<PathBuf> {
        let mut all = vec![self.memory.clone(), self.cpu.clone(), self.cpuacct.clone(), self.pids.clone()];
        all.extend(self.blkio.clone());
        all.push(self.freezer.clone());
        all.dedup();
        all
    }
}

/// Shares of the processors while nobody waits for it: a sixteenth of one in use.
const SHARES_WAITING: u64 = 64;
/// Shares of the processors once somebody uses it; the kernel's default.
const SHARES_IN_USE: u64 = 1_024;

impl Group {
    pub(super) fn create(&self, limits: &Limits) -> io::Result<()> {
        self.0.directories().iter().try_for_each(|directory| make(directory))?;
        let Parent { memory, cpu, pids, blkio, disks, .. } = &self.0;
        set(memory, "memory.limit_in_bytes", limits.memory_bytes_max)?;
        // Not every kernel accounts for swap; where one does, swapping is no way around the limit.
        let swap = "memory.memsw.limit_in_bytes";
        if memory.join(swap).exists() {
            set(memory, swap, limits.memory_bytes_max)?;
        }
        set(cpu, "cpu.cfs_period_us", CPU_PERIOD_US)?;
        set(cpu, "cpu.cfs_quota_us", CPU_PERIOD_US * limits.cpu_millis_max / 1_000)?;
        set(cpu, "cpu.shares", SHARES_WAITING)?;
        set(pids, "pids.max", limits.tasks_max)?;
        for (blkio, disk) in blkio.iter().flat_map(|blkio| disks.iter().map(move |disk| (blkio, disk))) {
            let bound = format!("{disk} {}", limits.disk_bytes_per_second_max);
            // Refused by disks that can't be bounded; what is not is reported as such.
            let _ = set(blkio, DISK_READ_FILE, &bound);
            let _ = set(blkio, DISK_WRITE_FILE, &bound);
        }
        Ok(())
    }

    /// Whether reading and writing disks is bounded.
    pub(super) fn bounds_disks(&self) -> bool {
        let bounded = |file: &str| {
            let bounds = self.0.blkio.as_ref().and_then(|blkio| fs::read_to_string(blkio.join(file)).ok());
            bounds.is_some_and(|bounds| !bounds.is_empty())
        };
        bounded(DISK_READ_FILE) && bounded(DISK_WRITE_FILE)
    }

    /// Puts it before those that nobody waits for where processors are short.
    pub(super) fn favour(&self) -> io::Result<()> {
        set(&self.0.cpu, "cpu.shares", SHARES_IN_USE)
    }

    pub(super) fn procs(&self) -> Vec<PathBuf> {
        self.0.directories().iter().map(|directory| directory.join("cgroup.procs")).collect()
    }

    pub(super) fn is_frozen(&self) -> io::Result<bool> {
        Ok(fs::read_to_string(self.0.freezer.join("freezer.state"))?.trim() == "FROZEN")
    }

    pub(super) fn set_frozen(&self, frozen: bool) -> io::Result<()> {
        set(&self.0.freezer, "freezer.state", if frozen { "FROZEN" } else { "THAWED" })
    }

    /// Freezes what is in it, so that nothing can fork away, sends each the signal, and thaws: a frozen process can't
    /// die.
    pub(super) fn kill(&self) -> io::Result<()> {
        if !self.0.freezer.exists() {
            return Ok(());
        }
        self.set_frozen(true)?;
        let processes = fs::read_to_string(self.0.freezer.join("cgroup.procs"))?;
        for pid in processes.lines().filter_map(|line| line.parse().ok()).filter_map(Pid::from_raw) {
            // It may have ended before it was frozen.
            let _ = kill_process(pid, Signal::KILL);
        }
        self.set_frozen(false)
    }

    pub(super) fn stats(&self) -> io::Result<SandboxStats> {
        let Parent { memory, cpuacct, pids, .. } = &self.0;
        let [private, shared] = fields(&memory.join("memory.stat"), ["rss", "shmem"])?;
        // Kernels that account for it there only in all have no such file.
        let kernel = number(&memory.join("memory.kmem.usage_in_bytes")).unwrap_or(0);
        Ok(SandboxStats {
            memory_bytes: private + shared + kernel,
            cpu_ms: number(&cpuacct.join("cpuacct.usage"))? / 1_000_000,
            tasks: number(&pids.join("pids.current"))?,
        })
    }
}
