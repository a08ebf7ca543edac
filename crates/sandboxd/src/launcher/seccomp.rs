//! Which system calls work inside: those on the list, with the arguments stated here, and no other.
//!
//! A call that is not listed fails with EPERM. Calls that only newer kernels have fail with ENOSYS instead, so that
//! the C library falls back to the older ones, whose arguments can be looked at.

mod allowed;

use std::collections::BTreeMap;
use std::io;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

use super::{During, LaunchError};

#[cfg(target_arch = "x86_64")]
const ARCHITECTURE: TargetArch = TargetArch::x86_64;
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE: TargetArch = TargetArch::aarch64;

/// Answers ENOSYS: the flags of `clone3` are in memory, where a filter can't look, so `clone` has to be used.
const NOT_IMPLEMENTED: [i64; 1] = [libc::SYS_clone3];

/// The flags of `clone` that make namespaces.
const NAMESPACE_FLAGS: u64 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u64;

/// The families of internet sockets. A network namespace does not hold back others, AF_VSOCK and AF_ALG among them.
const INTERNET_FAMILIES: [i32; 2] = [libc::AF_INET, libc::AF_INET6];

/// What internet sockets may be: streams and datagrams. The low bits say so; the others are flags.
const SOCKET_KINDS: [i32; 2] = [libc::SOCK_STREAM, libc::SOCK_DGRAM];
const SOCKET_KIND_MASK: u64 = 0xF;

/// What they may speak. Asking for another has the kernel load a module for it, with holes of its own.
const PROTOCOLS: [i32; 3] = [0, libc::IPPROTO_TCP, libc::IPPROTO_UDP];

/// Terminal requests that put input into another's terminal, or that have the kernel load a line discipline, with holes of
/// its own.
const FORBIDDEN_TERMINAL_REQUESTS: [u64; 3] = [libc::TIOCSTI, libc::TIOCLINUX, libc::TIOCSETD];

/// What a process may ask of prctl: names, its own death signal, reaping, and less rights.
const PROCESS_OPTIONS: [i32; 15] = [
    libc::PR_SET_NAME,
    libc::PR_GET_NAME,
    libc::PR_SET_PDEATHSIG,
    libc::PR_GET_PDEATHSIG,
    libc::PR_SET_DUMPABLE,
    libc::PR_GET_DUMPABLE,
    libc::PR_SET_CHILD_SUBREAPER,
    libc::PR_GET_CHILD_SUBREAPER,
    libc::PR_SET_NO_NEW_PRIVS,
    libc::PR_GET_NO_NEW_PRIVS,
    libc::PR_SET_TIMERSLACK,
    libc::PR_GET_TIMERSLACK,
    libc::PR_CAPBSET_READ,
    libc::PR_GET_SECCOMP,
    libc::PR_SET_VMA,
];

/// The execution domains that may be set: none, and the question which one is.
const PERSONALITIES: [u64; 2] = [0, 0xFFFF_FFFF];

/// Filters this process's system calls from now on, and those of all that follow. Needs `no_new_privs`.
pub(super) fn apply() -> Result<(), LaunchError> {
    for program in programs().map_err(io::Error::other).during("compile the system call filter")? {
        apply_filter(&program).map_err(io::Error::other).during("apply the system call filter")?;
    }
    Ok(())
}

/// Two filters: of several, the kernel obeys the one that forbids more.
fn programs() -> Result<[BpfProgram; 2], BackendError> {
    let mut rules = allowed::unconditionally();
    rules.extend(NOT_IMPLEMENTED.map(|call| (call, Vec::new())));
    rules.extend(conditional()?);
    let eperm = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let enosys = SeccompAction::Errno(libc::ENOSYS.cast_unsigned());
    let not_implemented = NOT_IMPLEMENTED.map(|call| (call, Vec::new())).into();
    Ok([
        SeccompFilter::new(not_implemented, SeccompAction::Allow, enosys, ARCHITECTURE)?.try_into()?,
        SeccompFilter::new(rules, eperm, SeccompAction::Allow, ARCHITECTURE)?.try_into()?,
    ])
}

