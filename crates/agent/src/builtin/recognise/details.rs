//! What is said about a thing: its title, its items, how many, how long, where.

use std::ops::Range;

use super::dates::{day_of_month, named_day};
use super::lists;
use super::numbers;
use super::phrases::find;
use super::purposes::{CITIES, button_label, conversion};
use super::things::Thing;
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
    let says = |texts: &[&str]| around.iter().chain(name).any(|word| word.is_any(texts));
    let quoted = values::quoted(&around);
    let mut addition = Addition::of(thing.section);
    addition.title = values::title(prompt, &around);
    addition.place = values::place(&around);
    let count = || numbers::count(&around);
    let items = |leads: &[&str]| lists::items(prompt, after, leads);
    let topic = |leads: &[&str]| values::topic(prompt, before, after, leads);
    let quote = || quoted.first().cloned();
    let priced = lists::priced(prompt, after);
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
            take_prices(&mut addition, priced);
            let marks =
                ["highlight", "highlighted", "popular", "recommended", "featured", "stand", "recommend"];
            if around.iter().any(|word| word.is_any(&marks)) {
                addition.text = before
                    .iter()
                    .rfind(|word| !word.is_any(&["the", "make", "my"]))
                    .map(|word| word.text.clone());
            }
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
            take_prices(&mut addition, priced);
            if !addition.items.is_empty() {
                addition.topic = None;
            }
            addition.count = count().filter(|_| says(&["bar", "point", "value", "column"]));
        }
        Section::Quiz => {
            addition.count = count();
            // `a math quiz for kids` is about maths.
            let adjective = values::topic(prompt, before, &[], &[])
                .filter(|_| after.first().is_some_and(|word| word.is("for")));
            addition.topic = adjective.or_else(|| topic(&["about", "on", "of", "for", "regarding"]));
            addition.title = addition.title.or_else(quote);
        }
        Section::Features | Section::Stats => {
            addition.variant = says(&["icon", "emoji"]);
            if thing.section == Section::Stats {
                take_prices(&mut addition, lists::figures(prompt, after));
            }
            let projects = name.iter().any(|word| word.is("project")).then(|| "Projects".to_owned());
            addition.title = addition.title.or(projects);
            addition.count = count();
            if addition.prices.is_empty() {
                addition.items = items(&["for", "with", "about", "like"])
                    .into_iter()
                    .chain(three_or_more(&quoted))
                    .collect();
            }
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
            let own = values::as_written(prompt, name).and_then(|name| button_label(&name));
            let purpose = || before.iter().find_map(|word| button_label(&word.text));
            addition.text = quote().or_else(|| said(prompt, after)).or(own).or_else(purpose);
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
            addition.variant =
                says(&["social", "instagram", "facebook", "twitter", "linkedin", "youtube", "tiktok"]);
            addition.text = quote().or_else(|| said(prompt, after));
            addition.items = match addition.variant {
                true => lists::networks(&around),
                false if addition.text.is_none() => items(&["link"]),
                false => Vec::new(),
            };
            addition.place = None;
        }
        Section::ThemeToggle => {}
        Section::PieChart => {
            addition.variant = says(&["donut", "doughnut"]);
            addition.items = items(&["for", "with", "comparing", "showing", "of"]);
            addition.topic =
                topic(&["of", "about", "for", "showing", "on", "with"]).filter(|_| addition.items.is_empty());
            addition.title = addition.title.or_else(quote);
            take_prices(&mut addition, priced);
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
        Section::NumberGenerator => {
            let numbers: Vec<usize> = around.iter().filter_map(numbers::number).collect();
            addition.prices = numbers.iter().take(2).map(ToString::to_string).collect();
        }
        Section::UnitConverter => addition.text = conversion(&around, name),
        Section::Sidebar | Section::Breadcrumbs => {
            addition.items = items(&["with", "for", "containing", "link", "to"]);
        }
        Section::Tooltip => addition.text = quote().or_else(|| said(prompt, after)),
        Section::Pagination => addition.count = count(),
        Section::PriceMenu => {
            addition.topic = topic(&["for", "of", "at"]).or_else(|| values::as_written(prompt, name));
            take_prices(&mut addition, priced);
        }
        Section::Flashcards => {
            addition.topic = topic(&["for", "about", "of", "with", "on", "to"]);
            addition.title = addition.title.or_else(quote);
        }
        Section::ItemList => {
            addition.items = items(&["with", "for", "of", "containing", "like"]);
            let about = topic(&["of", "about", "for", "with"]).filter(|_| addition.items.is_empty());
            let named = as_title(name, &["wishlist", "wish", "reading", "watchlist", "watch"]);
            addition.variant = says(&["numbered", "ordered", "top", "ranked"]);
            addition.title =
                addition.title.or_else(quote).or(named).or_else(|| about.as_deref().map(capitalised));
            addition.topic = about;
        }
        Section::WeekPlanner => {
            addition.topic = values::as_written(prompt, name)
                .into_iter()
                .chain(topic(&["for", "of"]))
                .reduce(|one, other| format!("{one} {other}"));
            addition.title = addition.title.or_else(quote);
        }
        Section::RecipeCard => {
            addition.topic = topic(&["for", "of", "about"]);
            addition.title = addition.title.or_else(quote);
        }
        Section::Dropdown | Section::RandomPicker | Section::LogoCloud | Section::WorldClock => {
            addition.items = items(&["with", "for", "of", "containing", "like", "between"]);
            addition.title =
                addition.title.or_else(|| if addition.items.is_empty() { quote() } else { None });
        }
        Section::Spinner => addition.text = quote().or_else(|| said(prompt, after)),
        Section::SkillBars => {
            addition.items = items(&["with", "for", "in", "like", "of"]);
            take_prices(&mut addition, priced);
        }
        Section::Timeline => {
            addition.title = addition.title.or_else(quote);
            addition.items = items(&["with", "for"]);
        }
        Section::Form => {
            addition.topic = values::as_written(prompt, name).or_else(|| topic(&["for"]));
            addition.items = lists::fields(prompt, after);
        }
        Section::EventDetails => addition.title = addition.title.or_else(quote),
        Section::Shop => {
            addition.count = count();
            addition.items = items(&["with", "for", "selling", "of", "like"]);
            addition.topic = topic(&["for", "selling"]).filter(|_| addition.items.is_empty());
            take_prices(&mut addition, priced);
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
            let all: Vec<Word> = around.iter().chain(name).cloned().collect();
            let new_year =
                find(name, "new year").or_else(|| find(&around, "new year")).map(|_| "01-01".to_owned());
            let named = || all.iter().find_map(|word| named_day(&word.text));
            let day = new_year.or_else(named).or_else(|| day_of_month(&all));
            addition.items = day.into_iter().collect();
            addition.topic = values::topic(prompt, &[], after, &["to", "until", "for"]);
        }
        _ => addition.title = addition.title.or_else(quote),
    }
    // A menu of dishes is no navigation.
    let serves = [
        "restaurant",
        "cafe",
        "café",
        "bar",
        "sushi",
        "pizza",
        "pizzeria",
        "bakery",
        "burger",
        "coffee",
        "food",
        "drink",
        "lunch",
        "dinner",
        "dish",
        "bistro",
        "diner",
        "salon",
    ];
    if thing.section == Section::NavBar && name.iter().any(|word| word.is("menu")) {
        let priced = lists::priced(prompt, after);
        if !priced.is_empty() || says(&serves) {
            addition = Addition { place: addition.place, ..Addition::of(Section::PriceMenu) };
            addition.topic = values::topic(prompt, before, after, &["for", "of", "at"]);
            take_prices(&mut addition, priced);
        }
    }
    // A clock for a city shows the time there.
    if thing.section == Section::Clock
        && let Some(city) = values::topic(prompt, &[], after, &["in", "for"])
        && CITIES.contains(&city.to_lowercase().as_str())
    {
        addition.section = Section::WorldClock;
        addition.items = vec![city];
    }
    // A form with more than a contact form has is one of its own.
    if thing.section == Section::ContactForm {
        let fields = lists::fields(prompt, after);
        if fields.iter().any(|field| !["name", "email", "message"].contains(&field.to_lowercase().as_str())) {
            addition.section = Section::Form;
            addition.items = fields;
            addition.topic = values::as_written(prompt, name);
        }
    }
    if matches!(thing.section, Section::NavBar | Section::Footer | Section::ThemeToggle) {
        addition.place = None;
    }
    addition
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

/// A list with prices or figures: `pizza 8, pasta 12`.
fn take_prices(addition: &mut Addition, priced: Vec<(String, String)>) {
    if !priced.is_empty() {
        addition.count = Some(priced.len());
        (addition.items, addition.prices) = priced.into_iter().unzip();
    }
}
