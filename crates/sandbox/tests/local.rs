//! The local provider with real sandboxes: what is inside, what is not, and that it survives its server.

mod support;

use sandbox::Provider;
use support::{Fixture, shell};

/// A1
#[tokio::test]
async fn a_sandbox_is_ready_with_its_dev_server_answering() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    sandbox.probe().await.unwrap();
    assert_eq!(fixture.provider.list().await.unwrap(), [sandbox.id()]);
    let who = shell(&*sandbox, "id -u; hostname; pwd").await;
    assert_eq!(who.text, "1000\nsandbox\n/workspace\n");
}
