//! How far visitors come is kept (A10).

use store::{FunnelCount, FunnelStep};

use crate::support::{World, visitor};

/// A10: views are written in one go, at the latest when the server stops.
#[tokio::test]
async fn views_and_claims_are_counted_over_a_restart() {
    let world = World::start(|_| {}).await;
    for _ in 0..3 {
        world.sessions.viewed();
    }
    world.claim(visitor(1)).await.unwrap();
    let world = world.restart(|_| {}).await;
    let step = |step, count| FunnelCount { step, variant: "default".into(), count };
    let expected = [step(FunnelStep::Claimed, 1), step(FunnelStep::Viewed, 3)];
    assert_eq!(world.sessions.funnel().await.unwrap(), expected);
    world.sessions.shutdown(sessions::OnShutdown::End).await;
}
