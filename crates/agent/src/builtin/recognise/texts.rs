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
    let of_button = words[..first].iter().any(|word| word.is("button"));
    let names_slot = (0..first).any(|at| slot_at(&words[at..]).is_some_and(|(slot, _)| slot != Slot::Button));
    (replaces && between && !names_slot && !of_button)
        .then(|| Intent::Replace { from: from.text.clone(), to: to.text.clone() })
}

/// `change hello to good morning`: a text that is no part of the page by name.
pub(super) fn plain_replacement(prompt: &str, clause: &Clause<'_>) -> Option<Intent> {
    let words = clause.words;
    let verb = words.iter().position(|word| word.is_any(&["change", "replace", "swap", "rename"]))?;
    let to = words
        .iter()
        .position(|word| word.is_any(&["to", "with", "into", "by"]))
        .filter(|to| *to > verb + 1)?;
    let from = &words[verb + 1..to];
    let vague = |word: &Word| {
        word.is_any(&["it", "this", "that", "everything", "something", "language", "style", "the"])
    };
    if from.len() > 4 || from.iter().any(vague) {
        return None;
    }
    Some(Intent::Replace { from: as_written(prompt, from)?, to: as_written(prompt, &words[to + 1..])? })
}

/// The text of the template that a clause is about, where it names nothing else: `remove the subtitle`.
pub(super) fn only_text(words: &[Word]) -> Option<Slot> {
    let (at, slot, length) = named_slot(words)?;
    let fillers = |word: &Word| {
        word.is_any(&[
            "the", "please", "my", "that", "this", "remove", "hide", "delete", "take", "off", "away", "get",
            "rid", "of", "page",
        ])
    };
    let alone = words[..at].iter().chain(&words[at + length..]).all(fillers);
    let removable = matches!(slot, Slot::Heading | Slot::Subtitle | Slot::Brand) && !words[at].is("header");
    (alone && removable).then_some(slot)
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
    if let Some(found) =
        find(words, "change the name to, the name to, change name to, name should be, name it")
    {
        let name = quoted(words).into_iter().next().or_else(|| as_written(prompt, &words[found.end..]));
        return name.map(Intent::Name);
    }
    // `Name: Hartwell & Boone`
    if let [first, colon, name @ ..] = words
        && first.is("name")
        && colon.kind == Kind::Colon
    {
        return as_written(prompt, name).map(Intent::Name);
    }
    let at = words.iter().position(|word| word.is_any(&["call", "name", "rename", "called", "named"]))?;
    if words.get(at + 1).is_some_and(|next| next.is_any(&["for", "of", "generator", "idea"])) {
        return None;
    }
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
    let plain = || {
        find(words, "the text to say, the text say, text to say, text should say")
            .map(|found| (found.start, Slot::Subtitle, 2))
    };
    let Some((at, slot, length)) = named_slot(words).or_else(plain) else {
        return bare_text(prompt, clause, &quoted);
    };
    if is_place(&words[..at]) {
        return None;
    }
    // `set the heading to this and the paragraph to that`
    let is_told = slot != Slot::Button
        && words[..at].last().is_none_or(|word| word.is_any(&["the", "my", "its"]))
        && words.get(at + length).is_some_and(|word| word.is_any(&["to", "say", "should"]));
    // What can be added as a section is only changed as a text when it is told to change.
    let adds =
        clause.verb != Some(Verb::Change) && words[..at].iter().all(|word| !word.is_any(&["to", "as"]));
    let is_section = super::phrases::section_at(&words[at..]).is_some();
    let belongs_to_section = (0..at).any(|before| super::phrases::section_at(&words[before..]).is_some());
    if adds && is_section && !is_told || belongs_to_section && clause.verb != Some(Verb::Change) {
        return None;
    }
    if let Some(text) = quoted.into_iter().next() {
        return Some(vec![Intent::SetText(slot, text)]);
    }
    let after = &words[at + length..];
    let to = after.iter().position(|word| word.is_any(TO) || word.kind == Kind::Colon)?;
    // `put a logo there, an emoji is fine`: an aside, further on.
    if after[to].is_any(&["is", "as", "be"]) && to > 1 {
        return None;
    }
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
    let text = invented(value).map_or_else(|| with_marks(prompt, value), |text| Some(text.to_owned()))?;
    Some(vec![Intent::SetText(slot, text)])
}

/// Whether what stands before a text makes of it the place for something else: `a badge next to the heading`.
fn is_place(before: &[Word]) -> bool {
    let before = match before {
        [rest @ .., article] if article.is_any(&["the", "my"]) => rest,
        _ => before,
    };
    ["next to", "beside", "left of", "right of", "in front of", "behind"]
        .iter()
        .any(|phrase| find(before, phrase).is_some_and(|found| found.end == before.len()))
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
    // A quotation in a wish for a page is its name.
    let names_section =
        !super::things::things(words).is_empty() || super::landing::subject(prompt, words).is_some();
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

/// A text for those who leave it to us: `something funny`.
fn invented(value: &[Word]) -> Option<&'static str> {
    let leaves =
        value.first().is_some_and(|word| word.is_any(&["something", "anything"])) && value.len() <= 3;
    if !leaves {
        return None;
    }
    let says = |texts: &[&str]| value.iter().any(|word| word.is_any(texts));
    Some(if says(&["funny", "silly", "witty"]) {
        "Made with love, coffee, and only a few typos."
    } else if says(&["professional", "serious", "business"]) {
        "Clear work, done well and on time."
    } else if says(&["inspiring", "inspirational", "motivating", "motivational"]) {
        "Small steps, taken every day, lead a long way."
    } else {
        "Good things begin here."
    })
}

/// Words as they were written, with the marks after them where there are several: `Summer Sale!!`.
fn with_marks(prompt: &str, words: &[Word]) -> Option<String> {
    let text = as_written(prompt, words)?;
    let after = prompt.get(words.last()?.span.end..).unwrap_or_default();
    let marks: String = after.chars().take_while(|c| matches!(c, '!' | '?')).take(3).collect();
    Some(if marks.len() > 1 { text + &marks } else { text })
}
