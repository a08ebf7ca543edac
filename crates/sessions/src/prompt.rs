//! Asking the agent for a change (A6, A7).

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use agent::{Turn, TurnOutcome};
use domain::wire::{FileTouched, PromptAccepted, PromptOutcome};
use domain::{
    EventKind, Lifetime, PromptId, PromptStatus, SessionKind, SessionState, SessionView, Step, Timestamp,
    check_prompt_text,
};
use sandbox::Sandbox;
use store::FunnelStep;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::live::LiveSession;
use crate::memory::{Remembered, recall, remembered};
use crate::versions::{self, Why};
use crate::workspace::SessionWorkspace;
use crate::{Access, SessionError, Sessions};

impl Sessions {
    /// Hands a prompt to the agent and answers at once; what it does is in the journal.
    ///
    /// # Errors
    /// [`SessionError::PromptText`], [`SessionError::Ended`], [`SessionError::Starting`], [`SessionError::Busy`],
    /// [`SessionError::NoPromptsLeft`], [`SessionError::Sandbox`] or [`SessionError::Store`].
    pub async fn prompt(&self, access: &Access, text: &str) -> Result<PromptAccepted, SessionError> {
        let begun = Instant::now();
        let text = check_prompt_text(text)?.to_owned();
        let live = access.live()?;
        self.let_go_on(live).await?;
        let prompt_id = PromptId::generate(&*self.inner.clock, &*self.inner.entropy);
        let (asked, mut before, mut first) = (text.clone(), Vec::new(), false);
        let stop = live.ended.child_token();
        live.record(|view| {
            may_prompt(view)?;
            // From here on whoever stops the agent stops this prompt.
            live.work.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&stop);
            first = view.prompts.is_empty();
            before = remembered(view);
            Ok(vec![EventKind::PromptSubmitted { prompt_id, text }])
        })
        .await?;
        if first && live.look(|view| view.kind == SessionKind::Demo) {
            self.count_step(FunnelStep::Prompted);
        }
        let sandbox = live.sandbox.get().cloned().ok_or(SessionError::Starting)?;
        let prompts_remaining = live.look(SessionView::prompts_remaining);
        let work = self.clone().work(Arc::clone(live), sandbox, prompt_id, (asked, before, stop), begun);
        self.inner.tasks.spawn(work);
        Ok(PromptAccepted { prompt_id, prompts_remaining })
    }

    /// Stops the agent that works on a prompt: what it has done so far stays. Nothing happens when none does.
    ///
    /// # Errors
    /// [`SessionError::Ended`].
    pub fn stop(&self, access: &Access) -> Result<(), SessionError> {
        access.live()?.work.lock().unwrap_or_else(PoisonError::into_inner).cancel();
        Ok(())
    }

    /// Waits until the agent is done with a prompt, or the session has ended.
    ///
    /// # Errors
    /// [`SessionError::Ended`] when the session ended first.
    pub async fn outcome(&self, access: &Access, prompt_id: PromptId) -> Result<PromptOutcome, SessionError> {
        let live = access.live()?;
        let mut news = live.watch();
        loop {
            news.mark_unchanged();
            if let Some(outcome) = live.look(|view| outcome_in(view, prompt_id)) {
                return Ok(outcome);
            }
            tokio::select! {
                changed = news.changed() => changed.map_err(|_| SessionError::Ended)?,
                () = live.ended.cancelled() => return Err(SessionError::Ended),
            }
        }
    }

    /// Has the agent work on a prompt, and writes how it went whatever happens: a prompt never stays unfinished.
    async fn work(
        self,
        live: Arc<LiveSession>,
        sandbox: Arc<dyn Sandbox>,
        prompt_id: PromptId,
        (asked, before, stop): (String, Vec<Remembered>, CancellationToken),
        begun: Instant,
    ) {
        let reviewed = Arc::clone(&sandbox);
        let workspace =
            SessionWorkspace { sessions: self.clone(), live: Arc::clone(&live), sandbox, prompt_id };
        // What was changed by hand since is a version of its own, so that going back to before this prompt loses nothing.
        versions::keep(&live, &*self.inner.store, Why::Edits).await;
        let history = recall(&*self.inner.store, live.record.id, before).await;
        let turn = Turn { history, ..Turn::new(asked) };
        let running = tokio::spawn(run(workspace, turn, stop));
        let outcome = running.await.unwrap_or_else(|error| {
            tracing::error!(session.id = %live.record.id, error = %error, "the agent broke down");
            TurnOutcome {
                status: PromptStatus::Failed,
                summary: "Something went wrong on our side. This prompt was not counted.".into(),
                suggestions: Vec::new(),
                counted: false,
                usage: agent::Usage::default(),
            }
        });
        versions::keep(&live, &*self.inner.store, Why::Prompt(prompt_id)).await;
        self.finish(&live, prompt_id, outcome, begun).await;
        self.review(&live, &*reviewed).await;
    }

    /// Writes how a prompt went; after the last one, the session stays just long enough to look at the result (A8).
    async fn finish(&self, live: &LiveSession, prompt_id: PromptId, outcome: TurnOutcome, begun: Instant) {
        let TurnOutcome { status, summary, suggestions, counted, usage: _ } = outcome;
        let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let now = self.inner.clock.now();
        let mut used_up = false;
        let recorded = live
            .record(|view| {
                let finished = EventKind::PromptFinished {
                    prompt_id,
                    status,
                    summary,
                    suggestions,
                    counted,
                    duration_ms,
                };
                let spent = counted && view.prompts_remaining() == 0;
                used_up = spent && view.kind == SessionKind::Demo;
                let review = self.inner.config.rules(view.kind).review_duration;
                let moved = review
                    .map(|review| review_end(now, review))
                    .filter(|ends| spent && *ends < view.lifetime.deadline)
                    .map(|deadline| EventKind::LifetimeChanged {
                        lifetime: Lifetime { deadline, ..view.lifetime },
                    });
                Ok(std::iter::once(finished).chain(moved).collect())
            })
            .await;
        match recorded {
            Ok(()) => {
                live.lifetime_moved.notify_one();
                self.inner.tally.prompted(status);
                if used_up {
                    self.count_step(FunnelStep::UsedUp);
                }
            }
            // The session ended while the agent worked; there is nobody left to tell.
            Err(SessionError::Ended) => {}
            Err(error) => {
                tracing::error!(session.id = %live.record.id, error = ?error, "a prompt's end could not be written");
            }
        }
        tracing::info!(session.id = %live.record.id, status = ?status, duration_ms, "a prompt was worked on");
    }
}

