//! Sessions of an earlier run: taken up again where their sandbox still runs, ended honestly where it does not (H11).

use std::sync::Arc;

use domain::{
    Clock, EndReason, Event, EventKind, PromptId, PromptStatus, SessionState, SessionView, TemplateName,
};
use futures::stream::{self, StreamExt as _};
use sandbox::{Provider, Sandbox};
use store::{SessionRecord, Store};

use crate::commands::interrupted;
use crate::end::lives;
use crate::live::LiveSession;
use crate::pools::TemplatePool;
use crate::taking_back;
use crate::{SessionError, journal};

/// Sandboxes that are asked at once whether they still run; one that hangs takes seconds to say so.
const ASKED_AT_ONCE_MAX: usize = 8;

/// What an earlier run left behind is looked at with.
pub(crate) struct Adopter {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The templates whose pools will hold the sandboxes.
    pub(crate) templates: Vec<TemplateName>,
}

/// A session that can go on.
pub(crate) struct Running {
    pub(crate) record: SessionRecord,
    pub(crate) view: SessionView,
    journal: Vec<Event>,
    sandbox: Arc<dyn Sandbox>,
}

impl Adopter {
    /// Every session that can go on; the others are ended in their journals. One that can't be read or ended is left for the
    /// next start: whatever is wrong with it must not keep all others from being served.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub(crate) async fn running(&self) -> Result<Vec<Running>, SessionError> {
        let records = self.store.live_sessions().await?;
        let looked_at = stream::iter(records).map(async |record| {
            let id = record.id;
            self.look_at(record).await.unwrap_or_else(|error| {
                tracing::error!(session.id = %id, error = ?error, "a session of an earlier run could not be looked at");
                None
            })
        });
        let running: Vec<Option<Running>> = looked_at.buffered(ASKED_AT_ONCE_MAX).collect().await;
        Ok(running.into_iter().flatten().collect())
    }

    async fn look_at(&self, record: SessionRecord) -> Result<Option<Running>, SessionError> {
        let journal = journal::whole(&*self.store, record.id).await?;
        let Some(view) = SessionView::of(&journal) else {
            self.end(&record, 0, EndReason::Shutdown).await?;
            return Ok(None);
        };
        let reason = if view.lifetime.deadline <= self.clock.now() {
            EndReason::Deadline
        } else if let Some(sandbox) = self.sandbox(&record, &view).await {
            return Ok(Some(Running { record, view, journal, sandbox }));
        } else {
            EndReason::Shutdown
        };
        self.end(&record, view.last_seq, reason).await?;
        Ok(None)
    }

    /// The session's sandbox, if it is of a kind that is still made here, and answers.
    async fn sandbox(&self, record: &SessionRecord, view: &SessionView) -> Option<Arc<dyn Sandbox>> {
        if view.provider != self.provider.name() || !self.templates.contains(&view.template) {
            return None;
        }
        let sandbox = self.provider.attach(record.sandbox_id).await.ok()?;
        if view.oversight.paused {
            // A stopped one answers nobody until it goes on.
            return Some(sandbox);
        }
        lives(&*sandbox, view.kind).await.then_some(sandbox)
    }

    /// Makes a session ready to be held again.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub(crate) async fn take_up(
        &self,
        running: Running,
        home: Arc<TemplatePool>,
    ) -> Result<Arc<LiveSession>, SessionError> {
        let Running { record, view, journal, sandbox } = running;
        let (store, clock) = (Arc::clone(&self.store), Arc::clone(&self.clock));
        let live = Arc::new(LiveSession::new(record, view, home, store, clock));
        // The session is not shared yet, so the cell is empty.
        let _ = live.sandbox.set(Arc::clone(&sandbox));
        if live.look(|view| view.state) == SessionState::Starting {
            let ready_ms = live.look(|view| self.clock.now().ms_since(view.claimed_at));
            live.record(|_| Ok(vec![EventKind::SessionReady { ready_ms }])).await?;
        }
        let commands = live.look(interrupted);
        if !commands.is_empty() {
            live.record(|_| Ok(commands)).await?;
        }
        self.close_interrupted(&live, &journal, sandbox).await?;
        tracing::info!(session.id = %live.record.id, "a session of an earlier run goes on");
        Ok(live)
    }

    /// The agent that worked on a prompt died with the earlier run: what it had done is taken back, so that the app is not
    /// left half changed, and the prompt is not counted.
    async fn close_interrupted(
        &self,
        live: &Arc<LiveSession>,
        journal: &[Event],
        sandbox: Arc<dyn Sandbox>,
    ) -> Result<(), SessionError> {
        let Some(prompt) = live.look(|view| view.prompt_in_progress().cloned()) else { return Ok(()) };
        let prompt_id = prompt.prompt_id;
        let taken_back = taking_back::take_back(&*self.store, live, &*sandbox, &prompt).await;
        if let Err(error) = &taken_back {
            tracing::warn!(session.id = %live.record.id, error = %error, "an interrupted prompt was not taken back");
        }
        let rest = match taken_back {
            Ok(()) => "What it had changed was taken back.",
            Err(_) => "Some of its changes may have stayed.",
        };
        let finished = EventKind::PromptFinished {
            prompt_id,
            status: PromptStatus::Failed,
            summary: format!(
                "The server was restarted while this was worked on. {rest} It was not counted and can be sent again."
            ),
            suggestions: Vec::new(),
            counted: false,
            duration_ms: self.ms_since_submitted(journal, prompt_id),
        };
        let undone = taken_back.is_ok().then_some(EventKind::PromptUndone { prompt_id, undone: prompt_id });
        live.record(|_| Ok(undone.into_iter().chain([finished]).collect())).await
    }

    fn ms_since_submitted(&self, journal: &[Event], prompt: PromptId) -> u64 {
        let is_submission = |event: &&Event| matches!(event.kind, EventKind::PromptSubmitted { prompt_id, .. } if prompt_id == prompt);
        journal.iter().rfind(is_submission).map_or(0, |event| self.clock.now().ms_since(event.at))
    }

    async fn end(
        &self,
        record: &SessionRecord,
        last_seq: u64,
        reason: EndReason,
    ) -> Result<(), SessionError> {
        let last =
            Event { seq: last_seq + 1, at: self.clock.now(), kind: EventKind::SessionEnded { reason } };
        self.store.end_session(record.id, &last).await?;
        tracing::info!(session.id = %record.id, reason = ?reason, "a session of an earlier run was ended");
        Ok(())
    }
}
