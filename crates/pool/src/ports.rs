//! The two doors of the pool: where its rows are kept and who makes its sandboxes.

use async_trait::async_trait;
use domain::{SandboxId, TemplateHash, Timestamp};

use crate::{Inventory, Member, Question};

/// Something behind a door failed.
pub type PortError = Box<dyn std::error::Error + Send + Sync>;

/// Where a pool's rows are kept. Every call is atomic and durable once it answers; one that fails has changed nothing.
///
/// Calls that were begun one after the other take effect in that order, also when nobody waits for their answers any more.
#[async_trait]
pub trait Rows: Send + Sync + 'static {
    /// Every row of this pool.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn all(&self) -> Result<Vec<Member>, PortError>;

    /// What the pool holds; [`Inventory::of`] answers it from [`Rows::all`] where rows are few.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn look(&self, question: Question<'_>) -> Result<Inventory, PortError>;

    /// Records a sandbox before it is made.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn insert(&self, member: &Member) -> Result<(), PortError>;

    /// Records that a sandbox is made: `creating` becomes `ready`, `claimed` stays. Answers `false` when the row is
    /// neither any more, and then the sandbox has to go.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn made(&self, id: SandboxId, at: Timestamp) -> Result<bool, PortError>;

    /// Takes the oldest ready sandbox made from `template_hash`, in one statement: no two calls get the same one.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn take(&self, template_hash: &TemplateHash, at: Timestamp) -> Result<Option<Member>, PortError>;

    /// Records that a ready sandbox answered a probe.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn checked(&self, id: SandboxId, at: Timestamp) -> Result<(), PortError>;

    /// Whether a sandbox is still ready.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn is_ready(&self, id: SandboxId) -> Result<bool, PortError>;

    /// Marks a ready sandbox as `destroying`; answers `false` when somebody has taken it meanwhile.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn retire(&self, id: SandboxId) -> Result<bool, PortError>;

    /// Marks a sandbox as `destroying`, whatever it was.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn condemn(&self, id: SandboxId) -> Result<(), PortError>;

    /// Forgets a sandbox that is gone.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn remove(&self, id: SandboxId) -> Result<(), PortError>;

    /// What an earlier run learnt about demand, as [`Forecast`](crate::Forecast) writes it; `None` when none did.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn load_forecast(&self) -> Result<Option<String>, PortError>;

    /// Keeps what was learnt about demand, in place of what was kept before.
    ///
    /// # Errors
    /// When the store can't be reached.
    async fn save_forecast(&self, forecast: &str) -> Result<(), PortError>;
}

/// How soon a sandbox is needed. What is made in advance must not slow down what is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody waits for it.
    Awaited,
    /// It will lie ready.
    InAdvance,
}

/// Makes and ends the pool's sandboxes.
#[async_trait]
pub trait Maker: Send + Sync + 'static {
    /// The template's present content; `None` while nothing can be made from it.
    fn template_hash(&self) -> Option<TemplateHash>;

    /// Makes a sandbox whose dev server answers.
    ///
    /// # Errors
    /// When it could not be made; nothing is left running then.
    async fn create(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError>;

    /// Ends a sandbox. Idempotent.
    ///
    /// # Errors
    /// When something is left of it.
    async fn destroy(&self, id: SandboxId) -> Result<(), PortError>;

    /// Stops its CPU use.
    ///
    /// # Errors
    /// When it is gone.
    async fn freeze(&self, id: SandboxId) -> Result<(), PortError>;

    /// Lets it go on.
    ///
    /// # Errors
    /// When it is gone.
    async fn thaw(&self, id: SandboxId) -> Result<(), PortError>;

    /// Whether its dev server answers.
    ///
    /// # Errors
    /// When it does not.
    async fn probe(&self, id: SandboxId) -> Result<(), PortError>;

    /// Every sandbox that exists, known to a row or not.
    ///
    /// # Errors
    /// When that can't be told.
    async fn list(&self) -> Result<Vec<SandboxId>, PortError>;
}
