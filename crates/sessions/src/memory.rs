//! What the agent of a prompt is shown of those before it: from the journal, and from the contents that it names (G2).

use std::collections::BTreeSet;

use agent::{PastStep, PastTurn};
use domain::{BlobHash, PromptId, PromptStatus, PromptView, SessionId, SessionView, Step};
use store::Store;

/// One earlier prompt as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remembered {
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
    Some(Remembered { text, status, summary, undone, steps })
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
    for Remembered { text, status, summary, undone, steps: hashes } in remembered {
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
