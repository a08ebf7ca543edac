//! What people in a workspace wait for: a keystroke's echo, a download; and what each template costs while it waits.

use std::path::Path;

use futures::StreamExt;
use sandbox::local::LocalProvider;
use sandbox::{ExecEvent, ExecRequest, Provider, Sandbox, TerminalEvent, TerminalSize};
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

use super::{MIB, charged_mib, create, elapsed_ms, print};

/// How many keys are pressed.
const KEYSTROKES: usize = 300;

/// How much is downloaded, in files of a megabyte that can't be compressed.
const ARCHIVE_MEGABYTES: u32 = 90;

/// How many sandboxes of each template wait.
const WAITING: usize = 3;

pub async fn measure(provider: &LocalProvider, runtime: &Path) {
    let sandbox = create(provider, "blank").await;
    echo(&*sandbox).await;
    archive(&*sandbox, runtime).await;
    provider.destroy(sandbox.id()).await.unwrap();
    let mut templates: Vec<_> = provider.manifests().map(|manifest| manifest.name.clone()).collect();
    templates.sort_unstable();
    for template in templates {
        waiting(provider, template.as_str()).await;
    }
}

async fn echo(sandbox: &dyn Sandbox) {
    let id = sandbox.open_terminal(TerminalSize::nearest(80, 24)).await.unwrap().id;
    let mut at = sandbox.attach_terminal(id).await.unwrap();
    let (mut echoes, mut shown) = (Vec::new(), Vec::new());
    while !shown.ends_with(b"$ ") {
        shown.extend(output(at.output.next().await));
    }
    for _ in 0..KEYSTROKES {
        let started = Instant::now();
        at.input.write_all(b"x").await.unwrap();
        while !output(at.output.next().await).contains(&b'x') {}
        echoes.push(elapsed_ms(started));
    }
    echoes.sort_unstable_by(f64::total_cmp);
    println!("{:<58} {:>9.2} ms", "keystroke → echo, p95", echoes[KEYSTROKES * 95 / 100]);
    print("keystroke → echo", "ms", echoes);
    sandbox.close_terminal(id).await.unwrap();
}

fn output(event: Option<Result<TerminalEvent, sandbox::SandboxError>>) -> Vec<u8> {
    match event.unwrap().unwrap() {
        TerminalEvent::Output(bytes) => bytes.into(),
        TerminalEvent::Exited { code } => panic!("the shell ended with {code}"),
    }
}

async fn archive(sandbox: &dyn Sandbox, runtime: &Path) {
    let fill = format!("for i in $(seq {ARCHIVE_MEGABYTES}); do head -c 1000000 /dev/urandom > $i; done");
    run(sandbox, &fill).await;
    let record = std::fs::read(runtime.join(sandbox.id().to_string()).join("process.json")).unwrap();
    let launched: sandboxd::launch::Launched = serde_json::from_slice(&record).unwrap();
    let (daemon, own) = (launched.pid.to_string(), "self".to_owned());
    let before = [resident_mib(&daemon), resident_mib(&own)];
    let (mut most, mut bytes) = (before, 0);
    let started = Instant::now();
    let mut pieces = sandbox.archive(100_000_000).await.unwrap();
    while let Some(piece) = pieces.next().await {
        bytes += piece.unwrap().len();
        most = [most[0].max(resident_mib(&daemon)), most[1].max(resident_mib(&own))];
    }
    let seconds = elapsed_ms(started) / 1_000.0;
    let megabytes = bytes as f64 / 1_000_000.0;
    println!("{:<58} {seconds:>9.2} s", format!("archive of {megabytes:.1} MB that can't be compressed"));
    println!("{:<58} {:>9.1} MB/s", "the same", megabytes / seconds);
    println!("{:<58} {:>9.1} MiB", "sandboxd's private memory grew by", most[0] - before[0]);
    println!("{:<58} {:>9.1} MiB", "whoever reads it grew by", most[1] - before[1]);
}

/// Private memory of a process, files kept in memory left out.
fn resident_mib(pid: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / MIB
}

async fn run(sandbox: &dyn Sandbox, script: &str) {
    let request = ExecRequest {
        argv: vec!["sh".into(), "-c".into(), script.into()],
        cwd: None,
        env: [].into(),
        timeout_ms: 60_000,
        output_bytes_max: 1_000,
    };
    let mut events = sandbox.exec(request).await.unwrap();
    while let Some(event) = events.next().await {
        if let ExecEvent::Exited { code, .. } = event.unwrap() {
            assert_eq!(code, 0, "{script}");
        }
    }
}

async fn waiting(provider: &LocalProvider, template: &str) {
    let (mut made, mut creates) = (Vec::new(), Vec::new());
    for _ in 0..WAITING {
        let started = Instant::now();
        let sandbox = create(provider, template).await;
        creates.push(elapsed_ms(started));
        provider.freeze(sandbox.id()).await.unwrap();
        made.push(sandbox);
    }
    print(&format!("{template}: create → ready"), "ms", creates);
    print(&format!("{template}: memory charged, warm and frozen"), "MiB", charged_mib(&made).await);
    for sandbox in made {
        provider.destroy(sandbox.id()).await.unwrap();
    }
}
