//! Why a session ended, in a sentence (A8).

use domain::EndReason;

use super::waiting::counted;

/// What happened and what became of the files. `minutes` is how long a session may last, `what` the word for it: `demo`,
/// `sandbox`.
pub(crate) fn sentence(reason: EndReason, minutes: u32, what: &str) -> String {
    let why = match reason {
        EndReason::Deadline => {
            let span = counted(minutes.into(), "minute");
            return format!("Your sandbox ended after {span}. Its files are gone.");
        }
        EndReason::Prompts => "All prompts were used and the time to look at the result is over.",
        EndReason::Closed => return format!("The {what} was closed. Its files are gone."),
        EndReason::Away => "The page was away for a while, so the sandbox was given back.",
        EndReason::Replaced => {
            "You had as many sandboxes as one may have, and began another: this one was left longest ago."
        }
        EndReason::SandboxLost => "The sandbox stopped working. That was our side, not yours.",
        EndReason::Abuse => {
            return format!(
                "The sandbox kept a whole processor busy again, and a {what} is not for that. Its files are gone."
            );
        }
        EndReason::Shutdown => "The server was restarted, and the sandbox ended with it.",
    };
    format!("{why} Its files are gone.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A8
    #[test]
    fn every_ending_says_what_became_of_the_files() {
        for reason in [
            EndReason::Deadline,
            EndReason::Prompts,
            EndReason::Closed,
            EndReason::Away,
            EndReason::Replaced,
            EndReason::SandboxLost,
            EndReason::Shutdown,
            EndReason::Abuse,
        ] {
            assert!(sentence(reason, 5, "demo").ends_with("Its files are gone."), "{reason:?}");
        }
        assert_eq!(
            sentence(EndReason::Deadline, 5, "demo"),
            "Your sandbox ended after 5 minutes. Its files are gone."
        );
    }
}
