//! The handle to one simulated sandbox.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{SandboxId, WorkspacePath};
use futures::stream::{self, BoxStream, StreamExt};
use tokio::sync::watch;
use tokio::time::timeout;

use super::archive;
use super::control::Impostor;
use super::dev_server;
use super::files::Files;
use super::terminals::Terminals;
use crate::{
    BoxIo, BuildFault, ExecEvent, ExecRequest, FileEntry, Port, Sandbox, SandboxError, SandboxStats,
    ScreenshotRequest, TerminalAttachment, TerminalId, TerminalInfo, TerminalSize,
};

/// How long a frozen sandbox is waited for, in milliseconds: as long as a real one's probe.
const FROZEN_TIMEOUT_MS: u64 = 2_000;

/// A simulated dev server can't build a file that holds this.
pub const BROKEN: &str = "<<broken>>";

/// One sandbox in memory.
pub(super) struct SimSandbox {
    id: SandboxId,
    files: Mutex<Files>,
    life: watch::Sender<Life>,
    impostor: Impostor,
    terminals: Terminals,
    cpu_ms: AtomicU64,
    this: Weak<Self>,
}

#[derive(Debug, Clone, Copy)]
struct Life {
    frozen: bool,
    serving: bool,
    gone: bool,
}

impl SimSandbox {
    pub(super) fn new(id: SandboxId, files: BTreeMap<WorkspacePath, Bytes>, impostor: Impostor) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            id,
            files: Mutex::new(Files::new(files)),
            life: watch::Sender::new(Life { frozen: false, serving: true, gone: false }),
            impostor,
            terminals: Terminals::default(),
            cpu_ms: AtomicU64::new(0),
            this: this.clone(),
        })
    }

    pub(super) fn set_frozen(&self, frozen: bool) {
        self.life.send_modify(|life| life.frozen = frozen);
    }

    pub(super) fn is_frozen(&self) -> bool {
        self.life.borrow().frozen
    }

    pub(super) fn kill_dev_server(&self) {
        self.life.send_modify(|life| life.serving = false);
    }

    pub(super) fn use_cpu(&self, cpu_ms: u64) {
        self.cpu_ms.fetch_add(cpu_ms, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.life.send_modify(|life| life.gone = true);
        self.terminals.end();
    }

    /// A file's content; `None` where there is none.
    pub(super) fn file(&self, path: &WorkspacePath) -> Option<Bytes> {
        self.lock().read(path).ok()
    }

    fn lock(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its files, once it is not frozen.
    async fn awake(&self) -> Result<MutexGuard<'_, Files>, SandboxError> {
        let mut life = self.life.subscribe();
        let awake = life.wait_for(|life| life.gone || !life.frozen);
        let limit = Duration::from_millis(FROZEN_TIMEOUT_MS);
        let late = || SandboxError::Timeout { what: "work inside the sandbox", limit_ms: FROZEN_TIMEOUT_MS };
        let gone = timeout(limit, awake).await.map_err(|_| late())?.map_or(true, |life| life.gone);
        if gone {
            return Err(SandboxError::Gone(self.id));
        }
        Ok(self.lock())
    }

    fn serving(&self) -> Result<(), SandboxError> {
        if self.life.borrow().serving {
            return Ok(());
        }
        Err(SandboxError::Unreachable { reason: "it accepts no connection".to_owned(), source: None })
    }
}

#[async_trait]
impl Sandbox for SimSandbox {
    fn id(&self) -> SandboxId {
        self.id
    }

    async fn probe(&self) -> Result<(), SandboxError> {
        drop(self.awake().await?);
        self.serving()
    }

    async fn dev_server_log(&self) -> Result<String, SandboxError> {
        drop(self.awake().await?);
        Ok("The dev server is simulated.\n".to_owned())
    }

