//! Starts `sandboxd launch` and hears from it.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use command_fds::{CommandFdExt, FdMapping};
use sandboxd::launch::{CONTROL_FD, DEV_SERVER_FD, LaunchSpec};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::place::{Listeners, Place};
use crate::SandboxError;

/// Builds a sandbox as `spec` says; its daemon runs once this returns. Dropping the call kills the launcher; a
/// process 1 that it has let begin by then is on record in `place`.
pub(super) async fn launch(
    sandboxd: &Path,
    spec: &LaunchSpec,
    place: &Place,
    listeners: Listeners,
) -> Result<(), SandboxError> {
    let failed = |reason: String| SandboxError::Create { reason, source: None };
    let json = serde_json::to_vec(spec).map_err(|error| failed(error.to_string()))?;
    let mut command = Command::new(sandboxd);
    command
        .arg("launch")
        // Process 1 inherits its environment, and everything inside could read it.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(File::create(place.process_file()).map_err(create_error("write its record"))?)
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .fd_mappings(vec![
            FdMapping { parent_fd: listeners.control.into(), child_fd: CONTROL_FD },
            FdMapping { parent_fd: listeners.dev_server.into(), child_fd: DEV_SERVER_FD },
        ])
        .map_err(|error| failed(error.to_string()))?;
    let mut launcher = command.spawn().map_err(create_error("start its launcher"))?;
    // The command holds the listening sockets: once the sandbox ends, connections must be refused.
    drop(command);
    if let Some(mut stdin) = launcher.stdin.take() {
        stdin.write_all(&json).await.map_err(create_error("talk to its launcher"))?;
    }
    let output = launcher.wait_with_output().await.map_err(create_error("hear from its launcher"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// The sandbox can't be made because the host could not do `step`.
pub(super) fn create_error<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    step: &'static str,
) -> impl FnOnce(E) -> SandboxError {
    move |source| SandboxError::Create { reason: format!("could not {step}"), source: Some(source.into()) }
}
