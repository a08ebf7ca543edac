//! The handle to one sandbox of this machine: everything goes through its daemon, nothing touches its files from here.

mod archive;
mod exec;
mod frames;
mod screenshot;
mod terminals;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{SandboxId, WorkspacePath};
use futures::stream::BoxStream;
use hyper::Method;
use sandboxd::wire::{ArchiveSize, Entry, EntryKind, Exec, FILE_BYTES_MAX, Rename, Stage};
use tokio::time::{Instant, timeout};

use super::cgroup::Cgroup;
use super::client::{Client, Subject, unreachable_because};
use crate::{
    BoxIo, BuildFault, ExecEvent, ExecRequest, FileEntry, FileKind, Port, Sandbox, SandboxError,
    SandboxStats, ScreenshotRequest, TemplateManifest, TerminalAttachment, TerminalId, TerminalInfo,
    TerminalSize,
};

/// How long the dev server may take to answer a probe.
const PROBE_TIMEOUT_MS: u64 = 2_000;

/// How long the dev server may take to find out what can't be built.
const CHECK_TIMEOUT_MS: u64 = 8_000;

/// What a browser may need, in bytes: a small page took 100 MiB, in the largest window 160 (docs/BENCHMARKS.md).
pub(super) const BROWSER_BYTES: u64 = 256 * 1024 * 1024;

/// A living sandbox.
pub(super) struct LocalSandbox {
    pub(super) client: Client,
    pub(super) cgroup: Cgroup,
    pub(super) preview: Preview,
    pub(super) browser: Option<Browser>,
}

/// What takes screenshots inside.
#[derive(Debug, Clone)]
pub(super) struct Browser {
    pub(super) program: PathBuf,
    /// It is not started beside more than this: where memory runs out, all of the sandbox may end.
    pub(super) used_bytes_max: u64,
}

/// Where its preview comes from.
#[derive(Debug, Clone)]
pub(super) enum Preview {
    DevServer {
        /// Where it says that the app can be seen.
        health_path: String,
        /// Where it says that it still answers.
        probe_path: String,
        /// Where it says what can't be built.
        check_path: Option<String>,
        /// Where programs inside reach it.
        port: Option<u16>,
    },
    /// Whoever listens on this port, if anybody does.
    Port(u16),
}

impl Preview {
    pub(super) fn of(manifest: &TemplateManifest) -> Self {
        match (&manifest.dev_server, manifest.preview_port) {
            (Some(server), _) => Self::DevServer {
                health_path: server.health_path.clone(),
                probe_path: server.probe_path.as_ref().unwrap_or(&server.health_path).clone(),
                check_path: server.check_path.clone(),
                port: server.port,
            },
            (None, Some(port)) => Self::Port(port),
            (None, None) => Self::default(),
        }
    }
}

impl Default for Preview {
    fn default() -> Self {
        let root = || "/".to_owned();
        Self::DevServer { health_path: root(), probe_path: root(), check_path: None, port: None }
    }
}

impl LocalSandbox {
    /// Whether the app can be seen; of a sandbox without a dev server, whether its daemon answers.
    pub(super) async fn is_well(&self) -> Result<(), SandboxError> {
        match &self.preview {
            Preview::DevServer { health_path, .. } => self.answers(health_path).await,
            Preview::Port(_) => self.client.dev_server(Stage::Starting).await.map(drop),
        }
    }

    /// Whether it still answers.
    async fn is_alive(&self) -> Result<(), SandboxError> {
        match &self.preview {
            Preview::DevServer { probe_path, .. } => self.answers(probe_path).await,
            Preview::Port(_) => self.client.dev_server(Stage::Starting).await.map(drop),
        }
    }

    /// Whether the dev server answers a request for `path` with a status below 400.
    async fn answers(&self, path: &str) -> Result<(), SandboxError> {
        let status = self.client.get_from_dev_server(path).await?;
        if status.is_success() || status.is_redirection() {
            return Ok(());
        }
        Err(SandboxError::Unreachable { reason: format!("the dev server answered {status}"), source: None })
    }
}

#[async_trait]
impl Sandbox for LocalSandbox {
    fn id(&self) -> SandboxId {
        self.client.id
    }

    async fn probe(&self) -> Result<(), SandboxError> {
        let answer = timeout(Duration::from_millis(PROBE_TIMEOUT_MS), self.is_alive()).await;
        match answer.unwrap_or(Err(SandboxError::Timeout {
            what: "the sandbox's answer",
            limit_ms: PROBE_TIMEOUT_MS,
        })) {
            Ok(()) => Ok(()),
            // A dead dev server and a dead sandbox look alike from its socket.
            Err(error) => Err(match self.client.connect(&self.client.control).await {
                Err(gone @ SandboxError::Gone(_)) => gone,
                Ok(_) | Err(_) => error,
            }),
        }
    }

    async fn dev_server_log(&self) -> Result<String, SandboxError> {
        let asked = self.client.dev_server(Stage::Starting);
        let late = |_| SandboxError::Timeout { what: "the dev server's log", limit_ms: PROBE_TIMEOUT_MS };
        let state = timeout(Duration::from_millis(PROBE_TIMEOUT_MS), asked).await.map_err(late)??;
        Ok(state.log)
    }

