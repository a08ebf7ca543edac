//! What is said about a thing: its title, its items, how many, how long, where.

use std::ops::Range;

use super::corrections;
use super::entries;
use super::lists;
use super::numbers;
use super::phrases::find;
use super::purposes::{button_label, providers};
use super::said::Said;
use super::things::Thing;
use super::tool_details;
use super::values;
use super::words::{Kind, Word};
use crate::builtin::intent::{Addition, Section};

/// A thing with what the words around it say about it.
pub(super) fn addition(prompt: &str, words: &[Word], thing: &Thing, scope: Range<usize>) -> Addition {
    let (before, name) = (&words[scope.start..thing.words.start], &words[thing.words.clone()]);
    // `list of`, `countdown to`: the last word of the name leads to what it is about.
    let leads =
        name.len() > 1 && name.last().is_some_and(|word| word.is_any(&["of", "for", "about", "with"]));
    let after = &words[thing.words.end - usize::from(leads)..scope.end];
    let around: Vec<Word> = before.iter().chain(after).cloned().collect();
    let quoted = values::quoted(&around);
    let said = Said { prompt, before, name, after, around, quoted };
    let mut addition = Addition::of(thing.section);
    addition.title = values::title(prompt, &said.around);
    addition.place = values::place(&said.around);
    addition.unit = entries::currency(prompt).filter(|_| !said.priced().is_empty());
    addition.remember = matches!(thing.section, Section::Counter | Section::TodoList | Section::HabitTracker)
        && said.says(KEEPING);
    if !section_details(&said, &mut addition) {
        tool_details::take(&said, &mut addition);
    }
    corrections::correct(&said, &mut addition);
    if matches!(addition.section, Section::NavBar | Section::Footer | Section::ThemeToggle) {
        addition.place = None;
    }
    addition
}

/// Words of people who want something to be there still after the page was reloaded.
const KEEPING: &[&str] = &[
    "save",
    "saved",
    "saving",
    "persist",
    "remember",
    "storage",
    "localstorage",
    "reload",
    "refresh",
    "persistent",
];

