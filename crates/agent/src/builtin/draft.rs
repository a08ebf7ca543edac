//! The files as the recipes see and change them, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use domain::WorkspacePath;

use super::edit::lines::LineEnd;

/// A working copy of the files that were read so far.
///
/// A recipe that asks for a file which was not read yet gets nothing, and the draft notes it as wanted: the plan is
/// then made again once the file is known.
#[derive(Debug, Default)]
pub(super) struct Draft {
    listed: BTreeSet<String>,
    files: BTreeMap<String, Source>,
    wanted: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Source {
    line_end: LineEnd,
    /// As it was read; `None` for a file that is new.
    original: Option<String>,
    /// As it is now, with plain newlines; `None` for a file that is gone.
    now: Option<String>,
}

/// What a draft asks to be done to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Write(String, String),
    Delete(String),
}

impl Draft {
    /// A draft over the files there are, with the texts of those that were read.
    pub(super) fn new<'a>(
        listed: impl IntoIterator<Item = &'a str>,
        read: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let source = |text: &str| {
            let line_end = LineEnd::of(text);
            let now = Some(line_end.normalise(text));
            Source { line_end, original: Some(text.to_owned()), now }
        };
        Self {
            listed: listed.into_iter().map(str::to_owned).collect(),
            files: read.into_iter().map(|(path, text)| (path.to_owned(), source(text))).collect(),
            wanted: BTreeSet::new(),
        }
    }

    /// Whether there is such a file now.
    pub(super) fn exists(&self, path: &str) -> bool {
        match self.files.get(path) {
            Some(source) => source.now.is_some(),
            None => self.listed.contains(path),
        }
    }

    /// The text of a file; `None` when there is none, or when it has to be read first.
    pub(super) fn text(&mut self, path: &str) -> Option<String> {
        match self.files.get(path) {
            Some(source) => source.now.clone(),
            None => {
                if self.listed.contains(path) {
                    self.wanted.insert(path.to_owned());
                }
                None
            }
        }
    }

    /// Every file below a folder with this ending, in order.
    pub(super) fn below(&self, folder: &str, ending: &str) -> Vec<String> {
        let all = self.listed.iter().chain(self.files.keys()).collect::<BTreeSet<_>>();
        let fits = |path: &&&String| path.starts_with(folder) && path.ends_with(ending) && self.exists(path);
        all.iter().filter(fits).map(|path| (*path).clone()).collect()
    }

    /// Sets the text of a file, which may be new.
    pub(super) fn set(&mut self, path: &str, text: impl Into<String>) {
        let now = Some(text.into());
        let new = Source { line_end: LineEnd::Lf, original: None, now: None };
        self.files.entry(path.to_owned()).or_insert(new).now = now;
    }

    /// Takes a file away.
    pub(super) fn remove(&mut self, path: &str) {
        let unread = Source { line_end: LineEnd::Lf, original: Some(String::new()), now: None };
        if self.exists(path) {
            self.files.entry(path.to_owned()).or_insert(unread).now = None;
        }
    }

    /// The files that have to be read before the plan is complete.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(String::as_str)
    }

    /// What has to be done, in an order that never leaves the preview without a file that another one imports: style
    /// sheets, components, then the modules that import them; deletions last.
    pub(super) fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (path, source) in &self.files {
            match (&source.original, &source.now) {
                (None, None) => {}
                (Some(_), None) => changes.push(Change::Delete(path.clone())),
                (original, Some(now)) => {
                    let text = source.line_end.restore(now);
                    if original.as_ref() != Some(&text) && path.parse::<WorkspacePath>().is_ok() {
                        changes.push(Change::Write(path.clone(), text));
                    }
                }
            }
        }
        changes.sort_by_key(|change| match change {
            Change::Write(path, _) if path.ends_with(".css") => 0,
            Change::Write(path, _) if path.starts_with("src/lib/") => 1,
            Change::Write(path, _) if path.starts_with("src/components/") => 2,
            Change::Write(..) => 3,
            Change::Delete(_) => 4,
        });
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_not_read_is_wanted_and_one_that_does_not_exist_is_not() {
        let mut draft = Draft::new(["src/App.jsx"], []);
        assert_eq!(draft.text("src/App.jsx"), None);
        assert_eq!(draft.text("src/Other.jsx"), None);
        assert_eq!(draft.wanted().collect::<Vec<_>>(), ["src/App.jsx"]);
    }

    #[test]
    fn what_imports_is_written_after_what_it_imports_and_line_ends_stay() {
        let mut draft = Draft::new(["src/App.jsx", "src/Old.jsx"], [("src/App.jsx", "a\r\nb\r\n")]);
        draft.set("src/App.jsx", "a\nc\n");
        draft.set("src/components/A.jsx", "x\n");
        draft.set("src/components/A.css", "y\n");
        draft.remove("src/Old.jsx");
        let write = |path: &str, text: &str| Change::Write(path.into(), text.into());
        let expected = [
            write("src/components/A.css", "y\n"),
            write("src/components/A.jsx", "x\n"),
            write("src/App.jsx", "a\r\nc\r\n"),
            Change::Delete("src/Old.jsx".into()),
        ];
        assert_eq!(draft.changes(), expected);
    }
}
