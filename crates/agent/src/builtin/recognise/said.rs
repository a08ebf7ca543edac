//! A thing with the words around it, and the questions that its details are read by.

use super::lists;
use super::numbers;
use super::values;
use super::words::Word;

/// What is said about one thing.
pub(super) struct Said<'a> {
    pub(super) prompt: &'a str,
    /// The words before its name, those of its name, and those after it.
    pub(super) before: &'a [Word],
    pub(super) name: &'a [Word],
    pub(super) after: &'a [Word],
    /// All but its name.
    pub(super) around: Vec<Word>,
    /// What stands in quotation marks.
    pub(super) quoted: Vec<String>,
}

impl Said<'_> {
    pub(super) fn says(&self, texts: &[&str]) -> bool {
        self.around.iter().chain(self.name).any(|word| word.is_any(texts))
    }

    pub(super) fn count(&self) -> Option<usize> {
        numbers::count(&self.around)
    }

    pub(super) fn items(&self, leads: &[&str]) -> Vec<String> {
        lists::items(self.prompt, self.after, leads)
    }

    pub(super) fn topic(&self, leads: &[&str]) -> Option<String> {
        values::topic(self.prompt, self.before, self.after, leads)
    }

    pub(super) fn quote(&self) -> Option<String> {
        self.quoted.first().cloned()
    }

    pub(super) fn priced(&self) -> Vec<(String, String)> {
        lists::priced(self.prompt, self.after)
    }

    pub(super) fn name_as_written(&self) -> Option<String> {
        values::as_written(self.prompt, self.name)
    }
}
