//! What a trial's findings mean, for operators: each feature of isolation, whether it is there, and how to get it (I5).

use std::fs;
use std::os::unix::fs::MetadataExt;

use sandboxd::inside::NAMESPACES;
use serde::Serialize;

use super::cgroup::Cgroups;
use super::maker::Maker;
use super::trial::Trial;
use super::users::Users;
use crate::SandboxError;

/// One feature of isolation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// In a few words.
    pub name: &'static str,
    /// Whether it is in force.
    pub present: bool,
    /// What was found.
    pub found: String,
    /// What it is for; what one does without, where it is missing.
    pub meaning: &'static str,
    /// How to get it.
    pub remedy: &'static str,
}

/// What sandboxes of this machine are kept apart by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Why no sandbox can be made, with the way out where it is known; `None` where one was made.
    pub failure: Option<String>,
    /// Each feature, the most important first; what only shows inside is absent when no sandbox could be made.
    pub features: Vec<Feature>,
}

/// From what was tried to what it means.
pub(super) fn report(maker: &Maker, trial: Result<Trial, SandboxError>) -> Inspection {
    let mut features = vec![node(maker)];
    let failure = match trial {
        Ok(trial) => {
            features.extend(inside(&trial));
            features.extend(bounds(maker, &trial));
            maker.node.as_ref().err().cloned()
        }
        Err(error) => {
            features.push(control_groups(maker));
            Some(explained(maker, &error))
        }
    };
    features.push(users(&maker.users));
    Inspection { failure, features }
}

/// What the host is known to lack explains more than the step that failed for want of it.
fn explained(maker: &Maker, error: &SandboxError) -> String {
    if maker.problems.is_empty() {
        return error.to_string();
    }
    maker.problems.join("; ")
}

fn node(maker: &Maker) -> Feature {
    Feature {
        name: "Node",
        present: maker.node.is_ok(),
        found: match &maker.node {
            Ok(node) => format!("version {} in {}", node.major, node.bin.display()),
            Err(problem) => problem.clone(),
        },
        meaning: "installs the templates' packages and runs their dev servers",
        remedy: "install Node 20.19 or later, or say where it is with sandbox.node",
    }
}

/// What a sandbox shows of itself.
fn inside(trial: &Trial) -> [Feature; 9] {
    let inside = &trial.inside;
    let outside = |name: &str| fs::metadata(format!("/proc/self/ns/{name}")).map(|found| found.ino()).ok();
    let own = NAMESPACES
        .iter()
        .filter(|name| inside.namespaces.get(**name).is_some_and(|number| Some(*number) != outside(name)));
    let own: Vec<&str> = own.copied().collect();
    let yes_or_no = |present: bool, yes: &str, no: &str| if present { yes } else { no }.to_owned();
    [
        Feature {
            name: "namespaces",
            present: own.len() == NAMESPACES.len(),
            found: format!("its own: {}", own.join(", ")),
            meaning: "users, processes, mounts, network, shared memory, host name and control groups of its own",
            remedy: "use a kernel with all of them (Linux 5.11 or later)",
        },
        Feature {
            name: "no privileges",
            present: inside.capabilities == 0 && inside.no_new_privileges,
            found: format!(
                "capabilities {:#x}, no_new_privs {}",
                inside.capabilities, inside.no_new_privileges
            ),
            meaning: "nobody inside is root or can become it",
            remedy: "none is known: this is a fault of Sandglass, please report it",
        },
        Feature {
            name: "system call filter",
            present: inside.system_calls_filtered,
            found: yes_or_no(
                inside.system_calls_filtered,
                "a forbidden call was refused",
                "no filter is in force",
            ),
            meaning: "most of the kernel can't be reached from inside, and with it most of its faults",
            remedy: "use a kernel with CONFIG_SECCOMP_FILTER",
        },
        Feature {
            name: "Landlock",
            present: inside.landlock,
            found: yes_or_no(inside.landlock, "a write beyond the rules was refused", "not in force"),
            meaning: "a second wall around files, should a mount let something through",
            remedy: "use Linux 5.19 or later with landlock among its security modules (lsm=landlock,… at boot)",
        },
        Feature {
            name: "bounded workspace",
            present: inside.workspace_changes,
            found: yes_or_no(
                inside.workspace_changes,
                "changes are kept in memory, apart from the template",
                "a template's file can't be changed",
            ),
            meaning: "every sandbox starts from the same files at once and changes only its own",
            remedy: "use Linux 5.11 or later, and a local file system for sandbox.template_cache_dir",
        },
        Feature {
            name: "removable folders",
            present: inside.folders_go,
            found: yes_or_no(
                inside.folders_go,
                "a template's folder was removed",
                "a template's folder can be neither removed nor moved",
            ),
            meaning: "people can do away with what came with the template; without it only with its files",
            remedy: "use Linux 6.6 or later: until then file systems in memory could not note that a folder is gone",
        },
        Feature {
            name: "read-only system",
            present: inside.system_read_only,
            found: yes_or_no(inside.system_read_only, "writes were refused", "the system can be written to"),
            meaning: "the host's programs are seen and can't be changed",
            remedy: "use Linux 5.12 or later, which has mount_setattr",
        },
        Feature {
            name: "masked /proc",
            present: inside.proc_masked,
            found: yes_or_no(
                inside.proc_masked,
                "settings, keys and kernel memory are covered",
                "not covered",
            ),
            meaning: "the host's settings and devices are neither seen nor set",
            remedy: "none is known: this is a fault of Sandglass, please report it",
        },
        Feature {
            name: "sealed process 1",
            present: inside.daemon_sealed,
            found: yes_or_no(
                inside.daemon_sealed,
                "it can't be looked into",
                "its memory and files are open",
            ),
            meaning: "what serves files and commands can't be taken over by what it serves",
            remedy: "none is known: this is a fault of Sandglass, please report it",
        },
    ]
}

