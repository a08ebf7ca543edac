//! Why a session ended, in a sentence (A8).

use domain::EndReason;

use super::waiting::counted;

/// What happened and what became of the files. `minutes` is how long a session may last.
pub(crate) fn sentence(reason: EndReason, minutes: u32) -> String {
    let what = match reason {
        EndReason::Deadline => {
            let span = counted(minutes.into(), "minute");
            return format!("Your sandbox ended after {span}. Its files are gone.");
        }
        EndReason::Prompts => "All prompts were used and the time to look at the result is over.",
        EndReason::Closed => "The demo was closed.",
        EndReason::Away => "The page was away for a while, so the sandbox was given back.",
        EndReason::SandboxLost => "The sandbox stopped working. That was our side, not yours.",
        EndReason::Abuse => "The sandbox kept a whole processor busy again, and a demo is not for that.",
        EndReason::Shutdown => "The server was restarted, and the sandbox ended with it.",
    };
    format!("{what} Its files are gone.")
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
            EndReason::SandboxLost,
            EndReason::Shutdown,
            EndReason::Abuse,
        ] {
            assert!(sentence(reason, 5).ends_with("Its files are gone."), "{reason:?}");
        }
        assert_eq!(
            sentence(EndReason::Deadline, 5),
            "Your sandbox ended after 5 minutes. Its files are gone."
        );
    }
}
