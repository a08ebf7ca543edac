//! What an open page is told, down the ladder and up again (A4).

use domain::Tier;
use sandbox::sim::CreateOutcome;
use sessions::SessionError;

use crate::support::{World, visitor};

/// A4
#[tokio::test]
async fn an_open_page_follows_the_pool_down_and_up_again() {
    let world = World::start(|settings| {
        settings.pool.target_ready = 1;
        settings.demo.max_concurrent_demos = 2;
    })
    .await;
    let offer = world.tier(Tier::Instant).await;
    assert_eq!((offer.warm, offer.wait_seconds, offer.reason), (1, 0, None));

    // From now on no sandbox gets ready, so the pool stays empty once the last warm one is claimed.
    world.sim.always_create(CreateOutcome::Hang);
    let first = world.claim(visitor(1)).await.unwrap();
    // The pool and the session are told one after the other.
    let offer = world.offered(|offer| offer.tier == Tier::Starting && offer.building_now == 1).await;
    assert_eq!(offer.warm, 0);

    let second = world.claim(visitor(2)).await.unwrap();
    let offer = world.tier(Tier::Replay).await;
    assert_eq!((offer.building_now, offer.reason.as_deref()), (2, Some("All demos are in use right now.")));

    world.close(&second).await;
    world.tier(Tier::Starting).await;
    world.close(&first).await;
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A4
#[tokio::test]
async fn a_demo_that_becomes_free_brings_the_button_back() {
    let world = World::start(|settings| settings.demo.max_concurrent_demos = 1).await;
    world.offered(|offer| offer.warm == 2).await;
    let claimed = world.claim(visitor(1)).await.unwrap();
    world.tier(Tier::Replay).await;
    world.close(&claimed).await;
    world.tier(Tier::Instant).await;
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A4
#[tokio::test]
async fn a_provider_that_keeps_failing_takes_the_button_away() {
    let world = World::start(|settings| {
        settings.pool.target_ready = 1;
        settings.demo.max_concurrent_demos = 9;
    })
    .await;
    world.tier(Tier::Instant).await;
    world.sim.always_create(CreateOutcome::Fail("no more machines".into()));
    let claimed = world.claim(visitor(1)).await.unwrap();
    // Those who click although none is warm meet the same failure.
    for number in 2..5 {
        // Which of the limits refuses the later ones depends on how far the failures have come.
        let _: Result<_, SessionError> = world.claim(visitor(number)).await;
    }
    let offer = world.tier(Tier::Disabled).await;
    assert_eq!(offer.reason.as_deref(), Some("Sandboxes can't be started right now."));
    world.close(&claimed).await;
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}

/// A4: who is told first that the server stops are the pages; who still clicks is told when to come back.
#[tokio::test]
async fn a_server_that_is_about_to_stop_offers_nothing_new() {
    let world = World::start(|_| {}).await;
    world.tier(Tier::Instant).await;
    let claimed = world.claim(visitor(1)).await.unwrap();
    world.sessions.drain();
    let offer = world.tier(Tier::Disabled).await;
    assert_eq!(offer.reason.as_deref(), Some("The server is about to restart."));
    assert!(matches!(world.claim(visitor(2)).await, Err(SessionError::Draining)));
    world.close(&claimed).await;
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}
