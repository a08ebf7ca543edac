//! The sandbox's file system: a small read-only root, the host's programs, and a workspace whose changes are bounded.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::stat::{Mode, umask};
use nix::unistd::{chdir, dup2_stderr, dup2_stdin, dup2_stdout, pivot_root};
use sandboxd::launch::{LaunchLimits, LaunchSpec, OWN_FILES, UID_INSIDE, WORKSPACE, Workspace};

use super::sources::{Open, STAGE, bind};
use super::sys::{self, MountAttributes};
use super::{During, LaunchError, proc};

/// The root itself holds directories, links and a handful of short files.
const ROOT_OPTIONS: &str = "size=1m,nr_inodes=1k,mode=755";

/// Directories beside `/usr` that hold programs and libraries, or lead there.
const PROGRAM_DIRECTORIES: [&str; 6] = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

/// Files of the host's `/etc` without which programs in `/usr` are not found.
const SHOWN_FROM_ETC: [&str; 2] = ["alternatives", "ld.so.cache"];

/// Devices that hold no state; `tty` is whatever terminal its caller has.
const DEVICES: [&str; 6] = ["null", "zero", "full", "random", "urandom", "tty"];

/// Terminals of the sandbox's own. Of 4,096 the kernel keeps 1,024 for the host: 16 for each of the 183 users that
/// sandboxes can be leave some over.
const TERMINALS_OPTIONS: &str = "newinstance,max=16,ptmxmode=666,mode=600";

/// Builds the root, moves into it and lets go of the host's.
pub(super) fn build(spec: &LaunchSpec, sources: &Open) -> Result<(), LaunchError> {
    umask(Mode::from_bits_truncate(0o022));
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, private, None::<&str>).during("keep mounts private")?;
    let root = Path::new(STAGE);
    mount_tmpfs(root, ROOT_OPTIONS)?;

    show_programs(root, sources)?;
    write_etc(root)?;
    mount_workspace(root, spec, sources)?;
    mount_scratch(root, &spec.limits)?;
    make_devices(root)?;
    proc::mount_masked(root)?;

    chdir(root).during("enter the new root")?;
    pivot_root(".", ".").during("make the new root the root")?;
    umount2(".", MntFlags::MNT_DETACH).during("let go of the host's files")?;
    chdir("/").during("enter the new root")?;
    sys::set_mount_attributes(Path::new("/"), MountAttributes::READ_ONLY, false)
        .during("make the root read-only")?;
    close_standard_streams()?;
    chdir(WORKSPACE).during("enter the workspace")
}

fn show_programs(root: &Path, sources: &Open) -> Result<(), LaunchError> {
    show_read_only(Path::new("/usr"), &root.join("usr"))?;
    for name in PROGRAM_DIRECTORIES {
        let (host, target) = (Path::new("/").join(name), root.join(name));
        match fs::symlink_metadata(&host) {
            // Merged /usr: the link leads there inside, too.
            Ok(meta) if meta.is_symlink() => {
                fs::read_link(&host).and_then(|link| symlink(link, target)).during(format!("link /{name}"))?
            }
            Ok(_) => show_read_only(&host, &target)?,
            // Not every system has all of them.
            Err(_) => {}
        }
    }
    let own = root.join(&OWN_FILES[1..]);
    fs::create_dir_all(&own).during("make a place for our own files")?;
    for (name, held) in &sources.own_files {
        show_read_only(&held.path(), &own.join(name))?;
    }
    if let Some(prefix) = &sources.node_prefix {
        show_read_only(&prefix.path(), &own.join("node"))?;
    }
    Ok(())
}

fn show_read_only(source: &Path, target: &Path) -> Result<(), LaunchError> {
    bind(source, target)?;
    let sealed = MountAttributes::READ_ONLY | MountAttributes::NO_SUID | MountAttributes::NO_DEVICES;
    sys::set_mount_attributes(target, sealed, true).during(format!("make {} read-only", target.display()))
}

