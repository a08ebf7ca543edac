//! Commands that people run in their workspace, or the agent for them (D4, E8). Each is in the journal, so every page sees the
//! same, and goes on when the page that began it is gone.

mod output;
mod running;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::wire::ExecRequest;
use domain::{CommandExit, CommandId, Doing, EventKind, PromptId, SessionView};
use sandbox::Sandbox;
use tokio_util::sync::CancellationToken;

use crate::live::LiveSession;
use crate::{Access, SessionError, Sessions};
use output::Output;
pub use output::OutputEvent;

/// Commands that may run in one session at once.
const RUNNING_MAX: usize = 8;
/// The longest command line, in bytes.
const COMMAND_BYTES_MAX: usize = 16 * 1024;
/// How long a command may run when nobody says, in seconds.
const TIMEOUT_SECONDS: u32 = 120;
/// How long a command may run, in seconds.
const TIMEOUT_SECONDS_MAX: u32 = 1_800;

/// The commands of one session that run now.
#[derive(Default)]
pub(crate) struct Commands(Mutex<HashMap<CommandId, Arc<Output>>>);

impl Commands {
    fn running(&self) -> MutexGuard<'_, HashMap<CommandId, Arc<Output>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A command that was begun.
pub struct Command {
    /// Its id.
    pub command_id: CommandId,
    output: Arc<Output>,
}

impl Command {
    /// What it does, from its begin to its end.
    pub fn follow(&self) -> impl futures::Stream<Item = OutputEvent> + Send + use<> {
        Output::follow(Arc::clone(&self.output))
    }

    /// What ends it and all it started.
    pub(crate) fn stopper(&self) -> CancellationToken {
        self.output.stopped().clone()
    }

    /// What it wrote to each stream so far.
    pub(crate) fn written(&self) -> (String, String) {
        self.output.streams()
    }

    /// Waits for its end: everything it wrote to each stream, and how it ended.
    ///
    /// # Errors
    /// [`SessionError::Ended`] when its session ended first.
    pub async fn finished(&self) -> Result<(String, String, CommandExit), SessionError> {
        self.output.finished().await.ok_or(SessionError::Ended)
    }
}

impl Sessions {
    /// Runs a line as a shell does.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Forbidden`], [`SessionError::Starting`], [`SessionError::Command`],
    /// [`SessionError::TooManyCommands`], [`SessionError::Exhausted`], [`SessionError::Sandbox`] or [`SessionError::Store`].
    pub async fn exec(&self, access: &Access, request: ExecRequest) -> Result<Command, SessionError> {
        let (live, sandbox) = access.sandbox_to(Doing::RunCommands)?;
        self.begin_command(live, sandbox, None, request).await
    }

    /// Runs a line for a person, or for the agent that works on a prompt.
    pub(crate) async fn begin_command(
        &self,
        live: &Arc<LiveSession>,
        sandbox: Arc<dyn Sandbox>,
        prompt_id: Option<PromptId>,
        request: ExecRequest,
    ) -> Result<Command, SessionError> {
        let ExecRequest { command, cwd, timeout_seconds } = request;
        let timeout_seconds = timeout_seconds.unwrap_or(TIMEOUT_SECONDS);
        let fits = !command.trim().is_empty()
            && command.len() <= COMMAND_BYTES_MAX
            && !command.contains('\0')
            && (1..=TIMEOUT_SECONDS_MAX).contains(&timeout_seconds);
        if !fits {
            return Err(SessionError::Command {
                bytes_max: COMMAND_BYTES_MAX,
                seconds_max: TIMEOUT_SECONDS_MAX,
            });
        }
        self.ready_for_programs(live, &*sandbox).await?;
        let command_id = CommandId::generate(&*self.inner.clock, &*self.inner.entropy);
        let output = Arc::<Output>::default();
        {
            let mut running = live.commands.running();
            if running.len() >= RUNNING_MAX {
                return Err(SessionError::TooManyCommands { max: RUNNING_MAX });
            }
            running.insert(command_id, Arc::clone(&output));
        }
        let started =
            EventKind::CommandStarted { command_id, prompt_id, command: command.clone(), cwd: cwd.clone() };
        live.record(|_| Ok(vec![started])).await.inspect_err(|_| {
            live.commands.running().remove(&command_id);
        })?;
        let request = sandbox::ExecRequest {
            argv: vec!["/bin/sh".into(), "-c".into(), command],
            cwd,
            env: BTreeMap::new(),
            timeout_ms: u64::from(timeout_seconds) * 1_000,
            output_bytes_max: output::OUTPUT_BYTES_MAX as u64,
        };
        let work = running::Work {
            live: Arc::clone(live),
            store: Arc::clone(&self.inner.store),
            command_id,
            output: Arc::clone(&output),
        };
        self.inner.tasks.spawn(work.run(sandbox, request));
        Ok(Command { command_id, output })
    }

    /// Stops a command and all it started. One that is over stays as it is.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Forbidden`] or [`SessionError::NoSuchCommand`].
    pub fn stop_command(&self, access: &Access, command_id: CommandId) -> Result<(), SessionError> {
        let live = access.to(Doing::RunCommands)?;
        if let Some(output) = live.commands.running().get(&command_id) {
            output.stop();
            return Ok(());
        }
        live.look(|view| view.command(command_id).map(|_| ())).ok_or(SessionError::NoSuchCommand)
    }

    /// All that is kept of what a command wrote, in the order it came.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::NoSuchCommand`] or [`SessionError::Store`].
    pub async fn command_output(
        &self,
        access: &Access,
        command_id: CommandId,
    ) -> Result<String, SessionError> {
        let live = access.live()?;
        if let Some(output) = live.commands.running().get(&command_id).cloned() {
            return Ok(output.text());
        }
        let (told, kept) = live
            .look(|view| {
                view.command(command_id).map(|command| {
                    let told: String = command.output.iter().map(|part| part.text.as_str()).collect();
                    (told, command.kept.clone())
                })
            })
            .ok_or(SessionError::NoSuchCommand)?;
        let Some(hash) = kept else { return Ok(told) };
        let whole = self.inner.store.blob(live.record.id, &hash).await?;
        Ok(whole.map_or(told, |bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// Ends that are missing in a journal because the server died: what ran then is not followed by anybody.
pub(crate) fn interrupted(view: &SessionView) -> Vec<EventKind> {
    let open = view.commands.iter().filter(|command| command.exit.is_none());
    let lost =
        CommandExit { exit_code: -1, truncated: true, timed_out: false, stopped: true, duration_ms: 0 };
    open.map(|command| EventKind::CommandFinished { command_id: command.command_id, exit: lost, kept: None })
        .collect()
}
