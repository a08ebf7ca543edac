//! Why a use case could not be carried out, as the caller must know it.

use domain::{PromptTextError, Timestamp};
use pool::PoolError;
use sandbox::SandboxError;
use store::StoreError;

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
    /// The session is over.
    #[error("This session has ended. Its sandbox and files are gone; start a new one.")]
    Ended,
    /// The sandbox is still being made.
    #[error("The sandbox is still starting. Try again in a moment.")]
    Starting,
    /// The agent still works on the last prompt.
    #[error("The agent is still working on the last prompt.")]
    Busy,
    /// Every prompt of the session is used.
    #[error("All {max} prompts of this session are used.")]
    NoPromptsLeft {
        /// How many there were.
        max: u32,
        /// When the session ends and another may be asked for.
        deadline: Timestamp,
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
    /// As many demos run as may.
    #[error("All {max} demos are in use right now. One will be free in {} at the latest.", minutes(*retry_after_seconds))]
    AtCapacity {
        /// How many may run at once.
        max: u32,
        /// Seconds until the next one ends for sure.
        retry_after_seconds: u64,
    },
    /// The visitor's network has had as many demos as an hour allows, whatever its browsers say they are.
    #[error("Too many demos were started from your network. The next one is possible in {}.", minutes(*retry_after_seconds))]
    NetworkLimited {
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
    /// The demo is switched off.
    #[error("The live demo is switched off.")]
    Disabled,
    /// No sandbox can be given now.
    #[error("No sandbox can be started right now. Please try again shortly.")]
    Unavailable(#[source] PoolError),
    /// So much was done in the session that nothing more may begin.
    #[error("So much was done in this session that nothing more can begin. Start a new one.")]
    Exhausted,
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
    Sandbox(#[from] SandboxError),
    /// The store did not do what it was asked.
    #[error("Something went wrong on our side. Please try again.")]
    Store(#[from] StoreError),
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
