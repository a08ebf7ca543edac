//! What can go wrong with a sandbox, and what the caller can do about it.

use domain::{SandboxId, TemplateName, TerminalId, WorkspacePath};

/// A provider or a sandbox could not do what it was asked. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// No sandbox of that id lives here: it ended, or never was. Asking again will not help.
    #[error("sandbox {0} does not exist")]
    Gone(SandboxId),
    /// The provider has no such template. The caller's input is at fault.
    #[error("there is no template named {0}")]
    UnknownTemplate(TemplateName),
    /// The sandbox could not be made. Trying again may help.
    #[error("the sandbox could not be made: {reason}")]
    Create {
        /// What the provider saw, for the operator.
        reason: String,
        /// The underlying error.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// There is no such file. The caller's input is at fault.
    #[error("there is no file at {0}")]
    NoSuchFile(WorkspacePath),
    /// The workspace refused the operation: a directory in the way, a link that leads outside, a full disk.
    #[error("{path}: {reason}")]
    File {
        /// Which path.
        path: WorkspacePath,
        /// Why, in a few words.
        reason: String,
    },
    /// There is no such terminal: it was closed, or never opened. The caller's input is at fault.
    #[error("there is no terminal {0}")]
    NoSuchTerminal(TerminalId),
    /// More bytes or entries than the bound that `what` names.
    #[error("{what} is over its limit of {max}")]
    TooLarge {
        /// What was too large, with its unit.
        what: &'static str,
        /// The bound.
        max: u64,
    },
    /// It took longer than it may.
    #[error("{what} took longer than {limit_ms} ms")]
    Timeout {
        /// What was waited for.
        what: &'static str,
        /// The bound.
        limit_ms: u64,
    },
    /// This provider cannot do that; [`Capabilities`](crate::Capabilities) says so beforehand.
    #[error("this provider cannot {0}")]
    Unsupported(&'static str),
    /// The browser inside made no picture of the page. Another page, or one that was mended, may do.
    #[error("no screenshot could be taken: {reason}")]
    Screenshot {
        /// Why, in a few words.
        reason: String,
    },
    /// The sandbox did not answer, or not sensibly. It may be dead: probe it.
    #[error("the sandbox did not answer: {reason}")]
    Unreachable {
        /// What was seen.
        reason: String,
        /// The underlying error.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
}
