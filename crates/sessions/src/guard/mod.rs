//! The guard over what prompts change: it looks whether that works, has the agent mend it, and brings the newest version back that
//! worked when it can't (G4).
//!
//! Whether the app builds is asked of the dev server after each prompt, before it counts as done. What a page says in its console
//! comes from browsers, if one is there, and may come later: then the agent goes on with the prompt that it had finished.

mod decision;
mod report;

use std::sync::Arc;

use agent::{CancellationToken, Turn, TurnOutcome};
use domain::{
    EventKind, FaultSource, PromptId, PromptStatus, PromptView, RepairOutcome, SessionKind, SessionView,
    Soundness, Step, VersionCause, VersionView, WorkspacePath,
};
use sandbox::{BuildFault, Sandbox};

use crate::live::LiveSession;
use crate::memory::{recall, remembered_with};
use crate::prompt::run;
use crate::versions::{self, Why};
use crate::workspace::SessionWorkspace;
use crate::{SessionError, Sessions, taking_back};
use decision::{Next, new_ones, next};
pub(crate) use report::Reports;
pub use report::{
    REPORT_CHARS_MAX as PREVIEW_REPORT_CHARS_MAX, REPORT_ERRORS_MAX as PREVIEW_REPORT_ERRORS_MAX,
};

/// Something that does not work, and where that was seen.
struct Red {
    source: FaultSource,
    faults: Vec<String>,
    /// The repair that the journal tells of already, if it does.
    begun: Option<u32>,
}

impl Sessions {
    /// What could not be built before a prompt began: that is not the agent's doing.
    pub(crate) async fn faults_before(&self, live: &LiveSession, sandbox: &dyn Sandbox) -> Vec<String> {
        let known = |view: &SessionView| {
            let newest = view.versions.last();
            view.kind == SessionKind::Demo || newest.is_some_and(|last| last.build == Some(Soundness::Green))
        };
        if live.look(known) {
            return Vec::new();
        }
        let edited = live.look(|view| view.versions.last().map(|last| last.version.files.clone()));
        let edited: Vec<WorkspacePath> = edited.into_iter().flatten().map(|file| file.path).collect();
        let found = build_faults(live, sandbox, &edited).await;
        self.mark(live, FaultSource::Build, found.as_deref()).await;
        found.unwrap_or_default()
    }

    /// What became of a prompt once the guard has looked at what it changed.
    pub(crate) async fn guard(
        &self,
        job: &SessionWorkspace,
        stop: &CancellationToken,
        before: &[String],
        outcome: TurnOutcome,
    ) -> TurnOutcome {
        let is_done = matches!(outcome.status, PromptStatus::Completed | PromptStatus::Stopped);
        if !is_done || job.changed().is_empty() {
            return outcome;
        }
        match self.look(job, before).await {
            Some(red) if outcome.status == PromptStatus::Completed => {
                self.mend(job, stop, red, before, outcome).await
            }
            // Whoever stops the agent wants it to stop.
            Some(_) | None => outcome,
        }
    }

    /// Has the agent mend what is wrong until it is not, or brings the newest version back that worked.
    async fn mend(
        &self,
        job: &SessionWorkspace,
        stop: &CancellationToken,
        mut red: Red,
        before: &[String],
        outcome: TurnOutcome,
    ) -> TurnOutcome {
        loop {
            let attempt = match red.begun {
                Some(attempt) => attempt,
                None => match self.begin_repair(job, &red).await {
                    Next::Repair { attempt } => attempt,
                    Next::Restore => return self.give_up(job, &red, outcome).await,
                },
            };
            let remembered = job.live.look(|view| remembered_with(view, job.prompt_id, &outcome.summary));
            let mut history = recall(&*self.inner.store, job.live.record.id, remembered).await;
            job.agent.fit(&mut history);
            let recollection = job.live.look(|view| view.recollection.clone());
            let turn = Turn { recollection, ..Turn::report(seen(red.source), &red.faults, history) };
            let repaired = run(job.clone(), turn, stop.clone()).await;
            let ended = |outcome| EventKind::RepairFinished { prompt_id: job.prompt_id, attempt, outcome };
            match repaired.status {
                PromptStatus::Completed => {}
                PromptStatus::Stopped => {
                    self.note(job, vec![ended(RepairOutcome::Abandoned)]).await;
                    let summary = "Stopped while it was being mended. What was changed so far stays.".into();
                    return TurnOutcome { status: PromptStatus::Stopped, summary, ..outcome };
                }
                PromptStatus::Refused | PromptStatus::Failed => {
                    self.note(job, vec![ended(RepairOutcome::Abandoned)]).await;
                    return self.give_up(job, &red, outcome).await;
                }
            }
            let (prompt_id, text) = (job.prompt_id, repaired.summary);
            match self.look(job, before).await {
                None => {
                    self.note(
                        job,
                        vec![EventKind::AgentSaid { prompt_id, text }, ended(RepairOutcome::Mended)],
                    )
                    .await;
                    return outcome;
                }
                Some(still) => {
                    self.note(job, vec![ended(RepairOutcome::Broken)]).await;
                    red = still;
                }
            }
        }
    }

