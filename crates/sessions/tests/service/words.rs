//! Words are heard while they are said (F1, A2).

use std::sync::Arc;

use agent::{ScriptedModel, ScriptedStep};
use domain::PromptStatus;
use domain::wire::WordsJson;
use futures::StreamExt as _;
use serde_json::json;

use crate::support::World;

/// A2, F1: the words of an answer come before it is complete, also to who comes in between; what was said on the way and what was
/// stopped is over.
#[tokio::test]
async fn words_are_heard_before_the_answer_is_complete() {
    let look = vec![("list_files".to_owned(), json!({}))];
    let steps = [ScriptedStep::Call("Let me look.".into(), look), ScriptedStep::Begin("I would".into())];
    let world = World::start(|settings| settings.model = Arc::new(ScriptedModel::new(steps))).await;
    let (_, access) = world.demo().await;
    let sessions = &world.sessions;
    let mut words = sessions.words(&access);
    let prompt_id = sessions.prompt(&access, "Make it blue").await.unwrap().prompt_id;
    let said = |text: &str| WordsJson { prompt_id, text: text.into() };
    while words.next().await.unwrap() != said("I would") {}
    assert_eq!(
        sessions.words(&access).next().await,
        Some(said("I would")),
        "who comes later hears all so far"
    );

    sessions.stop(&access, false).await.unwrap();
    assert_eq!(words.next().await, Some(said("")));
    let outcome = sessions.outcome(&access, prompt_id).await.unwrap();
    assert_eq!(outcome.status, PromptStatus::Stopped);
    sessions.close(&access).await.unwrap();
    assert_eq!(words.next().await, None);
}
