//! Waits for every process that ends inside: those somebody started here, and those that lost their parent.

use std::collections::{HashMap, HashSet};
use std::io;
use std::process::Child;
use std::sync::{Arc, Mutex, PoisonError};

use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Exit codes by process, for whoever waits for them.
pub(super) struct Reaper {
    waiting: Mutex<HashMap<i32, oneshot::Sender<i32>>>,
}

impl Reaper {
    /// Begins to reap.
    pub(super) fn start() -> io::Result<Arc<Self>> {
        let reaper = Arc::new(Self { waiting: Mutex::default() });
        let mut ended = signal(SignalKind::child())?;
        let reaping = reaper.clone();
        tokio::spawn(async move {
            while ended.recv().await.is_some() {
                reaping.reap_all();
            }
        });
        Ok(reaper)
    }

    /// The child's number, and its exit code once it has one: 128 + n when signal n ended it.
    ///
    /// To be called right after the child was started, before anything is awaited: there is one thread, so the child
    /// can't have been reaped by then.
    pub(super) fn adopt(&self, child: &Child) -> (i32, oneshot::Receiver<i32>) {
        let (sender, receiver) = oneshot::channel();
        let pid = child.id().cast_signed();
        self.lock().insert(pid, sender);
        (pid, receiver)
    }

    /// The processes that were adopted and live.
    pub(super) fn adopted(&self) -> HashSet<i32> {
        self.lock().keys().copied().collect()
    }

    fn reap_all(&self) {
        loop {
            let (pid, code) = match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::Exited(pid, code)) => (pid, code),
                Ok(WaitStatus::Signaled(pid, signal, _)) => (pid, 128 + signal as i32),
                Ok(_) | Err(_) => return,
            };
            if let Some(waiting) = self.lock().remove(&pid.as_raw()) {
                // Whoever started it may not care any more.
                let _ = waiting.send(code);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<i32, oneshot::Sender<i32>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
