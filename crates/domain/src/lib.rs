//! The words of Sandglass as types: ids, sessions, the journal's events and their fold, limits, money, wire types.
//!
//! This room does no I/O, reads no clock and draws no randomness, and it compiles to WASM: the browser and the
//! server read the same journal with the same code. It must not know of any provider, database or web framework.

mod calendar;
mod clock;
mod event;
mod ids;
mod lifetime;
mod limits;
mod money;
mod oversight;
mod own_path;
mod path;
mod template;
mod tier;
mod view;
pub mod wire;

pub use calendar::{Calendar, Day, UtcCalendar};
pub use clock::{Clock, Entropy, ManualClock, SeededEntropy, Timestamp};
pub use event::{EndReason, Event, EventKind, FileAction, FileChange, PromptStatus};
pub use ids::{
    BlobHash, IdError, PreviewId, PromptId, SandboxId, SessionId, SessionToken, SignInId, TokenHash, UserId,
};
pub use lifetime::{Lifetime, LifetimeKind};
pub use limits::{PROMPT_CHARS_MAX, PromptTextError, check_prompt_text};
pub use money::MicroDollars;
pub use oversight::{Oversight, Standing, TrapSign};
pub use own_path::own_path;
pub use path::{PATH_BYTES_MAX, PathError, WorkspacePath};
pub use template::{TemplateHash, TemplateName, TemplateNameError};
pub use tier::Tier;
pub use view::{PromptView, SessionKind, SessionState, SessionView, Step};
