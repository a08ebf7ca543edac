//! Shows a template as the sandbox's own: on disk its files belong to one user, in the mount to the sandbox's.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;

use nix::fcntl::OFlag;
use nix::sched::{CloneFlags, unshare};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::waitpid;
use nix::unistd::{Pid, pause, pipe2};
use rustix::mount::{MoveMountFlags, OpenTreeFlags, move_mount, open_tree};

use super::sources::Held;
use super::{During, LaunchError, sys};

/// Whose files are shown as whose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owners {
    /// The user and group on disk.
    pub(super) on_disk: u32,
    /// The user and group that the mount shows.
    pub(super) shown: u32,
}

/// Shows `held` at `target`, which exists. Needs root, Linux 5.19 for an overlay above it, and a file system that can be
/// mapped.
pub(super) fn show(held: &Held, target: &Path, owners: Owners) -> Result<(), LaunchError> {
    let namespace = user_namespace(owners)?;
    let flags =
        OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC | OpenTreeFlags::AT_EMPTY_PATH;
    let tree = open_tree(held, "", flags).during("take up the template's mount")?;
    sys::map_owners(&tree, &namespace).during("show the template's files as the sandbox's")?;
    let flags = MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH;
    move_mount(&tree, "", rustix::fs::CWD, target, flags).during("show the template")
}

/// A user namespace that says nothing but whose files are whose. It takes a process to make one, which then ends.
fn user_namespace(owners: Owners) -> Result<OwnedFd, LaunchError> {
    let (entered, tell) = pipe2(OFlag::O_CLOEXEC).during("make a pipe")?;
    let Some(child) = sys::fork().during("fork")? else {
        let entered = nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)
            .and_then(|()| unshare(CloneFlags::CLONE_NEWUSER))
            .is_ok_and(|()| File::from(tell).write_all(&[1]).is_ok());
        if entered {
            // Until it is killed: no signal but that one is expected.
            pause();
        }
        std::process::exit(1)
    };
    drop(tell);
    let made = map_and_open(child, entered, owners);
    // It may have ended by itself; either way it is waited for.
    let _ = kill(child, Signal::SIGKILL);
    let _ = waitpid(child, None);
    made
}

fn map_and_open(child: Pid, entered: OwnedFd, owners: Owners) -> Result<OwnedFd, LaunchError> {
    File::from(entered).read_exact(&mut [0]).during("make a user namespace for the template's mount")?;
    let map = format!("{} {} 1", owners.on_disk, owners.shown);
    for kind in ["uid_map", "gid_map"] {
        fs::write(format!("/proc/{child}/{kind}"), &map).during("say whose the template's files are")?;
    }
    let namespace = File::open(format!("/proc/{child}/ns/user")).during("hold a user namespace")?;
    Ok(namespace.into())
}
