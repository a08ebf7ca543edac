//! What the host keeps of one sandbox: a directory with its two sockets and two records, enough for a later server
//! process to reach it and to end it.

use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::{fs, io};

use domain::{TemplateHash, TemplateName};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use sandboxd::launch::{Launched, start_ticks};
use serde::{Deserialize, Serialize};

use super::socket;

/// What is known before the sandbox is built; `sandbox.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) template: TemplateName,
    pub(super) template_hash: TemplateHash,
    /// The directories of its control groups, for people who clean up by hand.
    pub(super) cgroups: Vec<PathBuf>,
    /// Who it is on the host; `None` when that is who runs the server, and in records of earlier versions.
    #[serde(default)]
    pub(super) uid: Option<u32>,
}

/// The directory of one sandbox.
#[derive(Debug, Clone)]
pub(super) struct Place(PathBuf);

/// The listening ends of its sockets.
pub(super) struct Listeners {
    pub(super) control: UnixListener,
    pub(super) dev_server: UnixListener,
}

impl Place {
    pub(super) fn new(runtime_dir: &Path, name: &str) -> Self {
        Self(runtime_dir.join(name))
    }

    pub(super) fn control_socket(&self) -> PathBuf {
        self.0.join("control.sock")
    }

    pub(super) fn dev_socket(&self) -> PathBuf {
        self.0.join("dev.sock")
    }

    /// Written by the launcher as soon as there is a process.
    pub(super) fn process_file(&self) -> PathBuf {
        self.0.join("process.json")
    }

    fn record_file(&self) -> PathBuf {
        self.0.join("sandbox.json")
    }

    pub(super) fn exists(&self) -> bool {
        self.0.exists()
    }

    /// Makes the directory, which must not exist, and listens on both sockets.
    pub(super) fn create(&self, record: &Record) -> io::Result<Listeners> {
        fs::create_dir(&self.0)?;
        fs::write(self.record_file(), serde_json::to_vec(record)?)?;
        Ok(Listeners {
            control: socket::listen(&self.control_socket())?,
            dev_server: socket::listen(&self.dev_socket())?,
        })
    }

    pub(super) fn record(&self) -> io::Result<Record> {
        Ok(serde_json::from_slice(&fs::read(self.record_file())?)?)
    }

    /// Ends process 1, and with it everything inside; answers whether it is gone already.
    pub(super) fn kill(&self) -> io::Result<bool> {
        let Ok(json) = fs::read(self.process_file()) else {
            return Ok(true);
        };
        // Half a record means that the launcher died before it let process 1 begin, which then ends by itself.
        let Ok(launched) = serde_json::from_slice::<Launched>(&json) else {
            return Ok(true);
        };
        let Some(pid) = Pid::from_raw(launched.pid) else {
            return Ok(true);
        };
        // Held first and looked at then, so that the number can't pass to another process in between.
        let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
            return Ok(true);
        };
        let stat = fs::read_to_string(format!("/proc/{}/stat", launched.pid)).unwrap_or_default();
        let only_waits_to_be_reaped = stat.rsplit_once(')').is_some_and(|(_, rest)| rest.starts_with(" Z"));
        if start_ticks(&stat) != Some(launched.start_ticks) || only_waits_to_be_reaped {
            return Ok(true);
        }
        match pidfd_send_signal(process, Signal::KILL) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the directory. Idempotent.
    pub(super) fn remove(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H11
    #[test]
    fn a_process_that_only_got_the_same_number_is_left_alone() {
        let runtime = tempfile::tempdir().unwrap();
        let place = Place::new(runtime.path(), "s");
        fs::create_dir(&place.0).unwrap();
        let other = Launched { pid: std::process::id().cast_signed(), start_ticks: 1 };
        fs::write(place.process_file(), serde_json::to_vec(&other).unwrap()).unwrap();
        // Were the start time not compared, this test would end here.
        assert!(place.kill().unwrap());
    }
}
