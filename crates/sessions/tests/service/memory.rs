//! What the agent remembers of earlier prompts, also in a later run of the server (G2).

use std::sync::Arc;

use agent::{Message, ModelError, ScriptedModel, ScriptedStep, ToolCall, ToolResult};
use domain::PromptStatus;
use serde_json::json;
use sessions::OnShutdown;

use crate::support::World;

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
        Message::Tool(ToolResult { call_id: id, content: result.into(), is_error: false }),
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
