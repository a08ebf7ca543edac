//! Who the sandbox is on the host, and the namespaces that make it somebody else inside.

use std::fs;

use nix::sched::{CloneFlags, unshare};
use nix::unistd::{Gid, Uid, getegid, geteuid, setgroups, setresgid, setresuid};
use sandboxd::launch::UID_INSIDE;

use super::{During, LaunchError};

/// Becomes an unprivileged user for good: root in a user namespace made by root would be root on the host.
pub(super) fn give_up_root(uid: u32) -> Result<(), LaunchError> {
    let (user, group) = (Uid::from_raw(uid), Gid::from_raw(uid));
    setgroups(&[]).during("leave all groups")?;
    setresgid(group, group, group).during(format!("become group {uid}"))?;
    setresuid(user, user, user).during(format!("become user {uid}"))?;
    // Changing users made `/proc/self` root's; the maps below could not be written.
    nix::sys::prctl::set_dumpable(true).during("own /proc/self again")
}

/// Enters new user, pid, mount, network, IPC, host name and cgroup namespaces, as user 1000 with all their rights.
pub(super) fn enter_namespaces() -> Result<(), LaunchError> {
    let (uid, gid) = (geteuid(), getegid());
    let all = CloneFlags::CLONE_NEWUSER
        | CloneFlags::CLONE_NEWPID
        | CloneFlags::CLONE_NEWNS
        | CloneFlags::CLONE_NEWNET
        | CloneFlags::CLONE_NEWIPC
        | CloneFlags::CLONE_NEWUTS
        | CloneFlags::CLONE_NEWCGROUP;
    unshare(all).during("enter new namespaces (are unprivileged user namespaces allowed here?)")?;
    fs::write("/proc/self/uid_map", format!("{UID_INSIDE} {uid} 1")).during("map the user")?;
    fs::write("/proc/self/setgroups", "deny").during("map the group")?;
    fs::write("/proc/self/gid_map", format!("{UID_INSIDE} {gid} 1")).during("map the group")
}
