//! From a prompt to intents: pure, in English, tolerant of paraphrases and typing errors.
//!
//! A prompt becomes [`words`], these are cut into [`clauses`], and each clause is read for a thing, its [`values`], and
//! [`looks`]. What cannot be served is a [`Refusal`] with its reason.

mod additions;
mod afterthoughts;
mod businesses;
mod clauses;
mod contacts;
mod corrections;
mod dates;
mod details;
mod dresses;
mod entries;
mod landing;
mod languages;
mod lexicon;
mod lists;
mod looks;
mod more_names;
mod numbers;
mod openings;
mod particulars;
mod phrases;
mod purposes;
mod refusals;
mod said;
mod section_names;
mod styles;
#[cfg(test)]
mod tests;
mod texts;
mod things;
mod tongues;
mod tool_details;
mod values;
mod words;

use clauses::{Clause, Verb, clauses};
use phrases::{find, sections};
use words::{Kind, Word};

pub(super) use refusals::Refusal;

use super::intent::{Addition, Intent, Section, Style};

/// What was understood of a prompt.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Understanding {
    /// What is wanted, in order.
    pub(super) intents: Vec<Intent>,
    /// What is wanted and can't be served; [`Refusal::Unclear`] when nothing was understood.
    pub(super) refusals: Vec<Refusal>,
}

/// How deep one prompt may refer to the prompt before it.
const REFERENCE_DEPTH_MAX: usize = 4;

/// Reads a prompt; `past` holds the earlier prompts, oldest first, for words such as `it` and `another`.
pub(super) fn understand(prompt: &str, past: &[&str]) -> Understanding {
    let from = past.len().saturating_sub(REFERENCE_DEPTH_MAX);
    if let Some(language) = tongues::wanted(prompt) {
        return Understanding { intents: vec![Intent::Language(language)], refusals: Vec::new() };
    }
    match languages::translated(prompt) {
        Some(english) => {
            let understanding = read(&english, &past[from..]);
            if understanding.intents.is_empty() { read(prompt, &past[from..]) } else { understanding }
        }
        None => read(prompt, &past[from..]),
    }
}

fn read(prompt: &str, past: &[&str]) -> Understanding {
    let words = words::words(prompt);
    let mut understanding = Understanding::default();
    if refusals::asks_identity(&words) {
        understanding.refusals.push(Refusal::Identity);
        return understanding;
    }
    for clause in clauses(&words) {
        let before = newest(&understanding.intents).or_else(|| just_added(past));
        if let Some(intents) = before.and_then(|section| referring(&clause, section)) {
            understanding.intents.extend(intents);
            continue;
        }
        if let Some(Intent::Restyle(element, _)) = understanding.intents.last()
            && !clause.own_verb
            && clause.words.len() <= 2
            && let element = *element
            && let more = dresses::dresses(clause.words)
            && !more.is_empty()
        {
            understanding.intents.extend(more.into_iter().map(|dress| Intent::Restyle(element, dress)));
            continue;
        }
        match read_clause(prompt, &clause, past) {
            Ok(intents) => understanding.intents.extend(intents),
            Err(refusal) => understanding.refusals.push(refusal),
        }
    }
    afterthoughts::settle(prompt, &words, &mut understanding.intents);
    understanding.intents.dedup();
    understanding.refusals.dedup();
    if understanding.intents.is_empty() && understanding.refusals.is_empty() {
        understanding.refusals.push(Refusal::Unclear);
    }
    understanding
}

