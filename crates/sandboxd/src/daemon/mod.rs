//! What process 1 of a sandbox does: starts the dev server, works on files, packs them, runs commands, keeps terminals,
//! opens ports, reaps.
//!
//! It runs confined like everything else inside and trusts nothing it finds there. One thread, few buffers: every
//! waiting sandbox pays for this process. It must not know what its requests are for.

mod archive;
mod dev_server;
mod egress;
mod exec;
mod files;
mod processes;
mod reaper;
mod routes;
mod terminals;

use std::collections::BTreeMap;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sandboxd::launch::{CONTROL_FD, DEV_SERVER_FD, DevServer as DevServerSettings, WORKSPACE};
use tokio::net::UnixListener;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::launcher::{ignore_sent_faults, inherited_listener};

/// How many connections are served at once; more wait in the socket's queue.
const CONNECTIONS_MAX: usize = 64;

/// How long to wait when no connection can be accepted.
const ACCEPT_RETRY_MS: u64 = 10;

/// How long a client may take to send a request's header, and a request's body.
const REQUEST_TIMEOUT_MS: u64 = 10_000;

/// The largest header of a request, in bytes.
const HEADER_BYTES_MAX: usize = 16 * 1024;

/// The environment of everything that runs inside. The launcher leaves `node` away where it is below `/usr` already.
const ENVIRONMENT: [(&str, &str); 7] = [
    ("PATH", "/workspace/node_modules/.bin:/opt/sandglass/node/bin:/usr/local/bin:/usr/bin:/bin"),
    ("HOME", WORKSPACE),
    ("USER", "sandbox"),
    ("LOGNAME", "sandbox"),
    ("SHELL", "/bin/sh"),
    ("LANG", "C.UTF-8"),
    ("TMPDIR", "/tmp"),
];

/// The daemon could not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DaemonError {
    #[error("could not understand the settings")]
    Settings(#[from] serde_json::Error),
    #[error("could not start the daemon")]
    Io(#[from] io::Error),
}

/// What the requests work with.
struct Daemon {
    files: files::Files,
    reaper: Arc<reaper::Reaper>,
    dev_server: Arc<dev_server::DevServer>,
    egress: egress::Egress,
    terminals: terminals::Terminals,
    archives: archive::Archives,
}

/// Serves until the sandbox ends.
pub(crate) fn serve(settings: &str) -> Result<(), DaemonError> {
    // Same user as everything else inside: without this, others could look into this process and take its sockets.
    nix::sys::prctl::set_dumpable(false).map_err(io::Error::from)?;
    ignore_sent_faults()?;
    let control = inherited_listener(CONTROL_FD)?;
    let dev_server = inherited_listener(DEV_SERVER_FD)?;
    let settings: Option<DevServerSettings> = serde_json::from_str(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let reaper = reaper::Reaper::start()?;
        let daemon = Arc::new(Daemon {
            files: files::Files::open(WORKSPACE)?,
            dev_server: dev_server::DevServer::start(settings.as_ref(), dev_server.into(), &reaper)?,
            reaper,
            egress: egress::Egress::default(),
            terminals: terminals::Terminals::default(),
            archives: archive::Archives::default(),
        });
        control.set_nonblocking(true)?;
        accept(UnixListener::from_std(control)?, daemon).await
    })
}

async fn accept(listener: UnixListener, daemon: Arc<Daemon>) -> Result<(), DaemonError> {
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let permit = connections.clone().acquire_owned().await.map_err(io::Error::other)?;
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors or memory: others will be given back. Ending would end the whole sandbox.
            sleep(Duration::from_millis(ACCEPT_RETRY_MS)).await;
            continue;
        };
        let daemon = daemon.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| routes::handle(daemon.clone(), request));
            // A client that breaks off is its own business.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_millis(REQUEST_TIMEOUT_MS))
                .max_buf_size(HEADER_BYTES_MAX)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades()
                .await;
            drop(permit);
        });
    }
}

/// A command with the sandbox's environment and `extra`, in a process group of its own.
fn command(argv: &[String], extra: &BTreeMap<String, String>) -> Option<Command> {
    let (program, arguments) = argv.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(ENVIRONMENT).envs(extra).process_group(0);
    Some(command)
}
