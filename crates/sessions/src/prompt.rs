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
use crate::memory::{self, Remembered, remembered};
use crate::versions::{self, Why};
use crate::workspace::SessionWorkspace;
use crate::{Access, SessionError, Sessions};

/// What the agent begins with.
pub(crate) struct Task {
    pub(crate) prompt_id: PromptId,
    pub(crate) text: String,
    pub(crate) before: Vec<Remembered>,
    pub(crate) stop: CancellationToken,
    pub(crate) begun: Instant,
}

/// What becomes of a prompt that is asked now.
enum Turned {
    Now,
    Waits { position: u32 },
}

impl Sessions {
    /// Hands a prompt to the agent and answers at once; what it does is in the journal. While it works on another one, the prompt
    /// waits where the session's rules let it.
    ///
    /// # Errors
    /// [`SessionError::PromptText`], [`SessionError::Ended`], [`SessionError::Starting`], [`SessionError::Busy`],
    /// [`SessionError::QueueFull`], [`SessionError::NoPromptsLeft`], [`SessionError::SessionModelBudgetSpent`],
    /// [`SessionError::DayModelBudgetSpent`], [`SessionError::Sandbox`] or [`SessionError::Store`].
    pub async fn prompt(&self, access: &Access, text: &str) -> Result<PromptAccepted, SessionError> {
        let begun = Instant::now();
        let text = check_prompt_text(text)?.to_owned();
        let live = access.live()?;
        self.let_go_on(live).await?;
        self.check_model_budget(live)?;
        let prompt_id = PromptId::generate(&*self.inner.clock, &*self.inner.entropy);
        let stop = live.ended.child_token();
        let (asked, mut before, mut first, mut turned) = (text.clone(), Vec::new(), false, Turned::Now);
        live.record(|view| {
            turned = may_prompt(view, self.inner.config.rules(view.kind).queue_max)?;
            match turned {
                Turned::Waits { .. } => return Ok(vec![EventKind::QueueAdded { prompt_id, text }]),
                Turned::Now => {}
            }
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
        let waiting = live.look(|view| u32::try_from(view.queue.len()).unwrap_or(u32::MAX));
        let prompts_remaining = live.look(SessionView::prompts_remaining).saturating_sub(waiting);
        if let Turned::Waits { position } = turned {
            return Ok(PromptAccepted {
                prompt_id,
                prompts_remaining,
                queued: true,
                position: Some(position),
            });
        }
        self.begin_prompt(live, Task { prompt_id, text: asked, before, stop, begun })?;
        Ok(PromptAccepted { prompt_id, prompts_remaining, queued: false, position: None })
    }

    /// Has the agent begin, beside all else.
    pub(crate) fn begin_prompt(&self, live: &Arc<LiveSession>, task: Task) -> Result<(), SessionError> {
        let sandbox = live.sandbox.get().cloned().ok_or(SessionError::Starting)?;
        self.inner.tasks.spawn(self.clone().work(Arc::clone(live), sandbox, task));
        Ok(())
    }

    /// Stops the agent that works on a prompt: what it has done so far stays. Prompts that wait come next, unless `all` shall stop.
    /// Nothing happens when none does.
    ///
    /// # Errors
    /// [`SessionError::Ended`] or [`SessionError::Store`].
    pub async fn stop(&self, access: &Access, all: bool) -> Result<(), SessionError> {
        let live = access.live()?;
        if all {
            live.record(|view| Ok(drop_queue(view))).await?;
        }
        live.work.lock().unwrap_or_else(PoisonError::into_inner).cancel();
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
            if live.look(|view| is_dropped(view, prompt_id)) {
                return Ok(live.look(|view| dropped(view, prompt_id)));
            }
            tokio::select! {
                changed = news.changed() => changed.map_err(|_| SessionError::Ended)?,
                () = live.ended.cancelled() => return Err(SessionError::Ended),
            }
        }
    }

    /// Has the agent work on a prompt, and writes how it went whatever happens: a prompt never stays unfinished.
    async fn work(self, live: Arc<LiveSession>, sandbox: Arc<dyn Sandbox>, task: Task) {
        let Task { prompt_id, text, before, stop, begun } = task;
        let job = SessionWorkspace::new(&self, &live, sandbox, prompt_id);
        let running = {
            let (sessions, job) = (self.clone(), job.clone());
            tokio::spawn(async move { sessions.work_guarded(&job, text, before, stop).await })
        };
        let outcome = running.await.unwrap_or_else(|error| {
            tracing::error!(session.id = %live.record.id, error = %error, "the agent broke down");
            TurnOutcome {
                status: PromptStatus::Failed,
                summary: "Something went wrong on our side. This prompt was not counted.".into(),
                suggestions: Vec::new(),
                counted: false,
            }
        });
        versions::keep(&live, &*self.inner.store, Why::Prompt(prompt_id)).await;
        self.finish(&live, prompt_id, outcome, begun).await;
        self.review(&live, &*job.sandbox).await;
        self.go_on_with_queue(&live).await;
    }

    async fn work_guarded(
        &self,
        job: &SessionWorkspace,
        text: String,
        before: Vec<Remembered>,
        stop: CancellationToken,
    ) -> TurnOutcome {
        let (live, store) = (&job.live, &*self.inner.store);
        // What was changed by hand since is a version of its own, so that going back to before this prompt loses nothing.
        versions::keep(live, store, Why::Edits).await;
        let faults = self.faults_before(live, &*job.sandbox).await;
        let turn = memory::turn(job, text, before).await;
        let outcome = run(job.clone(), turn, stop.clone()).await;
        self.guard(job, &stop, &faults, outcome).await
    }

    /// Writes how a prompt went; after the last one, the session stays just long enough to look at the result (A8).
    async fn finish(&self, live: &LiveSession, prompt_id: PromptId, outcome: TurnOutcome, begun: Instant) {
        let TurnOutcome { status, summary, suggestions, counted } = outcome;
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
        live.words.send_replace(None);
        match recorded {
            Ok(()) => {
                live.lifetime_moved.notify_one();
                self.inner.tally.prompted(status);
                if live.look(|view| view.kind == SessionKind::Workspace) {
                    self.inner.tally.prompted_in_workspace(live.look(|view| view.prompts.len() == 1));
                }
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
pub(crate) async fn run(workspace: SessionWorkspace, turn: Turn, stop: CancellationToken) -> TurnOutcome {
    let turn = Turn { allowances: workspace.sessions.allowances(&workspace.live, &workspace.agent), ..turn };
    workspace.agent.run(turn, &workspace, &workspace, stop).await
}

/// Whether the session takes a prompt now, and when it is worked on.
fn may_prompt(view: &SessionView, queue_max: u32) -> Result<Turned, SessionError> {
    match view.state {
        SessionState::Ended => return Err(SessionError::Ended),
        SessionState::Starting => return Err(SessionError::Starting),
        SessionState::Ready => {}
    }
    let waiting = u32::try_from(view.queue.len()).unwrap_or(u32::MAX);
    let is_free = view.prompt_in_progress().is_none() && waiting == 0;
    if !is_free && queue_max == 0 {
        return Err(SessionError::Busy);
    }
    if !is_free && waiting >= queue_max {
        return Err(SessionError::QueueFull { max: queue_max });
    }
    if view.prompts_remaining() <= waiting {
        return Err(SessionError::NoPromptsLeft { max: view.prompts_max, deadline: view.lifetime.deadline });
    }
    Ok(if is_free { Turned::Now } else { Turned::Waits { position: waiting + 1 } })
}

/// Every waiting prompt is dropped.
pub(crate) fn drop_queue(view: &SessionView) -> Vec<EventKind> {
    view.queue.iter().map(|waiting| EventKind::QueueRemoved { prompt_id: waiting.prompt_id }).collect()
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

/// Whether a prompt neither waits nor is worked on nor was.
fn is_dropped(view: &SessionView, prompt_id: PromptId) -> bool {
    let mut ids =
        view.prompts.iter().map(|one| one.prompt_id).chain(view.queue.iter().map(|one| one.prompt_id));
    ids.all(|id| id != prompt_id)
}

fn dropped(view: &SessionView, prompt_id: PromptId) -> PromptOutcome {
    PromptOutcome {
        prompt_id,
        status: PromptStatus::Stopped,
        summary: "It was taken out of the queue before its turn came.".into(),
        files: Vec::new(),
        suggestions: Vec::new(),
        prompts_remaining: view.prompts_remaining(),
        duration_ms: 0,
    }
}

fn review_end(now: Timestamp, review: Duration) -> Timestamp {
    now.plus_ms(i64::try_from(review.as_millis()).unwrap_or(i64::MAX))
}
