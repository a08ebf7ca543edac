//! Making, finding, freezing and destroying sandboxes.

use std::time::Duration;

use bytes::Bytes;
use domain::SandboxId;
use futures::future::{join_all, select};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{Check, Checked, Failure, Suite, check, ensure, ensure_error, path};
use crate::{CreateSpec, Port, Sandbox, SandboxError};

/// How many sandboxes are made at once.
const AT_ONCE: usize = 4;

/// The largest answer of a preview that is read, in bytes.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024;

pub(super) const CHECKS: &[Check] = &[
    check!("a sandbox is ready once it is made, and its preview is served", is_ready),
    check!("a template that does not exist is refused", unknown_template),
    check!("the list shows the living and nothing else", list),
    check!("a living sandbox can be attached to", attach),
    check!("two sandboxes do not see each other's files", separate_files),
    check!("several sandboxes can be made at once", at_once),
    check!("destroying is idempotent, and the destroyed is gone", destroy),
    check!("an id that is in use is not used again", used_id),
    check!("giving up while a sandbox is made leaves nothing behind", give_up),
    check!("a frozen sandbox goes on where it was", |can| can.freeze, freeze),
    check!("a frozen sandbox can be destroyed", |can| can.freeze, destroy_frozen),
    check!("what does not live can be neither frozen nor thawed", |can| can.freeze, freeze_gone),
];

async fn is_ready(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    sandbox.probe().await?;
    sandbox.dev_server_log().await?;
    let answer = preview(&*sandbox).await?;
    ensure!(answer.starts_with("HTTP/1.1 200"), "the preview answered {answer:.80}");
    ensure!(answer.contains("<html"), "the preview is no page: {answer:.200}");
    match sandbox.stats().await {
        // Not every machine lets its sandboxes be measured.
        Ok(_) | Err(SandboxError::Unsupported(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What the preview answers to a browser that asks for the page.
async fn preview(sandbox: &dyn Sandbox) -> Result<String, Failure> {
    let mut io = sandbox.connect(Port::DevServer).await?;
    let broken = |error: std::io::Error| Failure(format!("the preview broke off: {error}"));
    let request = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    io.write_all(request.as_bytes()).await.map_err(broken)?;
    let mut answer = Vec::new();
    io.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await.map_err(broken)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

async fn unknown_template(suite: &Suite) -> Checked {
    let template = "no-such-template".parse().map_err(|_| Failure("not a name".to_owned()))?;
    let spec = CreateSpec { template, ..suite.spec() };
    let id = spec.id;
    ensure_error!(suite.provider.create(spec).await, SandboxError::UnknownTemplate(_));
    ensure!(!suite.provider.list().await?.contains(&id), "it is listed all the same");
    Ok(())
}

async fn list(suite: &Suite) -> Checked {
    let (first, second) = (suite.sandbox().await?.id(), suite.sandbox().await?.id());
    let mine = |list: Vec<SandboxId>| {
        list.into_iter().filter(|id| *id == first || *id == second).collect::<Vec<_>>()
    };
    let both = mine(suite.provider.list().await?);
    ensure!(both.len() == 2, "two live, {} of them are listed", both.len());
    suite.provider.destroy(first).await?;
    let one = mine(suite.provider.list().await?);
    ensure!(one == [second], "one of two lives, listed are {one:?}");
    Ok(())
}

async fn attach(suite: &Suite) -> Checked {
    let made = suite.sandbox().await?;
    made.write(&path("from-maker.txt")?, Bytes::from("hello")).await?;
    let attached = suite.provider.attach(made.id()).await?;
    ensure!(attached.id() == made.id(), "another sandbox was attached to");
    let content = attached.read(&path("from-maker.txt")?).await?;
    ensure!(content == "hello", "the file held {content:?}");
    attached.probe().await?;
    ensure_error!(suite.provider.attach(suite.spec().id).await, SandboxError::Gone(_));
    Ok(())
}

async fn separate_files(suite: &Suite) -> Checked {
    let (one, other) = (suite.sandbox().await?, suite.sandbox().await?);
    one.write(&path("mine.txt")?, Bytes::from("1")).await?;
    ensure_error!(other.read(&path("mine.txt")?).await, SandboxError::NoSuchFile(_));
    Ok(())
}

async fn at_once(suite: &Suite) -> Checked {
    let creating = (0..AT_ONCE).map(|_| suite.sandbox());
    for sandbox in join_all(creating).await {
        sandbox?.probe().await?;
    }
    Ok(())
}

async fn destroy(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let id = sandbox.id();
    suite.provider.destroy(id).await?;
    ensure_error!(sandbox.probe().await, SandboxError::Gone(_));
    ensure_error!(sandbox.dev_server_log().await, SandboxError::Gone(_));
    ensure_error!(sandbox.list().await, SandboxError::Gone(_));
    ensure_error!(suite.provider.attach(id).await, SandboxError::Gone(_));
    suite.provider.destroy(id).await?;
    suite.provider.destroy(suite.spec().id).await?;
    let (first, second) = futures::join!(suite.provider.destroy(id), suite.provider.destroy(id));
    first.and(second)?;
    Ok(())
}

async fn used_id(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let again = CreateSpec { id: sandbox.id(), ..suite.spec() };
    ensure_error!(suite.provider.create(again).await, SandboxError::Create { .. });
    sandbox.probe().await?;
    Ok(())
}

/// Gives up at many different moments, from the first step on.
async fn give_up(suite: &Suite) -> Checked {
    for step in 0..8_u32 {
        let spec = suite.spec();
        let id = spec.id;
        let moment = tokio::time::sleep(Duration::from_millis(u64::from(step * step * 3)));
        // Dropped as it stands when the moment comes first.
        drop(select(suite.provider.create(spec), Box::pin(moment)).await);
        suite.provider.destroy(id).await?;
        ensure!(!suite.provider.list().await?.contains(&id), "it is listed after it was destroyed");
        ensure_error!(suite.provider.attach(id).await, SandboxError::Gone(_));
    }
    Ok(())
}

async fn freeze(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    sandbox.write(&path("before.txt")?, Bytes::from("1")).await?;
    for _ in 0..2 {
        suite.provider.freeze(sandbox.id()).await?;
        suite.provider.freeze(sandbox.id()).await?;
        ensure_error!(sandbox.probe().await, SandboxError::Timeout { .. });
        suite.provider.thaw(sandbox.id()).await?;
        suite.provider.thaw(sandbox.id()).await?;
        sandbox.probe().await?;
        sandbox.read(&path("before.txt")?).await?;
    }
    Ok(())
}

async fn destroy_frozen(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    suite.provider.freeze(sandbox.id()).await?;
    suite.provider.destroy(sandbox.id()).await?;
    ensure_error!(sandbox.probe().await, SandboxError::Gone(_));
    Ok(())
}

async fn freeze_gone(suite: &Suite) -> Checked {
    let id = suite.spec().id;
    ensure_error!(suite.provider.freeze(id).await, SandboxError::Gone(_));
    ensure_error!(suite.provider.thaw(id).await, SandboxError::Gone(_));
    Ok(())
}
