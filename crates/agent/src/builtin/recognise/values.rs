//! What a clause says about its thing: titles, lists, topics, places.

use super::lexicon;
use super::numbers::number;
use super::phrases::find;
use super::words::{Kind, Word};
use crate::builtin::edit::app::Place;

/// The longest title, item or topic, in characters.
const PHRASE_CHARS_MAX: usize = 80;

/// The texts in quotation marks.
pub(super) fn quoted(words: &[Word]) -> Vec<String> {
    words.iter().filter(|word| word.kind == Kind::Quoted).map(|word| word.text.clone()).collect()
}

/// A title of its own: `called Groceries`, `titled "Groceries"`, `with the title "Groceries"`.
pub(super) fn title(prompt: &str, words: &[Word]) -> Option<String> {
    let marks = ["called", "titled", "named", "title", "heading", "headline", "entitled"];
    let at = words.iter().position(|word| word.is_any(&marks))?;
    let rest = &words[at + 1..];
    if let Some(quoted) = rest.iter().take(3).find(|word| word.kind == Kind::Quoted) {
        return Some(quoted.text.clone());
    }
    let stop = rest.iter().position(|word| {
        word.is_any(&["with", "and", "that", "at", "for", "below", "in"]) || word.kind != Kind::Plain
    });
    let title = as_written(prompt, &rest[..stop.unwrap_or(rest.len())]);
    title.filter(|_| words[at].is_any(&["called", "titled", "named", "entitled"]))
}

/// Words as they were written, without marks around them.
pub(super) fn as_written(prompt: &str, words: &[Word]) -> Option<String> {
    let (first, last) = (words.first()?, words.last()?);
    let text = prompt.get(first.span.start..last.span.end)?;
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '"' | '“' | '”' | '\'')
    });
    let fits = !text.is_empty() && text.chars().count() <= PHRASE_CHARS_MAX;
    fits.then(|| text.to_owned())
}

pub(super) fn without_articles(words: &[Word]) -> &[Word] {
    match words.first() {
        Some(first) if first.is_any(&["a", "an", "the", "some", "my"]) => &words[1..],
        _ => words,
    }
}

/// What it is about: `about space`, `for a bakery`, `of sales per month`, or the words before it: `a space quiz`.
pub(super) fn topic(prompt: &str, before: &[Word], after: &[Word], leads: &[&str]) -> Option<String> {
    let lead = after.iter().position(|word| word.is_any(leads));
    let rest = lead.map(|lead| without_articles(&after[lead + 1..])).unwrap_or_default();
    let end = rest.iter().position(|word| {
        word.kind != Kind::Plain
            || word.is_any(&[
                "with",
                "that",
                "and",
                "at",
                "below",
                "in",
                "using",
                "titled",
                "called",
                "named",
                "containing",
                "please",
                "where",
                "which",
            ])
    });
    let rest = &rest[..end.unwrap_or(rest.len())];
    let vague = [
        "it", "this", "that", "me", "us", "page", "site", "app", "website", "top", "bottom", "my", "visitor",
        "user", "people",
    ];
    let each =
        rest.first().is_some_and(|word| word.is_any(&["each", "all", "every", "everyone", "everybody"]));
    if !rest.is_empty() && !each && !rest.iter().all(|word| word.is_any(&vague)) {
        return as_written(prompt, rest);
    }
    let known = |word: &&Word| {
        word.kind == Kind::Plain
            && !PLAIN_ADJECTIVES.split(' ').any(|plain| word.is(plain))
            && !word.is_any(lexicon::ADD)
            && !word.is_any(lexicon::CHANGE)
            && number(word).is_none()
    };
    let start = before.iter().rposition(|word| !known(&word)).map_or(0, |last| last + 1);
    let words = &before[start..];
    let adjective = (1..=2).contains(&words.len()) && start > 0;
    adjective.then(|| as_written(prompt, words)).flatten()
}

/// Words before a thing that say nothing about its topic.
const PLAIN_ADJECTIVES: &str = "\
    a an the some my our another new nice simple small big beautiful cool modern responsive little \
    basic pretty fancy interactive working great good clean short large full sticky sleek please me \
    us you can could it this that with and of to into page also then i we would need want more \
    animated colorful elegant minimal professional user friendly single few quick own bar line image \
    customer client proper second third first real live digital online in on at for is there be \
    should really awesome stylish attractive different default extra additional whole entire like \
    i'd i'm let's multi column grid ok okay hey hi hello so just now your its fun neat fine complete \
    classic visual tiny huge light dark minute hour tier question multiple choice color section \
    footer top bottom if possible kindly maybe perhaps how what about red green blue orange purple \
    pink yellow pie donut area stacked leave where mini separate decent lovely gorgeous detailed \
    extended";

/// Whether a word before a thing says nothing about its topic.
pub(super) fn is_plain_adjective(word: &str) -> bool {
    let lower = word.to_lowercase();
    PLAIN_ADJECTIVES.split_whitespace().any(|plain| plain == lower)
        || ["local", "family", "old"].contains(&lower.as_str())
}

/// Where on the page, when that was said.
pub(super) fn place(words: &[Word]) -> Option<Place> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let above = find(
        words,
        "above the heading, above the title, above the headline, above the hero, above the intro, above the text, before the \
         heading, before the title, over the heading, over the title, above everything, at the very top, on top of the page, \
         above the introduction, above it all, before everything",
    );
    if above.is_some() {
        return Some(Place::Opening);
    }
    if says(&["top", "first", "beginning", "start", "up", "above", "before"]) {
        Some(Place::ContentStart)
    } else if says(&["bottom", "end", "last", "down", "below", "under", "after", "underneath"]) {
        Some(Place::ContentEnd)
    } else {
        None
    }
}
