//! Why a use case could not be carried out, as the caller must know it.

use domain::{Doing, PromptTextError, SessionKind, Timestamp, WorkspacePath};
use pool::PoolError;
use sandbox::SandboxError;
use store::StoreError;

use crate::ChallengeError;

/// Why a use case could not be carried out. `Display` is the sentence that people get.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No token was shown.
    #[error("This needs the session's token: send it as `Authorization: Bearer …`.")]
    NoToken,
    /// The token belongs to another session, or to none.
    #[error("This token does not belong to this session.")]
    NotYours,
    /// There is no such session.
    #[error("There is no such session.")]
    Unknown,
    /// The session belongs to a user already.
    #[error("This session belongs to an account already.")]
    Owned,
    /// The session's kind does not let its holder do this.
    #[error("{}", forbidden(*kind, *doing))]
    Forbidden {
        /// The session's kind.
        kind: SessionKind,
        /// What was asked for.
        doing: Doing,
    },
    /// There is no such file.
    #[error("There is no file at {0}.")]
    NoSuchFile(WorkspacePath),
    /// The file holds something else than was expected.
    #[error("{0} was changed by somebody else meanwhile.")]
    FileChanged(WorkspacePath),
    /// The workspace refused: a folder in the way, a link that leads outside, a full disk.
    #[error("{path}: {reason}.")]
    FileRefused {
        /// Which path.
        path: WorkspacePath,
        /// Why, in a few words.
        reason: String,
    },
    /// More than a bound.
    #[error("That is too large: {what} has a limit of {max}.")]
    TooLarge {
        /// What, with its unit.
        what: &'static str,
        /// The bound.
        max: u64,
    },
    /// The provider can't do that.
    #[error("The sandboxes of this server cannot {0}.")]
    Unsupported(&'static str),
    /// The command can't be run as it is.
    #[error("A command has 1 to {bytes_max} bytes and 1 to {seconds_max} seconds.")]
    Command {
        /// The longest line.
        bytes_max: usize,
        /// The longest time.
        seconds_max: u32,
    },
    /// As many commands run as may.
    #[error("{max} commands run already. Stop one, or wait for its end.")]
    TooManyCommands {
        /// How many.
        max: usize,
    },
    /// There is no such command.
    #[error("There is no such command.")]
    NoSuchCommand,
    /// There is no such terminal.
    #[error("There is no such terminal.")]
    NoSuchTerminal,
    /// As many archives are made as may.
    #[error("The download is being made already. Wait for its end.")]
    ArchivesBusy,
    /// There is no such version.
    #[error("There is no version {version}.")]
    NoSuchVersion {
        /// Which was asked for.
        version: u32,
    },
    /// The workspace can't be kept as a version.
    #[error("The workspace is too large to be kept as a version.")]
    VersionNotKept,
    /// This server has another provider.
    #[error("There is no provider named “{name}”. This server has: {offered}.")]
    UnknownProvider {
        /// What was asked for, shortened.
        name: String,
        /// What there is.
        offered: String,
    },
    /// The holder has as many sessions of the kind as one may have.
    #[error("You have {max} sandboxes open, as many as one may have. End one to start another.")]
    TooManyOpen {
        /// How many.
        max: u32,
    },
    /// Nobody gets a sandbox here who did not sign in.
    #[error("Sandboxes are not isolated well enough here for people who did not sign in.")]
    SignInNeeded,
    /// The challenge was not solved.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The session is over.
    #[error("This session has ended. Its sandbox and files are gone; start a new one.")]
    Ended,
    /// The sandbox is still being made.
    #[error("The sandbox is still starting. Try again in a moment.")]
    Starting,
    /// The agent still works on the last prompt.
    #[error("The agent is still working on the last prompt.")]
    Busy,
    /// As many prompts wait as may.
    #[error("{max} prompts wait already. Take one out, or wait until one is done.")]
    QueueFull {
        /// How many.
        max: u32,
    },
    /// The prompt does not wait any more.
    #[error("This prompt does not wait any more: its turn has come, or it was taken out.")]
    NotWaiting,
    /// Every prompt of the session is used.
    #[error("All {max} prompts of this session are used.")]
    NoPromptsLeft {
        /// How many there were.
        max: u32,
        /// When the session ends and another may be asked for.
        deadline: Timestamp,
    },
    /// There is no such model, or it is not for this session.
    #[error("There is no model named “{name}” in this session. There is: {offered}.")]
    UnknownModel {
        /// What was asked for, shortened.
        name: String,
        /// What may be chosen.
        offered: String,
    },
    /// The session's language model has consumed what it may.
    #[error(
        "This session has used what it may of the language model. The built-in agent, where it can be chosen, costs nothing."
    )]
    SessionModelBudgetSpent,
    /// All sessions together have used what they may on this day.
    #[error("Today's budget for the language model is used up. It starts again at {starts_again}.")]
    DayModelBudgetSpent {
        /// When the next day begins, as in `00:00 (UTC)`.
        starts_again: String,
        /// Seconds until then.
        retry_after_seconds: u64,
    },
    /// The prompt is empty or too long.
    #[error(transparent)]
    PromptText(#[from] PromptTextError),
    /// The template's name is none, or of one that does not exist.
    #[error("There is no template named “{name}”. This demo offers: {offered}.")]
    UnknownTemplate {
        /// What was asked for, shortened.
        name: String,
        /// What exists.
        offered: String,
    },
    /// The fingerprint is too long.
    #[error("The fingerprint is longer than {max} characters.")]
    Fingerprint {
        /// The bound.
        max: usize,
    },
    /// The visitor has had as many demos as an hour allows.
    #[error("You have had {count} of {max} demos within an hour. The next one is possible in {}.", minutes(*retry_after_seconds))]
    RateLimited {
        /// Demos in the last hour.
        count: u32,
        /// How many an hour allows.
        max: u32,
        /// Seconds until the next.
        retry_after_seconds: u64,
    },
    /// As many sessions of the kind live as may.
    #[error("All {max} {} are in use right now. One will be free in {} at the latest.", plural(*kind), minutes(*retry_after_seconds))]
    AtCapacity {
        /// Of which kind.
        kind: SessionKind,
        /// How many may run at once.
        max: u32,
        /// Seconds until the next one ends for sure.
        retry_after_seconds: u64,
    },
    /// The visitor's network has had as many sessions of the kind as an hour allows, whatever its browsers say they are.
    #[error("Too many {} were started from your network. The next one is possible in {}.", plural(*kind), minutes(*retry_after_seconds))]
    NetworkLimited {
        /// Of which kind.
        kind: SessionKind,
        /// Seconds until the next.
        retry_after_seconds: u64,
    },
    /// The day's budget does not reach for one more session.
    #[error("Today's budget for live demos is used up. It starts again at {starts_again}.")]
    BudgetSpent {
        /// When the next day begins, as in `00:00 (UTC)`.
        starts_again: String,
        /// Seconds until then.
        retry_after_seconds: u64,
    },
    /// The server is about to stop.
    #[error("The server is about to restart. Please try again in a minute.")]
    Draining,
    /// Sessions of the kind are switched off.
    #[error("{}", switched_off(*kind))]
    Disabled {
        /// Of which kind.
        kind: SessionKind,
    },
    /// No sandbox can be given now.
    #[error("No sandbox can be started right now. Please try again shortly.")]
    Unavailable(#[source] PoolError),
    /// So much was done in the session that nothing more may begin.
    #[error("So much was done in this session that nothing more can begin. Start a new one.")]
    Exhausted,
    /// What a page is said to report is empty, or too much.
    #[error("A report has 1 to {errors_max} errors of up to {chars_max} characters.")]
    PreviewReport {
        /// How many errors.
        errors_max: usize,
        /// How long each.
        chars_max: usize,
    },
    /// The page reports too often.
    #[error("A page reports its errors up to {max} times a minute.")]
    TooManyReports {
        /// How often.
        max: u32,
    },
    /// The preview can't be shared.
    #[error(
        "This preview can't be shared: it looks like a page that asks people for their secrets, or it was reported."
    )]
    NotShareable,
    /// The reason of a report is too long.
    #[error("The reason is longer than {max} characters.")]
    ReportReason {
        /// The bound.
        max: usize,
    },
    /// The sandbox did not do what it was asked.
    #[error("The sandbox did not answer. Please try again.")]
    Sandbox(#[source] SandboxError),
    /// The store did not do what it was asked.
    #[error("Something went wrong on our side. Please try again.")]
    Store(#[from] StoreError),
}

impl From<SandboxError> for SessionError {
    /// What the caller's input is at fault for is said as such.
    fn from(error: SandboxError) -> Self {
        match error {
            SandboxError::NoSuchFile(path) => Self::NoSuchFile(path),
            SandboxError::File { path, reason } => Self::FileRefused { path, reason },
            SandboxError::TooLarge { what, max } => Self::TooLarge { what, max },
            SandboxError::Unsupported(what) => Self::Unsupported(what),
            SandboxError::NoSuchTerminal(_) => Self::NoSuchTerminal,
            SandboxError::Gone(_)
            | SandboxError::UnknownTemplate(_)
            | SandboxError::Create { .. }
            | SandboxError::Screenshot { .. }
            | SandboxError::Timeout { .. }
            | SandboxError::Unreachable { .. } => Self::Sandbox(error),
        }
    }
}

/// A kind's sessions as people call them.
const fn plural(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Demo => "demos",
        SessionKind::Try => "prototypes",
        SessionKind::Workspace => "sandboxes",
    }
}

