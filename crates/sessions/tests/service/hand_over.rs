//! A session is given to the user whom its visitor has become, whatever happens at the same moment (A9).

use std::sync::Arc;
use std::time::Duration;

use agent::{Model, ModelError, ModelEvent, ModelRequest, Usage};
use domain::{EndReason, EventKind, PromptStatus, SessionKind, SessionState};
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use sessions::{OnShutdown, SessionError};
use tokio::sync::Semaphore;

use crate::support::{World, visitor};

/// How often two things are let happen at once.
const ROUNDS: u64 = 30;

/// Says something once it is let.
pub struct Gated(pub Arc<Semaphore>);

impl Model for Gated {
    fn stream(&self, _: ModelRequest) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let gate = Arc::clone(&self.0);
        let words = async move {
            // It is never closed.
            gate.acquire_owned().await.unwrap().forget();
            Ok(ModelEvent::TextDelta("Done.".into()))
        };
        stream::once(words).chain(stream::iter([Ok(ModelEvent::Done { usage: Usage::default() })])).boxed()
    }
}

/// A9: the agent goes on with what it was asked, and the owner reads the whole in one journal.
#[tokio::test]
async fn a_prompt_that_is_worked_on_is_finished_for_the_owner() {
    let gate = Arc::new(Semaphore::new(0));
    let world = World::start(|settings| settings.model = Arc::new(Gated(Arc::clone(&gate)))).await;
    let (claimed, access) = world.demo().await;
    let prompt = world.sessions.prompt(&access, "Say something").await.unwrap();
    let user = world.user(1);
    let kept = world.sessions.hand_over(&access, &visitor(1), user).await.unwrap();
    assert_eq!((kept.kind, kept.prompts_used, kept.prompts_max), (SessionKind::Workspace, 1, 501));
    assert_eq!(
        (&kept.preview_url, kept.session_id),
        (&claimed.session.preview_url, claimed.session.session_id)
    );

    gate.add_permits(1);
    let owner = world.sessions.authorize(kept.session_id, None, Some(user)).await.unwrap();
    let told = world.told(&owner, |kind| matches!(kind, EventKind::PromptFinished { .. })).await;
    let place = |wanted: &dyn Fn(&EventKind) -> bool| told.iter().position(wanted);
    let submitted = place(
        &|kind| matches!(kind, EventKind::PromptSubmitted { prompt_id, .. } if *prompt_id == prompt.prompt_id),
    );
    let handed = place(&|kind| matches!(kind, EventKind::HandedOver { .. }));
    let finished = place(
        &|kind| matches!(kind, EventKind::PromptFinished { prompt_id, status: PromptStatus::Completed, .. } if *prompt_id == prompt.prompt_id),
    );
    assert!(submitted.is_some() && submitted < handed && handed < finished, "{told:?}");

    gate.add_permits(2);
    for access in [world.shown(&claimed).await, owner] {
        let asked = world.sessions.prompt(&access, "And again").await.unwrap();
        world
            .told(&access, |kind| matches!(kind, EventKind::PromptFinished { prompt_id, .. } if *prompt_id == asked.prompt_id))
            .await;
    }
    world.sessions.shutdown(OnShutdown::End).await;
}

/// A9: the demo's page, which may not have heard, closes a demo and nothing else.
#[tokio::test]
async fn closing_the_demo_leaves_what_was_kept() {
    let world = World::start(|_| {}).await;
    let (_, access) = world.demo().await;
    world.sessions.hand_over(&access, &visitor(1), world.user(1)).await.unwrap();
    world.sessions.close_demo(&access).await.unwrap();
    assert_eq!(world.sessions.status(&access).await.unwrap().state, SessionState::Ready);
    world.sessions.close(&access).await.unwrap();
    assert_eq!(world.sessions.status(&access).await.unwrap().state, SessionState::Ended);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// A9: when the time is over at the same moment, the session is kept and lives on, or has ended and was not kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_deadline_at_the_same_moment_has_one_outcome() {
    let world = World::start(|settings| {
        // How often a session looks at the clock, which here is moved by hand.
        settings.abuse.processor_interval = Duration::from_millis(1);
        settings.workspace.max_concurrent_per_holder = 0;
    })
    .await;
    for round in 0..ROUNDS {
        let (claimed, access) = world.demo().await;
        let left_ms = claimed.session.lifetime.deadline.ms_since(claimed.session.claimed_at);
        world.clock.advance_ms(i64::try_from(left_ms).unwrap() - 1);
        let (sessions, user) = (world.sessions.clone(), world.user(round));
        let handing = tokio::spawn(async move {
            let handed = sessions.hand_over(&access, &visitor(1), user).await;
            (handed, access)
        });
        world.clock.advance_ms(2);
        let (handed, access) = handing.await.unwrap();
        match handed {
            Ok(kept) => {
                assert_eq!(kept.kind, SessionKind::Workspace);
                // What would end it now would have seen the old deadline.
                world.sessions.revoke_shares(&access).await.unwrap();
                assert_eq!(world.sessions.status(&access).await.unwrap().state, SessionState::Ready);
            }
            Err(SessionError::Ended) => {
                let told = world.told(&access, |kind| matches!(kind, EventKind::SessionEnded { .. })).await;
                assert!(!told.iter().any(|kind| matches!(kind, EventKind::HandedOver { .. })), "{told:?}");
                let ended = world.sessions.status(&access).await.unwrap();
                assert_eq!((ended.kind, ended.ended_reason), (SessionKind::Demo, Some(EndReason::Deadline)));
            }
            Err(other) => panic!("{other:?}"),
        }
        world.sessions.close(&access).await.unwrap();
    }
    world.settled(|world| world.pool("react-vite").in_use == 0).await;
    world.sessions.shutdown(OnShutdown::End).await;
    world.emptied().await;
}

/// A9: a limit that is in the way costs nobody the demo.
#[tokio::test]
async fn who_may_have_no_more_keeps_the_demo_as_it_is() {
    let world = World::start(|settings| settings.workspace.max_concurrent_per_holder = 1).await;
    let user = world.user(1);
    let (_, first) = world.demo().await;
    let (_, second) = world.demo().await;
    world.sessions.hand_over(&first, &visitor(1), user).await.unwrap();
    let refused = world.sessions.hand_over(&second, &visitor(1), user).await.unwrap_err();
    assert!(matches!(refused, SessionError::TooManyOpen { max: 1 }), "{refused:?}");
    let demo = world.sessions.status(&second).await.unwrap();
    assert_eq!((demo.kind, demo.state), (SessionKind::Demo, SessionState::Ready));
    world.sessions.close(&first).await.unwrap();
    world.sessions.hand_over(&second, &visitor(1), user).await.unwrap();
    world.sessions.shutdown(OnShutdown::End).await;
}
