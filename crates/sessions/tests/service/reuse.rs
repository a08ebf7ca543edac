//! One sandbox for all prompts of a session, and which is given up when somebody has too many (G1).

use std::sync::Arc;
use std::time::Duration;

use domain::wire::{ClaimResponse, ReuseJson};
use domain::{EndReason, EventKind};
use futures::StreamExt as _;
use sessions::{Access, OnShutdown, SessionError};
use tokio::sync::Semaphore;

use crate::hand_over::Gated;
use crate::support::{Settings, World};

const MINUTE_MS: i64 = 60_000;

fn two_each(settings: &mut Settings) {
    settings.workspace.max_concurrent_per_holder = 2;
}

async fn ended(world: &World, claimed: &ClaimResponse) -> Option<EndReason> {
    world.sessions.status(&world.shown(claimed).await).await.unwrap().ended_reason
}

/// Somebody has its page open, as long as the answer lives.
async fn watched(world: &World, access: &Access) -> sessions::EventStream {
    let mut events = world.sessions.events(access, 0);
    events.next().await.unwrap().unwrap();
    events
}

/// G1: who begins another than they may have gives up the one that they left longest ago, and what was said in it stays readable.
#[tokio::test]
async fn the_one_left_longest_ago_is_given_up() {
    let world = World::start(two_each).await;
    let user = Some(world.user(7));
    let first = world.try_open_workspace(user).await.unwrap();
    world.clock.advance_ms(MINUTE_MS);
    let second = world.try_open_workspace(user).await.unwrap();
    world.clock.advance_ms(MINUTE_MS);
    let prompted = world.shown(&first).await;
    for text in ["Add a counter", "Make it blue"] {
        world.asked(&prompted, text).await;
    }
    world.clock.advance_ms(MINUTE_MS);
    let third = world.try_open_workspace(user).await.unwrap();
    assert_eq!(ended(&world, &second).await, Some(EndReason::Replaced), "the first was used after it");
    assert_eq!(ended(&world, &first).await, None);

    let expected = ReuseJson {
        sandboxes: 2,
        sandboxes_max: 2,
        prompts: 2,
        reused: 1,
        replaced: 1,
        oldest_age_seconds: Some(180),
    };
    assert_eq!(world.sessions.reuse_of(user, &[]).await.unwrap(), expected);
    let reuse = world.sessions.reuse();
    assert_eq!((reuse.rate, reuse.oldest_age_ms), (Some(0.5), Some(180_000)));

    world.clock.advance_ms(MINUTE_MS);
    world.shown(&third).await;
    world.clock.advance_ms(MINUTE_MS);
    world.try_open_workspace(user).await.unwrap();
    assert_eq!(ended(&world, &first).await, Some(EndReason::Replaced), "the third was looked at after it");
    let told =
        world.told(&world.shown(&first).await, |kind| matches!(kind, EventKind::SessionEnded { .. })).await;
    let asked = told.iter().filter(|kind| matches!(kind, EventKind::PromptSubmitted { .. }));
    assert_eq!(asked.count(), 2, "its conversation is there");
    world.sessions.shutdown(OnShutdown::End).await;
}

/// G1: nobody loses what they look at, what works, what they left just now, or what may be somebody else's.
#[tokio::test]
async fn what_is_in_use_is_not_given_up() {
    let world = World::start(two_each).await;
    let user = Some(world.user(7));
    let first = world.try_open_workspace(user).await.unwrap();
    let second = world.try_open_workspace(user).await.unwrap();
    assert!(
        matches!(world.try_open_workspace(user).await, Err(SessionError::TooManyOpen { max: 2 })),
        "left just now"
    );
    let page = watched(&world, &world.shown(&first).await).await;
    let other_page = watched(&world, &world.shown(&second).await).await;
    world.clock.advance_ms(2 * MINUTE_MS);
    assert!(
        matches!(world.try_open_workspace(user).await, Err(SessionError::TooManyOpen { max: 2 })),
        "looked at"
    );
    drop((page, other_page));
    world.clock.advance_ms(2 * MINUTE_MS);
    world.try_open_workspace(user).await.unwrap();

    let anonymous = world.try_open_workspace(None).await.unwrap();
    world.try_open_workspace(None).await.unwrap();
    world.clock.advance_ms(2 * MINUTE_MS);
    assert!(
        matches!(world.try_open_workspace(None).await, Err(SessionError::TooManyOpen { max: 2 })),
        "a network is many"
    );
    assert_eq!(ended(&world, &anonymous).await, None);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// G1: a workspace that was left is given back after half an hour, however long it may last; not while its agent works.
#[tokio::test]
async fn a_workspace_that_was_left_is_given_back() {
    let gate = Arc::new(Semaphore::new(0));
    let model = Arc::new(Gated(Arc::clone(&gate)));
    let world = World::start(|settings| {
        settings.model = model;
        settings.workspace.duration = Duration::from_secs(7_200);
    })
    .await;
    let claimed = world.open_workspace().await;
    let access = world.shown(&claimed).await;
    drop(watched(&world, &access).await);
    world.sessions.prompt(&access, "Take your time").await.unwrap();
    world.clock.advance_ms(31 * MINUTE_MS);
    // Whoever asks for the session has not left it, so it is asked how many were given back.
    let given_back = |world: &World| world.sessions.tally().ends.contains(&("away", 1));
    assert!(!given_back(&world));
    gate.add_permits(1);
    world.settled(given_back).await;
    assert_eq!(ended(&world, &claimed).await, Some(EndReason::Away));
    world.sessions.shutdown(OnShutdown::End).await;
}
