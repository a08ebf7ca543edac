//! The countdown as people read and hear it (A2).

/// What screen readers hear, and at how many milliseconds left. Not every second: that would drown the page out.
const SPOKEN: [(u64, &str); 4] = [
    (30_000, "30 seconds left."),
    (60_000, "1 minute left."),
    (120_000, "2 minutes left."),
    (300_000, "5 minutes left."),
];

/// `4:12`. Rounds up, so that a full lifetime shows in full and `0:00` means that it is over.
pub(crate) fn clock_text(remaining_ms: u64) -> String {
    let seconds = remaining_ms.div_ceil(1_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What to announce when the time left went from `before_ms` to `now_ms`: the smallest mark that was passed.
pub(crate) fn announcement(before_ms: u64, now_ms: u64) -> Option<&'static str> {
    SPOKEN.iter().find(|(mark, _)| before_ms > *mark && now_ms <= *mark && now_ms > 0).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A2
    #[test]
    fn the_clock_shows_a_full_lifetime_in_full_and_zero_only_at_the_end() {
        for (remaining_ms, text) in [
            (300_000, "5:00"),
            (299_001, "5:00"),
            (252_000, "4:12"),
            (60_000, "1:00"),
            (9_000, "0:09"),
            (1, "0:01"),
            (0, "0:00"),
            (5_400_000, "90:00"),
        ] {
            assert_eq!(clock_text(remaining_ms), text);
        }
    }

    /// A2: five minutes, two, one and thirty seconds, each once.
    #[test]
    fn a_running_countdown_is_heard_four_times() {
        let mut heard = Vec::new();
        let mut before = 300_500_u64;
        while before > 0 {
            let now = before.saturating_sub(250);
            heard.extend(announcement(before, now));
            before = now;
        }
        assert_eq!(heard, ["5 minutes left.", "2 minutes left.", "1 minute left.", "30 seconds left."]);
    }

    #[test]
    fn a_page_that_slept_announces_only_what_holds_now() {
        assert_eq!(announcement(290_000, 25_000), Some("30 seconds left."));
        assert_eq!(announcement(290_000, 0), None);
    }
}
