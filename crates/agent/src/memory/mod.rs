//! What an agent is shown of the prompts before this one: what was asked, what was done with which result, what was answered (G2).
//!
//! A call and its result are one value here, so that nothing can show one without the other. Pure; where it is kept is
//! somebody else's matter.

mod bounds;
#[cfg(test)]
mod tests;

use domain::PromptStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Message, PastTurn, ToolCall, ToolResult, Turn};

/// One answer of a model that used tools, and what they gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastStep {
    /// Its words; may be empty.
    pub text: String,
    /// Its calls, each with its result.
    pub calls: Vec<PastCall>,
}

/// A tool call and what it gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastCall {
    /// The tool's name.
    pub name: String,
    /// Its arguments.
    pub arguments: Value,
    /// The result, or what went wrong.
    pub result: String,
    /// Whether it failed.
    pub is_error: bool,
}

impl PastStep {
    /// The same in at most about [`bounds::STEP_BYTES_MAX`] bytes: of what is long, the middle is left out and said to be.
    #[must_use]
    pub fn bounded(self) -> Self {
        bounds::bounded(self)
    }
}

/// The conversation so far with the new prompt at its end.
pub(crate) fn conversation(turn: Turn) -> Vec<Message> {
    let past = turn.history.into_iter().zip(1..).flat_map(|(past, number)| messages(past, number));
    past.chain([Message::User(turn.text)]).collect()
}

fn messages(past: PastTurn, number: usize) -> Vec<Message> {
    let last = words(&past);
    let mut messages = vec![Message::User(past.text)];
    for (step, step_number) in past.steps.into_iter().zip(1..) {
        let (mut calls, mut results) = (Vec::new(), Vec::new());
        for (call, call_number) in step.calls.into_iter().zip(1..) {
            // A model's own ids may be used again in another prompt, and no id may stand twice in one request.
            let id = format!("past-{number}-{step_number}-{call_number}");
            let PastCall { name, arguments, result, is_error } = call;
            calls.push(ToolCall { id: id.clone(), name, arguments });
            results.push(Message::Tool(ToolResult { call_id: id, content: result, is_error }));
        }
        messages.push(Message::Assistant { text: step.text, calls });
        messages.extend(results);
    }
    messages.push(Message::Assistant { text: last, calls: Vec::new() });
    messages
}

/// The last words of an earlier prompt: what was answered, and what became of it if that is not plain from the answer.
fn words(past: &PastTurn) -> String {
    let before = match past.status {
        PromptStatus::Completed => "",
        PromptStatus::Refused => "(This was refused.) ",
        PromptStatus::Failed => "(This failed.) ",
        PromptStatus::Stopped => "(This was stopped by the person.) ",
    };
    let summary = if past.summary.is_empty() { "Done." } else { &past.summary };
    let after =
        if past.undone { " (Its changes were taken back later: the files are without them.)" } else { "" };
    format!("{before}{summary}{after}")
}
