//! Which sections a clause asks for, and which words only look like one.

use std::ops::Range;

use super::phrases::sections;
use super::words::{Kind, Word};
use crate::builtin::intent::Section;

/// A section that a clause asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) section: Section,
    pub(super) words: Range<usize>,
}

/// Words after which a section only describes the one before.
const DESCRIBING: &[&str] = &[
    "with",
    "for",
    "that",
    "including",
    "containing",
    "where",
    "which",
    "so",
    "to",
    "of",
    "showing",
    "using",
    "having",
    "when",
    "by",
    "like",
];
/// Words after which a section is a topic.
const TOPICAL: &[&str] = &["about", "regarding", "on", "of", "for", "in", "from"];

/// The sections that a clause asks for, without those that only describe another.
pub(super) fn things(words: &[Word]) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    for (range, section) in sections(words) {
        let before = &words[..range.start];
        let determined = before.last().is_some_and(|word| word.is_any(&["a", "an", "another", "some"]));
        let since = things.last().map_or(0, |thing| thing.words.end);
        let describes = before[since.min(before.len())..]
            .iter()
            .any(|word| word.is_any(DESCRIBING) || word.kind == Kind::Colon);
        let article = before
            .iter()
            .rev()
            .take_while(|word| word.is_any(&["a", "an", "the", "my", "our", "your"]))
            .count();
        let lead = before.len().checked_sub(article + 1).map(|at| &before[at]);
        let located = lead.is_some_and(|word| {
            word.is_any(&[
                "in", "to", "into", "on", "inside", "within", "under", "below", "above", "next", "around",
            ])
        }) && article > 0
            && before.len() > article + 1;
        let topical = !things.is_empty() && lead.is_some_and(|word| word.is_any(TOPICAL));
        let small = matches!(section, Section::ActionButton | Section::TextBlock | Section::TodoList)
            && range.len() == 1;
        let first = things.is_empty();
        // `a search box that filters a list of fruits` is one list.
        let searched =
            things.iter().any(|thing| matches!(thing.section, Section::SearchList | Section::RecipeFinder));
        if searched && matches!(section, Section::ItemList | Section::SearchList) {
            continue;
        }
        let adjacent = !first && since == range.start;
        if adjacent
            || located
            || !first && (topical || describes && (!determined || small))
            || section_is_no_thing(words, &range, section)
        {
            continue;
        }
        let section = quoted_section(words, &range).unwrap_or(section);
        // `table of testimonials`, `card with quote`: the longer name of the same thing is no second one.
        if things.iter().any(|thing| thing.section == section) && !determined {
            continue;
        }
        things.push(Thing { section, words: range });
    }
    owner_of_button(words, &mut things);
    things
}

/// `a reset button next to the counter`, `give the timer a pause button`: what has such a button anyway.
fn owner_of_button(words: &[Word], things: &mut Vec<Thing>) {
    let has_it = |thing: &Thing| {
        thing.section == Section::ActionButton
            && words[..thing.words.start].last().is_some_and(|word| {
                word.is_any(&[
                    "reset",
                    "increment",
                    "decrement",
                    "plu",
                    "minu",
                    "start",
                    "stop",
                    "pause",
                    "lap",
                ])
            })
    };
    let Some(button) = things.iter().position(has_it) else {
        return;
    };
    let owns = |section: Section| matches!(section, Section::Counter | Section::Timer | Section::Stopwatch);
    if things.iter().any(|thing| owns(thing.section)) {
        things.remove(button);
        return;
    }
    // A thing that is only named as a place is not among them.
    let rest = things[button].words.end;
    let owner = sections(&words[rest..]).into_iter().find(|(_, section)| owns(*section));
    if let Some((range, section)) = owner {
        things[button] = Thing { section, words: range.start + rest..range.end + rest };
    }
}

