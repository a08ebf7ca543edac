//! The built-in agent: recipes instead of a language model, offline and without a key. It says so when asked.
//!
//! It is a [`Model`] like any other, and a function of the request alone: it asks for the files it needs, plans all
//! edits on a draft of them, writes what changed, and sums up. [`recognise`] turns the prompt into intents, [`recipes`]
//! carry them out with [`edit`]. In a workspace it runs [`errands`], too.

mod conversation;
mod draft;
mod edit;
mod errands;
mod framework;
mod intent;
mod palette;
mod recipes;
mod recognise;
mod section;
#[cfg(test)]
mod tests;
mod widget;

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use serde_json::{Value, json};

use crate::{Model, ModelError, ModelEvent, ModelRequest, Tool, ToolCall, Usage};
use conversation::Conversation;
use draft::{Change, Draft};
use framework::Framework;
use intent::Intent;
use recipes::Report;
use recognise::{Refusal, understand};

/// Prompts that the built-in agent serves, to offer where somebody looks for one.
pub const SUGGESTIONS: [&str; 12] = [
    "Make the theme ocean blue",
    "Add a dark mode toggle",
    "Add a to-do list",
    "Turn it into a landing page for a bakery",
    "Add a pricing table with 3 tiers",
    "Add a countdown timer of 10 minutes",
    "Add a quiz about space",
    "Add an image gallery",
    "Add a contact form",
    "Add a line chart of monthly sales",
    "Change the heading to “Hello, world”",
    "Undo the last change",
];

/// What it says of itself.
const IDENTITY: &str = "I am Sandglass's built-in agent: no language model, but a set of recipes that change this page. \
    Colours, texts and some hundred kinds of sections are what I know.";

/// The built-in agent. It keeps nothing between requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuiltinModel;

impl Model for BuiltinModel {
    fn stream(&self, request: ModelRequest) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let events = answer(&request).into_events(&request);
        stream::iter(events.into_iter().map(Ok)).boxed()
    }

    /// Its recipes would do the same again.
    fn can_mend(&self) -> bool {
        false
    }
}

/// What it answers to one request.
enum Answer {
    Say(String),
    Call(Vec<(Tool, Value)>),
    Decline(String, Vec<String>),
}

fn answer(request: &ModelRequest) -> Answer {
    let conversation = Conversation::of(request);
    let in_workspace = has(request, Tool::RunCommand);
    if in_workspace
        && let Some(errands) = errands::errands(conversation.prompt)
        && let Some(answer) = errands::play(&errands, &conversation)
    {
        return answer;
    }
    let understanding = understand(conversation.prompt, &conversation.past);
    let (mut intents, refusals) = (understanding.intents, understanding.refusals);
    let wants_undo = intents.contains(&Intent::Undo);
    intents.retain(|intent| *intent != Intent::Undo);
    if !wants_undo && intents.is_empty() {
        return decline(&refusals, in_workspace);
    }
    let mut said: Vec<String> = Vec::new();
    if wants_undo {
        match conversation.undone {
            None => return Answer::Call(vec![(Tool::UndoLastChange, json!({}))]),
            Some(Err(error)) if intents.is_empty() => {
                let reason = format!("{error} Ask for something new, and undo will take it back.");
                return Answer::Decline(reason, Refusal::Unclear.suggestions().map(str::to_owned).to_vec());
            }
            Some(Err(error)) => said.push(error.to_owned()),
            Some(Ok(_)) => {
                said.push("Took the last change back: the files are as they were before it.".into())
            }
        }
        if intents.is_empty() {
            return Answer::Say(said.concat());
        }
    }
    let Some(listed) = &conversation.listed else {
        return Answer::Call(vec![(Tool::ListFiles, json!({}))]);
    };
    if in_workspace && Framework::of(|path| listed.contains(&path)).is_none() {
        return no_app();
    }
    let readable = listed.iter().copied().filter(|path| conversation.read.get(path) != Some(&None));
    let read = conversation.read.iter().filter_map(|(path, text)| Some((*path, (*text)?)));
    let mut draft = Draft::new(readable, read);
    let report = recipes::carry_out(&intents, &mut draft);
    let wanted: Vec<_> = draft.wanted().map(|path| (Tool::ReadFile, json!({ "path": path }))).collect();
    if !wanted.is_empty() {
        return Answer::Call(wanted);
    }
    let changes = draft.changes();
    if conversation.written.is_empty() && !changes.is_empty() {
        return Answer::Call(changes.into_iter().map(call_for).collect());
    }
    if changes.is_empty() && said.is_empty() {
        return nothing_changed(&report);
    }
    Answer::Say(summary(said, &report, &refusals, &conversation))
}

