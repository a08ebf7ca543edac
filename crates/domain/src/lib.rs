//! The words of Sandglass as types: ids, sessions, the journal's events and their fold, limits, money, wire types.
//!
//! This room does no I/O, reads no clock and draws no randomness, and it compiles to WASM: the browser and the
//! server read the same journal with the same code. It must not know of any provider, database or web framework.

mod calendar;
mod change;
mod clock;
mod command;
mod conversation;
mod end;
mod event;
mod ids;
mod kind;
mod lifetime;
mod limits;
mod model_use;
mod money;
mod oversight;
mod own_path;
mod path;
mod prompt;
pub mod proof_of_work;
mod repair;
mod template;
mod tier;
mod version;
mod view;
pub mod wire;

pub use calendar::{Calendar, Day, UtcCalendar};
pub use change::{FileAction, FileChange};
pub use clock::{Clock, Entropy, ManualClock, SeededEntropy, Timestamp};
pub use command::{
    COMMAND_OUTPUT_BYTES_MAX, CommandExit, CommandView, OutputPart, OutputStream, TerminalView,
};
pub use conversation::{FileNote, FreshStart, Recollection, RecollectionBy};
pub use end::EndReason;
pub use event::{Event, EventKind};
pub use ids::{
    BlobHash, CommandId, IdError, PreviewId, PromptId, SandboxId, SessionId, SessionToken, SignInId,
    TerminalId, TokenHash, UserId,
};
pub use kind::{Doing, SessionKind};
pub use lifetime::{Lifetime, LifetimeKind};
pub use limits::{PROMPT_CHARS_MAX, PromptTextError, check_prompt_text};
pub use model_use::{BudgetOf, ModelBudget, ModelUse, TokenPrice};
pub use money::MicroDollars;
pub use oversight::{Oversight, Standing, TrapSign};
pub use own_path::own_path;
pub use path::{PATH_BYTES_MAX, PathError, WorkspacePath};
pub use prompt::{PromptStatus, PromptView, QueuedPrompt, Step};
pub use repair::{FaultSource, REPAIRS_MAX, RepairOutcome, Soundness};
pub use template::{TemplateHash, TemplateName, TemplateNameError};
pub use tier::Tier;
pub use version::{Version, VersionCause, VersionView};
pub use view::{SessionState, SessionView};
