//! Wishes for a whole page: a landing page, a portfolio, a shop.

use std::ops::Range;

use super::additions::addition;
use super::phrases::{find, sections};
use super::things::{Thing, things};
use super::words::{Kind, Word};
use super::{looks, values};
use crate::builtin::intent::{Intent, Section};

/// What a landing page is for when nobody says it.
pub(super) const ANYTHING: &str = "product";

/// Words for a whole page.
const PAGES: &[&str] = &[
    "landing page",
    "website",
    "web site",
    "homepage",
    "home page",
    "web page",
    "webpage",
    "landing site",
    "portfolio",
    "portfolio site",
    "online shop",
    "online store",
    "store page",
    "shop page",
    "product page",
    "marketing page",
    "landingpage",
    "site",
    "page",
    "web shop",
    "one pager",
    "company page",
];

/// Whether a clause is about a whole page for something.
pub(super) fn is_landing(words: &[Word]) -> bool {
    page_at(words).is_some()
}

fn page_at(words: &[Word]) -> Option<Range<usize>> {
    let mut phrases = PAGES.to_vec();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.split(' ').count()));
    let found = phrases
        .iter()
        .filter_map(|phrase| find(words, phrase))
        .min_by_key(|range| (range.start, std::cmp::Reverse(range.len())))?;
    // `the page` is the one there is; `a page`, `a bakery page`, `landing page` is a new one.
    let certain = found.len() > 1 || words[found.start].is_any(&["portfolio", "landingpage"]);
    let before = &words[..found.start];
    let determiner = before
        .iter()
        .rposition(|word| word.is_any(&["a", "an", "the", "this", "my", "our", "whole", "entire"]));
    let new = determiner.is_some_and(|at| {
        words[at].is_any(&["a", "an"]) || words[at].is_any(&["my", "our"]) && at + 1 < found.start
    });
    // `gym website`, `wedding page`: a plain noun before the word names a new one.
    let noun = before.last().is_some_and(|word| {
        word.kind == Kind::Plain
            && !word.is_any(super::lexicon::ADD)
            && !word.is_any(super::lexicon::CHANGE)
            && !word.is_any(super::lexicon::REMOVE)
            && !word.is_any(&[
                "the",
                "this",
                "my",
                "our",
                "your",
                "whole",
                "entire",
                "of",
                "on",
                "to",
                "in",
                "for",
                "and",
                "or",
                "it",
                "web",
                "single",
                "every",
                "all",
                "front",
                "last",
                "next",
                "end",
                "full",
                "translate",
                "around",
                "that",
                "about",
            ])
    }) && words[found.start].is_any(&["website", "page", "site", "webpage"])
        && determiner.is_none_or(|at| words[at].is_any(&["a", "an", "my", "our"]));
    let next = words.get(found.end);
    let about = next.is_some_and(|word| word.is("about"))
        || next.is_some_and(|word| word.is("for"))
            && determiner.is_none_or(|at| !words[at].is_any(&["the", "this"]));
    let known_section = find(
        words,
        "login page, contact page, sign in page, signup page, sign up page, faq page, pricing page, \
            about page, team page, log in page, registration page, page title, page footer",
    )
    .is_some();
    (!known_section && (certain || new || about || noun)).then_some(found)
}

/// What a landing page is wanted for.
pub(super) fn subject(prompt: &str, words: &[Word]) -> Option<String> {
    if let Some(found) = page_at(words) {
        let (before, after) = (&words[..found.start], &words[found.end..]);
        let topic = values::topic(
            prompt,
            before,
            after,
            &["for", "about", "of", "selling", "sell", "called", "named"],
        );
        let portfolio = words[found.clone()].iter().any(|word| word.is("portfolio"));
        let shop = words[found].iter().any(|word| word.is_any(&["shop", "store"]));
        let fallback = if portfolio {
            Some("portfolio")
        } else if shop {
            Some("shop")
        } else {
            None
        };
        let plain = || Some(ANYTHING.to_owned());
        // `wedding website`, `restaurant menu page`: all that stands before it, where that is no request.
        let asks = |word: &Word| {
            word.is_any(super::lexicon::ADD)
                || word.is_any(super::lexicon::CHANGE)
                || word.is_any(&["a", "an", "the", "my", "please"])
        };
        let start = before.iter().rposition(asks).map_or(0, |last| last + 1);
        let noun = before.get(start..).filter(|noun| (1..=3).contains(&noun.len()));
        let noun = noun.filter(|_| fallback.is_none()).and_then(|noun| values::as_written(prompt, noun));
        let noun = noun.filter(|noun| {
            !["landing", "simple", "nice", "new", "small"].contains(&noun.to_lowercase().as_str())
        });
        let topic = topic.or(noun);
        return topic
            .or_else(|| fallback.map(str::to_owned))
            .or_else(|| find(words, "landing page, website, homepage").and_then(|_| plain()));
    }
    // `turn it into a bakery`, `make this a coffee shop`
    let into = find(words, "into a, into an, into my, it a, this a, page a, it an, this an, app a");
    let turned = words.iter().any(|word| word.is_any(&["turn", "transform", "convert", "make"]));
    let rest = &words[into.filter(|_| turned)?.end..];
    let subject = values::as_written(prompt, rest)?;
    let one_thing = rest.iter().any(|word| {
        word.is_any(&[
            "theme", "style", "dark", "light", "color", "bit", "little", "look", "mode", "gradient", "lot",
            "font",
        ])
    });
    let is_section = !things(rest).is_empty() || !looks::colours(rest).is_empty();
    (!one_thing && !is_section && rest.len() <= 5).then_some(subject)
}

/// Sections that a landing page is asked for with, beyond those it has anyway.
pub(super) fn beside(prompt: &str, words: &[Word]) -> Vec<Intent> {
    let Some(found) = page_at(words) else {
        return Vec::new();
    };
    let offset = words[found.end..].iter().position(|word| {
        word.is_any(&["with", "including", "containing", "that"]) || word.kind == Kind::Colon
    });
    let Some(offset) = offset else {
        return Vec::new();
    };
    let start = found.end + offset + 1;
    let rest = &words[start..];
    let own = [Section::Features, Section::Testimonials, Section::ContactForm, Section::Footer];
    sections(rest)
        .into_iter()
        .filter(|(_, section)| !own.contains(section))
        .map(|(range, section)| {
            let thing = Thing { section, words: range.clone() };
            let end =
                rest[range.end..].iter().position(|word| word.is_any(&["and"]) || word.kind == Kind::Comma);
            let scope = range.start..end.map_or(rest.len(), |end| range.end + end);
            Intent::Add(addition(prompt, rest, &thing, scope))
        })
        .collect()
}

/// What somebody does, where the wish for a page does not say it: `I run a yoga studio. Make me a landing page.`
pub(super) fn occupation(prompt: &str, words: &[Word]) -> Option<String> {
    let verb = words
        .iter()
        .position(|word| word.is_any(&["run", "own", "have", "am", "i'm", "manage", "opened", "sell"]))?;
    let rest = &words[verb + 1..];
    let rest =
        &rest[rest.iter().position(|word| !word.is_any(&["a", "an", "the", "my", "small", "own"]))?..];
    let ends = |word: &Word| {
        word.kind != Kind::Plain || word.is_any(&["and", "called", "in", "that", "so", "named", "with"])
    };
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    values::as_written(prompt, &rest[..end])
}
