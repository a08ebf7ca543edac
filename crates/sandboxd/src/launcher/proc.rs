//! `/proc` inside: one's own processes, and of the machine only what programs ask it about.

use std::fs;
use std::path::Path;

use nix::mount::{MsFlags, mount};

use super::sys::{self, MountAttributes};
use super::{During, LaunchError};

/// What is seen beside processes: the size of the machine, which runtimes and `ps` read. All else at the top of `/proc`
/// tells of the host or works on it.
const SHOWN: [&str; 11] = [
    "cpuinfo",
    "filesystems",
    "loadavg",
    "meminfo",
    "mounts",
    "net",
    "self",
    "stat",
    "thread-self",
    "uptime",
    "version",
];

/// Mounts `/proc` below `root` and hides what is not [`SHOWN`], also what a later kernel adds.
pub(super) fn mount_masked(root: &Path) -> Result<(), LaunchError> {
    let proc = root.join("proc");
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    fs::create_dir_all(&proc).during("make /proc")?;
    mount(Some("proc"), &proc, Some("proc"), flags, None::<&str>).during("mount /proc")?;
    let (nothing, no_file) = (root.join("var/empty"), root.join("dev/null"));
    fs::create_dir(&nothing).during("make an empty directory")?;
    cover(&nothing, &nothing)?;
    // What is bound from there is read-only as well.
    let sealed = MountAttributes::READ_ONLY | MountAttributes::NO_SUID | MountAttributes::NO_DEVICES;
    sys::set_mount_attributes(&nothing, sealed, false).during("seal an empty directory")?;
    for entry in fs::read_dir(&proc).during("list /proc")? {
        let entry = entry.during("list /proc")?;
        let name = entry.file_name();
        let shown = name.to_str().is_some_and(|name| SHOWN.contains(&name) || is_process(name));
        let kind = entry.file_type().during("look into /proc")?;
        // A link can't be covered, only what it leads to, which outside is the host's. Inside it leads to what is shown or
        // covered, or nowhere: `device-tree`, which machines without ACPI have, leads to `/sys`.
        if !shown && !kind.is_symlink() {
            cover(&entry.path(), if kind.is_dir() { &nothing } else { &no_file })?;
        }
    }
    Ok(())
}

fn is_process(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

fn cover(target: &Path, with: &Path) -> Result<(), LaunchError> {
    mount(Some(with), target, None::<&str>, MsFlags::MS_BIND, None::<&str>)
        .during(format!("cover {}", target.display()))
}