/// Words that name a section elsewhere but not here.
fn section_is_no_thing(words: &[Word], range: &Range<usize>, section: Section) -> bool {
    let only = &words[range.clone()];
    let single = only.len() == 1;
    let before = range.start.checked_sub(1).map(|at| &words[at]);
    let preceded = |texts: &[&str]| before.is_some_and(|word| word.is_any(texts));
    let followed = |texts: &[&str]| words.get(range.end).is_some_and(|word| word.is_any(texts));
    let prior: &[Word] = &words[..range.start];
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    match section {
        // `what about a footer`, `how about …`, `about 5 minutes`: a preposition unless it is all there is.
        Section::TextBlock if single && only[0].is("about") => {
            !preceded(&["a", "an", "the", "add"]) || range.end < words.len()
        }
        // A section about something is one; `the pricing section` was matched as pricing.
        Section::TextBlock if single && only[0].is("section") => {
            !followed(&[
                "about",
                "on",
                "for",
                "titled",
                "called",
                "that",
                "saying",
                "with",
                "explaining",
                "describing",
            ]) && values_title(words).is_none()
        }
        Section::TextBlock if single && only[0].is("introduction") => prior.is_empty(),
        Section::ContactForm if single && only[0].is_any(&["contact", "feedback"]) => {
            followed(&["list", "card", "book"])
        }
        Section::ContactForm if single && only[0].is("form") => preceded(&["in", "the"]) && prior.len() > 2,
        Section::ActionButton if single => {
            preceded(&["rounded", "round", "square", "bigger", "larger", "smaller", "all", "of", "every"])
        }
        Section::Chess => followed(&["timer", "clock"]),
        // The password of a sign-in form is no generator.
        Section::PasswordGenerator if single => find_sections(prior).contains(&Section::SignInForm),
        Section::Stats if single && only[0].is("figure") => followed(&["out"]),
        Section::Features if single && only[0].is("service") => preceded(&["cloud", "web", "api"]),
        Section::PricingTable if single && only[0].is_any(&["plan", "price", "package"]) => {
            says(&["business", "trip", "stock", "bitcoin"]) || followed(&["my", "a", "the"])
        }
        Section::Gallery if single && only[0].is_any(&["image", "photo", "picture"]) => {
            followed(&["editor", "upload", "recognition"])
        }
        Section::TicTacToe if single => {
            let plain = [
                "a",
                "an",
                "the",
                "another",
                "some",
                "simple",
                "small",
                "mini",
                "fun",
                "little",
                "cool",
                "board",
                "tiny",
                "nice",
                "quick",
                "new",
                "my",
                "any",
                "interactive",
                "make",
                "add",
                "build",
                "create",
                "browser",
                "easy",
                "good",
                "want",
                "me",
            ];
            only[0].is("game") && before.is_some_and(|word| word.kind == Kind::Plain && !word.is_any(&plain))
                || preceded(&["snake", "chess", "memory", "quiz", "trivia", "3d", "video", "card", "board"])
                || followed(&["about", "of", "engine"])
        }
        Section::Clock if only.len() == 2 && only[1].is("time") => followed(&["of"]),
        Section::Testimonials if single && only[0].is("quote") => followed(&["of", "generator"]),
        Section::TodoList if single && only[0].is("task") => {
            preceded(&["the", "this", "a"]) && !says(&["list", "add", "track"])
        }
        // A coffee shop is a place, and not a list of goods.
        Section::Shop if single && only[0].is_any(&["shop", "store"]) => {
            !preceded(&["a", "an", "the", "add", "online", "small", "web", "little"])
        }
        Section::NavBar if single && only[0].is("header") => says(&["table", "column"]),
        _ => false,
    }
}

fn find_sections(words: &[Word]) -> Vec<Section> {
    sections(words).into_iter().map(|(_, section)| section).collect()
}

/// `a "Contact us" section` is a contact form.
fn quoted_section(words: &[Word], range: &Range<usize>) -> Option<Section> {
    let title = range.start.checked_sub(1).map(|at| &words[at]).filter(|word| word.kind == Kind::Quoted)?;
    let of_text = words[range.clone()].iter().all(|word| word.is("section"));
    let inner = super::words::words(&title.text);
    of_text.then(|| sections(&inner)).and_then(|found| found.first().map(|(_, section)| *section))
}

fn values_title(words: &[Word]) -> Option<&Word> {
    words.iter().find(|word| word.kind == Kind::Quoted)
}
