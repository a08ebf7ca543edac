//! How sessions end: by time, by use, by their holder, by being left, by losing their sandbox (A8).

use std::sync::Arc;
use std::time::Duration;

use domain::{Doing, EndReason, SessionKind, Timestamp};
use sandbox::{Sandbox, SandboxError};

use crate::abuse::ProcessorWatch;
use crate::live::{Ending, LiveSession};
use crate::{Access, SessionError, Sessions};

/// How often a session's sandbox is asked whether it still serves.
const PROBE_INTERVAL: Duration = Duration::from_secs(10);
/// Probes in a row that may fail before the sandbox counts as lost.
const PROBE_FAILURES_MAX: u32 = 2;

impl Sessions {
    /// Ends a session because its holder is done with it. Ending it again changes nothing.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn close(&self, access: &Access) -> Result<(), SessionError> {
        if let Some(live) = &access.live {
            self.end(live, EndReason::Closed).await;
        }
        Ok(())
    }

    /// Ends a demo because its page was closed. One that its visitor has kept meanwhile is a workspace, and goes on: the page may
    /// not have heard of that yet.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn close_demo(&self, access: &Access) -> Result<(), SessionError> {
        if let Some(live) = &access.live {
            let is_demo = || live.look(|view| view.kind == SessionKind::Demo).then_some(EndReason::Closed);
            self.end_if(live, is_demo).await;
        }
        Ok(())
    }

    /// Ends a session: nothing works for it any more, its sandbox is destroyed, and its journal says why.
    pub(crate) async fn end(&self, live: &Arc<LiveSession>, reason: EndReason) {
        self.end_if(live, || Some(reason)).await;
    }

    /// The same for the reason that `decide` finds once nobody else writes; `false` when it finds none and the session goes on.
    pub(crate) async fn end_if(
        &self,
        live: &Arc<LiveSession>,
        decide: impl FnOnce() -> Option<EndReason>,
    ) -> bool {
        match live.record_end(decide).await {
            Ok(Ending::Now(reason)) => {
                self.inner.tally.ended(reason);
                tracing::info!(session.id = %live.record.id, reason = ?reason, "a session ended");
            }
            Ok(Ending::Before) => return true,
            Ok(Ending::Not) => return false,
            Err(error) => {
                tracing::error!(session.id = %live.record.id, error = ?error, "a session's end could not be written");
            }
        }
        self.inner.live.remove(live);
        self.inner.publish_running();
        live.home.pool.release(live.record.sandbox_id).await;
        true
    }

    /// Watches over one session until it ends.
    pub(crate) async fn supervise(self, live: Arc<LiveSession>) {
        let mut failures = 0;
        let abuse = self.inner.config.abuse;
        let mut processor = abuse.processor.map(ProcessorWatch::new);
        let mut look = tokio::time::interval(abuse.processor_interval);
        let mut probe = tokio::time::interval(PROBE_INTERVAL);
        probe.tick().await;
        loop {
            let now = self.inner.clock.now();
            let (due, _) = self.due(&live);
            if due <= now {
                // Whoever was given the session a moment ago has moved its deadline.
                let still = || {
                    let (due, reason) = self.due(&live);
                    (due <= self.inner.clock.now()).then_some(reason)
                };
                if self.end_if(&live, still).await {
                    return;
                }
                continue;
            }
            tokio::select! {
                () = live.ended.cancelled() => return,
                () = self.inner.stop.cancelled() => return,
                () = tokio::time::sleep(Duration::from_millis(due.ms_since(now))) => {}
                () = live.lifetime_moved.notified() => {}
                // People who stay may keep a processor busy: they build and test.
                _ = look.tick(), if processor.is_some() && live.look(|view| view.kind) != SessionKind::Workspace => {
                    if let Some(watch) = &mut processor {
                        self.watch_processor(&live, watch).await;
                    }
                }
                _ = probe.tick() => {
                    failures = if serves(&live).await { 0 } else { failures + 1 };
                    if failures >= PROBE_FAILURES_MAX {
                        return self.end(&live, EndReason::SandboxLost).await;
                    }
                }
            }
        }
    }

    /// When the session would end as things are, and why.
    fn due(&self, live: &LiveSession) -> (Timestamp, EndReason) {
        let (deadline, spent) = live.look(|view| {
            (view.lifetime.deadline, view.prompts_remaining() == 0 && view.prompt_in_progress().is_none())
        });
        let by_time = (deadline, if spent { EndReason::Prompts } else { EndReason::Deadline });
        let patience = self.inner.config.rules(live.look(|view| view.kind)).away_after;
        let left_at = patience.and_then(|patience| {
            let patience_ms = i64::try_from(patience.as_millis()).unwrap_or(i64::MAX);
            live.away_since().map(|since| since.plus_ms(patience_ms))
        });
        match left_at {
            Some(left) if left < deadline => (left, EndReason::Away),
            Some(_) | None => by_time,
        }
    }
}

/// Whether the session's sandbox lives; one that is still being made or was stopped is not asked.
async fn serves(live: &LiveSession) -> bool {
    match live.sandbox.get().filter(|_| !live.look(|view| view.oversight.paused)) {
        Some(sandbox) => lives(&**sandbox, live.look(|view| view.kind)).await,
        None => true,
    }
}

/// Whether a sandbox can still be worked in. A demo is its dev server; whoever may run commands may also stop that, or keep it
/// from answering, and loses nothing else by it.
pub(crate) async fn lives(sandbox: &dyn Sandbox, kind: SessionKind) -> bool {
    if !kind.allows(Doing::RunCommands) {
        return sandbox.probe().await.is_ok();
    }
    match sandbox.terminals().await {
        Ok(_) | Err(SandboxError::Unsupported(_) | SandboxError::Timeout { .. }) => true,
        Err(_) => false,
    }
}
