//! The template's dev server: started once, watched, never restarted. That it died is for the outside to see and mend. A
//! template may have none.

use std::collections::VecDeque;
use std::io::{self, PipeReader};
use std::os::fd::OwnedFd;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use command_fds::{CommandFdExt, FdMapping};
use sandboxd::launch::{DEV_SERVER_LISTEN_FD, DEV_SERVER_PROGRESS_FD, DevServer as Settings};
use sandboxd::wire::{DevServerState, LOG_BYTES_MAX, Stage};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::unix::pipe;
use tokio::sync::watch;

use super::command;
use super::reaper::Reaper;

/// How far the dev server is, and what it last wrote.
pub(super) struct DevServer {
    progress: watch::Sender<Progress>,
    log: Mutex<VecDeque<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    stage: Stage,
    exit_code: Option<i32>,
}

impl DevServer {
    /// Starts it, if there is one, with `listener` as its listening socket. This process keeps no copy of that: once the dev
    /// server has died, connections are refused.
    pub(super) fn start(
        settings: Option<&Settings>,
        listener: OwnedFd,
        reaper: &Reaper,
    ) -> io::Result<Arc<Self>> {
        let stage = if settings.is_some() { Stage::Starting } else { Stage::Warm };
        let server = Arc::new(Self {
            progress: watch::Sender::new(Progress { stage, exit_code: None }),
            log: Mutex::default(),
        });
        if let Some(settings) = settings {
            server.clone().run(settings, listener, reaper)?;
        }
        Ok(server)
    }

    fn run(self: Arc<Self>, settings: &Settings, listener: OwnedFd, reaper: &Reaper) -> io::Result<()> {
        let (words, words_writer) = io::pipe()?;
        let (output, output_writer) = io::pipe()?;
        let mut command = command(&settings.command, &settings.env)
            .ok_or_else(|| io::Error::other("the command is empty"))?;
        command
            .stdin(Stdio::null())
            .stdout(output_writer.try_clone()?)
            .stderr(output_writer)
            .fd_mappings(vec![
                FdMapping { parent_fd: listener, child_fd: DEV_SERVER_LISTEN_FD },
                FdMapping { parent_fd: words_writer.into(), child_fd: DEV_SERVER_PROGRESS_FD },
            ])
            .map_err(io::Error::other)?;
        match command.spawn() {
            Ok(child) => {
                let (_, ended) = reaper.adopt(&child);
                let watched = self.clone();
                tokio::spawn(async move { watched.exited(ended.await.ok()) });
            }
            Err(error) => {
                self.remember(format!("{}: {error}\n", settings.command.join(" ")).as_bytes());
                self.exited(None);
            }
        }
        // The command holds the writing ends and the listener: they must not outlive the child.
        drop(command);
        tokio::spawn(self.clone().follow_progress(receiver(words)?));
        tokio::spawn(self.follow_output(receiver(output)?));
        Ok(())
    }

    /// Its state once it has come to `stage` or died.
    pub(super) async fn wait_until(&self, stage: Stage) -> DevServerState {
        let mut progress = self.progress.subscribe();
        // The sender lives in `self`, so the wait can't break off.
        let reached = progress.wait_for(|progress| progress.stage >= stage).await;
        let Progress { stage, exit_code } =
            reached.map_or(Progress { stage: Stage::Exited, exit_code: None }, |progress| *progress);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        DevServerState { stage, exit_code, log: String::from_utf8_lossy(log.make_contiguous()).into_owned() }
    }

    fn exited(&self, exit_code: Option<i32>) {
        self.progress.send_replace(Progress { stage: Stage::Exited, exit_code });
    }

    /// Follows the words `serving` and `warm`. A dev server that does not know them stays at `starting`.
    async fn follow_progress(self: Arc<Self>, words: pipe::Receiver) {
        let mut lines = BufReader::with_capacity(64, words.take(1_024)).lines();
        while let Ok(Some(word)) = lines.next_line().await {
            let reached = match word.as_str() {
                "serving" => Stage::Serving,
                "warm" => Stage::Warm,
                _ => continue,
            };
            self.progress.send_if_modified(|progress| {
                let further = progress.stage < reached;
                if further {
                    progress.stage = reached;
                }
                further
            });
        }
    }

    async fn follow_output(self: Arc<Self>, mut output: pipe::Receiver) {
        let mut buffer = [0; 1_024];
        while let Ok(count @ 1..) = output.read(&mut buffer).await {
            self.remember(&buffer[..count]);
        }
    }

    fn remember(&self, bytes: &[u8]) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend(bytes);
        let excess = log.len().saturating_sub(LOG_BYTES_MAX);
        log.drain(..excess);
    }
}

pub(super) fn receiver(reader: PipeReader) -> io::Result<pipe::Receiver> {
    pipe::Receiver::from_owned_fd(reader.into())
}
