//! Prompts wait for their turn; the agent is told to forget (G2, G3).

use std::sync::Arc;

use agent::{Message, ScriptedModel, ScriptedStep};
use domain::{EventKind, PromptStatus};
use sessions::{OnShutdown, SessionError};
use tokio::sync::Semaphore;

use crate::hand_over::Gated;
use crate::support::World;

fn submitted(told: &[EventKind]) -> Vec<&str> {
    let texts = told.iter().filter_map(|kind| match kind {
        EventKind::PromptSubmitted { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// G3: what waits is worked on in its order, as it was edited last, and what was taken out is not.
#[tokio::test]
async fn prompts_wait_in_order_and_can_be_edited_and_taken_out() {
    let gate = Arc::new(Semaphore::new(0));
    let world = World::start(|settings| {
        settings.model = Arc::new(Gated(Arc::clone(&gate)));
        settings.workspace.queue_max = 3;
    })
    .await;
    let access = world.workspace().await;
    let sessions = &world.sessions;
    let first = sessions.prompt(&access, "first").await.unwrap();
    assert!(!first.queued);
    let second = sessions.prompt(&access, "second").await.unwrap();
    let third = sessions.prompt(&access, "third").await.unwrap();
    let fourth = sessions.prompt(&access, "fourth").await.unwrap();
    assert_eq!((second.queued, second.position, fourth.position), (true, Some(1), Some(3)));
    assert_eq!(fourth.prompts_remaining, 496);
    let full = sessions.prompt(&access, "fifth").await.unwrap_err();
    assert!(matches!(full, SessionError::QueueFull { max: 3 }), "{full:?}");
    assert!(matches!(sessions.reset_conversation(&access).await, Err(SessionError::Busy)));

    sessions.edit_queued(&access, third.prompt_id, "third, better").await.unwrap();
    sessions.remove_queued(&access, second.prompt_id).await.unwrap();
    let gone = sessions.remove_queued(&access, second.prompt_id).await;
    assert!(matches!(gone, Err(SessionError::NotWaiting)), "{gone:?}");
    let dropped = sessions.outcome(&access, second.prompt_id).await.unwrap();
    assert_eq!(dropped.status, PromptStatus::Stopped);

    gate.add_permits(3);
    let last = fourth.prompt_id;
    let told = world
        .told(
            &access,
            |kind| matches!(kind, EventKind::PromptFinished { prompt_id, .. } if *prompt_id == last),
        )
        .await;
    assert_eq!(submitted(&told), ["first", "third, better", "fourth"]);
    sessions.shutdown(OnShutdown::End).await;
}

/// G3: stopping stops what is worked on, and the next one's turn comes; stopping all drops what waits.
#[tokio::test]
async fn stopping_all_drops_what_waits() {
    let gate = Arc::new(Semaphore::new(0));
    let world = World::start(|settings| settings.model = Arc::new(Gated(Arc::clone(&gate)))).await;
    let access = world.workspace().await;
    let sessions = &world.sessions;
    sessions.prompt(&access, "first").await.unwrap();
    let second = sessions.prompt(&access, "second").await.unwrap().prompt_id;
    let third = sessions.prompt(&access, "third").await.unwrap().prompt_id;
    sessions.stop(&access, false).await.unwrap();
    world
        .told(
            &access,
            |kind| matches!(kind, EventKind::PromptSubmitted { prompt_id, .. } if *prompt_id == second),
        )
        .await;
    sessions.stop(&access, true).await.unwrap();
    let told = world
        .told(
            &access,
            |kind| matches!(kind, EventKind::PromptFinished { prompt_id, .. } if *prompt_id == second),
        )
        .await;
    assert!(told.contains(&EventKind::QueueRemoved { prompt_id: third }), "{told:?}");
    assert_eq!(submitted(&told), ["first", "second"]);
    sessions.shutdown(OnShutdown::End).await;
}

/// G2: a fresh start hides what was before from the agent, and leaves journal and files.
#[tokio::test]
async fn after_a_fresh_start_the_agent_is_shown_nothing_of_before() {
    let model = Arc::new(ScriptedModel::new(["Hello.", "Who?"].map(|text| ScriptedStep::Say(text.into()))));
    let world = World::start(|settings| settings.model = model.clone()).await;
    let access = world.workspace().await;
    world.sessions.reset_conversation(&access).await.unwrap();
    world.asked(&access, "My name is Wren").await;
    world.sessions.reset_conversation(&access).await.unwrap();
    world.asked(&access, "What is my name?").await;
    assert_eq!(model.requests()[1].messages, [Message::User("What is my name?".into())]);
    world.sessions.shutdown(OnShutdown::End).await;
}