fn call_for(change: Change) -> (Tool, Value) {
    match change {
        Change::Write(path, content) => (Tool::WriteFile, json!({ "path": path, "content": content })),
        Change::Delete(path) => (Tool::DeleteFile, json!({ "path": path })),
    }
}

fn has(request: &ModelRequest, wanted: Tool) -> bool {
    request.tools.iter().any(|tool| tool.name == wanted.name())
}

fn decline(refusals: &[Refusal], in_workspace: bool) -> Answer {
    let refusal = refusals.first().copied().unwrap_or(Refusal::Unclear);
    let (beside, suggestions) =
        if in_workspace { (errands::IDENTITY, errands::SUGGESTIONS) } else { ("", refusal.suggestions()) };
    let reason = format!("{} {IDENTITY} {beside}", refusal.reason());
    Answer::Decline(reason.trim().to_owned(), suggestions.map(str::to_owned).to_vec())
}

/// The recipes know one kind of app, and a workspace may hold anything.
fn no_app() -> Answer {
    let reason = format!(
        "There is no page in this workspace that my recipes know: they change apps of React, Vue, Svelte and plain \
         JavaScript as the templates begin them. {}",
        errands::IDENTITY,
    );
    Answer::Decline(reason, errands::SUGGESTIONS.map(str::to_owned).to_vec())
}

/// The page is that way already, or the recipes found no place.
fn nothing_changed(report: &Report) -> Answer {
    let reason = if report.sorry.is_empty() {
        "The page is that way already, so nothing changed.".to_owned()
    } else {
        report.sorry.join(" ")
    };
    Answer::Decline(reason, Refusal::Unclear.suggestions().map(str::to_owned).to_vec())
}

fn summary(
    mut said: Vec<String>,
    report: &Report,
    refusals: &[Refusal],
    conversation: &Conversation<'_>,
) -> String {
    let failed: Vec<String> = conversation
        .written
        .iter()
        .filter_map(|(path, error)| error.map(|error| format!("{path} could not be changed: {error}")))
        .collect();
    if failed.is_empty() {
        said.extend(report.done.iter().cloned());
    }
    said.extend(failed);
    said.extend(report.sorry.iter().cloned());
    let rest = refusals.iter().filter(|refusal| **refusal != Refusal::Unclear);
    said.extend(rest.map(|refusal| format!("The rest I left out: {}", lower_first(refusal.reason()))));
    said.join(" ")
}

fn lower_first(text: &str) -> String {
    // `I` stays as it is.
    if text.starts_with("I ") {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

impl Answer {
    fn into_events(self, request: &ModelRequest) -> Vec<ModelEvent> {
        let before = Conversation::of(request).calls;
        let call = |(number, (tool, arguments)): (usize, (Tool, Value))| {
            let id = format!("builtin-{}", before + number + 1);
            ModelEvent::ToolCall(ToolCall { id, name: tool.name().to_owned(), arguments })
        };
        let mut events: Vec<ModelEvent> = match self {
            Self::Say(text) => vec![ModelEvent::TextDelta(text)],
            Self::Call(calls) => calls.into_iter().enumerate().map(call).collect(),
            Self::Decline(reason, suggestions) => {
                if has(request, Tool::Decline) {
                    let arguments = json!({ "reason": reason, "suggestions": suggestions });
                    vec![call((0, (Tool::Decline, arguments)))]
                } else {
                    vec![ModelEvent::TextDelta(reason)]
                }
            }
        };
        events.push(ModelEvent::Done { usage: Usage::default() });
        events
    }
}
