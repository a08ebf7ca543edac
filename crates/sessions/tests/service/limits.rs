//! Limits hold when everybody comes at once (A6).

use domain::Tier;
use futures::future::join_all;
use sessions::{SessionError, Visitor};

use crate::support::{World, visitor};

/// How many claims come at once.
const CLAIMS: u32 = 200;

async fn all_at_once(world: &World, who: impl Fn(u32) -> Visitor) -> Vec<Result<(), SessionError>> {
    let claims = (0..CLAIMS).map(|number| {
        let (sessions, visitor) = (world.sessions.clone(), who(number));
        tokio::spawn(async move { sessions.claim(Default::default(), visitor).await.map(drop) })
    });
    join_all(claims).await.into_iter().map(Result::unwrap).collect()
}

/// A6
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_claims_by_one_visitor_one_is_let_in() {
    let world = World::start(|settings| {
        settings.demo.sessions_per_visitor_per_hour = 1;
        settings.demo.max_concurrent_demos = CLAIMS;
    })
    .await;
    let outcomes = all_at_once(&world, |_| visitor(1)).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(matches!(refused, SessionError::RateLimited { count: 1, max: 1, .. }), "{refused:?}");
    }
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A6
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_visitors_as_many_are_let_in_as_demos_may_run() {
    let world = World::start(|settings| {
        settings.demo.max_concurrent_demos = 10;
        // The pool makes warm ones at the same time.
        settings.caps.max_concurrent_creates = 50;
    })
    .await;
    let outcomes = all_at_once(&world, visitor).await;
    let let_in = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(SessionError::AtCapacity { .. })));
    assert_eq!((let_in, refused.count()), (10, 190));
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A6: a made-up fingerprint for each request gets one network no further than its own limit.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_network_that_names_a_new_browser_each_time_is_still_one_network() {
    let world = World::start(|settings| {
        settings.demo.sessions_per_visitor_per_hour = 1;
        settings.demo.sessions_per_network_per_hour = 5;
        settings.demo.max_concurrent_demos = CLAIMS;
    })
    .await;
    let outcomes =
        all_at_once(&world, |number| Visitor { fingerprint: Some(number.to_string()), ..visitor(1) }).await;
    let limited =
        outcomes.iter().filter(|outcome| matches!(outcome, Err(SessionError::NetworkLimited { .. })));
    assert_eq!((limited.count(), outcomes.iter().filter(|outcome| outcome.is_ok()).count()), (195, 5));
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A6: a restart forgets nothing, and an hour later the visitor is welcome again.
#[tokio::test]
async fn a_visitor_is_known_after_a_restart() {
    let once = |settings: &mut crate::support::Settings| settings.demo.sessions_per_visitor_per_hour = 1;
    let world = World::start(once).await;
    world.claim(visitor(1)).await.unwrap();
    let world = world.restart(once).await;
    let refused = world.claim(visitor(1)).await.unwrap_err();
    assert!(
        matches!(refused, SessionError::RateLimited { count: 1, retry_after_seconds: 3_600, .. }),
        "{refused:?}"
    );
    world.clock.advance_ms(3_600_000);
    world.claim(visitor(1)).await.unwrap();
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A6: a claim that came to nothing is not held against the visitor.
#[tokio::test]
async fn a_claim_without_a_sandbox_does_not_count() {
    let world = World::start(|settings| {
        settings.demo.sessions_per_visitor_per_hour = 1;
        settings.pool.target_ready = 0;
        settings.caps.max_total_sandboxes = 1;
    })
    .await;
    let first = world.claim(visitor(1)).await.unwrap();
    let refused = world.claim(visitor(2)).await.unwrap_err();
    assert!(matches!(refused, SessionError::Unavailable(_)), "{refused:?}");
    world.close(&first).await;
    // The claim has raised what is wanted: the free place is filled ahead of the next one.
    world.tier(Tier::Instant).await;
    world.claim(visitor(2)).await.unwrap();
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}