/// Looks that name what they are for so plainly that nothing can be added by them: `rounded images`, `the second card
/// red`, `make it look like Spotify`.
fn plain_looks(clause: &Clause<'_>) -> Option<Vec<Intent>> {
    let words = clause.words;
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let bare = !clause.own_verb && words.len() <= 3 && !says(&["a", "an", "with", "button"]);
    let like = find(words, "look like, looks like, style of, styled like, inspired by, similar to").is_some();
    let backdrop = says(&["background", "backdrop"]) && says(&["image", "picture", "photo", "star"]);
    let certain = style_alone(clause);
    if certain.is_some() {
        return certain;
    }
    let wishes = if like || backdrop && !says(&["video", "remove"]) {
        looks::wishes(clause)
    } else if bare || dresses::numbered_card(words).is_some() {
        dresses::restyles(words)
    } else {
        Vec::new()
    };
    (!wishes.is_empty()).then_some(wishes)
}

/// A style that nothing else can be meant by, even where the clause names things; new cards of glass are cards, too.
fn style_alone(clause: &Clause<'_>) -> Option<Vec<Intent>> {
    let style = styles::style(clause.words)?;
    let things = things::things(clause.words);
    let adds = things.iter().any(|thing| {
        let before = thing.words.start.checked_sub(1).map(|at| &clause.words[at]);
        !before.is_some_and(|word| word.is_any(&["the", "my", "all", "on", "these", "of"]))
    });
    match style {
        Style::Glass => {
            let mut wishes: Vec<Intent> = things
                .iter()
                .filter(|_| adds)
                .map(|thing| Intent::Add(Addition::of(thing.section)))
                .collect();
            wishes.push(Intent::Style(style));
            Some(wishes)
        }
        Style::IntroGap { .. } | Style::ButtonsRight => Some(vec![Intent::Style(style)]),
        Style::Hover(_)
            if things
                .iter()
                .all(|thing| matches!(thing.section, Section::ActionButton | Section::Features)) =>
        {
            Some(vec![Intent::Style(style)])
        }
        _ => None,
    }
}

/// The section that was added or changed last in these intents, when that was the last thing.
fn newest(intents: &[Intent]) -> Option<Section> {
    match intents.last()? {
        Intent::Add(addition) => Some(addition.section),
        Intent::Dress(section, _) | Intent::Move(section, _) => Some(*section),
        _ => None,
    }
}

/// The section that the prompt before was about.
fn just_added(past: &[&str]) -> Option<Section> {
    let (last, before) = past.split_last()?;
    newest(&read(last, before).intents)
}

/// `make it bigger`, `move it to the top`, `now in green`: what a clause wants of the section that was spoken of last.
fn referring(clause: &Clause<'_>, section: Section) -> Option<Vec<Intent>> {
    let words = clause.words;
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let refers = says(&["it", "that", "this", "one", "them"])
        || words.first().is_some_and(|word| word.is_any(&["in", "now", "but"]));
    if let Some(card) = dresses::numbered_card(words) {
        let dresses = dresses::dresses(words).into_iter();
        return Some(dresses.map(|dress| Intent::Restyle(card, dress)).collect())
            .filter(|wishes: &Vec<_>| !wishes.is_empty());
    }
    let whole = says(&[
        "everything",
        "page",
        "site",
        "website",
        "app",
        "theme",
        "background",
        "mode",
        "all",
        "whole",
    ]);
    let own_name = !things::things(words).is_empty() || texts::names_text(words);
    if !refers || whole || own_name || words.len() > 8 {
        return None;
    }
    if clause.verb == Some(Verb::Move) || says(&["move", "put"]) {
        return values::place(words).map(|place| vec![Intent::Move(section, place)]);
    }
    let dresses = dresses::dresses(words);
    (!dresses.is_empty()).then(|| dresses.into_iter().map(|dress| Intent::Dress(section, dress)).collect())
}

