//! Several pools over one provider (H1).

use domain::SessionState;
use domain::wire::ShareRequest;
use pool::PoolConfig;
use sessions::{OnShutdown, SessionError};

use crate::support::{Settings, World, visitor};

const OTHER: &str = "other-vite";

fn two_pools(settings: &mut Settings) {
    settings.others.push((OTHER, PoolConfig { target_ready: 1, max_ready: 1, ..settings.pool.clone() }));
}

/// H1
#[tokio::test]
async fn a_claim_gets_a_sandbox_of_the_template_it_asked_for() {
    let world = World::start(two_pools).await;
    world.settled(|world| (world.pool("react-vite").ready, world.pool(OTHER).ready) == (2, 1)).await;
    let unnamed = world.claim(visitor(1)).await.unwrap();
    let named = world.claim_of(OTHER, visitor(2)).await.unwrap();
    assert_eq!((unnamed.session.template.as_str(), unnamed.session.warm), ("react-vite", true));
    assert_eq!((named.session.template.as_str(), named.session.warm), (OTHER, true));
    assert_eq!((world.pool("react-vite").total_acquires, world.pool(OTHER).total_acquires), (1, 1));
    let unknown = world.claim_of("vue-vite", visitor(3)).await;
    let offers_both = |error: &SessionError| error.to_string().ends_with("offers: react-vite, other-vite.");
    assert!(unknown.is_err_and(|error| offers_both(&error)));

    // Each goes back to where it came from.
    world.close(&named).await;
    world.close(&unnamed).await;
    world.settled(|world| (world.pool("react-vite").in_use, world.pool(OTHER).in_use) == (0, 0)).await;
    world.sessions.shutdown(OnShutdown::End).await;
    assert_eq!(world.caps.total(), 0);
}

/// H1: the bounds hold over all pools together.
#[tokio::test]
async fn pools_share_the_bounds() {
    let world = World::start(|settings| {
        two_pools(settings);
        settings.caps.max_total_sandboxes = 2;
    })
    .await;
    let warm = |world: &World| world.pool("react-vite").ready + world.pool(OTHER).ready;
    world.settled(|world| warm(world) == 2).await;
    assert_eq!((world.sessions.sandboxes(), world.sim.creates_started()), (2, 2));
    world.sessions.shutdown(OnShutdown::End).await;
}

/// H11: each pool takes over what is its own, and leaves the others' alone.
#[tokio::test]
async fn a_later_run_finds_each_sandbox_in_its_own_pool() {
    let world = World::start(two_pools).await;
    world.settled(|world| (world.pool("react-vite").ready, world.pool(OTHER).ready) == (2, 1)).await;
    let held = world.claim_of(OTHER, visitor(1)).await.unwrap();
    world.settled(|world| (world.pool(OTHER).ready, world.pool(OTHER).in_use) == (1, 1)).await;
    let made = world.sim.creates_started();

    let world = world.take_over(two_pools).await;
    world.settled(|world| (world.pool("react-vite").ready, world.pool(OTHER).ready) == (2, 1)).await;
    assert_eq!((world.pool("react-vite").in_use, world.pool(OTHER).in_use), (0, 1), "the session goes on");
    assert_eq!(world.sim.creates_started(), made, "nothing had to be made again");

    // A pool that is not configured any more is given up, whatever it held.
    let world = world.take_over(|_| {}).await;
    world.settled(|world| world.pool("react-vite").ready == 2 && world.sessions.sandboxes() == 2).await;
    let access =
        world.sessions.authorize(held.session.session_id, Some(&held.session_token), None).await.unwrap();
    assert!(matches!(world.sessions.prompt(&access, "Add a counter").await, Err(SessionError::Ended)));
    world.sessions.shutdown(OnShutdown::End).await;
}

/// H11, D7: what a holder may do again and again does not make a journal that a later run can't take up.
#[tokio::test]
async fn a_session_in_which_too_much_was_done_begins_nothing_more_and_still_outlives_the_server() {
    let world = World::start(|_| {}).await;
    world.offered(|offer| offer.warm == 2).await;
    let claimed = world.claim(visitor(1)).await.unwrap();
    let (id, token) = (claimed.session.session_id, claimed.session_token);
    let access = world.sessions.authorize(id, Some(&token), None).await.unwrap();
    let mut revoked = 0;
    let refused = loop {
        match world.sessions.revoke_shares(&access).await {
            Ok(()) => revoked += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, SessionError::Exhausted), "{refused:?}");
    assert_eq!(revoked, 9_998, "ten thousand events, the claim's two among them");
    let link = world.sessions.share(&access, ShareRequest::default()).await.unwrap().share_url;

    let world = world.take_over(|_| {}).await;
    let access = world.sessions.authorize(id, Some(&token), None).await.unwrap();
    assert!(!access.has_ended(), "the session goes on");
    let again = world.sessions.share(&access, ShareRequest::default()).await.unwrap().share_url;
    assert_eq!(again, link, "no revocation was forgotten");
    world.sessions.close(&access).await.unwrap();
    let ended = world.sessions.authorize(id, Some(&token), None).await.unwrap();
    assert_eq!(world.sessions.status(&ended).await.unwrap().state, SessionState::Ended);
    world.sessions.shutdown(OnShutdown::End).await;
}
