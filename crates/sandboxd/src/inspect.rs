//! `sandboxd inspect`: tries from inside what should and what should not work. It must not know what that means to whom.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::sched::{CloneFlags, unshare};
use sandboxd::inside::{Inside, NAMESPACES, TRIAL_FILE, TRIAL_FOLDER};
use sandboxd::launch::WORKSPACE;

/// Writes [`Inside`] to standard output.
pub(crate) fn print() -> io::Result<()> {
    let json = serde_json::to_vec(&inside()?)?;
    io::stdout().write_all(&json)
}

fn inside() -> io::Result<Inside> {
    let status = fs::read_to_string("/proc/self/status")?;
    let namespace = |name: &str| fs::metadata(format!("/proc/self/ns/{name}")).map(|found| found.ino());
    Ok(Inside {
        namespaces: NAMESPACES
            .iter()
            .map(|name| Ok((String::from(*name), namespace(name)?)))
            .collect::<io::Result<_>>()?,
        capabilities: ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]
            .iter()
            .filter_map(|set| u64::from_str_radix(field(&status, set)?, 16).ok())
            .fold(0, |all, set| all | set),
        no_new_privileges: field(&status, "NoNewPrivs") == Some("1"),
        system_calls_filtered: field(&status, "Seccomp") == Some("2")
            && unshare(CloneFlags::CLONE_NEWUSER).is_err(),
        // Anybody may write there, by its permissions; only Landlock says no.
        landlock: !can_write(Path::new("/dev/urandom")),
        workspace_changes: can_write(&Path::new(WORKSPACE).join(TRIAL_FILE)),
        folders_go: fs::remove_dir_all(Path::new(WORKSPACE).join(TRIAL_FOLDER)).is_ok(),
        system_read_only: fs::write("/usr/trial", "").is_err() && fs::write("/trial", "").is_err(),
        proc_masked: fs::read_dir("/proc/sys")?.next().is_none() && fs::read("/proc/keys")?.is_empty(),
        daemon_sealed: fs::read("/proc/1/environ").is_err() && fs::read_dir("/proc/1/fd").is_err(),
    })
}

/// A line of `/proc/self/status`.
fn field<'s>(status: &'s str, name: &str) -> Option<&'s str> {
    status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

fn can_write(path: &Path) -> bool {
    OpenOptions::new().append(true).open(path).and_then(|mut file| file.write_all(b"x")).is_ok()
}