fn bounds(maker: &Maker, trial: &Trial) -> [Feature; 3] {
    let froze = trial.froze;
    [
        control_groups(maker),
        Feature {
            name: "freezer",
            present: froze,
            found: if froze { "a sandbox stood still when told to" } else { "sandboxes can't be stopped" }
                .to_owned(),
            meaning: "warm sandboxes cost no processor time while they wait",
            remedy: "the same as for control groups",
        },
        Feature {
            name: "disk bandwidth",
            present: trial.disks_bounded,
            found: if trial.disks_bounded { "reads and writes are bounded" } else { "not bounded" }
                .to_owned(),
            meaning: "one sandbox can't keep a disk busy; without it only what it reads can, as its writes stay in memory",
            remedy: "with version 2, have the io controller delegated as well; with version 1, have blkio mounted and writable",
        },
    ]
}

fn control_groups(maker: &Maker) -> Feature {
    Feature {
        name: "control groups",
        present: !matches!(maker.cgroups, Cgroups::Unavailable(_)),
        found: match &maker.cgroups {
            Cgroups::V1(_) => "version 1".to_owned(),
            Cgroups::V2(_) => "version 2".to_owned(),
            Cgroups::Unavailable(reason) => reason.clone(),
        },
        meaning: "memory, processors and processes are bounded for a whole sandbox; without them only each process is, a \
                  sandbox can slow down its neighbours, and demos for anonymous people are refused",
        remedy: "run as a systemd service with Delegate=yes, or as root; to do without, set sandbox.allow_weak_isolation = true",
    }
}

fn users(users: &Users) -> Feature {
    Feature {
        name: "a user for each",
        present: matches!(users, Users::Each { .. }),
        found: match users {
            Users::Own => "all sandboxes are the user that runs the server".to_owned(),
            Users::Shared { uid, reason } => format!("all sandboxes are user {uid}: {reason}"),
            Users::Each { uids, .. } => {
                format!("users {} to {}", uids.first + 1, uids.first.saturating_add(uids.count) - 1)
            }
        },
        meaning: "what the kernel counts for a user, such as file watches, can't be used up for others, and whoever broke \
                  out would still be nobody's neighbour",
        remedy: "start the server as root on Linux 5.19 or later, with sandbox.template_cache_dir on ext4, XFS, Btrfs or tmpfs; \
                 sandboxes are unprivileged all the same",
    }
}
