//! Running commands for a model, and what it is shown of their output.

use domain::CommandExit;

use super::arguments::CommandArguments;
use super::toolbox::{Toolbox, sentence};
use crate::{CommandLine, CommandOutcome, PageError};

impl Toolbox<'_> {
    pub(super) async fn run_command(&mut self, arguments: CommandArguments) -> Result<String, String> {
        let CommandArguments { command, cwd, timeout_seconds, background } = arguments;
        let limits = &self.policy.limits;
        let timeout_seconds = if background {
            limits.background_seconds_max
        } else {
            timeout_seconds.unwrap_or(limits.command_seconds).clamp(1, limits.command_seconds_max)
        };
        self.ran = true;
        let line = CommandLine { command, cwd, timeout_seconds, background };
        let outcome = self.workspace.run(line, self.stop).await.map_err(sentence)?;
        let shown = shown(&outcome, limits.output_bytes_max);
        match outcome.exit {
            Some(CommandExit { exit_code: 0, .. }) | None => Ok(shown),
            Some(_) => Err(shown),
        }
    }

    pub(super) async fn read_dev_server_log(&self) -> Result<String, String> {
        let log = self.workspace.dev_server_log().await.map_err(sentence)?;
        let log = plain(&log);
        if log.trim().is_empty() {
            return Ok("The dev server has written nothing, or there is none.".into());
        }
        Ok(middle_cut(log.trim(), self.policy.limits.output_bytes_max))
    }

    pub(super) async fn read_preview_console(&self) -> Result<String, String> {
        let errors = self.workspace.preview_console().await.map_err(sentence)?;
        let lines: Vec<String> = errors
            .iter()
            .map(|PageError { seconds_ago, text }| format!("{seconds_ago} s ago: {}", plain(text).trim()))
            .collect();
        if lines.is_empty() {
            return Ok("No browser has reported an error of the page.".into());
        }
        Ok(middle_cut(&lines.join("\n"), self.policy.limits.output_bytes_max))
    }
}

/// How a command ended, then what it wrote.
fn shown(outcome: &CommandOutcome, bytes_max: usize) -> String {
    let end = match outcome.exit {
        None => "It goes on in the background.".to_owned(),
        Some(exit) if exit.stopped => "It was stopped.".to_owned(),
        Some(exit) if exit.timed_out => "Its time ran out, and it was ended.".to_owned(),
        Some(exit) => format!("Exit code {}.", exit.exit_code),
    };
    let mut parts = vec![end];
    for (name, text) in [("Output", &outcome.stdout), ("Errors", &outcome.stderr)] {
        let text = plain(text);
        if !text.trim().is_empty() {
            parts.push(format!("{name}:\n{}", middle_cut(text.trim_end(), bytes_max / 2)));
        }
    }
    parts.join("\n")
}

/// The begin and the end of a text: what went wrong stands at either.
fn middle_cut(text: &str, bytes_max: usize) -> String {
    if text.len() <= bytes_max {
        return text.to_owned();
    }
    let begin = &text[..text.floor_char_boundary(bytes_max / 4)];
    let end = &text[text.ceil_char_boundary(text.len() - bytes_max * 3 / 4)..];
    format!("{begin}\n({} bytes are left out)\n{end}", text.len() - begin.len() - end.len())
}

/// Without what steers a terminal: colours, titles, moves of the cursor.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
                Some(']') => while chars.next().is_some_and(|c| c != '\u{7}' && c != '\u{1b}') {},
                Some(_) | None => {}
            },
            '\n' | '\t' => plain.push(c),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        assert_eq!(plain("\u{1b}[1;32mok\u{1b}[0m\r\n\u{1b}]0;title\u{7}\tend\u{1b}"), "ok\n\tend");
    }

    #[test]
    fn a_long_output_keeps_its_begin_and_its_end() {
        let text = "é".repeat(1_000);
        let cut = middle_cut(&text, 100);
        assert!(cut.starts_with('é') && cut.ends_with('é') && cut.contains("bytes are left out"), "{cut}");
        assert!(cut.len() <= 100 + "\n(1900 bytes are left out)\n".len());
        assert_eq!(middle_cut("short", 100), "short");
    }
}