    async fn faults(&self, changed: &[WorkspacePath]) -> Result<Option<Vec<BuildFault>>, SandboxError> {
        let Preview::DevServer { check_path: Some(check_path), .. } = &self.preview else { return Ok(None) };
        let late = |_| SandboxError::Timeout { what: "the check of the app", limit_ms: CHECK_TIMEOUT_MS };
        let asked = self.client.faults(check_path, changed);
        timeout(Duration::from_millis(CHECK_TIMEOUT_MS), asked).await.map_err(late)?.map(Some)
    }

    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, SandboxError> {
        self.client.file(Method::GET, path, Bytes::new()).await
    }

    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), SandboxError> {
        if content.len() as u64 > FILE_BYTES_MAX {
            return Err(SandboxError::TooLarge { what: "the file, in bytes,", max: FILE_BYTES_MAX });
        }
        self.client.file(Method::PUT, path, content).await.map(drop)
    }

    async fn list(&self) -> Result<Vec<FileEntry>, SandboxError> {
        let listing = self.client.files().await?;
        Ok(listing.entries.into_iter().map(file_entry).collect())
    }

    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), SandboxError> {
        let rename = Rename { from: from.clone(), to: to.clone() };
        self.client.post("/v1/rename", &rename, Subject::File(from)).await.map(drop)
    }

    async fn remove(&self, path: &WorkspacePath) -> Result<(), SandboxError> {
        self.client.file(Method::DELETE, path, Bytes::new()).await.map(drop)
    }

    async fn exec(
        &self,
        request: ExecRequest,
    ) -> Result<BoxStream<'static, Result<ExecEvent, SandboxError>>, SandboxError> {
        let exec = Exec {
            argv: request.argv,
            cwd: request.cwd,
            env: request.env,
            timeout_ms: request.timeout_ms,
            output_bytes_max: request.output_bytes_max,
        };
        let subject = exec.cwd.as_ref().map_or(Subject::Sandbox, Subject::File);
        let begun = Instant::now();
        let response = self.client.post("/v1/exec", &exec, subject).await?;
        Ok(exec::events(response.into_body(), begun, exec.timeout_ms, exec.output_bytes_max))
    }

    async fn screenshot(&self, request: ScreenshotRequest) -> Result<Bytes, SandboxError> {
        screenshot::take(self, request).await
    }

    async fn archive(
        &self,
        bytes_max: u64,
    ) -> Result<BoxStream<'static, Result<Bytes, SandboxError>>, SandboxError> {
        let body = self.client.stream(&format!("/v1/archive?bytes_max={bytes_max}")).await?;
        Ok(archive::pieces(body, bytes_max))
    }

    async fn archive_size(&self) -> Result<u64, SandboxError> {
        let size: ArchiveSize = self.client.get("/v1/archive/size", Subject::Sandbox).await?;
        Ok(size.bytes)
    }

    async fn open_terminal(&self, size: TerminalSize) -> Result<TerminalInfo, SandboxError> {
        terminals::open(&self.client, size).await
    }

    async fn terminals(&self) -> Result<Vec<TerminalInfo>, SandboxError> {
        terminals::list(&self.client).await
    }

    async fn attach_terminal(&self, id: TerminalId) -> Result<TerminalAttachment, SandboxError> {
        terminals::attach(&self.client, id).await
    }

    async fn resize_terminal(&self, id: TerminalId, size: TerminalSize) -> Result<(), SandboxError> {
        terminals::resize(&self.client, id, size).await
    }

    async fn close_terminal(&self, id: TerminalId) -> Result<(), SandboxError> {
        terminals::close(&self.client, id).await
    }

    async fn connect(&self, port: Port) -> Result<BoxIo, SandboxError> {
        match (port, &self.preview) {
            (Port::DevServer, Preview::DevServer { .. }) => {
                Ok(Box::new(self.client.connect(&self.client.dev_server).await?))
            }
            (Port::DevServer, Preview::Port(port)) => self.client.tcp(*port).await,
            (Port::Tcp(port), _) => self.client.tcp(port).await,
        }
    }

    async fn open_egress(&self) -> Result<(), SandboxError> {
        self.client.open_egress().await
    }

    async fn accept_egress(&self) -> Result<BoxIo, SandboxError> {
        self.client.accept_egress().await
    }

    async fn stats(&self) -> Result<SandboxStats, SandboxError> {
        let stats = self.cgroup.stats().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => SandboxError::Gone(self.id()),
            _ => unreachable_because("its control group can't be read", error),
        })?;
        stats.ok_or(SandboxError::Unsupported("measure a sandbox without control groups"))
    }
}

fn file_entry(entry: Entry) -> FileEntry {
    FileEntry {
        path: entry.path,
        kind: match entry.kind {
            EntryKind::File => FileKind::File,
            EntryKind::Directory => FileKind::Directory,
            EntryKind::Other => FileKind::Other,
        },
        size_bytes: entry.size_bytes,
    }
}

#[cfg(test)]
mod tests;
