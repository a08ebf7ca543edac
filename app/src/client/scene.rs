//! Which of its states a page that shows a session is in.

use domain::{EndReason, SessionState, SessionView};

use super::http::Failure;
use super::session::Phase;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scene {
    /// A sandbox was asked for, and the server has not answered yet.
    Opening,
    /// The sandbox is being made.
    Starting,
    /// The preview is served.
    Ready,
    /// The sandbox is gone.
    Ended(EndReason),
    /// The server gave none.
    Refused(Failure),
}

/// The scene that follows from what the page knows. `concluded`: an end that the server could not tell itself.
pub(crate) fn scene(phase: &Phase, view: Option<&SessionView>, concluded: Option<EndReason>) -> Scene {
    if let Phase::Refused(failure) = phase {
        return Scene::Refused(failure.clone());
    }
    let known = view.and_then(|view| view.ended_reason).or(concluded);
    match (known, view.map(|view| view.state)) {
        (Some(reason), _) => Scene::Ended(reason),
        (None, None) => Scene::Opening,
        (None, Some(SessionState::Starting)) => Scene::Starting,
        (None, Some(SessionState::Ready)) => Scene::Ready,
        (None, Some(SessionState::Ended)) => Scene::Ended(EndReason::SandboxLost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A6: refused by a limit, the overlay says so instead of waiting.
    #[test]
    fn a_refused_claim_is_shown_as_such() {
        let failure = Failure::unreadable(500);
        let shown = scene(&Phase::Refused(failure.clone()), None, None);
        assert_eq!(shown, Scene::Refused(failure));
    }

    /// A8
    #[test]
    fn an_end_that_the_server_could_not_tell_is_an_end_all_the_same() {
        let shown = scene(&Phase::Held, None, Some(EndReason::SandboxLost));
        assert_eq!(shown, Scene::Ended(EndReason::SandboxLost));
        assert_eq!(scene(&Phase::Claiming, None, None), Scene::Opening);
    }
}
