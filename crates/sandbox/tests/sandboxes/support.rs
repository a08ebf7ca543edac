//! A local provider with a runtime directory of its own, and the shared template cache.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::{ManualClock, SandboxId, SeededEntropy, TemplateName, Timestamp, WorkspacePath};
use futures::StreamExt;
use sandbox::local::{LocalConfig, LocalProvider};
use sandbox::{
    CreateSpec, ExecEvent, ExecRequest, Provider, Sandbox, SandboxError, TerminalAttachment, TerminalEvent,
    TerminalId, TerminalSize,
};
use tokio::io::AsyncWriteExt;

/// How much of a terminal a failure tells.
const LAST_CHARS: usize = 2_000;

/// How long something may take to be shown at a terminal, on a machine that is busy with other things.
const SHOWN_TIMEOUT: Duration = Duration::from_secs(20);

/// Ends every sandbox it made when dropped.
pub struct Fixture {
    pub provider: Arc<LocalProvider>,
    pub runtime: tempfile::TempDir,
    clock: ManualClock,
    entropy: SeededEntropy,
}

/// What a command said and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub code: i32,
    pub text: String,
    pub timed_out: bool,
    pub truncated: bool,
}

pub fn react() -> TemplateName {
    "react-vite".parse().unwrap()
}

pub fn path(text: &str) -> WorkspacePath {
    text.parse().unwrap()
}

/// The program that was built beside this test.
fn sandboxd() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.parent().and_then(Path::parent).unwrap().join("sandboxd");
    assert!(
        program.is_file(),
        "{} is missing: run `cargo build -p sandboxd` first (`make test` does)",
        program.display()
    );
    program
}

/// What takes screenshots; scripts/setup-tests installs it.
pub const BROWSER: &str = "/usr/bin/chromium-headless-shell";

/// With time enough for a machine that is busy with other things: how fast it is, is measured elsewhere.
fn config(runtime: &Path) -> LocalConfig {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (templates, cache) = (root.join("templates"), template_cache());
    LocalConfig {
        create_timeout_ms: 50_000,
        ..LocalConfig::new(sandboxd(), runtime.to_owned(), templates, cache)
    }
}

/// Where templates are baked: for others than the owner of the shared folder, in one of their own (scripts/test-isolation-as-user).
pub fn template_cache() -> PathBuf {
    use std::os::unix::fs::MetadataExt;

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = root.join(".cache/templates");
    let me = std::fs::metadata("/proc/self").unwrap().uid();
    match std::fs::metadata(&shared) {
        Ok(found) if found.uid() != me => root.join(format!(".cache/templates-of-{me}")),
        Ok(_) | Err(_) => shared,
    }
}

impl Fixture {
    /// With the default settings.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings changed by `change`.
    pub async fn with(change: impl FnOnce(&mut LocalConfig)) -> Self {
        let runtime = tempfile::tempdir().unwrap();
        let mut config = config(runtime.path());
        change(&mut config);
        let provider = Arc::new(LocalProvider::new(config).await.unwrap());
        provider.prepare(&react()).await.unwrap();
        Self {
            provider,
            runtime,
            clock: ManualClock::new(Timestamp::from_unix_ms(1)),
            entropy: SeededEntropy::new(1),
        }
    }

    /// A provider as another server process would have it: the same directories, nothing remembered.
    pub async fn another(&self) -> LocalProvider {
        LocalProvider::new(config(self.runtime.path())).await.unwrap()
    }

    pub fn id(&self) -> SandboxId {
        SandboxId::generate(&self.clock, &self.entropy)
    }

    /// Who a sandbox is on the host, by the record that the server keeps; `None` when it is whoever runs this.
    pub fn user(&self, id: SandboxId) -> Option<u64> {
        let record = self.runtime.path().join(id.to_string()).join("sandbox.json");
        let record: serde_json::Value = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
        record["uid"].as_u64()
    }

    /// Process 1 of a sandbox, as the host counts.
    pub fn first_process(&self, id: SandboxId) -> i32 {
        let record = self.runtime.path().join(id.to_string()).join("process.json");
        let launched: sandboxd::launch::Launched =
            serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
        launched.pid
    }

    /// A ready sandbox.
    pub async fn sandbox(&self) -> Arc<dyn Sandbox> {
        self.sandbox_of(react().as_str()).await
    }

    /// A ready sandbox of another template, baked if need be.
    pub async fn sandbox_of(&self, template: &str) -> Arc<dyn Sandbox> {
        let template: TemplateName = template.parse().unwrap();
        self.provider.prepare(&template).await.unwrap();
        self.provider.create(CreateSpec { id: self.id(), template, awaited: true }).await.unwrap()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let provider = self.provider.clone();
        // In a thread of its own: the test's runtime can't be waited for here.
        let ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                for id in provider.list().await.unwrap() {
                    provider.destroy(id).await.unwrap();
                }
            });
        });
        assert!(ended.join().is_ok() || std::thread::panicking(), "sandboxes are left");
    }
}

/// Runs a shell script in a sandbox.
pub async fn shell(sandbox: &dyn Sandbox, script: &str) -> Output {
    run(sandbox, shell_request(script)).await
}

/// Runs a shell script that may take its sandbox along.
pub async fn try_shell(sandbox: &dyn Sandbox, script: &str) -> Result<Output, SandboxError> {
    try_run(sandbox, shell_request(script)).await
}