    /// Decides what follows, and tells when that is a repair.
    async fn begin_repair(&self, job: &SessionWorkspace, red: &Red) -> Next {
        let can_mend = job.agent.can_mend();
        let decide = |view: &SessionView| {
            let prompt = view.prompts.iter().rfind(|prompt| prompt.prompt_id == job.prompt_id);
            prompt.map_or(Next::Restore, |prompt| next(prompt, &red.faults, can_mend))
        };
        let decided = job.live.look(decide);
        if let Next::Repair { attempt } = decided {
            self.note(job, vec![red.started(job.prompt_id, attempt)]).await;
        }
        decided
    }

    /// Looks whether the app builds, and keeps what it is as a version that says so.
    async fn look(&self, job: &SessionWorkspace, before: &[String]) -> Option<Red> {
        let found = build_faults(&job.live, &*job.sandbox, &job.changed()).await;
        versions::keep(&job.live, &*self.inner.store, Why::Prompt(job.prompt_id)).await;
        self.mark(&job.live, FaultSource::Build, found.as_deref()).await;
        let faults = new_ones(before, found.unwrap_or_default());
        (!faults.is_empty()).then_some(Red { source: FaultSource::Build, faults, begun: None })
    }

    /// Brings the newest version back that worked, and says so.
    async fn give_up(&self, job: &SessionWorkspace, red: &Red, outcome: TurnOutcome) -> TurnOutcome {
        let tried = job.prompt().is_some_and(|prompt| prompt.repairs() > 0);
        let what = match (red.source, tried) {
            (FaultSource::Build, false) => "The change did not build",
            (FaultSource::Build, true) => "The change did not build, and mending it did not help",
            (FaultSource::Console, false) => "The page reported an error after the change",
            (FaultSource::Console, true) => {
                "The page reported an error after the change, and mending it did not help"
            }
        };
        let rest = match self.bring_last_green(job).await {
            Ok(()) => "The app is back to how it was when it last worked.",
            Err(error) => {
                tracing::warn!(session.id = %job.live.record.id, error = ?error, "the last version that worked is not back");
                "The last version that worked could not be brought back."
            }
        };
        let fault = red.faults.first().and_then(|fault| fault.lines().next()).unwrap_or_default();
        let fault: String = fault.chars().take(FAULT_SHOWN_CHARS).collect();
        let summary = format!("{what}. {rest} This prompt was not counted. What was wrong: {fault}");
        TurnOutcome { status: PromptStatus::Failed, summary, counted: false, ..outcome }
    }

    async fn bring_last_green(&self, job: &SessionWorkspace) -> Result<(), SessionError> {
        let prompt_id = job.prompt_id;
        let target = job.live.look(|view| last_green(&view.versions, prompt_id));
        let told = match target {
            Some(version) => {
                self.bring_version_back(job, version).await?;
                EventKind::RepairRestored { prompt_id, version }
            }
            // A demo has no versions; before this prompt it worked.
            None => {
                let prompt = job.prompt().ok_or(SessionError::Ended)?;
                let back =
                    taking_back::take_back(&*self.inner.store, &job.live, &*job.sandbox, &prompt).await;
                back.map_err(|_| SessionError::VersionNotKept)?;
                EventKind::PromptUndone { prompt_id, undone: prompt_id }
            }
        };
        job.live.record(|_| Ok(vec![told])).await
    }

