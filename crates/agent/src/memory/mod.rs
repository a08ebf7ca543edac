//! What an agent is shown of the prompts before this one: what was asked, what was done with which result, what was answered (G2).
//!
//! A call and its result are one value here, so that nothing can show one without the other. Pure; where it is kept is
//! somebody else's matter. What is too long for a model is put in short by [`compaction`].

mod bounds;
mod compaction;
#[cfg(test)]
mod tests;

use std::time::Duration;

use domain::{ModelUse, PromptStatus, Recollection, RecollectionBy};
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::timeout;

use crate::{Agent, Message, ModelEvent, ModelRequest, PastTurn, ToolCall, ToolResult, Turn, Usage};

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

/// How long a model may take to write minutes.
const MINUTES_TIMEOUT: Duration = Duration::from_secs(60);

/// The older part of a conversation in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// What was asked and decided, in plain text.
    pub summary: String,
    /// What people said that holds on, in their own words.
    pub facts: Vec<String>,
    /// Who wrote the summary.
    pub by: RecollectionBy,
    /// What the model consumed.
    pub used: ModelUse,
}

impl Agent {
    /// How many of the oldest prompts have to be remembered in short before the next one is asked; `None` when all of them fit.
    pub fn too_many(&self, history: &[PastTurn], recollection: Option<&Recollection>) -> Option<usize> {
        compaction::too_many(history, recollection, self.model().context_tokens()?)
    }

    /// Leaves out what does not fit of the newest prompts: whole steps, each call with its result.
    pub fn fit(&self, history: &mut [PastTurn]) {
        if let Some(context_tokens) = self.model().context_tokens() {
            compaction::fit(history, context_tokens);
        }
    }

    /// The minutes of these prompts. The model writes them; when it does not, prompts and answers are cut short in their place.
    pub async fn minutes(&self, known: Option<&Recollection>, older: &[PastTurn]) -> Minutes {
        let texts = older.iter().map(|turn| turn.text.as_str());
        let facts = compaction::facts(known.map(|known| known.facts.as_slice()).unwrap_or_default(), texts);
        let context_tokens = self.model().context_tokens().unwrap_or_default();
        let bytes_max = usize::try_from(context_tokens).unwrap_or(usize::MAX);
        let request = ModelRequest {
            system: compaction::PREAMBLE.into(),
            messages: vec![Message::User(compaction::transcript(known, older, bytes_max))],
            tools: Vec::new(),
        };
        let written = timeout(MINUTES_TIMEOUT, self.written(request)).await.ok().flatten();
        match written {
            Some((summary, usage)) => {
                Minutes { summary, facts, by: RecollectionBy::Model, used: self.priced(usage) }
            }
            None => {
                let summary = compaction::extract(known, older);
                Minutes { summary, facts, by: RecollectionBy::Extract, used: ModelUse::default() }
            }
        }
    }

    /// What the model answers in words; `None` when it does not, or says too much.
    async fn written(&self, request: ModelRequest) -> Option<(String, Usage)> {
        let (mut text, mut events) = (String::new(), self.model().stream(request));
        while let Some(event) = events.next().await {
            match event {
                Ok(ModelEvent::TextDelta(delta)) => text.push_str(&delta),
                Ok(ModelEvent::Done { usage }) => {
                    let text = text.trim().to_owned();
                    return (!text.is_empty()).then_some((text, usage));
                }
                Ok(ModelEvent::ToolCall(_)) => return None,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "a model did not write minutes");
                    return None;
                }
            }
            if text.len() > compaction::SUMMARY_BYTES_MAX {
                return None;
            }
        }
        None
    }
}

/// The conversation so far with the new prompt at its end.
pub(crate) fn conversation(turn: Turn) -> Vec<Message> {
    let in_short = turn.recollection.iter().flat_map(compaction::messages);
    let past = turn.history.into_iter().zip(1..).flat_map(|(past, number)| messages(past, number));
    in_short.chain(past).chain([Message::User(turn.text)]).collect()
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
            results.push(Message::Tool(ToolResult { call_id: id, content: result, picture: None, is_error }));
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
