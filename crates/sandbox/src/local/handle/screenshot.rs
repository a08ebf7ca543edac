//! Screenshots: a browser that runs inside, as confined as the page it shows.
//!
//! The browser's own sandbox needs what ours forbids, so it is switched off: whatever a page makes of its browser, it is as far as
//! the page's own dev server is already. It takes its picture and ends.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;

use super::{LocalSandbox, Preview};
use crate::{ExecEvent, ExecRequest, Port, Sandbox as _, SandboxError, ScreenshotRequest};

/// How long the browser may take, from its start to its end, in milliseconds.
const BROWSER_TIMEOUT_MS: u64 = 15_000;
/// How long it waits for a page to load, in milliseconds.
const LOAD_TIMEOUT_MS: u64 = 8_000;
/// How far the page's clock is turned before the picture is taken, in milliseconds: animations have ended by then.
const SETTLED_MS: u64 = 2_000;
/// The largest picture, in bytes.
const PNG_BYTES_MAX: usize = 2 * 1024 * 1024;
/// What the browser may say beside it, in bytes.
const SAID_BYTES_MAX: usize = 64 * 1024;
/// The longest path of a page, in bytes.
const PATH_BYTES_MAX: usize = 1_024;
/// What a PNG begins with.
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Runs the browser, which is given as the arguments, and writes its picture to standard output. What an earlier one left is removed
/// first. Should memory run short, the browser is what ends.
const SCRIPT: &str = r#"
d=/tmp/.sandglass-browser
rm -rf "$d" && mkdir -m 700 "$d" && cd "$d" || exit 1
echo 1000 > /proc/self/oom_score_adj
HOME=$d TMPDIR=$d "$@" --user-data-dir="$d/profile" --screenshot="$d/page.png" >/dev/null && cat page.png
code=$?
cd / && rm -rf "$d"
exit $code
"#;

pub(super) async fn take(sandbox: &LocalSandbox, request: ScreenshotRequest) -> Result<Bytes, SandboxError> {
    let Some(browser) = &sandbox.browser else {
        return Err(SandboxError::Unsupported("take screenshots without a browser"));
    };
    let (Preview::DevServer { port: Some(port), .. } | Preview::Port(port)) = &sandbox.preview else {
        return Err(SandboxError::Unsupported(
            "take screenshots of a page that programs inside do not reach",
        ));
    };
    if !is_path(&request.path) {
        return Err(no_picture("a page is asked for by its path, which begins with /".to_owned()));
    }
    // The browser would take one of its own page that says so.
    if let Err(SandboxError::Unreachable { .. }) = sandbox.connect(Port::Tcp(*port)).await {
        return Err(no_picture(format!("nothing listens on port {port}")));
    }
    if sandbox.stats().await.is_ok_and(|stats| stats.memory_bytes > browser.used_bytes_max) {
        return Err(no_picture("too little of the sandbox's memory is free for a browser".to_owned()));
    }
    let program = &browser.program;
    let mut events = sandbox.exec(command(program, *port, &request)).await?;
    let mut png = BytesMut::new();
    while let Some(event) = events.next().await {
        match event? {
            ExecEvent::Stdout(bytes) if png.len() + bytes.len() > PNG_BYTES_MAX => {
                return Err(no_picture("it would be larger than 2 MiB".to_owned()));
            }
            ExecEvent::Stdout(bytes) => png.extend_from_slice(&bytes),
            ExecEvent::Stderr(bytes) => tracing::debug!(
                sandbox.id = %sandbox.id(), said = %String::from_utf8_lossy(&bytes).trim(), "a browser said something"
            ),
            ExecEvent::Exited { timed_out: true, .. } => {
                return Err(no_picture("the browser took too long".to_owned()));
            }
            ExecEvent::Exited { code: 0, .. } if png.starts_with(PNG_SIGNATURE) => return Ok(png.freeze()),
            ExecEvent::Exited { code: 0, .. } => {
                return Err(no_picture("the browser made something else".to_owned()));
            }
            ExecEvent::Exited { code: 126 | 127, .. } => {
                return Err(no_picture(format!("{} can't be run inside", program.display())));
            }
            ExecEvent::Exited { .. } => return Err(no_picture("the page could not be shown".to_owned())),
        }
    }
    Err(no_picture("the browser's end was not seen".to_owned()))
}

fn command(browser: &Path, port: u16, request: &ScreenshotRequest) -> ExecRequest {
    let ScreenshotRequest { path, width, height } = request;
    let fixed = ["/bin/sh", "-c", SCRIPT, "sh"].map(str::to_owned).into_iter();
    let options = [
        "--headless",
        "--no-sandbox",
        // It would want a root directory of its own.
        "--no-zygote",
        "--disable-gpu",
        // Shared memory is as small as /tmp.
        "--disable-dev-shm-usage",
        "--disable-breakpad",
        "--disable-extensions",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        // In MiB: a page that wants more is not shown.
        "--js-flags=--max-old-space-size=96",
    ];
    let asked = [
        format!("--timeout={LOAD_TIMEOUT_MS}"),
        format!("--virtual-time-budget={SETTLED_MS}"),
        format!("--window-size={width},{height}"),
        format!("http://127.0.0.1:{port}{path}"),
    ];
    let browser = browser.display().to_string();
    ExecRequest {
        argv: fixed.chain([browser]).chain(options.map(str::to_owned)).chain(asked).collect(),
        cwd: None,
        env: BTreeMap::new(),
        timeout_ms: BROWSER_TIMEOUT_MS,
        output_bytes_max: (PNG_BYTES_MAX + SAID_BYTES_MAX) as u64,
    }
}

/// Whether this is a path and nothing else of an address.
fn is_path(text: &str) -> bool {
    text.starts_with('/') && text.len() <= PATH_BYTES_MAX && text.bytes().all(|c| c.is_ascii_graphic())
}

fn no_picture(reason: String) -> SandboxError {
    SandboxError::Screenshot { reason }
}
