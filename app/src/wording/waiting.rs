//! Spans of time in words.

/// `1 second`, `40 seconds`, `1 minute`, `12 minutes`, `1 hour`: rounded up, so that nobody comes back too early.
pub(crate) fn span(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..90 => (seconds.max(1), "second"),
        90..5_400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    };
    counted(count, unit)
}

/// `1 prompt`, `2 prompts`.
pub(crate) fn counted(count: u64, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

/// `3 prompts left`, `1 prompt left`, `No prompts left`.
pub(crate) fn prompts_left(remaining: u32) -> String {
    match remaining {
        0 => "No prompts left".into(),
        _ => format!("{} left", counted(remaining.into(), "prompt")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_rounded_up_to_the_unit_people_think_in() {
        for (seconds, text) in [
            (0, "1 second"),
            (1, "1 second"),
            (40, "40 seconds"),
            (90, "2 minutes"),
            (120, "2 minutes"),
            (3_541, "60 minutes"),
            (5_400, "2 hours"),
        ] {
            assert_eq!(span(seconds), text);
        }
    }

    /// A2
    #[test]
    fn prompts_left_are_counted_in_plain_words() {
        let texts = [0, 1, 3].map(prompts_left);
        assert_eq!(texts, ["No prompts left", "1 prompt left", "3 prompts left"]);
    }
}
