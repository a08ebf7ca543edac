//! Isolated, single-use sandboxes: the [`Provider`] trait, one module per provider, and the suite they all pass.
//!
//! This room knows files, commands, terminals and ports. It must not know of sessions, people, prompts or prices.

pub mod conformance;
mod error;
pub mod local;
mod provider;
pub mod sim;
mod template;
mod terminal;

pub use domain::TerminalId;
pub use error::SandboxError;
pub use provider::{
    BoxIo, BuildFault, Capabilities, CreateSpec, ExecEvent, ExecRequest, FileEntry, FileKind, Io, Isolation,
    Port, Provider, ProviderHealth, ProviderStatus, Sandbox, SandboxStats, ScreenshotRequest,
};
pub use template::{DevServerManifest, Template, TemplateError, TemplateManifest, Templates};
pub use terminal::{TerminalAttachment, TerminalEvent, TerminalInfo, TerminalSize};
