//! Terminals of a workspace (D6). Their shells and what they showed live in the sandbox, so a page or a server that comes back
//! finds them as they were.

use bytes::Bytes;
use domain::wire::TerminalJson;
use domain::{Doing, EventKind, TerminalId};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use sandbox::{Sandbox, SandboxError, TerminalEvent, TerminalInfo, TerminalSize};
use std::sync::Arc;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use crate::live::LiveSession;
use crate::{Access, SessionError, Sessions};

/// What somebody at a terminal sees. Dropping it leaves the terminal, which runs on.
pub struct Screen {
    live: Arc<LiveSession>,
    output: BoxStream<'static, Result<TerminalEvent, SandboxError>>,
}

/// What somebody at a terminal types with. Apart from the screen, so that a program that reads nothing holds up no output.
pub struct Keyboard {
    id: TerminalId,
    sandbox: Arc<dyn Sandbox>,
    input: Box<dyn AsyncWrite + Send + Unpin>,
}

/// What a terminal does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Bytes that it shows.
    Output(Bytes),
    /// Its shell is over.
    Exited {
        /// Its exit code; 128 + n when signal n ended it.
        exit_code: i32,
    },
    /// Nothing more comes: the session is over, or whoever reads was too slow and may attach again.
    Cut {
        /// Whether the session is over.
        ended: bool,
    },
}

impl Screen {
    /// What comes next, first of all what it showed last. Cancel-safe.
    pub async fn next(&mut self) -> Shown {
        tokio::select! {
            event = self.output.next() => match event {
                Some(Ok(TerminalEvent::Output(bytes))) => Shown::Output(bytes),
                Some(Ok(TerminalEvent::Exited { code })) => Shown::Exited { exit_code: code },
                Some(Err(_)) | None => Shown::Cut { ended: self.live.ended.is_cancelled() },
            },
            () = self.live.ended.cancelled() => Shown::Cut { ended: true },
        }
    }
}

impl Keyboard {
    /// Types something. Waits while the program inside reads nothing.
    ///
    /// # Errors
    /// [`SessionError::Sandbox`] when the terminal does not take it.
    pub async fn write(&mut self, typed: &[u8]) -> Result<(), SessionError> {
        let lost = |error: std::io::Error| {
            SessionError::Sandbox(SandboxError::Unreachable {
                reason: "the terminal takes no input".into(),
                source: Some(Box::new(error)),
            })
        };
        self.input.write_all(typed).await.map_err(lost)?;
        self.input.flush().await.map_err(lost)
    }

    /// Makes the terminal another size, for everybody who is attached.
    ///
    /// # Errors
    /// [`SessionError::NoSuchTerminal`] or [`SessionError::Sandbox`].
    pub async fn resize(&mut self, columns: u16, rows: u16) -> Result<(), SessionError> {
        Ok(self.sandbox.resize_terminal(self.id, TerminalSize::nearest(columns, rows)).await?)
    }
}

impl Sessions {
    /// Opens a terminal.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Forbidden`], [`SessionError::Starting`], [`SessionError::Unsupported`],
    /// [`SessionError::TooLarge`], [`SessionError::Exhausted`], [`SessionError::Sandbox`] or [`SessionError::Store`].
    pub async fn open_terminal(
        &self,
        access: &Access,
        columns: u16,
        rows: u16,
    ) -> Result<TerminalJson, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::RunCommands)?;
        self.ready_for_programs(live, &*sandbox).await?;
        let info = sandbox.open_terminal(TerminalSize::nearest(columns, rows)).await?;
        let opened = EventKind::TerminalOpened { terminal_id: info.id, title: info.title.clone() };
        // One that had ended may have made room for this one.
        let there: Vec<TerminalId> = sandbox.terminals().await?.into_iter().map(|one| one.id).collect();
        let told = live.record(|view| {
            let gone = view.terminals.iter().map(|one| one.terminal_id).filter(|id| !there.contains(id));
            let closed = gone.map(|terminal_id| EventKind::TerminalClosed { terminal_id });
            Ok(closed.chain([opened]).collect())
        });
        if let Err(error) = told.await {
            // A terminal that nobody can find would hold its place for nothing.
            let _ = sandbox.close_terminal(info.id).await;
            return Err(error);
        }
        Ok(json(info))
    }

    /// Every terminal that was not closed, the oldest first.
    ///
    /// # Errors
    /// Those of [`Sessions::open_terminal`].
    pub async fn terminals(&self, access: &Access) -> Result<Vec<TerminalJson>, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::RunCommands)?;
        self.let_go_on(live).await?;
        Ok(sandbox.terminals().await?.into_iter().map(json).collect())
    }

    /// Attaches to a terminal, beside whoever is attached to it.
    ///
    /// # Errors
    /// Those of [`Sessions::open_terminal`], and [`SessionError::NoSuchTerminal`].
    pub async fn attach_terminal(
        &self,
        access: &Access,
        id: TerminalId,
    ) -> Result<(Screen, Keyboard), SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::RunCommands)?;
        self.let_go_on(live).await?;
        let attached = sandbox.attach_terminal(id).await?;
        let screen = Screen { live: Arc::clone(live), output: attached.output };
        Ok((screen, Keyboard { id, sandbox, input: attached.input }))
    }

    /// Ends a terminal's shell and all it started.
    ///
    /// # Errors
    /// Those of [`Sessions::attach_terminal`].
    pub async fn close_terminal(&self, access: &Access, id: TerminalId) -> Result<(), SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::RunCommands)?;
        self.let_go_on(live).await?;
        sandbox.close_terminal(id).await?;
        live.record(|_| Ok(vec![EventKind::TerminalClosed { terminal_id: id }])).await
    }
}

fn json(info: TerminalInfo) -> TerminalJson {
    TerminalJson { terminal_id: info.id, title: info.title, alive: info.exit_code.is_none() }
}