/// Calls that work with some arguments only.
fn conditional() -> Result<BTreeMap<i64, Vec<SeccompRule>>, BackendError> {
    use SeccompCmpOp::{Eq, MaskedEq, Ne};

    let terminal_requests = FORBIDDEN_TERMINAL_REQUESTS
        .map(|request| argument(1, Ne, request))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let file_kind = u64::from(libc::S_IFMT);
    let fifo = |index| argument(index, MaskedEq(file_kind), u64::from(libc::S_IFIFO));

    Ok(BTreeMap::from([
        (libc::SYS_clone, vec![SeccompRule::new(vec![wide(0, MaskedEq(NAMESPACE_FLAGS), 0)?])?]),
        (libc::SYS_socket, sockets()?),
        (
            libc::SYS_socketpair,
            vec![SeccompRule::new(vec![argument(0, Eq, u64::from(libc::AF_UNIX.cast_unsigned()))?])?],
        ),
        (libc::SYS_ioctl, vec![SeccompRule::new(terminal_requests)?]),
        (libc::SYS_prctl, any_of(0, PROCESS_OPTIONS.map(|option| u64::from(option.cast_unsigned())))?),
        (libc::SYS_personality, any_of(0, PERSONALITIES)?),
        // Its own limits only: those of process 1, which is the same user, are not to be had.
        (libc::SYS_prlimit64, any_of(0, [0])?),
        (libc::SYS_mknodat, vec![SeccompRule::new(vec![fifo(2)?])?]),
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_mknod, vec![SeccompRule::new(vec![fifo(1)?])?]),
    ]))
}

/// Sockets inside the sandbox, streams and datagrams on its loopback, and the question which interfaces there are: it goes
/// through netlink's first protocol, and the others lead elsewhere.
fn sockets() -> Result<Vec<SeccompRule>, BackendError> {
    use SeccompCmpOp::{Eq, MaskedEq};

    let number = |value: i32| u64::from(value.cast_unsigned());
    let mut rules = vec![
        SeccompRule::new(vec![argument(0, Eq, number(libc::AF_UNIX))?])?,
        SeccompRule::new(vec![
            argument(0, Eq, number(libc::AF_NETLINK))?,
            argument(2, Eq, number(libc::NETLINK_ROUTE))?,
        ])?,
    ];
    for family in INTERNET_FAMILIES {
        for kind in SOCKET_KINDS {
            for protocol in PROTOCOLS {
                rules.push(SeccompRule::new(vec![
                    argument(0, Eq, number(family))?,
                    argument(1, MaskedEq(SOCKET_KIND_MASK), number(kind))?,
                    argument(2, Eq, number(protocol))?,
                ])?);
            }
        }
    }
    Ok(rules)
}

/// A rule for each of `values`: one that fits is enough.
fn any_of<const N: usize>(index: u8, values: [u64; N]) -> Result<Vec<SeccompRule>, BackendError> {
    values
        .into_iter()
        .map(|value| SeccompRule::new(vec![argument(index, SeccompCmpOp::Eq, value)?]))
        .collect()
}

/// A condition on an argument of 32 bits: the kernel does not look at the rest of the register.
fn argument(index: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(index, SeccompCmpArgLen::Dword, operator, value)
}

/// A condition on an argument of 64 bits.
fn wide(index: u8, operator: SeccompCmpOp, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(index, SeccompCmpArgLen::Qword, operator, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J1
    #[test]
    fn the_filter_compiles_and_leaves_out_what_reaches_around_a_sandbox() {
        programs().unwrap();
        let (allowed, conditional) = (allowed::unconditionally(), conditional().unwrap());
        for forbidden in [
            libc::SYS_mount,
            libc::SYS_umount2,
            libc::SYS_unshare,
            libc::SYS_setns,
            libc::SYS_pivot_root,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_pidfd_getfd,
            libc::SYS_bpf,
            libc::SYS_perf_event_open,
            libc::SYS_userfaultfd,
            libc::SYS_keyctl,
            libc::SYS_io_uring_setup,
            libc::SYS_open_by_handle_at,
            libc::SYS_init_module,
            libc::SYS_setuid,
            libc::SYS_vmsplice,
        ] {
            assert!(
                !allowed.contains_key(&forbidden) && !conditional.contains_key(&forbidden),
                "{forbidden}"
            );
        }
        for looked_at in conditional.keys() {
            assert!(!allowed.contains_key(looked_at), "{looked_at} would be allowed with any argument");
        }
    }
}
