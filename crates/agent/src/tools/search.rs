//! Looking for a pattern in the files of a workspace, with a bound on everything.

use domain::WorkspacePath;
use futures::{StreamExt as _, stream};
use regex::{Regex, RegexBuilder};
use tokio::time::{Instant, timeout_at};

use super::arguments::SearchArguments;
use super::toolbox::{Toolbox, sentence};
use crate::AgentEvent;

/// The longest pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 1_000;
/// The memory that a compiled pattern may take, in bytes.
const PATTERN_MEMORY_BYTES_MAX: usize = 1024 * 1024;
/// How much of a line is shown, in characters.
const LINE_CHARS_MAX: usize = 200;
/// Files that are read at once.
const READS_AT_ONCE_MAX: usize = 8;
/// Files of which the watcher is told.
const TOLD_MAX: usize = 20;

impl Toolbox<'_> {
    pub(super) async fn search_files(&self, arguments: SearchArguments) -> Result<String, String> {
        let pattern = compiled(&arguments)?;
        let limits = &self.policy.limits;
        let mut paths = self.workspace.list().await.map_err(sentence)?;
        let inside = |path: &WorkspacePath| {
            arguments.folder.as_ref().is_none_or(|folder| {
                path == folder
                    || path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
        };
        paths.retain(|path| self.policy.paths.may_read(path) && inside(path));
        paths.sort();
        let left_out = paths.len().saturating_sub(limits.files_searched_max);
        paths.truncate(limits.files_searched_max);
        let mut found = Found::default();
        let reads = paths.into_iter().map(|path| async move {
            let content = self.workspace.read(&path).await.ok();
            let text = content.filter(|content| content.len() <= limits.file_bytes_max);
            text.and_then(|content| String::from_utf8(content.into()).ok()).map(|text| (path, text))
        });
        let mut texts = stream::iter(reads).buffered(READS_AT_ONCE_MAX);
        let deadline = Instant::now() + limits.search_time_max;
        let complete = loop {
            let text = tokio::select! {
                text = timeout_at(deadline, texts.next()) => text,
                () = self.stop.cancelled() => break false,
            };
            match text {
                Ok(Some(Some((path, text)))) => {
                    if !found.look(&pattern, path, &text, limits.matches_max, limits.output_bytes_max) {
                        break false;
                    }
                }
                Ok(Some(None)) => {}
                Ok(None) => break left_out == 0,
                Err(_) => break false,
            }
        };
        for path in found.files.iter().take(TOLD_MAX) {
            self.tell(AgentEvent::Read(path.clone())).await;
        }
        Ok(found.answer(complete))
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    lines: Vec<String>,
    bytes: usize,
    files: Vec<WorkspacePath>,
}

impl Found {
    /// Takes the lines of one text that match; `false` when there is no room for more.
    fn look(
        &mut self,
        pattern: &Regex,
        path: WorkspacePath,
        text: &str,
        lines_max: usize,
        bytes_max: usize,
    ) -> bool {
        let before = self.lines.len();
        let mut room = true;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| pattern.is_match(line)) {
            let shown: String = line.trim().chars().take(LINE_CHARS_MAX).collect();
            let found = format!("{path}:{number}: {shown}");
            room = self.lines.len() < lines_max && self.bytes + found.len() < bytes_max;
            if !room {
                break;
            }
            self.bytes += found.len() + 1;
            self.lines.push(found);
        }
        if self.lines.len() > before {
            self.files.push(path);
        }
        room
    }

    fn answer(mut self, complete: bool) -> String {
        match (self.lines.is_empty(), complete) {
            (true, true) => return "No line matches.".into(),
            (true, false) => return "No line matched in what could be searched.".into(),
            (false, true) => {}
            (false, false) => {
                self.lines.push("(there may be more: search for less, or below a folder)".into())
            }
        }
        self.lines.join("\n")
    }
}

fn compiled(arguments: &SearchArguments) -> Result<Regex, String> {
    if arguments.pattern.is_empty() || arguments.pattern.len() > PATTERN_BYTES_MAX {
        return Err(format!("Give a pattern of 1 to {PATTERN_BYTES_MAX} bytes."));
    }
    let pattern = RegexBuilder::new(&arguments.pattern)
        .case_insensitive(arguments.ignore_case)
        .size_limit(PATTERN_MEMORY_BYTES_MAX)
        .build();
    pattern.map_err(|error| format!("The pattern is no regular expression: {error}"))
}
