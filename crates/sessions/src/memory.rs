//! What the agent of a prompt is shown of those before it: from the journal, and from the contents that it names (G2).

use std::collections::BTreeSet;

use agent::{Minutes, PastStep, PastTurn, Turn};
use domain::{
    BlobHash, EventKind, FileAction, FileNote, PromptId, PromptStatus, PromptView, Recollection, SessionId,
    SessionView, Step,
};
use store::Store;

use crate::workspace::SessionWorkspace;

/// Files that a recollection names.
const FILE_NOTES_MAX: usize = 200;
/// How much of a prompt stands beside a file that it changed, in characters.
const ASKED_CHARS_MAX: usize = 80;

/// One earlier prompt as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) prompt_id: PromptId,
    text: String,
    status: PromptStatus,
    summary: String,
    undone: bool,
    steps: Vec<BlobHash>,
}

/// The prompts that are remembered, oldest first. What was refused never reached the agent, and does not now.
pub(crate) fn remembered(view: &SessionView) -> Vec<Remembered> {
    view.remembered().iter().filter_map(of_prompt).collect()
}

/// The same with one that is worked on, as if it were done and had been answered with `summary`.
pub(crate) fn remembered_with(view: &SessionView, prompt_id: PromptId, summary: &str) -> Vec<Remembered> {
    let as_done = |prompt: &PromptView| {
        let (status, summary) = (Some(PromptStatus::Completed), summary.to_owned());
        of_prompt(&PromptView { status, summary, ..prompt.clone() })
    };
    let of =
        |prompt: &PromptView| if prompt.prompt_id == prompt_id { as_done(prompt) } else { of_prompt(prompt) };
    view.remembered().iter().filter_map(of).collect()
}

fn of_prompt(prompt: &PromptView) -> Option<Remembered> {
    let status = prompt.status.filter(|status| *status != PromptStatus::Refused)?;
    let mut summary = prompt.summary.clone();
    if prompt.memory.is_empty()
        && let Some(files) = touched(prompt)
    {
        summary.push_str(&format!(" (It worked on {files}.)"));
    }
    let (text, undone, steps) = (prompt.text.clone(), prompt.undone, prompt.memory.clone());
    let prompt_id = prompt.prompt_id;
    Some(Remembered { prompt_id, text, status, summary, undone, steps })
}

/// The files that a prompt changed, of which nothing else is remembered: its agent broke down in the middle of a step.
fn touched(prompt: &PromptView) -> Option<String> {
    let paths: BTreeSet<&str> = prompt
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Changed(change) => Some(change.path.as_str()),
            _ => None,
        })
        .collect();
    (!paths.is_empty()).then(|| paths.into_iter().collect::<Vec<_>>().join(", "))
}

/// The same with what was done. A step that can't be read is missing; the rest is worth remembering all the same.
pub(crate) async fn recall(
    store: &dyn Store,
    session: SessionId,
    remembered: Vec<Remembered>,
) -> Vec<PastTurn> {
    let mut turns = Vec::with_capacity(remembered.len());
    for Remembered { text, status, summary, undone, steps: hashes, .. } in remembered {
        let mut steps = Vec::with_capacity(hashes.len());
        for hash in hashes {
            match step(store, session, &hash).await {
                Ok(step) => steps.push(step),
                Err(reason) => {
                    tracing::warn!(session.id = %session, reason, "a step of the agent is forgotten");
                }
            }
        }
        turns.push(PastTurn { text, steps, status, summary, undone });
    }
    turns
}

async fn step(store: &dyn Store, session: SessionId, hash: &BlobHash) -> Result<PastStep, String> {
    let content = store.blob(session, hash).await.map_err(|error| format!("{error:?}"))?;
    let content = content.ok_or("it is not in the store")?;
    serde_json::from_slice(&content).map_err(|error| error.to_string())
}

/// The turn of a prompt: with what is remembered as it was, and before that in short. When the conversation has grown too long for the
/// agent, its older part is put in short first, and the journal says how.
pub(crate) async fn turn(job: &SessionWorkspace, text: String, before: Vec<Remembered>) -> Turn {
    let (store, live) = (&*job.sessions.inner.store, &job.live);
    let ids: Vec<PromptId> = before.iter().map(|one| one.prompt_id).collect();
    let mut history = recall(store, live.record.id, before).await;
    let mut recollection = live.look(|view| view.recollection.clone());
    if let Some(count) = job.agent.too_many(&history, recollection.as_ref())
        && let Some(through) = count.checked_sub(1).and_then(|last| ids.get(last)).copied()
    {
        let older: Vec<PastTurn> = history.drain(..count).collect();
        let Minutes { summary, facts, by, used } = job.agent.minutes(recollection.as_ref(), &older).await;
        if let Err(error) = job.sessions.consumed(job, job.agent.name().to_owned(), used).await {
            tracing::warn!(session.id = %live.record.id, error = ?error, "what a recollection cost could not be written");
        }
        let known = recollection.map(|known| known.files).unwrap_or_default();
        let files = live.look(|view| file_notes(known, &view.prompts, &ids[..count]));
        let newer = Recollection { through, facts, summary, files, by };
        let event = EventKind::ConversationCompacted { recollection: newer.clone() };
        if let Err(error) = live.record(|_| Ok(vec![event])).await {
            tracing::warn!(session.id = %live.record.id, error = ?error, "a recollection could not be written");
        }
        recollection = Some(newer);
    }
    job.agent.fit(&mut history);
    Turn { recollection, history, ..Turn::new(text) }
}

/// What became of each file that these prompts changed, as the journal has it; the newest files when there are too many.
fn file_notes(known: Vec<FileNote>, prompts: &[PromptView], ids: &[PromptId]) -> Vec<FileNote> {
    let mut notes = known;
    for prompt in prompts.iter().filter(|prompt| ids.contains(&prompt.prompt_id) && !prompt.undone) {
        for step in &prompt.steps {
            let Step::Changed(change) = step else { continue };
            let done = match change.action {
                FileAction::Created => "made",
                FileAction::Edited => "changed",
                FileAction::Deleted => "deleted",
            };
            let asked: String = prompt.text.chars().take(ASKED_CHARS_MAX).collect();
            notes.retain(|note| note.path != change.path);
            notes.push(FileNote { path: change.path.clone(), note: format!("{done} for “{asked}”") });
        }
    }
    let beyond = notes.len().saturating_sub(FILE_NOTES_MAX);
    notes.drain(..beyond);
    notes
}