/// What one clause wants; nothing for words that only accompany other clauses.
fn read_clause(prompt: &str, clause: &Clause<'_>, past: &[&str]) -> Result<Vec<Intent>, Refusal> {
    let words = clause.words;
    if is_undo(words) {
        return Ok(vec![Intent::Undo]);
    }
    if let Some(wishes) = openings::wishes(prompt, clause) {
        return Ok(wishes);
    }
    if is_start_over(words) {
        return Ok(vec![Intent::RemoveAll]);
    }
    if let Some(intents) = texts::replacement(words) {
        return Ok(vec![intents]);
    }
    if let Some(wishes) = plain_looks(clause) {
        return Ok(wishes);
    }
    if clause.verb == Some(Verb::Remove)
        && let Some(slot) = texts::only_text(words)
    {
        return Ok(vec![Intent::HideText(slot)]);
    }
    if clause.verb == Some(Verb::Remove)
        && let Some(intents) = removals(clause, past)
    {
        return Ok(intents);
    }
    if let Some(intent) = texts::named(prompt, clause) {
        return Ok(vec![intent]);
    }
    if let Some(intents) = texts::slots(prompt, clause) {
        return Ok(intents);
    }
    let things = things::things(words);
    let first_thing = things.first().map(|thing| thing.words.start);
    if let Some((at, refusal)) = refusals::impossible(without_topic(words)) {
        // A to-do list that saves to a database is still a to-do list; a database for a form is not a form.
        // A chart of prices that nobody can load is a chart with samples.
        let sampled = refusal == Refusal::LiveData
            && things.iter().any(|thing| {
                matches!(
                    thing.section,
                    Section::Chart
                        | Section::Stats
                        | Section::PieChart
                        | Section::DataTable
                        | Section::MusicPlayer
                )
            });
        if first_thing.is_none_or(|thing| at <= thing) && !landing::is_landing(words) && !sampled {
            return Err(refusal);
        }
    }
    if refusals::is_question(words) {
        return Err(Refusal::Question);
    }
    if (clause.verb == Some(Verb::Move) || additions::puts_elsewhere(words, &things))
        && let (Some(thing), Some(place)) = (things.first(), values::place(words))
        && !(thing.section == Section::ActionButton && thing.words.len() == 1)
    {
        return Ok(vec![Intent::Move(thing.section, place)]);
    }
    let kind = landing::kind(words);
    let of_kind = kind.and_then(|kind| Some(Intent::Page(kind, landing::subject_of(kind, prompt, words)?)));
    let subject = landing::subject(prompt, words);
    if of_kind.is_some() || subject.is_some() {
        let subject = subject.unwrap_or_else(|| landing::ANYTHING.to_owned());
        let beside = landing::beside(prompt, words, &subject);
        let mut intents = vec![match (of_kind, kind) {
            (Some(page), _) => page,
            (None, Some(kind)) => Intent::Page(kind, subject),
            (None, None) => Intent::Landing(subject),
        }];
        let said = particulars::of_page(prompt, words, &mut intents[0]);
        intents.extend(said);
        intents.extend(beside);
        return Ok(intents);
    }
    if additions::is_theme_toggle(clause) {
        return Ok(vec![Intent::Add(Addition::of(Section::ThemeToggle))]);
    }
    if let Some(opening) = looks::opening(clause, &things) {
        return Ok(opening);
    }
    // `make the counter blue`: that one, where it is named alone and as one that is there.
    if let [thing] = &things[..]
        // `the cards` are whatever looks like one.
        && thing.section != Section::Features
        && additions::only_looks(clause, &things)
        && !matches!(thing.section, Section::ActionButton | Section::ThemeToggle | Section::TextBlock)
        && find(words, "background, text, title, heading, font").is_none()
    {
        let dresses = dresses::dresses_or_shade(words);
        if !dresses.is_empty() {
            return Ok(dresses.into_iter().map(|dress| Intent::Dress(thing.section, dress)).collect());
        }
    }
    if !things.is_empty() && !additions::only_looks(clause, &things) {
        return Ok(additions::additions(prompt, clause, &things));
    }
    let looks = looks::wishes(clause);
    if !looks.is_empty() {
        return Ok(looks);
    }
    if let Some(again) = additions::again(words, past) {
        return Ok(again);
    }
    if let Some(reached) = particulars::reached(prompt, clause) {
        return Ok(vec![reached]);
    }
    let replacement = texts::plain_replacement(prompt, clause);
    if replacement.is_none() && clause.words.iter().any(|word| word.is("game")) {
        return Err(Refusal::OtherGame);
    }
    Ok(replacement.into_iter().collect())
}

