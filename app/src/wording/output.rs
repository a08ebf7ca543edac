//! What commands wrote, as a page shows it.

use domain::{COMMAND_OUTPUT_BYTES_MAX, CommandExit, CommandView};

/// Output without the sequences that colour and place it in a terminal; a line that was written over shows what it last was.
pub(crate) fn plain(output: &str) -> String {
    let mut text = String::with_capacity(output.len());
    let mut rest = output.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\u{1b}' => skip_sequence(&mut rest),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' => text.truncate(text.rfind('\n').map_or(0, |end| end + 1)),
            '\u{8}' => {
                text.pop();
            }
            _ if character.is_control() && !matches!(character, '\n' | '\t') => {}
            _ => text.push(character),
        }
    }
    text
}

/// Passes over what follows an escape: `[ … letter`, `] … bell`, or one character.
fn skip_sequence(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match rest.next() {
        Some('[') => while rest.next().is_some_and(|c| !('\u{40}'..='\u{7e}').contains(&c)) {},
        Some(']') => while rest.next().is_some_and(|c| c != '\u{7}' && c != '\u{1b}') {},
        Some(_) | None => {}
    }
}

/// The last lines of a text, and whether there are more before them.
pub(crate) fn last_lines(text: &str, lines_max: usize) -> (&str, bool) {
    let trimmed = text.trim_end_matches('\n');
    match trimmed.rmatch_indices('\n').nth(lines_max.saturating_sub(1)) {
        Some((at, _)) => (&trimmed[at + 1..], true),
        None => (trimmed, false),
    }
}

/// `Exit code 0 · 4.1 s`, `Stopped · 12.0 s`.
pub(crate) fn outcome(exit: &CommandExit) -> String {
    let how = if exit.stopped {
        "Stopped".into()
    } else if exit.timed_out {
        "Out of time".into()
    } else {
        format!("Exit code {}", exit.exit_code)
    };
    let tenths = exit.duration_ms.div_ceil(100).max(1);
    format!("{how} · {}.{} s", tenths / 10, tenths % 10)
}

/// Whether a command did what it was run for.
pub(crate) const fn went_well(exit: &CommandExit) -> bool {
    exit.exit_code == 0 && !exit.stopped && !exit.timed_out
}

/// All that the journal knows of a command's output, in the order it was written.
pub(crate) fn written(command: &CommandView) -> String {
    let all: String = command.output.iter().map(|part| part.text.as_str()).collect();
    plain(&all)
}

/// Whether the journal has only the beginning of a command's output. What does not fit ends at a whole character.
pub(crate) fn is_cut_short(command: &CommandView) -> bool {
    let kept_bytes: usize = command.output.iter().map(|part| part.text.len()).sum();
    kept_bytes > COMMAND_OUTPUT_BYTES_MAX - char::MAX.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D4
    #[test]
    fn colours_and_cursor_movements_are_left_out() {
        assert_eq!(plain("\u{1b}[32m✓\u{1b}[0m ok\r\n"), "✓ ok\n");
        assert_eq!(plain("10%\r100%\ndone"), "100%\ndone");
        assert_eq!(plain("\u{1b}]0;title\u{7}text\u{7}"), "text");
        assert_eq!(plain("ab\u{8}c\u{1b}"), "ac");
    }

    /// D4
    #[test]
    fn a_card_shows_the_end_of_a_long_output() {
        assert_eq!(last_lines("a\nb\nc\n", 2), ("b\nc", true));
        assert_eq!(last_lines("a\nb\n", 2), ("a\nb", false));
        assert_eq!(last_lines("", 2), ("", false));
    }

    /// D4
    #[test]
    fn a_command_says_how_it_ended() {
        let exit = CommandExit {
            exit_code: 0,
            truncated: false,
            timed_out: false,
            stopped: false,
            duration_ms: 4_080,
        };
        assert_eq!(outcome(&exit), "Exit code 0 · 4.1 s");
        assert!(went_well(&exit));
        let stopped = CommandExit { exit_code: 143, stopped: true, ..exit };
        assert_eq!(outcome(&stopped), "Stopped · 4.1 s");
        assert!(!went_well(&stopped));
        assert_eq!(outcome(&CommandExit { timed_out: true, ..exit }), "Out of time · 4.1 s");
    }
}
