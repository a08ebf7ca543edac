//! Finds the phrases of the lexicon in a clause.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Kind, Word, normal};
use super::{lexicon, more_names, section_names};
use crate::builtin::intent::{Section, Slot};

/// What phrases mean, by their first word; the longest first, each without that word.
type Phrases<T> = BTreeMap<String, Vec<(Vec<String>, T)>>;

static SECTIONS: LazyLock<Phrases<Section>> = LazyLock::new(|| {
    let all: Vec<_> = section_names::SECTIONS.iter().chain(more_names::TOOLS).copied().collect();
    by_first_word(&all)
});
static SLOTS: LazyLock<Phrases<Slot>> = LazyLock::new(|| by_first_word(lexicon::SLOTS));

/// The section that is named at a word, and how many words that takes.
pub(super) fn section_at(words: &[Word]) -> Option<(Section, usize)> {
    phrase_at(&SECTIONS, words)
}

/// The text that is named at a word, and how many words that takes.
pub(super) fn slot_at(words: &[Word]) -> Option<(Slot, usize)> {
    phrase_at(&SLOTS, words)
}

/// Every section a clause names, in order, without overlap.
pub(super) fn sections(words: &[Word]) -> Vec<(Range<usize>, Section)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match section_at(&words[at..]) {
            Some((section, length)) => {
                found.push((at..at + length, section));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Where in a clause the first of some phrases, parted by `, `, occurs.
pub(super) fn find(words: &[Word], phrases: &str) -> Option<Range<usize>> {
    (0..words.len()).find_map(|at| {
        phrases.split(", ").find_map(|phrase| {
            let count = phrase.split(' ').count();
            let fits = at + count <= words.len()
                && phrase.split(' ').zip(&words[at..]).all(|(text, word)| word.is(text));
            fits.then_some(at..at + count)
        })
    })
}

fn phrase_at<T: Copy>(phrases: &Phrases<T>, words: &[Word]) -> Option<(T, usize)> {
    let first = words.first().filter(|word| word.kind == Kind::Plain)?;
    let fits = |rest: &[String]| {
        rest.len() < words.len() && rest.iter().zip(&words[1..]).all(|(text, word)| word.is(text))
    };
    let candidates = phrases.get(&first.text)?;
    candidates.iter().find(|(rest, _)| fits(rest)).map(|(rest, value)| (*value, rest.len() + 1))
}

fn by_first_word<T: Copy>(table: &[(T, &str)]) -> Phrases<T> {
    let mut all: Phrases<T> = BTreeMap::new();
    for (value, phrases) in table {
        for phrase in phrases.split(", ") {
            let mut words = phrase.split(' ').map(normal);
            if let Some(first) = words.next() {
                all.entry(first).or_default().push((words.collect(), *value));
            }
        }
    }
    for candidates in all.values_mut() {
        candidates.sort_by_key(|(rest, _)| Reverse(rest.len()));
    }
    all
}