/// The details of a page's sections; tells whether it was one.
fn section_details(said: &Said<'_>, addition: &mut Addition) -> bool {
    match addition.section {
        Section::Counter => {
            addition.count = numbers::number_after(&said.around, &["step", "by", "increment"]);
            let start = numbers::number_after(&said.around, &["at", "from", "starting", "start"]);
            addition.seconds = start.and_then(|start| u32::try_from(start).ok());
            let goal = numbers::number_after(
                &said.around,
                &["goal", "until", "reach", "reaching", "target", "max", "maximum"],
            );
            addition.text = goal.map(|goal| goal.to_string());
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::TodoList => {
            addition.items =
                said.items(&["with", "containing", "include", "including", "like", "for", "item", "task"]);
            let list =
                as_title(said.name, &["shopping", "grocery", "packing", "bucket", "chore", "reminder"]);
            addition.title = addition
                .title
                .take()
                .or(list)
                .or_else(|| if addition.items.is_empty() { said.quote() } else { None });
        }
        Section::Timer => {
            addition.seconds = numbers::seconds(&said.around).or_else(|| {
                let pomodoro = said.name.iter().chain(&said.around).any(|word| word.is("pomodoro"));
                pomodoro.then_some(25 * 60)
            });
            if let Some((work, pause)) = numbers::work_and_break(&said.around) {
                addition.seconds = Some(work);
                addition.count = usize::try_from(pause).ok();
            } else if said.says(&["pomodoro"]) {
                addition.count = Some(5 * 60);
            }
            let pomodoro = said.says(&["pomodoro"]).then(|| "Pomodoro".to_owned());
            addition.title = addition.title.take().or(pomodoro).or_else(|| said.quote());
        }
        Section::Stopwatch
        | Section::Clock
        | Section::Calculator
        | Section::TicTacToe
        | Section::ContactForm => {
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::Newsletter => addition.title = addition.title.take().or_else(|| said.quote()),
        Section::SignInForm => {
            addition.variant = said.says(&["signup", "registration", "register", "up"]);
            addition.title = addition.title.take().or_else(|| said.quote());
            addition.text = said.says(&["forgot", "forgotten", "reset"]).then(|| "forgot".to_owned());
            addition.items = providers(&said.around);
        }
        Section::PricingTable => {
            addition.count = said.count();
            addition.items = said
                .items(&["for", "called", "named"])
                .into_iter()
                .chain(three_or_more(&said.quoted))
                .collect();
            take_prices(addition, said.priced());
            let marks =
                ["highlight", "highlighted", "popular", "recommended", "featured", "stand", "recommend"];
            if said.around.iter().any(|word| word.is_any(&marks)) {
                addition.text = said
                    .before
                    .iter()
                    .rfind(|word| !word.is_any(&["the", "make", "my"]))
                    .map(|word| word.text.clone());
            }
        }
        Section::Gallery => {
            addition.count = said.count().or_else(|| {
                let one = said
                    .name
                    .last()
                    .is_some_and(|word| word.is_any(&["image", "picture", "photo", "illustration"]));
                let singular = said.before.last().is_some_and(|word| word.is_any(&["a", "an", "one"]));
                (one && singular && said.name.len() == 1).then_some(1)
            });
            addition.topic = said
                .topic(&["of", "about", "with", "for", "showing"])
                .filter(|topic| !topic.chars().any(|c| c.is_ascii_digit()));
        }
        Section::Testimonials => {
            addition.count = said.count();
            addition.text = said.quoted.iter().find(|text| text.contains(' ')).cloned();
            let author = said.after.iter().position(|word| word.is_any(&["from", "by"]));
            addition.items =
                author.and_then(|at| name_after(said.prompt, &said.after[at + 1..])).into_iter().collect();
            addition.topic = values::topic(said.prompt, &[], said.after, &["about", "for"]);
            let people = entries::people(said.prompt, said.after);
            if addition.text.is_none() && !people.is_empty() {
                addition.rows = people;
            }
        }
        Section::Faq => {
            addition.count = said.count();
            addition.topic = said.topic(&["about", "for", "on", "regarding"]);
            addition.items = said.quoted.iter().filter(|text| text.ends_with('?')).cloned().collect();
        }
        Section::Chart => {
            addition.variant = said.says(&["line", "trend"]);
            addition.topic = said
                .topic(&["of", "about", "for", "showing", "on", "visualizing", "with"])
                .filter(|topic| !topic.chars().any(|c| c.is_ascii_digit()));
            addition.items = said.items(&["for", "with", "comparing", "showing"]);
            addition.title = addition.title.take().or_else(|| said.quote());
            take_prices(addition, said.priced());
            if !addition.items.is_empty() {
                addition.topic = None;
            }
            addition.count = said.count().filter(|_| said.says(&["bar", "point", "value", "column"]));
        }
        Section::Quiz => {
            addition.count = said.count();
            // `a math quiz for kids` is about maths.
            let adjective = values::topic(said.prompt, said.before, &[], &[])
                .filter(|_| said.after.first().is_some_and(|word| word.is("for")));
            addition.topic = adjective.or_else(|| said.topic(&["about", "on", "of", "for", "regarding"]));
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::Features | Section::Stats => {
            addition.variant = said.says(&["icon", "emoji"]);
            if addition.section == Section::Stats {
                take_prices(addition, lists::figures(said.prompt, said.after));
            }
            let projects = said.name.iter().any(|word| word.is("project")).then(|| "Projects".to_owned());
            addition.title = addition.title.take().or(projects);
            addition.count = said.count();
            if addition.prices.is_empty() {
                addition.items = said
                    .items(&["for", "with", "about", "like"])
                    .into_iter()
                    .chain(three_or_more(&said.quoted))
                    .collect();
            }
            addition.topic =
                if addition.items.is_empty() { said.topic(&["for", "about", "of"]) } else { None };
            // `bitcoin dashboard`: what stands before it at the very beginning is what it is about.
            if said.name.iter().any(|word| word.is("dashboard")) && addition.topic.is_none() {
                let plain = |word: &Word| {
                    values::is_plain_adjective(&word.text)
                        || word.is_any(super::lexicon::ADD)
                        || word.is_any(super::lexicon::CHANGE)
                };
                let last = said.before.last().filter(|word| word.kind == Kind::Plain && !plain(word));
                addition.topic = last.map(|word| word.text.clone());
            }
        }
        Section::DataTable => {
            addition.count = numbers::number_after(&said.around, &["with"])
                .or_else(|| said.count())
                .filter(|_| said.says(&["row", "entry"]));
            addition.items = said.items(&["with", "column", "for", "showing"]);
            addition.topic = said.topic(&["of", "for", "about", "showing"]);
            let ranking = as_title(said.name, &["leaderboard", "schedule", "timetable", "ranking"]);
            addition.title = addition.title.take().or(ranking);
            addition.rows = entries::rows(said.prompt, said.after);
            if !addition.rows.is_empty() {
                let headed = said.says(&["column"]) && addition.items.len() == addition.rows[0].len();
                addition.items.retain(|_| headed);
                (addition.count, addition.topic) = (None, None);
            }
        }
        Section::Team => {
            addition.count = said.count();
            addition.items = said.items(&["with", "of", "for"]);
            addition.rows = entries::people(said.prompt, said.after);
        }
        Section::CallToAction | Section::ActionButton => {
            let own = said
                .name_as_written()
                .filter(|_| addition.section == Section::ActionButton)
                .and_then(|name| button_label(&name));
            let purpose = || said.before.iter().find_map(|word| button_label(&word.text));
            addition.text = said.quote().or_else(|| spoken(said.prompt, said.after)).or(own).or_else(purpose);
            addition.title = addition.title.take().filter(|_| addition.section == Section::CallToAction);
            // `a banner that says 20% off`: what it says, rather than what its button does.
            if addition.section == Section::CallToAction && said.name.iter().any(|word| word.is("banner")) {
                addition.title = addition.text.take().or_else(|| addition.title.take());
            }
        }
        Section::TextBlock => {
            addition.text = said
                .quote()
                .filter(|text| addition.title.as_ref() != Some(text))
                .or_else(|| spoken(said.prompt, said.after));
            addition.topic = said.topic(&["about", "on", "for", "explaining", "describing"]);
            let about = find(said.name, "about me")
                .map(|_| "About me")
                .or_else(|| find(said.name, "about").map(|_| "About us"));
            let about = about.or_else(|| find(said.name, "story").map(|_| "Our story"));
            let of_topic = addition.topic.as_deref().map(capitalised);
            addition.title = addition.title.take().or(about.map(str::to_owned)).or(of_topic);
        }
        Section::Hero => {
            addition.title = addition.title.take().or_else(|| said.quote());
            addition.text = said.quoted.get(1).cloned();
        }
        Section::NavBar => {
            addition.items = said
                .items(&["with", "link", "for", "containing", "to", "including"])
                .into_iter()
                .chain(three_or_more(&said.quoted))
                .collect()
        }
        Section::Footer => {
            addition.variant =
                said.says(&["social", "instagram", "facebook", "twitter", "linkedin", "youtube", "tiktok"]);
            addition.text =
                said.quote().or_else(|| spoken(said.prompt, said.after)).or_else(|| copyright(said));
            addition.items = match addition.variant {
                true => lists::networks(&said.around),
                false if addition.text.is_none() => said.items(&["link"]),
                false => Vec::new(),
            };
            addition.place = None;
        }
        Section::ThemeToggle => {}
        Section::PieChart => {
            addition.variant = said.says(&["donut", "doughnut"]);
            addition.items = said.items(&["for", "with", "comparing", "showing", "of"]);
            addition.topic = said
                .topic(&["of", "about", "for", "showing", "on", "with"])
                .filter(|_| addition.items.is_empty());
            addition.title = addition.title.take().or_else(|| said.quote());
            take_prices(addition, said.priced());
        }
        _ => return false,
    }
    true
}

/// `copyright 2024 Acme`: a year that is not left to the calendar, and whose it is.
fn copyright(said: &Said<'_>) -> Option<String> {
    let year = |word: &&Word| word.text.parse::<u32>().is_ok_and(|year| (1900..2200).contains(&year));
    let at = said.around.iter().position(|word| year(&word))?;
    let owner =
        name_after(said.prompt, &said.around[at + 1..]).map(|name| format!(" {name}")).unwrap_or_default();
    said.says(&["copyright", "©"]).then(|| format!("© {}{owner}", said.around[at].text))
}

/// Quotations that make a list.
pub(super) fn three_or_more(quoted: &[String]) -> Vec<String> {
    if quoted.len() > 1 { quoted.to_vec() } else { Vec::new() }
}

/// `that says Hello there`.
pub(super) fn spoken(prompt: &str, after: &[Word]) -> Option<String> {
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

pub(super) fn as_title(name: &[Word], marks: &[&str]) -> Option<String> {
    let mark = name.iter().find(|word| word.is_any(marks))?;
    let list = name.iter().any(|word| word.is("list"));
    Some(capitalised(&if list { format!("{} list", mark.text) } else { mark.text.clone() }))
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// A list with prices or figures: `pizza 8, pasta 12`.
pub(super) fn take_prices(addition: &mut Addition, priced: Vec<(String, String)>) {
    if !priced.is_empty() {
        addition.count = Some(priced.len());
        (addition.items, addition.prices) = priced.into_iter().unzip();
    }
}
