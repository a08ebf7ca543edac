//! A sandbox in the list of one's sandboxes, in words (D1).

use domain::SessionState;

use super::countdown::clock_text;
use super::waiting::span;

/// How it stands.
pub(crate) const fn project_state(state: SessionState) -> &'static str {
    match state {
        SessionState::Starting => "Starting",
        SessionState::Ready => "Running",
        SessionState::Ended => "Ended",
    }
}

/// How long it goes on: `29:31 left`.
pub(crate) fn time_left(remaining_ms: u64) -> String {
    match remaining_ms {
        0 => "Time is over".into(),
        _ => format!("{} left", clock_text(remaining_ms)),
    }
}

/// When it was started.
pub(crate) fn begun(since_ms: u64) -> String {
    match since_ms {
        0..120_000 => "Started just now".into(),
        _ => format!("Started {} ago", span(since_ms / 60_000 * 60)),
    }
}

#[cfg(test)]
mod tests {
    use super::{begun, time_left};

    /// D1
    #[test]
    fn when_it_was_started_is_told_in_whole_minutes_and_hours() {
        let told = [59_999, 180_000, 600_000, 7_200_000].map(begun);
        let expected =
            ["Started just now", "Started 3 minutes ago", "Started 10 minutes ago", "Started 2 hours ago"];
        assert_eq!(told, expected);
    }

    /// D1
    #[test]
    fn the_time_left_is_counted_down_to_its_end() {
        assert_eq!(
            [time_left(1_771_000), time_left(1), time_left(0)],
            ["29:31 left", "0:01 left", "Time is over"]
        );
    }
}
