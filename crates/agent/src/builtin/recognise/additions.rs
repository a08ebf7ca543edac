//! Wishes for something new: which thing, and what was said about it.

use super::clauses::{Clause, Verb};
use super::details::addition;
use super::looks;
use super::phrases::find;
use super::things::{Thing, things};
use super::words::Word;
use crate::builtin::intent::{Addition, Dress, Intent, Part, Section, Theme};
use crate::builtin::palette::Mode;

/// `add dark mode`, `a switch between light and dark`: a control, not a colour.
pub(super) fn is_theme_toggle(clause: &Clause<'_>) -> bool {
    let words = clause.words;
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let shade =
        says(&["dark", "night", "darkmode"]) || says(&["theme", "light"]) && says(&["toggle", "switcher"]);
    let control = says(&[
        "toggle",
        "switcher",
        "support",
        "option",
        "togglable",
        "toggleable",
        "button",
        "choose",
        "selector",
        "control",
    ]) || says(&["switch"])
        && find(words, "switch to, switch it, switch the, switch over").is_none_or(|found| found.start > 1);
    let leads_switch =
        find(words, "switch to dark, switch to light, switch it to, turn on dark, turn dark mode on")
            .is_some_and(|found| found.start <= 1);
    let adds = clause.own_verb
        && things(words).iter().all(|thing| thing.section == Section::ThemeToggle)
        && clause.verb == Some(Verb::Add)
        && find(words, "dark mode, night mode, darkmode, dark theme").is_some()
        && words.first().is_some_and(|_| {
            find(
                words,
                "add, implement, include, introduce, create, build, need a, want a, have a, give it a, give \
            me a, with a, put a, add a",
            )
            .is_some()
        });
    let paints =
        find(words, "background, make the button, button dark, dark button, dark theme with").is_some();
    shade && !leads_switch && !paints && (control || adds)
}

/// A clause that names a section only to say what shall look otherwise: `make the footer blue`.
pub(super) fn only_looks(clause: &Clause<'_>, things: &[Thing]) -> bool {
    let words = clause.words;
    let wishes = looks::wishes(clause);
    if wishes.is_empty() {
        return false;
    }
    let definite = things.iter().all(|thing| {
        let before = thing.words.start.checked_sub(1).map(|at| &words[at]);
        before.is_some_and(|word| word.is_any(&["the", "all", "my", "every", "its", "these", "this"]))
            || matches!(thing.section, Section::NavBar | Section::ActionButton)
                && words[thing.words.clone()].len() == 1
                && before.is_none_or(|word| !word.is_any(&["a", "an", "another"]))
    });
    let changes = clause.verb == Some(Verb::Change)
        || words.first().is_some_and(|word| word.is_any(&["make", "set", "give"]))
        || !clause.own_verb;
    let adds =
        words.first().is_some_and(|word| word.is_any(&["add", "create", "build", "insert", "include"]));
    definite && changes && !adds
}

/// The additions a clause asks for, each with what was said about it.
pub(super) fn additions(prompt: &str, clause: &Clause<'_>, things: &[Thing]) -> Vec<Intent> {
    let words = clause.words;
    let mut intents: Vec<Intent> = Vec::new();
    if let Some(replaced) = replaced(words, things) {
        intents.push(Intent::Remove(replaced));
    }
    let things = &things[intents.len()..];
    for (number, thing) in things.iter().enumerate() {
        let from = if number == 0 { 0 } else { things[number - 1].words.end };
        let to = things.get(number + 1).map_or(words.len(), |next| next.words.start);
        let existing = is_existing(clause, thing);
        intents.push(Intent::Add(Addition { existing, ..addition(prompt, words, thing, from..to) }));
    }
    // A dashboard is more than its figures.
    if things.iter().any(|thing| words[thing.words.clone()].iter().any(|word| word.is("dashboard"))) {
        for section in [Section::Chart, Section::PieChart] {
            let topic = intents.iter().find_map(|intent| match intent {
                Intent::Add(stats) if stats.section == Section::Stats => stats.topic.clone(),
                _ => None,
            });
            // Nobody knows of every topic what it is divided into.
            let topic = topic.filter(|_| section == Section::Chart);
            let course = topic.is_some();
            let more = Intent::Add(Addition { topic, variant: course, ..Addition::of(section) });
            let there =
                intents.iter().any(|intent| matches!(intent, Intent::Add(known) if known.section == section));
            intents.extend((!there).then_some(more));
        }
    }
    // `a to-do app with dark mode`: what comes with it is a look of the page.
    if find(words, "dark mode, dark theme, night mode, darkmode").is_some() {
        intents.push(Intent::Theme(Theme { name: None, seed: None, mode: Some(Mode::Dark) }));
    }
    // `add a blue counter`: what is new takes its colour from the accent.
    let first = things[0].words.start;
    let beside = (things[0].words.end + 1).min(words.len());
    let adjective = looks::colours(&words[..first]).into_iter().next();
    if let Some(found) =
        adjective.or_else(|| looks::colours(&words[things[0].words.end..beside]).into_iter().next())
    {
        intents.push(Intent::Paint(Part::Buttons, found.colour));
    }
    let huge = words[..first].iter().any(|word| word.is_any(&["big", "huge", "giant", "large"]));
    if huge && things[0].section == Section::ActionButton {
        intents.push(Intent::Dress(Section::ActionButton, Dress::Size { larger: true }));
    }
    intents
}

/// `replace the counter with a timer`: the counter goes.
fn replaced(words: &[Word], things: &[Thing]) -> Option<Section> {
    let [first, second] = things else {
        return None;
    };
    let replaces = words[..first.words.start]
        .iter()
        .any(|word| word.is_any(&["replace", "swap", "exchange", "substitute"]));
    let between = words[first.words.end..second.words.start].iter();
    let turns = between.into_iter().any(|word| word.is_any(&["with", "by", "for"]));
    (replaces && turns && first.section != second.section).then_some(first.section)
}

/// `put the counter above the heading`: the one that is there.
pub(super) fn puts_elsewhere(words: &[Word], things: &[Thing]) -> bool {
    let [thing] = things else {
        return false;
    };
    let before = &words[..thing.words.start];
    before.last().is_some_and(|word| word.is("the"))
        && before.iter().any(|word| word.is_any(&["put", "place"]))
}

/// `change the timer to 5 minutes`: the one that is there, not another one.
fn is_existing(clause: &Clause<'_>, thing: &Thing) -> bool {
    let words = clause.words;
    let before = thing.words.start.checked_sub(1).map(|at| &words[at]);
    let definite = before.is_some_and(|word| word.is_any(&["the", "my", "this", "that", "its", "all"]));
    let changes = clause.verb == Some(Verb::Change)
        || words
            .iter()
            .find(|word| !word.is("please"))
            .is_some_and(|word| word.is_any(&["make", "set", "let", "have"]));
    definite && changes
}

/// `another one`, `one more`: what the prompt before added, once more.
pub(super) fn again(words: &[Word], past: &[&str]) -> Option<Vec<Intent>> {
    find(words, "another one, one more, another, same again, once more, again")?;
    if words.len() > 6 {
        return None;
    }
    let (last, before) = past.split_last()?;
    let intents = super::read(last, before).intents;
    let added: Vec<Intent> = intents.into_iter().filter(|intent| matches!(intent, Intent::Add(_))).collect();
    (!added.is_empty()).then_some(added)
}
