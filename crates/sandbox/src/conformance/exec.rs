//! Commands: what they say, how they end, and that nothing of them stays.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;

use super::{Check, Checked, Failure, Suite, check, ensure, ensure_error, path};
use crate::{ExecEvent, ExecRequest, Sandbox, SandboxError};

/// How often it is looked whether a process has ended.
const LOOKS_MAX: u32 = 200;

pub(super) const CHECKS: &[Check] = &[
    check!("a command is run with its directory and environment", |can| can.exec, runs),
    check!("output comes while the command runs", |can| can.exec, streams),
    check!("a command ends with its exit code or its signal", |can| can.exec, exit_codes),
    check!("a command that takes too long ends with all it started", |can| can.exec, times_out),
    check!("a command that nobody listens to ends with all it started", |can| can.exec, dropped),
    check!("what a command leaves running ends with it", |can| can.exec, left_running),
    check!("too much output is cut and said to be", |can| can.exec, output_bound),
    check!("a provider that cannot run commands says so", |can| !can.exec, unsupported),
];

/// What a command said and how it ended.
pub(super) struct Output {
    pub(super) code: i32,
    pub(super) text: String,
    pub(super) stderr: String,
    pub(super) truncated: bool,
    pub(super) timed_out: bool,
}

fn script(text: &str) -> ExecRequest {
    ExecRequest {
        argv: ["sh", "-c", text].map(str::to_owned).into(),
        cwd: None,
        env: BTreeMap::new(),
        timeout_ms: 20_000,
        output_bytes_max: 1024 * 1024,
    }
}

/// Runs a shell script to its end.
pub(super) async fn shell(sandbox: &dyn Sandbox, text: &str) -> Result<Output, Failure> {
    run(sandbox, script(text)).await
}

async fn run(sandbox: &dyn Sandbox, request: ExecRequest) -> Result<Output, Failure> {
    let mut events = sandbox.exec(request).await?;
    let (mut text, mut stderr) = (Vec::new(), Vec::new());
    while let Some(event) = events.next().await {
        match event? {
            ExecEvent::Stdout(bytes) => text.extend_from_slice(&bytes),
            ExecEvent::Stderr(bytes) => stderr.extend_from_slice(&bytes),
            ExecEvent::Exited { code, truncated, timed_out } => {
                ensure!(events.next().await.is_none(), "something came after the end");
                return Ok(Output {
                    code,
                    text: String::from_utf8_lossy(&text).into_owned(),
                    stderr: String::from_utf8_lossy(&stderr).into_owned(),
                    truncated,
                    timed_out,
                });
            }
        }
    }
    Err(Failure("the end was not reported".to_owned()))
}

/// Waits for a line of standard output.
async fn line(events: &mut BoxStream<'static, Result<ExecEvent, SandboxError>>, wanted: &str) -> Checked {
    let mut text = Vec::new();
    while let Some(event) = events.next().await {
        if let ExecEvent::Stdout(bytes) = event? {
            text.extend_from_slice(&bytes);
        }
        if String::from_utf8_lossy(&text).lines().any(|line| line == wanted) {
            return Ok(());
        }
    }
    Err(Failure(format!("{wanted:?} was not said")))
}

/// Looks until no process has `mark` in its arguments.
async fn all_ended(sandbox: &dyn Sandbox, mark: &str) -> Checked {
    // The brackets keep the search from finding itself.
    let (first, rest) = mark.split_at(1);
    let search = format!("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c '[{first}]{rest}'");
    for _ in 0..LOOKS_MAX {
        if shell(sandbox, &search).await?.text.trim() == "0" {
            return Ok(());
        }
    }
    Err(Failure(format!("`{mark}` still runs")))
}

async fn runs(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    sandbox.write(&path("some folder/file")?, Bytes::new()).await?;
    let request = ExecRequest {
        cwd: Some(path("some folder")?),
        env: BTreeMap::from([("GREETING".to_owned(), "hello".to_owned())]),
        ..script("echo $GREETING; ls; pwd; echo problem >&2; test -t 0 || cat")
    };
    let output = run(&*sandbox, request).await?;
    ensure!(output.text == "hello\nfile\n/workspace/some folder\n", "it said {:?}", output.text);
    ensure!(output.stderr == "problem\n", "it complained {:?}", output.stderr);
    let nowhere = ExecRequest { cwd: Some(path("no/such/folder")?), ..script("true") };
    ensure_error!(sandbox.exec(nowhere).await, SandboxError::NoSuchFile(_));
    Ok(())
}

async fn streams(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let request = script("echo one; until [ -e go ]; do sleep 0.01; done; echo two");
    let mut events = sandbox.exec(request).await?;
    line(&mut events, "one").await?;
    // It can only go on after its first line has been seen here.
    sandbox.write(&path("go")?, Bytes::new()).await?;
    line(&mut events, "two").await
}

async fn exit_codes(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    for (text, code) in [("true", 0), ("exit 3", 3), ("kill -9 $$", 137), ("kill -15 $$", 143)] {
        let output = shell(&*sandbox, text).await?;
        ensure!(output.code == code, "`{text}` ended with {}", output.code);
        ensure!(!output.timed_out && !output.truncated, "`{text}` did neither take long nor say much");
    }
    let unknown = ExecRequest { argv: vec!["no-such-program".to_owned()], ..script("") };
    let output = run(&*sandbox, unknown).await?;
    ensure!(output.code == 127, "an unknown program ended with {}", output.code);
    ensure!(!output.stderr.is_empty(), "an unknown program is not complained about");
    Ok(())
}

async fn times_out(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let request = ExecRequest {
        timeout_ms: 300,
        ..script("setsid sleep 6001 & (sleep 6001 &) ; echo begun; sleep 6001")
    };
    let output = run(&*sandbox, request).await?;
    ensure!(output.timed_out && output.code == 137, "it ended with {}", output.code);
    ensure!(output.text == "begun\n", "it said {:?}", output.text);
    all_ended(&*sandbox, "sleep 6001").await?;
    sandbox.probe().await?;
    Ok(())
}

async fn dropped(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let mut events = sandbox.exec(script("setsid sleep 6002 & echo begun; sleep 6002")).await?;
    line(&mut events, "begun").await?;
    drop(events);
    all_ended(&*sandbox, "sleep 6002").await
}

async fn left_running(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    // Both hold the output open: the end must not wait for them.
    let output = shell(&*sandbox, "(sleep 6003 &); setsid sleep 6003 & echo done").await?;
    ensure!(output.text == "done\n" && output.code == 0, "it said {:?}", output.text);
    all_ended(&*sandbox, "sleep 6003").await
}

async fn output_bound(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let request =
        ExecRequest { output_bytes_max: 1_000, ..script("head -c 5000000 /dev/zero | tr '\\0' x; exit 5") };
    let output = run(&*sandbox, request).await?;
    ensure!(output.text.len() == 1_000, "{} bytes came", output.text.len());
    ensure!(output.truncated && output.code == 5, "it ended with {}", output.code);
    let whole = shell(&*sandbox, "head -c 500000 /dev/zero | tr '\\0' x").await?;
    ensure!(whole.text.len() == 500_000 && !whole.truncated, "{} bytes came", whole.text.len());
    Ok(())
}

async fn unsupported(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    ensure_error!(sandbox.exec(script("true")).await, SandboxError::Unsupported(_));
    Ok(())
}