fn shell_request(script: &str) -> ExecRequest {
    ExecRequest {
        argv: vec!["sh".into(), "-c".into(), script.into()],
        cwd: None,
        env: [].into(),
        timeout_ms: 20_000,
        output_bytes_max: 1024 * 1024,
    }
}

/// Runs a command and collects what it says, both streams together.
pub async fn run(sandbox: &dyn Sandbox, request: ExecRequest) -> Output {
    try_run(sandbox, request).await.unwrap()
}

async fn try_run(sandbox: &dyn Sandbox, request: ExecRequest) -> Result<Output, SandboxError> {
    let mut events = sandbox.exec(request).await?;
    let mut text = Vec::new();
    while let Some(event) = events.next().await {
        match event? {
            ExecEvent::Stdout(bytes) | ExecEvent::Stderr(bytes) => text.extend_from_slice(&bytes),
            ExecEvent::Exited { code, truncated, timed_out } => {
                return Ok(Output {
                    code,
                    text: String::from_utf8_lossy(&text).into_owned(),
                    timed_out,
                    truncated,
                });
            }
        }
    }
    panic!("the command's end was not reported");
}

/// Runs a program on Node that answers through its output.
pub async fn node(sandbox: &dyn Sandbox, program: &str) -> Output {
    sandbox.write(&path("probe.mjs"), Bytes::copy_from_slice(program.as_bytes())).await.unwrap();
    shell(sandbox, "node probe.mjs").await
}

/// Somebody at a terminal.
pub struct Typist {
    at: TerminalAttachment,
    /// All that was shown so far.
    pub seen: String,
}

impl Typist {
    /// At a new terminal.
    pub async fn at_new(sandbox: &dyn Sandbox) -> (TerminalId, Self) {
        let id = sandbox.open_terminal(TerminalSize::nearest(80, 24)).await.unwrap().id;
        (id, Self::at(sandbox, id).await)
    }

    pub async fn at(sandbox: &dyn Sandbox, id: TerminalId) -> Self {
        Self { at: sandbox.attach_terminal(id).await.unwrap(), seen: String::new() }
    }

    pub async fn types(&mut self, text: &str) {
        self.at.input.write_all(text.as_bytes()).await.unwrap();
        self.at.input.flush().await.unwrap();
    }

    /// Types a line and waits until `wanted` is shown.
    pub async fn enters(&mut self, line: &str, wanted: &str) {
        self.types(&format!("{line}\r")).await;
        self.sees(wanted).await;
    }

    /// Presses a key that gives what runs in front a signal, and waits for the shell's prompt. Answers what was shown
    /// meanwhile; `None` when this viewer was cut, as one is that is too slow for a flood, and has to come again. After
    /// `stty noflsh` only: otherwise the kernel forgets what is typed and shown just then, the prompt too.
    pub async fn interrupts(&mut self, key: &str) -> Option<String> {
        // Who comes back is shown first what was shown before, and the prompt in it is no answer to the key.
        if self.seen.is_empty() {
            self.next().await?;
        }
        let before = std::mem::take(&mut self.seen);
        self.at.input.write_all(key.as_bytes()).await.ok()?;
        self.at.input.flush().await.ok()?;
        while !self.seen.contains("$ ") {
            self.next().await?;
        }
        let meanwhile = self.seen.clone();
        self.seen.insert_str(0, &before);
        Some(meanwhile)
    }

    pub async fn sees(&mut self, wanted: &str) {
        while !self.seen.contains(wanted) {
            let event = self.next().await.unwrap_or_else(|| panic!("it ended with {:?}", self.last()));
            assert_eq!(event, None, "it ended with {:?}", self.last());
        }
    }

    /// The last of what was shown, for who reads of a failure.
    fn last(&self) -> String {
        let from_end: Vec<char> = self.seen.chars().rev().take(LAST_CHARS).collect();
        from_end.into_iter().rev().collect()
    }

    /// The exit code of its shell, once that has ended; `None` when it broke off.
    pub async fn sees_the_end(&mut self) -> Option<i32> {
        loop {
            if let Some(code) = self.next().await? {
                return Some(code);
            }
        }
    }

    /// What comes next: `Some(None)` when something is shown, `None` when it broke off.
    async fn next(&mut self) -> Option<Option<i32>> {
        let next = tokio::time::timeout(SHOWN_TIMEOUT, self.at.output.next()).await;
        match next.unwrap_or_else(|_| panic!("nothing came after {:?}", self.last())) {
            Some(Ok(TerminalEvent::Output(bytes))) => {
                self.seen.push_str(&String::from_utf8_lossy(&bytes));
                Some(None)
            }
            Some(Ok(TerminalEvent::Exited { code })) => Some(Some(code)),
            Some(Err(_)) | None => None,
        }
    }
}

/// The living processes of a tree, as the host counts.
pub fn tree(root: i32) -> Vec<i32> {
    let processes: Vec<(i32, i32)> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .filter_map(|pid: i32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let (state, parent) = stat.rsplit_once(") ")?.1.split_once(' ')?;
            (state != "Z").then(|| Some((pid, parent.split(' ').next()?.parse().ok()?)))?
        })
        .collect();
    let mut found = Vec::new();
    let mut next = vec![root];
    while let Some(at) = next.pop() {
        found.extend(processes.iter().map(|(pid, _)| *pid).filter(|pid| *pid == at));
        next.extend(processes.iter().filter(|(_, parent)| *parent == at).map(|(pid, _)| *pid));
    }
    found
}
