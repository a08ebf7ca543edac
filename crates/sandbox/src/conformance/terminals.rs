//! Terminals: what is typed, what is shown to whom, and how they end.

use std::time::Duration;

use futures::StreamExt;
use futures::future::join;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::{Check, Checked, Failure, Suite, check, ensure, ensure_error};
use crate::{SandboxError, TerminalAttachment, TerminalEvent, TerminalId, TerminalSize};

/// How long something may take to be shown, in milliseconds.
const SHOWN_TIMEOUT_MS: u64 = 10_000;

/// How many terminals a sandbox has at most; the trait's promise.
const TERMINALS_MAX: usize = 8;

pub(super) const CHECKS: &[Check] = &[
    check!("a terminal is opened, worked at, and ends with its shell", |can| can.terminal, works),
    check!("everybody at a terminal sees the same, also who comes later", |can| can.terminal, is_shared),
    check!("a terminal has the size it was given last", |can| can.terminal, sizes),
    check!("a closed terminal is gone, and those at it are told", |can| can.terminal, closes),
    check!("there are so many terminals and no more", |can| can.terminal, bound),
    check!("a provider that has no terminals says so", |can| !can.terminal, unsupported),
];

fn size() -> TerminalSize {
    TerminalSize::nearest(80, 24)
}

/// Types a line.
async fn enter(at: &mut TerminalAttachment, line: &str) -> Checked {
    let typed = async {
        at.input.write_all(format!("{line}\r").as_bytes()).await?;
        at.input.flush().await
    };
    typed.await.map_err(|error| Failure(format!("nothing can be typed: {error}")))
}

/// Waits until `wanted` has been shown `times` times.
async fn shown(at: &mut TerminalAttachment, wanted: &str, times: usize) -> Checked {
    let mut text = Vec::new();
    let seeing = async {
        while let Some(event) = at.output.next().await {
            if let TerminalEvent::Output(bytes) = event? {
                text.extend_from_slice(&bytes);
            }
            if String::from_utf8_lossy(&text).matches(wanted).count() >= times {
                return Ok(());
            }
        }
        Err(Failure("it broke off".to_owned()))
    };
    let seen = timeout(Duration::from_millis(SHOWN_TIMEOUT_MS), seeing).await;
    seen.unwrap_or_else(|_| Err(Failure("it took too long".to_owned()))).map_err(|Failure(reason)| {
        Failure(format!("{wanted:?}: {reason}: {:?}", String::from_utf8_lossy(&text)))
    })
}

/// Waits for the end, and answers the exit code.
async fn exited(at: &mut TerminalAttachment) -> Result<i32, Failure> {
    let seeing = async {
        while let Some(event) = at.output.next().await {
            if let TerminalEvent::Exited { code } = event? {
                ensure!(at.output.next().await.is_none(), "something came after the end");
                return Ok(code);
            }
        }
        Err(Failure("its end was not told".to_owned()))
    };
    let seen = timeout(Duration::from_millis(SHOWN_TIMEOUT_MS), seeing).await;
    seen.unwrap_or_else(|_| Err(Failure("its end was not told in time".to_owned())))
}

async fn works(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    ensure!(sandbox.terminals().await?.is_empty(), "there are terminals before one was opened");
    let opened = sandbox.open_terminal(size()).await?;
    ensure!(opened.exit_code.is_none() && !opened.title.is_empty(), "it was opened as {opened:?}");
    let listed = sandbox.terminals().await?;
    ensure!(listed == [opened.clone()], "listed are {listed:?}");
    let mut at = sandbox.attach_terminal(opened.id).await?;
    enter(&mut at, "echo word").await?;
    // Once as it is typed, once as it is said.
    shown(&mut at, "word", 2).await?;
    enter(&mut at, "exit").await?;
    ensure!(exited(&mut at).await? == 0, "it did not end well");
    let listed = sandbox.terminals().await?;
    ensure!(listed.len() == 1 && listed[0].exit_code == Some(0), "after its end it is listed as {listed:?}");
    // What it showed can still be read.
    let mut later = sandbox.attach_terminal(opened.id).await?;
    shown(&mut later, "word", 2).await?;
    ensure!(exited(&mut later).await? == 0, "its end is told differently later");
    Ok(())
}

async fn is_shared(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let id = sandbox.open_terminal(size()).await?.id;
    let (mut one, mut other) = (sandbox.attach_terminal(id).await?, sandbox.attach_terminal(id).await?);
    enter(&mut one, "echo first").await?;
    let (seen, seen_too) = join(shown(&mut one, "first", 2), shown(&mut other, "first", 2)).await;
    seen.and(seen_too)?;
    drop(one);
    enter(&mut other, "echo second").await?;
    shown(&mut other, "second", 2).await?;
    drop(other);
    let attached = suite.provider.attach(sandbox.id()).await?;
    let mut later = attached.attach_terminal(id).await?;
    shown(&mut later, "first", 2).await?;
    enter(&mut later, "echo third").await?;
    shown(&mut later, "third", 2).await
}

async fn sizes(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let id = sandbox.open_terminal(TerminalSize::nearest(101, 31)).await?.id;
    let mut at = sandbox.attach_terminal(id).await?;
    enter(&mut at, "stty size").await?;
    shown(&mut at, "31 101", 1).await?;
    sandbox.resize_terminal(id, TerminalSize::nearest(0, 2_000)).await?;
    enter(&mut at, "stty size").await?;
    shown(&mut at, "1000 1", 1).await?;
    let unknown = TerminalId(id.0 + 1);
    ensure_error!(sandbox.resize_terminal(unknown, size()).await, SandboxError::NoSuchTerminal(_));
    Ok(())
}

async fn closes(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let id = sandbox.open_terminal(size()).await?.id;
    let mut at = sandbox.attach_terminal(id).await?;
    enter(&mut at, "echo here").await?;
    shown(&mut at, "here", 2).await?;
    sandbox.close_terminal(id).await?;
    ensure!(exited(&mut at).await? != 0, "a closed terminal ended well");
    ensure!(sandbox.terminals().await?.is_empty(), "a closed terminal is listed");
    ensure_error!(sandbox.attach_terminal(id).await, SandboxError::NoSuchTerminal(_));
    ensure_error!(sandbox.close_terminal(id).await, SandboxError::NoSuchTerminal(_));
    ensure!(sandbox.open_terminal(size()).await?.id != id, "a number was given again");
    Ok(())
}

async fn bound(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let mut opened = Vec::new();
    for _ in 0..TERMINALS_MAX {
        opened.push(sandbox.open_terminal(size()).await?.id);
    }
    ensure_error!(sandbox.open_terminal(size()).await, SandboxError::TooLarge { .. });
    let mut at = sandbox.attach_terminal(opened[3]).await?;
    enter(&mut at, "exit").await?;
    exited(&mut at).await?;
    // The one that has ended makes room.
    let newest = sandbox.open_terminal(size()).await?.id;
    let listed: Vec<_> = sandbox.terminals().await?.into_iter().map(|terminal| terminal.id).collect();
    opened.remove(3);
    opened.push(newest);
    ensure!(listed == opened, "listed are {listed:?} and not {opened:?}");
    Ok(())
}

async fn unsupported(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    ensure_error!(sandbox.open_terminal(size()).await, SandboxError::Unsupported(_));
    Ok(())
}