fn write_etc(root: &Path) -> Result<(), LaunchError> {
    let etc = root.join("etc");
    fs::create_dir(&etc).during("make /etc")?;
    let files = [
        (
            "passwd",
            format!(
                "root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:{UID_INSIDE}:{UID_INSIDE}:sandbox:{WORKSPACE}:/bin/sh\n\
                 nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n"
            ),
        ),
        ("group", format!("root:x:0:\nsandbox:x:{UID_INSIDE}:\nnogroup:x:65534:\n")),
        ("hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n".to_owned()),
        ("hostname", "sandbox\n".to_owned()),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n".to_owned()),
    ];
    for (name, content) in files {
        fs::write(etc.join(name), content).during(format!("write /etc/{name}"))?;
    }
    for name in SHOWN_FROM_ETC {
        let host = Path::new("/etc").join(name);
        if host.exists() {
            show_read_only(&host, &etc.join(name))?;
        }
    }
    Ok(())
}

fn mount_workspace(root: &Path, spec: &LaunchSpec, sources: &Open) -> Result<(), LaunchError> {
    let workspace = root.join(&WORKSPACE[1..]);
    match &spec.workspace {
        Workspace::Overlay { .. } => mount_overlay(root, &workspace, &spec.limits, &sources.workspace.path()),
        Workspace::Writable { .. } => {
            bind(&sources.workspace.path(), &workspace)?;
            let plain = MountAttributes::NO_SUID | MountAttributes::NO_DEVICES;
            sys::set_mount_attributes(&workspace, plain, true).during("seal the workspace")
        }
    }
}

/// The template below, a bounded memory file system above; the layers themselves can't be reached afterwards.
fn mount_overlay(
    root: &Path,
    workspace: &Path,
    limits: &LaunchLimits,
    lower: &Path,
) -> Result<(), LaunchError> {
    let layers = root.join("layers");
    mount_tmpfs(
        &layers,
        &format!("size={},nr_inodes={},mode=755", limits.workspace_bytes_max, limits.workspace_inodes_max),
    )?;
    let (upper, work) = (layers.join("upper"), layers.join("work"));
    fs::create_dir(&upper).during("make the upper layer")?;
    fs::create_dir(&work).during("make the upper layer")?;
    let options = format!(
        "userxattr,lowerdir={},upperdir={},workdir={}",
        lower.display(),
        upper.display(),
        work.display()
    );
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    mount_at(workspace.to_owned(), "overlay", flags, Some(&options))?;
    umount2(&layers, MntFlags::MNT_DETACH).during("hide the layers")?;
    fs::remove_dir(&layers).during("hide the layers")
}

fn mount_scratch(root: &Path, limits: &LaunchLimits) -> Result<(), LaunchError> {
    let options = format!("size={},nr_inodes=10k,mode=1777", limits.tmp_bytes_max);
    mount_tmpfs(&root.join("tmp"), &options)?;
    mount_tmpfs(&root.join("dev/shm"), &options)?;
    fs::create_dir(root.join("var")).during("make /var")?;
    symlink("/tmp", root.join("var/tmp")).during("link /var/tmp")?;
    symlink("/tmp", root.join("run")).during("link /run")
}

fn make_devices(root: &Path) -> Result<(), LaunchError> {
    let dev = root.join("dev");
    for name in DEVICES {
        bind(&Path::new("/dev").join(name), &dev.join(name))?;
    }
    // No one else's: what is opened there exists in this mount alone.
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NOEXEC;
    mount_at(dev.join("pts"), "devpts", flags, Some(TERMINALS_OPTIONS))?;
    let links = [
        ("ptmx", "pts/ptmx"),
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ];
    for (name, target) in links {
        symlink(target, dev.join(name)).during(format!("link /dev/{name}"))?;
    }
    Ok(())
}

fn mount_tmpfs(target: &Path, options: &str) -> Result<(), LaunchError> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    mount_at(target.to_owned(), "tmpfs", flags, Some(options))
}

fn mount_at(target: PathBuf, kind: &str, flags: MsFlags, options: Option<&str>) -> Result<(), LaunchError> {
    let step = || format!("mount {kind} at {}", target.display());
    fs::create_dir_all(&target).during(step())?;
    mount(Some(kind), &target, Some(kind), flags, options).during(step())
}

/// What the launcher was given as standard streams leads back to the host.
fn close_standard_streams() -> Result<(), LaunchError> {
    let null = fs::File::options().read(true).write(true).open("/dev/null").during("open /dev/null")?;
    dup2_stdin(&null).during("close standard input")?;
    dup2_stdout(&null).during("close standard output")?;
    dup2_stderr(&null).during("close standard error")
}
