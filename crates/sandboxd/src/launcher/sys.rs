//! The operating system calls for which no safe wrapper exists. The only room with `unsafe` in it.
#![expect(unsafe_code, reason = "raw system calls of the launcher; each block says why it is sound")]

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

use nix::sys::signal::{SigHandler, Signal, signal};
use nix::sys::socket::{AddressFamily, SockFlag, SockType, socket};
use nix::unistd::{ForkResult, Pid};

/// What a mount forbids.
#[derive(Clone, Copy)]
pub(super) struct MountAttributes(u64);

impl MountAttributes {
    pub(super) const READ_ONLY: Self = Self(libc::MOUNT_ATTR_RDONLY);
    pub(super) const NO_SUID: Self = Self(libc::MOUNT_ATTR_NOSUID);
    pub(super) const NO_DEVICES: Self = Self(libc::MOUNT_ATTR_NODEV);
}

impl std::ops::BitOr for MountAttributes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Has every signal do what it usually does. A server that was started in the background ignores interrupts, and so would all that
/// runs inside: nobody could stop anything by a key.
pub(super) fn reset_signals() -> io::Result<()> {
    let changeable = |one: &Signal| !matches!(one, Signal::SIGKILL | Signal::SIGSTOP);
    for one in Signal::iterator().filter(changeable) {
        // SAFETY: no handler of ours is taken away that anything relies on: the daemon that comes sets its own.
        unsafe { signal(one, SigHandler::SigDfl) }?;
    }
    Ok(())
}

/// Forks; `None` in the child.
pub(super) fn fork() -> io::Result<Option<Pid>> {
    // SAFETY: the launcher has one thread, so the child may go on using everything, the allocator included.
    match unsafe { nix::unistd::fork() }? {
        ForkResult::Parent { child } => Ok(Some(child)),
        ForkResult::Child => Ok(None),
    }
}

/// The listening socket that whoever started us passed as `fd`. To be called once for each number.
pub(crate) fn inherited_listener(fd: RawFd) -> io::Result<UnixListener> {
    // SAFETY: fcntl only looks the number up; one that is not open is an error.
    if unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) } == -1 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the number is open, as just seen, was opened by whoever executed this program, and nothing in this
    // process owns it: it is taken once, before anything else runs.
    Ok(UnixListener::from(unsafe { OwnedFd::from_raw_fd(fd) }))
}

/// Takes back the handlers that Rust's runtime has set for faults. The kernel keeps from process 1 every signal of those
/// inside for which there is no handler; for these two there was one, whose small stack two signals at once overflowed.
pub(crate) fn ignore_sent_faults() -> io::Result<()> {
    for fault in [Signal::SIGSEGV, Signal::SIGBUS] {
        // SAFETY: the default action runs no code of this process, so nothing has to be safe within a handler.
        unsafe { signal(fault, SigHandler::SigDfl) }?;
    }
    Ok(())
}

/// Adds `attributes` to the mount at `path`, and to all below it when `recursive`.
pub(super) fn set_mount_attributes(
    path: &Path,
    attributes: MountAttributes,
    recursive: bool,
) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    let attr = libc::mount_attr { attr_set: attributes.0, attr_clr: 0, propagation: 0, userns_fd: 0 };
    let flags = if recursive { libc::AT_RECURSIVE } else { 0 };
    // SAFETY: `path` ends in a zero byte, `attr` is a whole mount_attr of the size that is stated; both live on.
    let result = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            libc::AT_FDCWD,
            path.as_ptr(),
            flags,
            &raw const attr,
            size_of::<libc::mount_attr>(),
        )
    };
    succeeded(result)
}

/// Has the detached mount `tree` show its files' owners as the user namespace `namespace` maps them.
pub(super) fn map_owners(tree: &OwnedFd, namespace: &OwnedFd) -> io::Result<()> {
    // A descriptor is a small number that is not negative.
    let userns_fd = u64::from(namespace.as_raw_fd().cast_unsigned());
    let attr = libc::mount_attr { attr_set: libc::MOUNT_ATTR_IDMAP, attr_clr: 0, propagation: 0, userns_fd };
    // SAFETY: the path ends in a zero byte, `attr` is a whole mount_attr of the size that is stated, and both descriptors
    // are open; all of them live on.
    let result = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            c"".as_ptr(),
            libc::AT_EMPTY_PATH,
            &raw const attr,
            size_of::<libc::mount_attr>(),
        )
    };
    succeeded(result)
}

/// Sets the flags of the network namespace's only interface.
pub(super) fn bring_loopback_up() -> io::Result<()> {
    let socket = socket(AddressFamily::Inet, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None)?;
    // SAFETY: ifreq is a C struct of numbers and arrays for which all zeroes are a value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(*b"lo") {
        *to = from as libc::c_char;
    }
    request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
    // SAFETY: SIOCSIFFLAGS reads one ifreq, which `request` is, and it lives on.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS as _, &raw const request) };
    succeeded(result.into())
}

/// Gives up every capability in every set, for this process and all that follow.
pub(super) fn drop_capabilities() -> io::Result<()> {
    /// The newest layout of capset(2): two 32-bit words for each set.
    const VERSION_3: u32 = 0x2008_0522;
    const CAPABILITIES_MAX: libc::c_int = 63;

    #[repr(C)]
    struct Header {
        version: u32,
        pid: libc::c_int,
    }

    for capability in 0..=CAPABILITIES_MAX {
        // SAFETY: takes numbers only. One that this kernel does not know is refused and needs no dropping.
        unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) };
    }
    // SAFETY: takes numbers only.
    let cleared = unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) };
    succeeded(cleared.into())?;
    let header = Header { version: VERSION_3, pid: 0 };
    let none = [0_u32; 6];
    // SAFETY: version 3 reads a header and two structs of three words each, as both are laid out; both live on.
    succeeded(unsafe { libc::syscall(libc::SYS_capset, &raw const header, &raw const none) })
}

/// Has every descriptor from `first` on closed by the next exec.
pub(super) fn close_on_exec_from(first: RawFd) -> io::Result<()> {
    // SAFETY: takes numbers only, and closes nothing now.
    succeeded(unsafe {
        libc::syscall(libc::SYS_close_range, first, libc::c_uint::MAX, libc::CLOSE_RANGE_CLOEXEC)
    })
}

fn succeeded(result: libc::c_long) -> io::Result<()> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
