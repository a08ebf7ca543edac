//! What can be scripted, in paused time.

use std::path::Path;

use domain::{ManualClock, SeededEntropy, Timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;

use super::*;
use crate::Port;

fn provider() -> (SimProvider, SimControl) {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let provider = SimProvider::new(SimConfig::new(templates)).unwrap();
    let control = provider.control();
    (provider, control)
}

fn spec(seed: u64) -> CreateSpec {
    CreateSpec {
        id: SandboxId::generate(&ManualClock::new(Timestamp::from_unix_ms(0)), &SeededEntropy::new(seed)),
        template: "react-vite".parse().unwrap(),
        awaited: true,
    }
}

/// H6
#[tokio::test(start_paused = true)]
async fn creations_take_their_time_and_go_as_scripted() {
    let (provider, control) = provider();
    control.set_create_ms(1_500);
    control.script_creates([CreateOutcome::Fail("out of luck".to_owned()), CreateOutcome::Ready]);
    let started = Instant::now();
    let error = provider.create(spec(1)).await.err().unwrap();
    assert_eq!(error.to_string(), "the sandbox could not be made: out of luck");
    assert_eq!(provider.list().await.unwrap(), []);
    provider.create(spec(1)).await.unwrap();
    assert_eq!(started.elapsed().as_millis(), 3_000);
    assert_eq!(control.creates_started(), 2);
}

/// H11
#[tokio::test(start_paused = true)]
async fn a_creation_that_hangs_is_listed_until_it_is_given_up() {
    let (provider, control) = provider();
    control.always_create(CreateOutcome::Hang);
    let hanging = tokio::time::timeout(Duration::from_secs(3_600), provider.create(spec(1)));
    let mut hanging = Box::pin(hanging);
    assert!(futures::poll!(&mut hanging).is_pending());
    assert_eq!(provider.list().await.unwrap(), [spec(1).id]);
    assert!(hanging.await.is_err());
    assert_eq!(provider.list().await.unwrap(), []);
}

/// H7
#[tokio::test(start_paused = true)]
async fn a_dead_dev_server_is_seen_by_a_probe_and_stays_listed() {
    let (provider, control) = provider();
    let sandbox = provider.create(spec(1)).await.unwrap();
    control.kill_dev_server(sandbox.id()).unwrap();
    assert!(matches!(sandbox.probe().await, Err(SandboxError::Unreachable { .. })));
    assert_eq!(provider.list().await.unwrap(), [sandbox.id()]);
    control.vanish(sandbox.id());
    assert!(matches!(sandbox.probe().await, Err(SandboxError::Gone(_))));
    assert_eq!(provider.list().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_frozen_sandbox_does_not_answer_until_it_is_thawed() {
    let (provider, control) = provider();
    let sandbox = provider.create(spec(1)).await.unwrap();
    provider.freeze(sandbox.id()).await.unwrap();
    assert!(control.is_frozen(sandbox.id()).unwrap());
    assert!(matches!(sandbox.probe().await, Err(SandboxError::Timeout { .. })));
    provider.thaw(sandbox.id()).await.unwrap();
    sandbox.probe().await.unwrap();
}

/// J1, J2
#[tokio::test]
async fn a_dev_server_can_be_replaced_and_a_processor_used() {
    let (provider, control) = provider();
    let sandbox = provider.create(spec(1)).await.unwrap();
    control.use_cpu(sandbox.id(), 70).unwrap();
    assert_eq!(sandbox.stats().await.unwrap().cpu_ms, 70);
    control.serve_previews_with(|mut inside| {
        tokio::spawn(async move { inside.write_all(b"anything at all").await });
    });
    let mut said = String::new();
    sandbox.connect(Port::DevServer).await.unwrap().read_to_string(&mut said).await.unwrap();
    assert_eq!(said, "anything at all");
}