const fn switched_off(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Demo => "The live demo is switched off.",
        SessionKind::Try => "Trying it out is switched off.",
        SessionKind::Workspace => "New sandboxes are switched off.",
    }
}

const fn forbidden(kind: SessionKind, doing: Doing) -> &'static str {
    match (kind, doing) {
        (SessionKind::Demo, Doing::ReadFiles) => {
            "A demo's files can be downloaded; to look at each of them, keep the sandbox."
        }
        (SessionKind::Demo, Doing::Restore) => {
            "A demo can't go back to an earlier version. Ask for the last change to be undone."
        }
        (SessionKind::Demo | SessionKind::Try, Doing::WriteFiles) => {
            "Files can be changed by hand once the sandbox is yours. Sign up to keep it."
        }
        (SessionKind::Demo | SessionKind::Try, Doing::RunCommands) => {
            "Commands can be run once the sandbox is yours. Sign up to keep it."
        }
        (SessionKind::Try, Doing::ReadFiles | Doing::Restore) | (SessionKind::Workspace, _) => {
            "This session does not allow that."
        }
    }
}

/// A wait as people say it: seconds below a minute and a half, minutes above.
fn minutes(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".into(),
        2..90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn a_wait_is_said_as_people_say_it() {
        let said: Vec<String> = [0, 1, 2, 89, 90, 121, 3_600].into_iter().map(minutes).collect();
        assert_eq!(
            said,
            ["a second", "a second", "2 seconds", "89 seconds", "2 minutes", "3 minutes", "60 minutes"]
        );
    }
}
