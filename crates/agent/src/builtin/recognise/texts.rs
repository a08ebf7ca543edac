//! Wishes about texts: which text, and what it shall say.

use super::clauses::{Clause, Verb};
use super::looks;
use super::phrases::{find, slot_at};
use super::values::{as_written, quoted};
use super::words::{Kind, Word};
use crate::builtin::intent::{Intent, Slot};

/// What stands between a text and what it shall say.
const TO: &[&str] = &["to", "say", "saying", "read", "reading", "as", "be", "is", "into", "with"];

/// `replace "A" with "B"`, `change "A" to "B"`.
pub(super) fn replacement(words: &[Word]) -> Option<Intent> {
    let quoted: Vec<(usize, &Word)> =
        words.iter().enumerate().filter(|(_, word)| word.kind == Kind::Quoted).collect();
    let [(first, from), (second, to)] = quoted[..] else {
        return None;
    };
    let replaces = words[..first]
        .iter()
        .any(|word| word.is_any(&["replace", "change", "swap", "rename", "turn", "switch", "edit", "make"]));
    let between = words[first + 1..second]
        .iter()
        .any(|word| word.is_any(&["with", "to", "by", "for", "into", "say", "read"]));
    let names_slot = (0..first).any(|at| slot_at(&words[at..]).is_some_and(|(slot, _)| slot != Slot::Button));
    (replaces && between && !names_slot)
        .then(|| Intent::Replace { from: from.text.clone(), to: to.text.clone() })
}

/// `call it Acme Coffee`, `rename the app to Acme`, `my company is called Acme`.
pub(super) fn named(prompt: &str, clause: &Clause<'_>) -> Option<Intent> {
    let words = clause.words;
    let whole = [
        "it",
        "this",
        "app",
        "site",
        "page",
        "website",
        "company",
        "business",
        "shop",
        "store",
        "project",
        "product",
        "startup",
        "brand",
        "cafe",
        "everything",
    ];
    let at = words.iter().position(|word| word.is_any(&["call", "name", "rename", "called", "named"]))?;
    let is_participle = words[at].is_any(&["called", "named"]);
    let subject = if is_participle {
        // `a shop called Acme` inside a longer wish is a title; `my shop is called Acme` names the page.
        let says_is = words[..at].last().is_some_and(|word| word.is_any(&["is", "be", "it's", "it"]));
        says_is && words[..at].iter().any(|word| word.is_any(&whole) || word.is("it"))
    } else {
        words[at + 1..].iter().take(3).any(|word| word.is_any(&whole))
    };
    if !subject {
        return None;
    }
    if let Some(name) = quoted(words).into_iter().next() {
        return Some(Intent::Name(name));
    }
    let rest = &words[at + 1..];
    let skipped = rest.iter().position(|word| {
        !(word.is_any(&whole) || word.is_any(&["the", "my", "our", "to", "as", "be", "a", "name"]))
    });
    let name = as_written(prompt, &rest[skipped?..])?;
    Some(Intent::Name(name))
}

/// Texts with what they shall say; `None` when the clause names none, or does not say what.
pub(super) fn slots(prompt: &str, clause: &Clause<'_>) -> Option<Vec<Intent>> {
    let words = clause.words;
    let quoted = quoted(words);
    let Some((at, slot, length)) = named_slot(words) else {
        return bare_text(prompt, clause, &quoted);
    };
    // What can be added as a section is only changed as a text when it is told to change.
    let adds =
        clause.verb != Some(Verb::Change) && words[..at].iter().all(|word| !word.is_any(&["to", "as"]));
    let is_section = super::phrases::section_at(&words[at..]).is_some();
    let belongs_to_section = (0..at).any(|before| super::phrases::section_at(&words[before..]).is_some());
    if adds && is_section || belongs_to_section && clause.verb != Some(Verb::Change) {
        return None;
    }
    if let Some(text) = quoted.into_iter().next() {
        return Some(vec![Intent::SetText(slot, text)]);
    }
    let after = &words[at + length..];
    let to = after.iter().position(|word| word.is_any(TO) || word.kind == Kind::Colon)?;
    let mut value = &after[to + 1..];
    while value
        .first()
        .is_some_and(|word| word.is_any(&["say", "be", "read", "to", "text"]) || word.kind == Kind::Colon)
    {
        value = &value[1..];
    }
    if is_look(value) {
        return None;
    }
    let text = as_written(prompt, value)?;
    Some(vec![Intent::SetText(slot, text)])
}

/// Whether a clause names a text of the page.
pub(super) fn names_text(words: &[Word]) -> bool {
    named_slot(words).is_some()
}

/// The text a clause names first; the longest name wins.
fn named_slot(words: &[Word]) -> Option<(usize, Slot, usize)> {
    (0..words.len()).find_map(|at| slot_at(&words[at..]).map(|(slot, length)| (at, slot, length)))
}

/// `make it say "Hello"`, `write "Hello" at the top`: the text that everybody sees.
fn bare_text(prompt: &str, clause: &Clause<'_>, quoted: &[String]) -> Option<Vec<Intent>> {
    let words = clause.words;
    let names_section = !super::things::things(words).is_empty();
    let says = words.iter().position(|word| word.is_any(&["say", "saying", "read", "greet", "welcome"]));
    match (says, quoted) {
        (_, [text]) if !names_section => Some(vec![Intent::SetText(Slot::Heading, text.clone())]),
        (Some(at), [])
            if !names_section
                && find(words, "make it, let it, it should, have it, page should, make the page, should")
                    .is_some() =>
        {
            let value = &words[at + 1..];
            if is_look(value) || value.is_empty() {
                return None;
            }
            Some(vec![Intent::SetText(Slot::Heading, as_written(prompt, value)?)])
        }
        _ => None,
    }
}

/// `make the title red`: a look, not a text.
fn is_look(value: &[Word]) -> bool {
    let colour_words: usize = looks::colours(value).iter().map(|found| found.words).sum();
    let fillers = value
        .iter()
        .filter(|word| {
            word.is_any(&[
                "color", "font", "bold", "bigger", "larger", "smaller", "center", "left", "dark", "light",
                "the", "a", "in", "more", "aligned", "serif", "middle", "size",
            ])
        })
        .count();
    colour_words + fillers >= value.len()
}