fn is_undo(words: &[Word]) -> bool {
    if find(words, "back to light, back to dark, back to the light, back to the dark").is_some() {
        return false;
    }
    find(
        words,
        "undo, revert, rollback, roll back, roll it back, go back, take that back, take it back, take \
            this back, put it back, put that back, change it back, change that back, previous version, \
            previous state, back to how it was, back to before, restore the previous, restore previous, \
            restore the last, restore the old, ctrl z, never mind that, nevermind that, step back, last \
            change, back to the previous, undo it, as it was before, like it was before, how it was \
            before, bring back the old, bring the old, the old one back, the old version, reverse that, \
            reverse the last, undid, back one step, unde, back to the last version, want the old, before \
            that change, cancel that, cancel the last, turn it back, switch it back",
    )
    .is_some()
}

fn is_start_over(words: &[Word]) -> bool {
    find(
        words,
        "start over, start again, start from scratch, start fresh, reset the page, reset everything, \
            clear the page, clear everything, remove everything, delete everything, remove all section, \
            delete all section, remove all the section, wipe everything, wipe the page, reset the app, \
            remove all component, delete all, remove all of it, empty the page, remove all the \
            component, get rid of everything, take everything off, remove all, erase everything, clean \
            the page, blank page, reset it all, reset all",
    )
    .is_some()
}

/// What a clause wants to be gone.
fn removals(clause: &Clause<'_>, past: &[&str]) -> Option<Vec<Intent>> {
    let words = clause.words;
    let mut found: Vec<Section> = sections(words).into_iter().map(|(_, section)| section).collect();
    if find(words, "dark mode, dark theme, theme toggle, night mode, toggle").is_some() {
        found = vec![Section::ThemeToggle];
    }
    // `remove the delete button from the to-do list` is about a part, not about the list.
    if found.len() > 1 && find(words, "from, in, of, on").is_some() {
        return None;
    }
    // `the last section` refers to what was added, not to a section of text.
    let vague = words.iter().any(|word| word.is_any(&["last", "that", "this", "new"]))
        && words.iter().any(|word| word.is("section"));
    if !found.is_empty() && !vague {
        return Some(found.into_iter().map(Intent::Remove).collect());
    }
    let refers =
        words.iter().any(|word| word.is_any(&["it", "that", "this", "last", "them", "those", "thing"]));
    let short = words.len() <= 5;
    if !(refers && short) {
        return None;
    }
    Some(last_added(past).map_or_else(|| vec![Intent::Undo], |section| vec![Intent::Remove(section)]))
}

/// The section that the newest prompt which added one added last.
fn last_added(past: &[&str]) -> Option<Section> {
    past.iter().enumerate().rev().find_map(|(at, prompt)| {
        let intents = read(prompt, &past[..at]).intents;
        intents.iter().rev().find_map(|intent| match intent {
            Intent::Add(addition) => Some(addition.section),
            _ => None,
        })
    })
}

/// A clause without what its thing is about: `a quiz about databases` asks for no database.
fn without_topic(words: &[Word]) -> &[Word] {
    let leads =
        ["about", "regarding", "on", "of", "for", "called", "titled", "named", "saying", "says", "say"];
    let has_thing = |at: usize| !things::things(&words[..at]).is_empty() || landing::is_landing(&words[..at]);
    let topic = (1..words.len()).find(|at| words[*at].is_any(&leads) && has_thing(*at));
    let quoted = words.iter().position(|word| word.kind == Kind::Quoted);
    let end = topic.into_iter().chain(quoted).min().unwrap_or(words.len());
    &words[..end]
}
