//! What an archive lacks, in words for whoever unpacks it.

use std::fmt::Write as _;

/// How many are named; of the others only the number is told.
const NAMED_MAX: usize = 1_000;

/// What the file is called, unless the workspace has one of that name.
const NAME: &str = "LEFT_OUT.txt";
const OTHER_NAMES_MAX: usize = 100;

/// What was left out so far.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    text: String,
    count: usize,
    taken: Vec<Vec<u8>>,
}

impl LeftOut {
    /// There is something at `path`.
    pub(super) fn sees(&mut self, path: &[u8]) {
        if path.starts_with(b"LEFT_OUT") && self.taken.len() < OTHER_NAMES_MAX {
            self.taken.push(path.to_owned());
        }
    }

    /// What is at `path` is not in the archive, or not as it was.
    pub(super) fn note(&mut self, path: &[u8], reason: &str) {
        self.count += 1;
        if self.count <= NAMED_MAX {
            let path = String::from_utf8_lossy(path);
            // A text takes everything.
            let _ = writeln!(self.text, "{}: {reason}", path.escape_debug());
        }
    }

    /// The file's name and content; `None` when there is nothing to say.
    pub(super) fn file(&self) -> Option<(String, String)> {
        if self.count == 0 {
            return None;
        }
        let others = (2..).map(|number| format!("LEFT_OUT-{number}.txt"));
        let is_free = |name: &String| !self.taken.iter().any(|taken| taken == name.as_bytes());
        let name = std::iter::once(NAME.to_owned()).chain(others).find(is_free)?;
        let mut text = format!("Not everything of the workspace is in this archive:\n\n{}", self.text);
        if self.count > NAMED_MAX {
            let _ = writeln!(text, "… and {} more", self.count - NAMED_MAX);
        }
        Some((name, text))
    }
}