/// Runs the agent, which writes what it does.
async fn run(workspace: SessionWorkspace, turn: Turn, stop: CancellationToken) -> TurnOutcome {
    let live = &workspace.live;
    let kind = live.look(|view| view.kind);
    // Every session was let in by its kind; one that was handed over has an agent all the more.
    let agent = live.home.agent_of(kind).unwrap_or(&live.home.agents.workspaces);
    agent.run(turn, &workspace, &workspace, stop).await
}

/// Whether the session takes a prompt now.
fn may_prompt(view: &SessionView) -> Result<(), SessionError> {
    match view.state {
        SessionState::Ended => return Err(SessionError::Ended),
        SessionState::Starting => return Err(SessionError::Starting),
        SessionState::Ready => {}
    }
    if view.prompt_in_progress().is_some() {
        return Err(SessionError::Busy);
    }
    if view.prompts_remaining() == 0 {
        return Err(SessionError::NoPromptsLeft { max: view.prompts_max, deadline: view.lifetime.deadline });
    }
    Ok(())
}

fn outcome_in(view: &SessionView, prompt_id: PromptId) -> Option<PromptOutcome> {
    let prompt = view.prompts.iter().find(|prompt| prompt.prompt_id == prompt_id)?;
    let mut files: Vec<FileTouched> = Vec::new();
    for step in &prompt.steps {
        if let Step::Changed(change) = step
            && files.iter().all(|file| file.path != change.path)
        {
            files.push(FileTouched { path: change.path.clone(), action: change.action });
        }
    }
    Some(PromptOutcome {
        prompt_id,
        status: prompt.status?,
        summary: prompt.summary.clone(),
        files,
        suggestions: prompt.suggestions.clone(),
        prompts_remaining: view.prompts_remaining(),
        duration_ms: prompt.duration_ms,
    })
}

fn review_end(now: Timestamp, review: Duration) -> Timestamp {
    now.plus_ms(i64::try_from(review.as_millis()).unwrap_or(i64::MAX))
}
