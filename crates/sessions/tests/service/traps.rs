//! The field's known traps that lie between a pool and its sessions; the others are beside the pool.

use domain::PreviewId;
use sandbox::Port;
use sessions::{OnShutdown, Preview};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{World, visitor};

/// A1: a session's identity is given after the claim, so nothing has to be made for it.
#[tokio::test]
async fn trap_personalising_at_claim_time_makes_every_claim_cold() {
    let world = World::start(|_| {}).await;
    world.offered(|offer| offer.warm == 2).await;
    let made = world.sim.creates_started();
    // Nothing new may get ready from here on: both must be served by what was warm before anybody was known.
    world.sim.always_create(sandbox::sim::CreateOutcome::Hang);
    let (one, other) = tokio::join!(world.claim(visitor(1)), world.claim(visitor(2)));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one.session.warm && other.session.warm && made == 2);
    assert_ne!(one.session.session_id, other.session.session_id);
    assert_ne!(one.session.preview_url, other.session.preview_url);
    assert_ne!(one.session_token, other.session_token);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// A1: the answer to a claim is a promise that the preview answers, also where the first sandboxes in line have died.
#[tokio::test]
async fn trap_a_claimed_sandbox_does_not_serve_yet() {
    let world = World::start(|settings| settings.pool.target_ready = 3).await;
    world.offered(|offer| offer.warm == 3).await;
    for dead in world.sandboxes().await.into_iter().take(2) {
        world.sim.kill_dev_server(dead).unwrap();
    }
    let claimed = world.claim(visitor(1)).await.unwrap();
    assert!(claimed.session.warm, "the third was alive");
    let host = claimed.session.preview_url.strip_prefix("http://").unwrap();
    let preview: PreviewId = host.split('.').next().unwrap().parse().unwrap();
    let Preview::Live(live) = world.sessions.preview(preview.as_str()).await.unwrap() else {
        panic!("the preview does not live");
    };
    let mut stream = live.sandbox.connect(Port::DevServer).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    world.sessions.shutdown(OnShutdown::End).await;
}
