//! What the agent remembers of earlier prompts, also in a later run of the server (G2).

use std::sync::Arc;

use agent::{Message, ModelError, ScriptedModel, ScriptedStep, ToolCall, ToolResult};
use domain::PromptStatus;
use domain::wire::{OpenKind, OpenRequest};
use serde_json::json;
use sessions::{Access, OnShutdown};

use crate::support::{World, visitor};

fn call(name: &str, arguments: serde_json::Value) -> ScriptedStep {
    ScriptedStep::Call("On it.".into(), vec![(name.into(), arguments)])
}

fn say(text: &str) -> ScriptedStep {
    ScriptedStep::Say(text.into())
}

/// What the conversation shows of a prompt in which one tool was called.
fn shown(
    number: usize,
    text: &str,
    tool: &str,
    arguments: serde_json::Value,
    result: &str,
    last: &str,
) -> Vec<Message> {
    let id = format!("past-{number}-1-1");
    let call = ToolCall { id: id.clone(), name: tool.into(), arguments };
    vec![
        Message::User(text.into()),
        Message::Assistant { text: "On it.".into(), calls: vec![call] },
        Message::Tool(ToolResult { call_id: id, content: result.into(), picture: None, is_error: false }),
        Message::Assistant { text: last.into(), calls: vec![] },
    ]
}

/// G2: the model is shown what was done and what that gave; what failed is told as that; a restart changes none of it.
#[tokio::test]
async fn the_next_prompt_is_shown_what_was_done_also_after_a_restart() {
    let notes = json!({ "path": "src/notes.js", "content": "export const name = \"Wren\";\n" });
    let read = json!({ "path": "src/notes.js" });
    let broken = ModelError::Refused { status: 401 };
    let model = Arc::new(ScriptedModel::new([
        call("write_file", notes.clone()),
        say("Wrote the notes."),
        call("read_file", read.clone()),
        ScriptedStep::Break(vec![], broken),
        say("Here I am."),
    ]));
    let world = World::start(|settings| settings.model = model.clone()).await;
    let (claimed, access) = world.demo().await;
    assert_eq!(world.asked(&access, "The name is Wren").await.status, PromptStatus::Completed);
    assert_eq!(world.asked(&access, "Look at the notes").await.status, PromptStatus::Failed);
    let world = world.take_over(|settings| settings.model = model.clone()).await;
    let access = world.shown(&claimed).await;
    assert_eq!(world.asked(&access, "What is the name?").await.summary, "Here I am.");

    let failed = "(This failed.) That did not work: the model could not answer. Nothing was changed.";
    let text = "export const name = \"Wren\";\n";
    let expected: Vec<Message> =
        shown(1, "The name is Wren", "write_file", notes, "Written.", "Wrote the notes.")
            .into_iter()
            .chain(shown(2, "Look at the notes", "read_file", read, text, failed))
            .chain([Message::User("What is the name?".into())])
            .collect();
    assert_eq!(model.requests().last().unwrap().messages, expected);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// What the last request shows of what was before, in short.
fn in_short(model: &ScriptedModel) -> String {
    match model.requests().last().unwrap().messages.first() {
        Some(Message::User(text)) => text.clone(),
        other => panic!("{other:?}"),
    }
}

/// Prompts that fill a small model's context, after a first one that says something worth remembering.
async fn filled(world: &World, access: &Access, rounds: u32) {
    world.asked(access, "The bakery is called Wren & Rye. Never show prices.").await;
    for round in 0..rounds {
        world.asked(access, &format!("Note {round}: {}", "a word and another ".repeat(110))).await;
    }
}

/// G2: what was said and made early survives when the conversation gets too long, also when the model's minutes leave it out, and
/// the newest prompts are shown as they were.
#[tokio::test]
async fn a_long_conversation_is_remembered_in_short() {
    let logo = json!({ "path": "src/logo.js", "content": "// a wren" });
    let steps = [call("write_file", logo), say("Drew the logo.")].into_iter().chain([
        say("Noted."),
        say("Noted."),
        say("Noted."),
        say("Minutes: a bakery's page."),
        say("Still here."),
    ]);
    let model = Arc::new(ScriptedModel::new(steps).with_context_tokens(4_096));
    let world = World::start(|settings| settings.model = model.clone()).await;
    let access = world.workspace().await;
    filled(&world, &access, 3).await;
    assert_eq!(world.asked(&access, "What do you know?").await.summary, "Still here.");
    let told = in_short(&model);
    for kept in [
        "The bakery is called Wren & Rye.",
        "Never show prices.",
        "Minutes: a bakery's page.",
        "src/logo.js: made",
    ] {
        assert!(told.contains(kept), "{kept} is not in {told}");
    }
    let asked = model.requests();
    let minutes = &asked[asked.len() - 2];
    assert!(minutes.tools.is_empty() && minutes.system.contains("minutes"), "{minutes:?}");
    let shown = &asked.last().unwrap().messages;
    assert!(matches!(&shown[2], Message::User(text) if text.starts_with("Note 2")), "{shown:?}");
    world.sessions.shutdown(OnShutdown::End).await;
}

/// G2: a model that writes no minutes loses nothing that matters: prompts and answers are cut short in their place. A later run of
/// the server remembers the same.
#[tokio::test]
async fn without_minutes_prompts_are_cut_short() {
    let broken = ScriptedStep::Break(vec![], ModelError::Refused { status: 500 });
    let steps = (0..4).map(|_| say("Noted.")).chain([broken, say("Here."), say("Again.")]);
    let model = Arc::new(ScriptedModel::new(steps).with_context_tokens(4_096));
    let world = World::start(|settings| settings.model = model.clone()).await;
    world.offered(|offer| offer.warm > 0).await;
    let request = OpenRequest {
        kind: OpenKind::Workspace,
        template: None,
        provider: None,
        fingerprint: None,
        challenge: None,
    };
    let claimed = world.sessions.open(request, visitor(1), None).await.unwrap();
    let access = world.shown(&claimed).await;
    filled(&world, &access, 3).await;
    assert_eq!(world.asked(&access, "What do you know?").await.summary, "Here.");
    let first = in_short(&model);
    assert!(first.contains("Wren & Rye") && first.contains("- Asked: Note 0:"), "{first}");
    let world = world.take_over(|settings| settings.model = model.clone()).await;
    let access = world.shown(&claimed).await;
    assert_eq!(world.asked(&access, "And now?").await.summary, "Again.");
    assert_eq!(in_short(&model), first);
    world.sessions.shutdown(OnShutdown::End).await;
}
