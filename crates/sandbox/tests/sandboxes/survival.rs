//! Sandboxes outlive the server process that made them, and nothing outlives being destroyed.

use std::time::Duration;

use bytes::Bytes;
use sandbox::{CreateSpec, Provider, ProviderHealth, ProviderStatus, SandboxError};

use crate::support::{Fixture, path, react, shell, tree};

/// F1, H11
#[tokio::test]
async fn another_server_process_finds_reaches_and_ends_a_sandbox() {
    let fixture = Fixture::new().await;
    let made = fixture.sandbox().await;
    made.write(&path("note.txt"), Bytes::from("still here")).await.unwrap();

    let another = fixture.another().await;
    assert_eq!(another.list().await.unwrap(), [made.id()]);
    let attached = another.attach(made.id()).await.unwrap();
    assert_eq!(attached.read(&path("note.txt")).await.unwrap(), "still here");
    another.freeze(made.id()).await.unwrap();
    another.thaw(made.id()).await.unwrap();
    attached.probe().await.unwrap();
    another.destroy(made.id()).await.unwrap();
    assert!(matches!(made.probe().await, Err(SandboxError::Gone(_))));
    assert_eq!(fixture.provider.list().await.unwrap(), []);
}

/// H11
#[tokio::test]
async fn a_destroyed_sandbox_leaves_no_process_no_control_group_and_no_directory() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let before = tree(fixture.first_process(sandbox.id()));
    assert!(before.len() >= 2, "{before:?}");
    fixture.provider.destroy(sandbox.id()).await.unwrap();
    assert_eq!(before.into_iter().flat_map(tree).collect::<Vec<_>>(), Vec::<i32>::new());
    assert!(!fixture.runtime.path().join(sandbox.id().to_string()).exists());
    assert_eq!(fixture.provider.list().await.unwrap(), []);
}

/// H11
#[tokio::test]
async fn a_sandbox_whose_server_died_while_making_it_is_listed_and_can_be_ended() {
    let fixture = Fixture::new().await;
    let id = fixture.id();
    // All that a server that is killed at the worst moment leaves: a directory, and no record in it.
    std::fs::create_dir(fixture.runtime.path().join(id.to_string())).unwrap();
    assert_eq!(fixture.provider.list().await.unwrap(), [id]);
    assert!(matches!(fixture.provider.attach(id).await, Err(SandboxError::Gone(_))));
    fixture.provider.destroy(id).await.unwrap();
    assert_eq!(fixture.provider.list().await.unwrap(), []);
}

/// H7
#[tokio::test]
async fn a_dev_server_that_died_is_seen_by_a_probe_while_the_sandbox_lives_on() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    // Process 2 is the dev server, the first thing that process 1 starts.
    assert_eq!(shell(&*sandbox, "kill -9 2").await.code, 0);
    let error = sandbox.probe().await.unwrap_err();
    assert!(matches!(error, SandboxError::Unreachable { .. }), "{error}");
    assert!(!sandbox.list().await.unwrap().is_empty());
}

/// H7
#[tokio::test]
async fn a_sandbox_that_died_by_itself_is_gone_and_still_listed() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let first = fixture.first_process(sandbox.id());
    kill(first);
    until_gone(first).await;
    assert!(matches!(sandbox.probe().await, Err(SandboxError::Gone(_))));
    assert!(matches!(fixture.provider.attach(sandbox.id()).await, Err(SandboxError::Gone(_))));
    assert_eq!(fixture.provider.list().await.unwrap(), [sandbox.id()]);
}

fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}

/// Ends with its processes; there is no other sign to wait for.
async fn until_gone(root: i32) {
    let gone = async {
        while !tree(root).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.unwrap();
}

/// E1
#[tokio::test]
async fn a_command_that_does_not_start_is_told_with_the_reason() {
    let fixture = Fixture::with(|config| config.sandboxd_path = "/nowhere/sandboxd".into()).await;
    let status = fixture.provider.status();
    assert_eq!(
        status,
        ProviderStatus {
            health: ProviderHealth::Error,
            detail: "/nowhere/sandboxd is missing: build it with `cargo build -p sandboxd`".to_owned(),
        }
    );
    let spec = CreateSpec { id: fixture.id(), template: react(), awaited: true };
    let error = fixture.provider.create(spec).await.err().unwrap();
    assert!(matches!(error, SandboxError::Create { .. }), "{error}");
    assert_eq!(fixture.provider.list().await.unwrap(), []);
}

/// E1
#[tokio::test]
async fn a_working_provider_says_that_it_is_connected() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.provider.status().health, ProviderHealth::Connected);
}