    /// Looks whether a session begins with an app that builds.
    pub(crate) async fn check_first_version(&self, live: &Arc<LiveSession>) {
        if let Some(sandbox) = live.sandbox.get() {
            self.faults_before(live, &**sandbox).await;
        }
    }

    /// Notes at the newest version what was found of it; nothing when nobody could tell.
    async fn mark(&self, live: &LiveSession, source: FaultSource, found: Option<&[String]>) {
        let Some(found) = found else { return };
        let result = if found.is_empty() { Soundness::Green } else { Soundness::Red };
        let mark = |view: &SessionView| {
            let last = view.versions.last()?;
            let known = match source {
                FaultSource::Build => last.build,
                FaultSource::Console => last.console,
            };
            let version = last.version.version;
            (known != Some(result)).then_some(EventKind::VersionChecked { version, source, result })
        };
        let recorded = live.record(|view| Ok(mark(view).into_iter().collect())).await;
        // A session that has ended meanwhile needs no mark.
        if let Err(error) = recorded {
            tracing::debug!(session.id = %live.record.id, error = ?error, "a version is not marked");
        }
    }

    /// Writes steps of the guard; it goes on when they can't be written, as the agent does.
    async fn note(&self, job: &SessionWorkspace, kinds: Vec<EventKind>) {
        if let Err(error) = job.live.record(|_| Ok(kinds)).await {
            tracing::warn!(session.id = %job.live.record.id, error = ?error, "a step of the guard could not be written");
        }
    }
}

/// How much of a fault stands in a summary, in characters.
const FAULT_SHOWN_CHARS: usize = 300;

impl Red {
    fn started(&self, prompt_id: PromptId, attempt: u32) -> EventKind {
        EventKind::RepairStarted { prompt_id, attempt, source: self.source, faults: self.faults.clone() }
    }
}

impl SessionWorkspace {
    fn prompt(&self) -> Option<PromptView> {
        self.live.look(|view| view.prompts.iter().rfind(|prompt| prompt.prompt_id == self.prompt_id).cloned())
    }

    /// The files that the prompt has changed.
    fn changed(&self) -> Vec<WorkspacePath> {
        self.live.look(|view| {
            let prompt = view.prompts.iter().rfind(|prompt| prompt.prompt_id == self.prompt_id);
            let steps = prompt.map(|prompt| prompt.steps.as_slice()).unwrap_or_default();
            let mut paths: Vec<WorkspacePath> = steps
                .iter()
                .filter_map(|step| match step {
                    Step::Changed(change) => Some(change.path.clone()),
                    _ => None,
                })
                .collect();
            paths.sort();
            paths.dedup();
            paths
        })
    }
}

/// What can't be built; `None` where nobody can tell.
async fn build_faults(
    live: &LiveSession,
    sandbox: &dyn Sandbox,
    changed: &[WorkspacePath],
) -> Option<Vec<String>> {
    match sandbox.faults(changed).await {
        Ok(found) => found.map(|faults| faults.into_iter().map(text).collect()),
        Err(error) => {
            tracing::warn!(session.id = %live.record.id, error = %error, "nobody knows whether a change builds");
            None
        }
    }
}

fn text(fault: BuildFault) -> String {
    let BuildFault { file, message } = fault;
    if message.contains(&file) { message } else { format!("{file}: {message}") }
}

const fn seen(source: FaultSource) -> &'static str {
    match source {
        FaultSource::Build => "the dev server can't build it.",
        FaultSource::Console => "the page reports errors in its console.",
    }
}

/// The newest version before a prompt of which nothing bad is known. What people did by hand is never gone back behind.
fn last_green(versions: &[VersionView], prompt: PromptId) -> Option<u32> {
    let own = versions.iter().position(|one| one.version.prompt_id == Some(prompt)).unwrap_or(versions.len());
    let before = versions.get(..own).unwrap_or_default();
    let found = before.iter().rfind(|one| one.may_work() || one.version.cause == VersionCause::Edits);
    found.or(before.last()).map(|one| one.version.version)
}
