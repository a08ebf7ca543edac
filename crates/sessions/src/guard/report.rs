//! What browsers say of the page that a prompt changed. Whoever wrote the page wrote that too: it is bounded, and only ever shown as
//! what a page said.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

use agent::{PageError, TurnOutcome};
use domain::{
    EventKind, FaultSource, Lifetime, PromptId, PromptStatus, RepairOutcome, SessionView, Step, Timestamp,
};

use super::Red;
use super::decision::{Next, next};
use crate::live::LiveSession;
use crate::workspace::SessionWorkspace;
use crate::{Access, SessionError, Sessions};

/// Errors that one report may hold.
pub const REPORT_ERRORS_MAX: usize = 10;
/// How long one of them may be, in characters.
pub const REPORT_CHARS_MAX: usize = 2_000;
/// Reports of one session within a minute.
const REPORTS_PER_MINUTE_MAX: u32 = 20;
const MINUTE_MS: u64 = 60_000;
/// How long after a prompt an error of the page is taken to be its doing, in milliseconds.
const BLAMED_MS: u64 = 30_000;
/// Errors of one report that the agent is shown.
const FAULTS_MAX: usize = 5;

/// Errors of a session's page that are kept for an agent that asks.
const ERRORS_KEPT_MAX: usize = 20;

/// What browsers reported: how often within the present minute, and the newest errors.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    since: Option<Timestamp>,
    count: u32,
    errors: VecDeque<(Timestamp, String)>,
}

impl Reports {
    /// `false` when there were too many.
    fn take(&mut self, now: Timestamp) -> bool {
        if self.since.is_none_or(|since| now.ms_since(since) >= MINUTE_MS) {
            (self.since, self.count) = (Some(now), 0);
        }
        self.count += 1;
        self.count <= REPORTS_PER_MINUTE_MAX
    }

    fn keep(&mut self, now: Timestamp, errors: &[String]) {
        self.errors.extend(errors.iter().map(|error| (now, error.clone())));
        let beyond = self.errors.len().saturating_sub(ERRORS_KEPT_MAX);
        self.errors.drain(..beyond);
    }

    /// The newest errors, the oldest first.
    pub(crate) fn newest(&self, now: Timestamp) -> Vec<PageError> {
        let told = |(at, text): &(Timestamp, String)| PageError {
            seconds_ago: now.ms_since(*at) / 1_000,
            text: text.clone(),
        };
        self.errors.iter().map(told).collect()
    }
}

impl Sessions {
    /// Takes what a page said in its console. When the newest prompt may be to blame, the agent is told and mends it.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::PreviewReport`] or [`SessionError::TooManyReports`].
    pub fn report_preview(&self, access: &Access, errors: &[String]) -> Result<(), SessionError> {
        let live = access.live()?;
        let too_long = errors.iter().any(|error| error.chars().count() > REPORT_CHARS_MAX);
        if errors.is_empty() || errors.len() > REPORT_ERRORS_MAX || too_long {
            return Err(SessionError::PreviewReport {
                errors_max: REPORT_ERRORS_MAX,
                chars_max: REPORT_CHARS_MAX,
            });
        }
        let now = self.inner.clock.now();
        let plain =
            |error: &String| error.chars().filter(|char| *char == '\n' || !char.is_control()).collect();
        let errors: Vec<String> = errors.iter().map(plain).collect();
        {
            let mut reports = live.reports.lock().unwrap_or_else(PoisonError::into_inner);
            if !reports.take(now) {
                return Err(SessionError::TooManyReports { max: REPORTS_PER_MINUTE_MAX });
            }
            reports.keep(now, &errors);
        }
        let blamed = live.look(|view| blamed(view, live.prompt_finished_at(), now));
        let (Some(prompt_id), Some(sandbox)) = (blamed, live.sandbox.get().cloned()) else { return Ok(()) };
        let faults = errors.into_iter().take(FAULTS_MAX).collect();
        let job = SessionWorkspace::new(self, live, sandbox, prompt_id);
        self.inner.tasks.spawn(self.clone().mend_page(job, faults));
        Ok(())
    }