    async fn faults(&self, _changed: &[WorkspacePath]) -> Result<Option<Vec<BuildFault>>, SandboxError> {
        let files = self.awake().await?;
        Ok(Some(
            files
                .containing(BROKEN)
                .map(|path| BuildFault {
                    file: path.to_string(),
                    message: format!("Unexpected token in {path}"),
                })
                .collect(),
        ))
    }

    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, SandboxError> {
        self.awake().await?.read(path)
    }

    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), SandboxError> {
        self.awake().await?.write(path, content)
    }

    async fn list(&self) -> Result<Vec<FileEntry>, SandboxError> {
        self.awake().await?.list()
    }

    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), SandboxError> {
        self.awake().await?.rename(from, to)
    }

    async fn remove(&self, path: &WorkspacePath) -> Result<(), SandboxError> {
        self.awake().await?.remove(path)
    }

    async fn exec(
        &self,
        _request: ExecRequest,
    ) -> Result<BoxStream<'static, Result<ExecEvent, SandboxError>>, SandboxError> {
        Err(SandboxError::Unsupported("run commands"))
    }

    async fn screenshot(&self, _request: ScreenshotRequest) -> Result<Bytes, SandboxError> {
        Err(SandboxError::Unsupported("take screenshots, as no browser runs"))
    }

    async fn archive(
        &self,
        bytes_max: u64,
    ) -> Result<BoxStream<'static, Result<Bytes, SandboxError>>, SandboxError> {
        let entries = self.awake().await?.archived();
        let pieces = archive::pack(&entries).map_err(|error| SandboxError::Unreachable {
            reason: "the archive could not be made".to_owned(),
            source: Some(Box::new(error)),
        })?;
        let mut bytes_left = bytes_max;
        let bounded = pieces.into_iter().map(move |piece| {
            let too_large =
                SandboxError::TooLarge { what: "the archive, in compressed bytes,", max: bytes_max };
            bytes_left = bytes_left.checked_sub(piece.len() as u64).ok_or(too_large)?;
            Ok(piece)
        });
        Ok(stream::iter(bounded).boxed())
    }

    async fn archive_size(&self) -> Result<u64, SandboxError> {
        let entries = self.awake().await?.archived();
        Ok(entries.values().flatten().map(|content| content.len() as u64).sum())
    }

    async fn open_terminal(&self, size: TerminalSize) -> Result<TerminalInfo, SandboxError> {
        drop(self.awake().await?);
        self.terminals.open(size)
    }

    async fn terminals(&self) -> Result<Vec<TerminalInfo>, SandboxError> {
        drop(self.awake().await?);
        Ok(self.terminals.list())
    }

    async fn attach_terminal(&self, id: TerminalId) -> Result<TerminalAttachment, SandboxError> {
        drop(self.awake().await?);
        self.terminals.attach(id)
    }

    async fn resize_terminal(&self, id: TerminalId, size: TerminalSize) -> Result<(), SandboxError> {
        drop(self.awake().await?);
        self.terminals.resize(id, size)
    }

    async fn close_terminal(&self, id: TerminalId) -> Result<(), SandboxError> {
        drop(self.awake().await?);
        self.terminals.close(id)
    }

    async fn connect(&self, port: Port) -> Result<BoxIo, SandboxError> {
        drop(self.awake().await?);
        match (port, self.this.upgrade()) {
            (Port::DevServer, Some(this)) => {
                self.serving().map(|()| dev_server::connect(this, self.impostor.present()))
            }
            (Port::DevServer, None) => Err(SandboxError::Gone(self.id)),
            (Port::Tcp(_), _) => Err(SandboxError::Unreachable {
                reason: "nothing listens on the port".to_owned(),
                source: None,
            }),
        }
    }

    async fn open_egress(&self) -> Result<(), SandboxError> {
        Err(SandboxError::Unsupported("open a way out for programs, as none run"))
    }

    async fn accept_egress(&self) -> Result<BoxIo, SandboxError> {
        Err(SandboxError::Unreachable { reason: "its way out is closed".to_owned(), source: None })
    }

    async fn stats(&self) -> Result<SandboxStats, SandboxError> {
        // A frozen sandbox can be looked at, too.
        if self.life.borrow().gone {
            return Err(SandboxError::Gone(self.id));
        }
        Ok(SandboxStats {
            memory_bytes: self.lock().size_bytes(),
            cpu_ms: self.cpu_ms.load(Ordering::Relaxed),
            tasks: 1,
        })
    }
}
