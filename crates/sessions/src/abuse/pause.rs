//! Stopping a sandbox that keeps a processor busy, and letting it go on.

use std::sync::Arc;

use domain::{EndReason, EventKind};

use super::ProcessorWatch;
use crate::live::LiveSession;
use crate::tally::Watched;
use crate::{Access, SessionError, Sessions};

impl Sessions {
    /// Looks at what a session's sandbox uses. Too much for too long stops it the first time and ends the session the second.
    pub(crate) async fn watch_processor(&self, live: &Arc<LiveSession>, watch: &mut ProcessorWatch) {
        let Some(sandbox) = live.sandbox.get() else { return };
        // Where it can't be measured it can't be watched; limits hold all the same.
        let Ok(stats) = sandbox.stats().await else { return };
        let (paused, excused) =
            live.look(|view| (view.oversight.paused, view.prompt_in_progress().is_some()));
        if !watch.sample(self.inner.clock.now(), stats.cpu_ms, excused || paused) {
            return;
        }
        if live.look(|view| view.oversight.times_paused) > 0 {
            return self.end(live, EndReason::Abuse).await;
        }
        if let Err(error) = self.pause(live).await {
            tracing::warn!(session.id = %live.record.id, error = ?error, "a sandbox could not be paused");
        }
    }

    async fn pause(&self, live: &LiveSession) -> Result<(), SessionError> {
        self.inner.provider.freeze(live.record.sandbox_id).await?;
        live.record(|_| Ok(vec![EventKind::SessionPaused])).await?;
        self.inner.tally.watched(Watched::Paused);
        tracing::warn!(session.id = %live.record.id, "a sandbox kept a processor busy and was paused");
        Ok(())
    }

    /// Lets a sandbox go on that was stopped. One that was not, goes on anyway.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Sandbox`] or [`SessionError::Store`].
    pub async fn resume(&self, access: &Access) -> Result<(), SessionError> {
        self.let_go_on(access.live()?).await
    }

    /// The same for a session at hand.
    pub(crate) async fn let_go_on(&self, live: &LiveSession) -> Result<(), SessionError> {
        if !live.look(|view| view.oversight.paused) {
            return Ok(());
        }
        self.inner.provider.thaw(live.record.sandbox_id).await?;
        live.record(|view| {
            Ok(view.oversight.paused.then_some(EventKind::SessionResumed).into_iter().collect())
        })
        .await
    }
}