    /// Goes on with a prompt that was finished, because the page does not run as it is.
    async fn mend_page(self, job: SessionWorkspace, faults: Vec<String>) {
        let live = Arc::clone(&job.live);
        // One after the other; whether there is still anything to blame is decided below. Reports are few: see their bound.
        let _alone = live.mending.lock().await;
        let can_mend = job.agent.can_mend();
        let now = self.inner.clock.now();
        let stop = live.ended.child_token();
        let mut begun = None;
        let mut red = Red { source: FaultSource::Console, faults, begun };
        let admitted = live.record(|view| {
            let still = blamed(view, live.prompt_finished_at(), now) == Some(job.prompt_id);
            let prompt = view.prompts.last().filter(|_| still).ok_or(SessionError::Busy)?;
            live.work.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&stop);
            match next(prompt, &red.faults, can_mend) {
                Next::Repair { attempt } => {
                    begun = Some(attempt);
                    Ok(vec![red.started(job.prompt_id, attempt)])
                }
                Next::Restore => Ok(Vec::new()),
            }
        });
        // Somebody asked for something else meanwhile, or the session has ended.
        if admitted.await.is_err() {
            return;
        }
        red.begun = begun;
        self.mark(&live, FaultSource::Console, Some(&red.faults)).await;
        let Some(prompt) = job.prompt() else { return };
        let outcome = TurnOutcome {
            status: PromptStatus::Completed,
            summary: prompt.summary,
            suggestions: Vec::new(),
            counted: prompt.counted,
        };
        let mending = {
            let (sessions, job, stop) = (self.clone(), job.clone(), stop.clone());
            tokio::spawn(async move {
                match red.begun {
                    Some(_) => sessions.mend(&job, &stop, red, &[], outcome).await,
                    None => sessions.give_up(&job, &red, outcome).await,
                }
            })
        };
        match mending.await {
            Ok(outcome) if outcome.status != PromptStatus::Completed => {
                self.finish_again(&live, job.prompt_id, outcome, prompt.duration_ms).await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(session.id = %live.record.id, error = %error, "the guard broke down");
                let attempt = begun.unwrap_or_default();
                let outcome = RepairOutcome::Abandoned;
                let ended = EventKind::RepairFinished { prompt_id: job.prompt_id, attempt, outcome };
                self.note(&job, vec![ended]).await;
            }
        }
        self.review(&live, &*job.sandbox).await;
        self.go_on_with_queue(&live).await;
    }

    /// Writes that a prompt went otherwise than it was told. One that is given back gives back the session's time, too.
    async fn finish_again(
        &self,
        live: &LiveSession,
        prompt_id: PromptId,
        outcome: TurnOutcome,
        duration_ms: u64,
    ) {
        let TurnOutcome { status, summary, suggestions, counted } = outcome;
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
                let rules = self.inner.config.rules(view.kind);
                let whole = crate::claim::lifetime(rules, view.claimed_at);
                let was_last = !counted && view.prompts_remaining() == 0 && rules.review_duration.is_some();
                let longer = was_last && whole.deadline > view.lifetime.deadline;
                let lifetime = Lifetime { deadline: whole.deadline, ..view.lifetime };
                let moved = longer.then_some(EventKind::LifetimeChanged { lifetime });
                Ok(std::iter::once(finished).chain(moved).collect())
            })
            .await;
        match recorded {
            Ok(()) => live.lifetime_moved.notify_one(),
            Err(error) => {
                tracing::warn!(session.id = %live.record.id, error = ?error, "a prompt's other end could not be written");
            }
        }
    }
}

/// The prompt whose doing it may be when the page has an error now.
fn blamed(view: &SessionView, finished_at: Option<Timestamp>, now: Timestamp) -> Option<PromptId> {
    let is_new = finished_at.is_some_and(|finished_at| now.ms_since(finished_at) <= BLAMED_MS);
    if !is_new || view.prompt_in_progress().is_some() {
        return None;
    }
    let newest = view.prompts.last()?;
    let changed = newest.steps.iter().any(|step| matches!(step, Step::Changed(_)));
    let is_whole = newest.status == Some(PromptStatus::Completed) && !newest.undone;
    (changed && is_whole).then_some(newest.prompt_id)
}
