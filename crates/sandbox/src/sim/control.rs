//! The script of a simulated provider: which creations fail or hang, how long they take, which dev servers die.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use domain::SandboxId;
use tokio::io::DuplexStream;

use super::Shared;
use crate::SandboxError;

/// What answers at a dev server's end of a connection.
pub(super) type Serve = Arc<dyn Fn(DuplexStream) + Send + Sync>;

/// How one creation goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateOutcome {
    /// The sandbox gets ready.
    Ready,
    /// It fails, for this reason.
    Fail(String),
    /// It never ends. Dropping it is the only way out.
    Hang,
}

/// What is to come.
#[derive(Debug, Default)]
pub(super) struct Script {
    creates: VecDeque<CreateOutcome>,
    always: Option<CreateOutcome>,
    pub(super) create_ms: Option<u64>,
    creates_started: u64,
}

/// What answers in place of every dev server, if anything does.
#[derive(Clone, Default)]
pub(super) struct Impostor(Arc<Mutex<Option<Serve>>>);

impl Impostor {
    pub(super) fn present(&self) -> Option<Serve> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Script {
    pub(super) fn next_create(&mut self) -> CreateOutcome {
        self.creates_started += 1;
        let scripted = self.creates.pop_front().or_else(|| self.always.clone());
        scripted.unwrap_or(CreateOutcome::Ready)
    }
}

/// Scripts a [`SimProvider`](super::SimProvider) while it is in use.
#[derive(Clone)]
pub struct SimControl {
    shared: Arc<Shared>,
}

impl SimControl {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// How the next creations go, one after the other, after those scripted before.
    pub fn script_creates(&self, outcomes: impl IntoIterator<Item = CreateOutcome>) {
        self.shared.lock().script.creates.extend(outcomes);
    }

    /// How creations go once the script is over; [`CreateOutcome::Ready`] at first.
    pub fn always_create(&self, outcome: CreateOutcome) {
        self.shared.lock().script.always = Some(outcome);
    }

    /// How long creations that start from now on take, in milliseconds.
    pub fn set_create_ms(&self, create_ms: u64) {
        self.shared.lock().script.create_ms = Some(create_ms);
    }

    /// How many creations were started so far.
    pub fn creates_started(&self) -> u64 {
        self.shared.lock().script.creates_started
    }

    /// Ends a sandbox's dev server: probes fail from now on, and the sandbox stays listed until it is destroyed.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] when there is no such sandbox.
    pub fn kill_dev_server(&self, id: SandboxId) -> Result<(), SandboxError> {
        self.shared.living(id)?.kill_dev_server();
        Ok(())
    }

    /// Hands every later connection to a dev server to `serve`, byte for byte: what a hostile one answers.
    pub fn serve_previews_with(&self, serve: impl Fn(DuplexStream) + Send + Sync + 'static) {
        let mut impostor = self.shared.impostor.0.lock().unwrap_or_else(PoisonError::into_inner);
        *impostor = Some(Arc::new(serve));
    }

    /// Has a sandbox use the processor for another `cpu_ms` milliseconds.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] when there is no such sandbox.
    pub fn use_cpu(&self, id: SandboxId, cpu_ms: u64) -> Result<(), SandboxError> {
        self.shared.living(id)?.use_cpu(cpu_ms);
        Ok(())
    }

    /// Makes a sandbox vanish, as when its machine goes down.
    pub fn vanish(&self, id: SandboxId) {
        self.shared.forget(id);
    }

    /// Whether a sandbox is frozen.
    ///
    /// # Errors
    /// [`SandboxError::Gone`] when there is no such sandbox.
    pub fn is_frozen(&self, id: SandboxId) -> Result<bool, SandboxError> {
        Ok(self.shared.living(id)?.is_frozen())
    }
}
