//! Builds a sandbox around itself, from the outside in, and becomes its process 1.
//!
//! Two processes take part. The first reads the spec, joins the cgroups, gives up root, enters new namespaces and
//! waits; the second, process 1 of the new pid namespace, builds the root file system, locks itself in and executes
//! `sandboxd serve`. Single-threaded throughout: user namespaces can't be entered otherwise, and forking is safe.
//! This room must not know what the daemon does.

mod identity;
mod landlock;
mod mapping;
mod proc;
mod root;
mod seccomp;
mod sources;
mod sys;

use std::ffi::CString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;

use nix::fcntl::OFlag;
use nix::sys::resource::{Resource, setrlimit};
use nix::unistd::{Pid, execve, pipe2, setsid};
use sandboxd::launch::{LaunchLimits, LaunchSpec, Launched, OWN_FILES, start_ticks};

use sources::Sources;
pub(crate) use sys::{ignore_sent_faults, inherited_listener};

/// The largest spec that is read, in bytes.
const SPEC_BYTES_MAX: u64 = 256 * 1024;

/// How many files a process may have open.
const OPEN_FILES_MAX: u64 = 4_096;

/// How much memory a process may lock.
const LOCKED_BYTES_MAX: u64 = 64 * 1024;

/// How many signals and timers may wait for the sandbox's user: kernel memory that is charged to nobody else.
const PENDING_SIGNALS_MAX: u64 = 4_096;

/// A step of building the sandbox failed.
#[derive(Debug, thiserror::Error)]
#[error("could not {step}")]
pub(crate) struct LaunchError {
    step: String,
    #[source]
    source: io::Error,
}

/// Names the step in which an operating system call failed.
trait During<T> {
    fn during(self, step: impl Into<String>) -> Result<T, LaunchError>;
}

impl<T, E: Into<io::Error>> During<T> for Result<T, E> {
    fn during(self, step: impl Into<String>) -> Result<T, LaunchError> {
        self.map_err(|source| LaunchError { step: step.into(), source: source.into() })
    }
}

/// Launches the sandbox that standard input describes, writes [`Launched`] to standard output, and returns once the
/// daemon runs. The sandbox outlives this process.
pub(crate) fn launch() -> Result<(), LaunchError> {
    let spec = read_spec()?;
    for procs in &spec.cgroup_procs {
        std::fs::write(procs, "0").during(format!("join the cgroup at {}", procs.display()))?;
    }
    let mut sources = Sources::of(&spec).during("find sandboxd's own file")?;
    if nix::unistd::geteuid().is_root() {
        sources = sources.stage()?;
        identity::give_up_root(spec.uid_outside)?;
    }
    identity::enter_namespaces()?;
    let sources = sources.open()?;

    let (go_read, go_write) = pipe2(OFlag::O_CLOEXEC).during("make a pipe")?;
    let (report_read, report_write) = pipe2(OFlag::O_CLOEXEC).during("make a pipe")?;
    match sys::fork().during("fork")? {
        None => {
            drop((go_write, report_read));
            become_daemon(&spec, &sources, go_read, report_write)
        }
        Some(child) => {
            drop((go_read, report_write));
            await_daemon(child, go_write, report_read)
        }
    }
}

fn read_spec() -> Result<LaunchSpec, LaunchError> {
    let mut json = Vec::new();
    io::stdin().take(SPEC_BYTES_MAX).read_to_end(&mut json).during("read the spec")?;
    serde_json::from_slice(&json).during("understand the spec")
}

/// Says who the child is before letting it begin, so that it can always be found and ended.
fn await_daemon(child: Pid, go: OwnedFd, report: OwnedFd) -> Result<(), LaunchError> {
    let stat =
        std::fs::read_to_string(format!("/proc/{child}/stat")).during("read when process 1 started")?;
    let launched = Launched {
        pid: child.as_raw(),
        start_ticks: start_ticks(&stat)
            .ok_or(io::ErrorKind::InvalidData)
            .during("read when process 1 started")?,
    };
    let mut out = io::stdout();
    serde_json::to_writer(&mut out, &launched).during("say who process 1 is")?;
    out.flush().during("say who process 1 is")?;

    File::from(go).write_all(&[1]).during("start process 1")?;
    let mut failure = String::new();
    File::from(report).read_to_string(&mut failure).during("hear from process 1")?;
    if failure.is_empty() {
        return Ok(());
    }
    Err(io::Error::other(failure)).during("build the sandbox")
}

/// Process 1: never returns from success, because the daemon takes its place.
fn become_daemon(spec: &LaunchSpec, sources: &sources::Open, go: OwnedFd, report: OwnedFd) -> ! {
    // End of file means that the launcher died before anybody knew of this process: then nobody would end it.
    let mut word = [0];
    if File::from(go).read_exact(&mut word).is_ok() {
        let Err(error) = confine_and_execute(spec, sources);
        // Nobody is left to tell when this fails.
        let _ = File::from(report).write_all(crate::describe(&error).as_bytes());
    }
    std::process::exit(1)
}

fn confine_and_execute(
    spec: &LaunchSpec,
    sources: &sources::Open,
) -> Result<std::convert::Infallible, LaunchError> {
    setsid().during("start a session")?;
    sys::reset_signals().during("reset what signals do")?;
    sys::bring_loopback_up().during("bring the loopback up")?;
    nix::unistd::sethostname("sandbox").during("set the host name")?;
    root::build(spec, sources)?;
    set_limits(&spec.limits)?;
    sys::drop_capabilities().during("drop all capabilities")?;
    nix::sys::prctl::set_no_new_privs().during("forbid new privileges")?;
    landlock::apply()?;
    sys::close_on_exec_from(sandboxd::launch::DEV_SERVER_FD + 1).during("close what was inherited")?;

    let settings = serde_json::to_string(&spec.dev_server).during("write down the daemon's settings")?;
    let program = c_string(format!("{OWN_FILES}/sandboxd"))?;
    let arguments = [c_string("sandboxd".into())?, c_string("serve".into())?, c_string(settings)?];
    seccomp::apply()?;
    // The environment stays empty: whatever process 1 has in it can be read inside.
    let environment: [CString; 0] = [];
    execve(&program, &arguments, &environment).during("execute the daemon")
}

fn c_string(text: String) -> Result<CString, LaunchError> {
    CString::new(text).during("pass a text that has no zero byte")
}

fn set_limits(limits: &LaunchLimits) -> Result<(), LaunchError> {
    let mut bounds = vec![
        (Resource::RLIMIT_NOFILE, OPEN_FILES_MAX),
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_FSIZE, limits.workspace_bytes_max),
        (Resource::RLIMIT_MEMLOCK, LOCKED_BYTES_MAX),
        (Resource::RLIMIT_SIGPENDING, PENDING_SIGNALS_MAX),
        // Nothing inside goes before the host's processes.
        (Resource::RLIMIT_NICE, 0),
        (Resource::RLIMIT_RTPRIO, 0),
    ];
    bounds.extend(limits.tasks_max.map(|max| (Resource::RLIMIT_NPROC, max)));
    // Not RLIMIT_AS: V8 and WebAssembly reserve far more addresses than they ever use.
    bounds.extend(limits.process_bytes_max.map(|max| (Resource::RLIMIT_DATA, max)));
    for (resource, max) in bounds {
        setrlimit(resource, max, max).during(format!("limit {resource:?}"))?;
    }
    Ok(())
}
