//! Wishes for something new: which thing, and what was said about it.

use std::ops::Range;

use super::clauses::{Clause, Verb};
use super::looks;
use super::numbers;
use super::phrases::find;
use super::things::{Thing, things};
use super::values;
use super::words::{Kind, Word};
use crate::builtin::intent::{Addition, Intent, Part, Section, Theme};
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
    // `a to-do app with dark mode`: what comes with it is a look of the page.
    if find(words, "dark mode, dark theme, night mode, darkmode").is_some() {
        intents.push(Intent::Theme(Theme { name: None, seed: None, mode: Some(Mode::Dark) }));
    }
    // `add a blue counter`: what is new takes its colour from the accent.
    let first = things[0].words.start;
    if let Some(found) = looks::colours(&words[..first]).first() {
        intents.push(Intent::Paint(Part::Buttons, found.colour));
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

pub(super) fn addition(prompt: &str, words: &[Word], thing: &Thing, scope: Range<usize>) -> Addition {
    let (before, name, after) = (
        &words[scope.start..thing.words.start],
        &words[thing.words.clone()],
        &words[thing.words.end..scope.end],
    );
    let around: Vec<Word> = before.iter().chain(after).cloned().collect();
    let says = |texts: &[&str]| around.iter().chain(name).any(|word| word.is_any(texts));
    let quoted = values::quoted(&around);
    let mut addition = Addition::of(thing.section);
    addition.title = values::title(prompt, &around);
    addition.place = values::place(&around);
    let count = || numbers::count(&around);
    let items = |leads: &[&str]| values::items(prompt, after, leads);
    let topic = |leads: &[&str]| values::topic(prompt, before, after, leads);
    let quote = || quoted.first().cloned();
    match thing.section {
        Section::Counter => {
            addition.count = numbers::number_after(&around, &["step", "by", "increment"]);
            let start = numbers::number_after(&around, &["at", "from", "starting", "start"]);
            addition.seconds = start.and_then(|start| u32::try_from(start).ok());
            addition.title = addition.title.or_else(quote);
        }
        Section::TodoList => {
            addition.items =
                items(&["with", "containing", "include", "including", "like", "for", "item", "task"]);
            let list = as_title(name, &["shopping", "grocery", "packing", "bucket", "chore", "reminder"]);
            addition.title =
                addition.title.or(list).or_else(|| if addition.items.is_empty() { quote() } else { None });
        }
        Section::Timer => {
            addition.seconds = numbers::seconds(&around).or_else(|| {
                let pomodoro = name.iter().chain(&around).any(|word| word.is("pomodoro"));
                pomodoro.then_some(25 * 60)
            });
            let pomodoro = says(&["pomodoro"]).then(|| "Pomodoro".to_owned());
            addition.title = addition.title.or(pomodoro).or_else(quote);
        }
        Section::Stopwatch
        | Section::Clock
        | Section::Calculator
        | Section::TicTacToe
        | Section::ContactForm => {
            addition.title = addition.title.or_else(quote);
        }
        Section::Newsletter => addition.title = addition.title.or_else(quote),
        Section::SignInForm => {
            addition.variant = says(&["signup", "registration", "register", "up"]);
            addition.title = addition.title.or_else(quote);
        }
        Section::PricingTable => {
            addition.count = count();
            addition.items =
                items(&["for", "called", "named"]).into_iter().chain(three_or_more(&quoted)).collect();
        }
        Section::Gallery => {
            addition.count = count().or_else(|| {
                let one = name
                    .last()
                    .is_some_and(|word| word.is_any(&["image", "picture", "photo", "illustration"]));
                let singular = before.last().is_some_and(|word| word.is_any(&["a", "an", "one"]));
                (one && singular && name.len() == 1).then_some(1)
            });
            addition.topic = topic(&["of", "about", "with", "for", "showing"])
                .filter(|topic| !topic.chars().any(|c| c.is_ascii_digit()));
        }
        Section::Testimonials => {
            addition.count = count();
            addition.text = quoted.iter().find(|text| text.contains(' ')).cloned();
            let author = after.iter().position(|word| word.is_any(&["from", "by"]));
            addition.items = author.and_then(|at| name_after(prompt, &after[at + 1..])).into_iter().collect();
            addition.topic = values::topic(prompt, &[], after, &["about", "for"]);
        }
        Section::Faq => {
            addition.count = count();
            addition.topic = topic(&["about", "for", "on", "regarding"]);
            addition.items = quoted.iter().filter(|text| text.ends_with('?')).cloned().collect();
        }
        Section::Chart => {
            addition.variant = says(&["line", "trend"]);
            addition.topic = topic(&["of", "about", "for", "showing", "on", "visualizing", "with"])
                .filter(|topic| !topic.chars().any(|c| c.is_ascii_digit()));
            addition.items = items(&["for", "with", "comparing", "showing"]);
            addition.title = addition.title.or_else(quote);
            if !addition.items.is_empty() {
                addition.topic = None;
            }
            addition.count = count().filter(|_| says(&["bar", "point", "value", "column"]));
        }
        Section::Quiz => {
            addition.count = count();
            addition.topic = topic(&["about", "on", "of", "for", "regarding"]);
            addition.title = addition.title.or_else(quote);
        }
        Section::Features | Section::Stats => {
            addition.count = count();
            addition.items =
                items(&["for", "with", "about", "like"]).into_iter().chain(three_or_more(&quoted)).collect();
            addition.topic = if addition.items.is_empty() { topic(&["for", "about", "of"]) } else { None };
        }
        Section::DataTable => {
            addition.count =
                numbers::number_after(&around, &["with"]).or_else(count).filter(|_| says(&["row", "entry"]));
            addition.items = items(&["with", "column", "for", "showing"]);
            addition.topic = topic(&["of", "for", "about", "showing"]);
            let ranking = as_title(name, &["leaderboard", "schedule", "timetable", "ranking"]);
            addition.title = addition.title.or(ranking);
        }
        Section::Team => {
            addition.count = count();
            addition.items = items(&["with", "of", "for"]);
        }
        Section::CallToAction | Section::ActionButton => {
            addition.text = quote().or_else(|| said(prompt, after));
            addition.title = addition.title.filter(|_| thing.section == Section::CallToAction);
        }
        Section::TextBlock => {
            addition.text =
                quote().filter(|text| addition.title.as_ref() != Some(text)).or_else(|| said(prompt, after));
            addition.topic = topic(&["about", "on", "for", "explaining", "describing"]);
            let about = find(name, "about me")
                .map(|_| "About me")
                .or_else(|| find(name, "about").map(|_| "About us"));
            let about = about.or_else(|| find(name, "story").map(|_| "Our story"));
            let of_topic = addition.topic.as_deref().map(capitalised);
            addition.title = addition.title.or(about.map(str::to_owned)).or(of_topic);
        }
        Section::Hero => {
            addition.title = addition.title.or_else(quote);
            addition.text = quoted.get(1).cloned();
        }
        Section::NavBar => {
            addition.items = items(&["with", "link", "for", "containing", "to", "including"])
                .into_iter()
                .chain(three_or_more(&quoted))
                .collect()
        }
        Section::Footer => {
            addition.text = quote().or_else(|| said(prompt, after));
            addition.items = if addition.text.is_none() { items(&["link"]) } else { Vec::new() };
            addition.place = None;
        }
        Section::ThemeToggle => {}
        Section::PieChart => {
            addition.variant = says(&["donut", "doughnut"]);
            addition.items = items(&["for", "with", "comparing", "showing", "of"]);
            addition.topic =
                topic(&["of", "about", "for", "showing", "on"]).filter(|_| addition.items.is_empty());
            addition.title = addition.title.or_else(quote);
        }
        Section::Carousel
        | Section::Tabs
        | Section::HabitTracker
        | Section::Poll
        | Section::SearchList
        | Section::SocialLinks => {
            addition.items = items(&["with", "for", "of", "between", "containing", "like", "to"]);
            addition.title =
                addition.title.or_else(|| if addition.items.is_empty() { quote() } else { None });
        }
        Section::Shop => {
            addition.count = count();
            addition.items = items(&["with", "for", "selling", "of", "like"]);
            addition.topic = topic(&["for", "selling"]).filter(|_| addition.items.is_empty());
        }
        Section::ProgressBar => addition.count = count(),
        Section::Weather => addition.topic = values::topic(prompt, &[], after, &["in", "for", "of"]),
        Section::Toast
        | Section::AnnouncementBar
        | Section::CookieBanner
        | Section::ConfettiButton
        | Section::Modal => {
            addition.text = quote().or_else(|| said(prompt, after));
        }
        Section::ProfileCard => addition.topic = values::topic(prompt, &[], after, &["for", "of"]),
        Section::DateCountdown => {
            let day = around.iter().chain(name).find_map(|word| named_day(&word.text));
            addition.items = day.into_iter().collect();
            addition.topic = values::topic(prompt, &[], after, &["to", "until", "for"]);
        }
        _ => addition.title = addition.title.or_else(quote),
    }
    if matches!(thing.section, Section::NavBar | Section::Footer | Section::ThemeToggle) {
        addition.place = None;
    }
    addition
}

/// A day as `2027-12-24`, or as `12-24` for the next one of them, given so or by its name.
fn named_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts[..]
        && [year, month, day].iter().all(|part| part.parse::<u16>().is_ok())
    {
        return Some(text.to_owned());
    }
    let day = match text {
        "christmas" | "xmas" => "12-25",
        "halloween" => "10-31",
        "valentine" => "02-14",
        "summer" => "06-21",
        _ => return None,
    };
    Some(day.to_owned())
}

/// Quotations that make a list.
fn three_or_more(quoted: &[String]) -> Vec<String> {
    if quoted.len() > 1 { quoted.to_vec() } else { Vec::new() }
}

/// `that says Hello there`.
fn said(prompt: &str, after: &[Word]) -> Option<String> {
    let at = after.iter().position(|word| {
        word.is_any(&["say", "saying", "read", "reading", "labeled", "labelled", "text"])
            || word.kind == Kind::Colon
    })?;
    values::as_written(prompt, &after[at + 1..])
}

/// Up to three words in capitals: `from Anna Berg saying …`.
fn name_after(prompt: &str, words: &[Word]) -> Option<String> {
    let capital = |word: &Word| {
        word.kind == Kind::Plain
            && prompt.get(word.span.clone()).is_some_and(|text| text.starts_with(char::is_uppercase))
    };
    let end = words.iter().take(3).take_while(|word| capital(word)).count();
    values::as_written(prompt, &words[..end])
}

fn as_title(name: &[Word], marks: &[&str]) -> Option<String> {
    let mark = name.iter().find(|word| word.is_any(marks))?;
    let list = name.iter().any(|word| word.is("list"));
    Some(capitalised(&if list { format!("{} list", mark.text) } else { mark.text.clone() }))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
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
