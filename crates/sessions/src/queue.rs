//! Prompts that wait until the agent is done with those before them, and where it is told to forget (G2, G3).

use std::sync::{Arc, PoisonError};

use domain::{EventKind, PromptId, SessionState, SessionView, check_prompt_text};
use tokio::time::Instant;

use crate::live::LiveSession;
use crate::memory::remembered;
use crate::prompt::{Task, drop_queue};
use crate::{Access, SessionError, Sessions};

impl Sessions {
    /// Has a waiting prompt say something else.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::PromptText`], [`SessionError::NotWaiting`] or [`SessionError::Store`].
    pub async fn edit_queued(
        &self,
        access: &Access,
        prompt_id: PromptId,
        text: &str,
    ) -> Result<(), SessionError> {
        let text = check_prompt_text(text)?.to_owned();
        let edit = |view: &SessionView| {
            waits(view, prompt_id).map(|()| vec![EventKind::QueueEdited { prompt_id, text }])
        };
        access.live()?.record(edit).await
    }

    /// Takes a waiting prompt out: it is not worked on.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::NotWaiting`] or [`SessionError::Store`].
    pub async fn remove_queued(&self, access: &Access, prompt_id: PromptId) -> Result<(), SessionError> {
        let remove =
            |view: &SessionView| waits(view, prompt_id).map(|()| vec![EventKind::QueueRemoved { prompt_id }]);
        access.live()?.record(remove).await
    }

    /// Has the agent forget what was before; files stay. Nothing happens when there is nothing to forget.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Busy`] or [`SessionError::Store`].
    pub async fn reset_conversation(&self, access: &Access) -> Result<(), SessionError> {
        let reset = |view: &SessionView| {
            if view.prompt_in_progress().is_some() || !view.queue.is_empty() {
                return Err(SessionError::Busy);
            }
            let is_fresh = view.remembered().is_empty() && view.recollection.is_none();
            Ok(if is_fresh { Vec::new() } else { vec![EventKind::ConversationReset] })
        };
        access.live()?.record(reset).await
    }

    /// Has the agent begin with the prompt that waits longest, when it is free. Those for which no prompts are left are dropped.
    pub(crate) async fn go_on_with_queue(&self, live: &Arc<LiveSession>) {
        let stop = live.ended.child_token();
        let mut task = None;
        let taken = live.record(|view| {
            let is_free = view.state == SessionState::Ready && view.prompt_in_progress().is_none();
            let Some(first) = view.queue.first().filter(|_| is_free) else { return Ok(Vec::new()) };
            if view.prompts_remaining() == 0 {
                return Ok(drop_queue(view));
            }
            live.work.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&stop);
            let (prompt_id, text) = (first.prompt_id, first.text.clone());
            let (before, begun) = (remembered(view), Instant::now());
            task = Some(Task { prompt_id, text: text.clone(), before, stop: stop.clone(), begun });
            Ok(vec![EventKind::PromptSubmitted { prompt_id, text }])
        });
        let begun = match (taken.await, task) {
            (Ok(()), Some(task)) => self.begin_prompt(live, task),
            (Ok(()), None) | (Err(SessionError::Ended), _) => Ok(()),
            (Err(error), _) => Err(error),
        };
        if let Err(error) = begun {
            tracing::error!(session.id = %live.record.id, error = ?error, "the next prompt could not be begun");
        }
    }
}

fn waits(view: &SessionView, prompt_id: PromptId) -> Result<(), SessionError> {
    let is_there = view.queue.iter().any(|waiting| waiting.prompt_id == prompt_id);
    if is_there { Ok(()) } else { Err(SessionError::NotWaiting) }
}
