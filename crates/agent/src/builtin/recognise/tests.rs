//! What people write, and what it means.

use proptest::prelude::*;

use super::*;
use crate::builtin::intent::{Addition, Part, Slot, Style, Theme};
use crate::builtin::palette::Rgb;

const PROMPTS: &str = include_str!("prompts.txt");

fn label(intent: &Intent) -> String {
    match intent {
        Intent::Undo => "undo".into(),
        Intent::Theme(theme) => match (theme.seed, theme.mode) {
            (None, Some(mode)) => mode.name().into(),
            _ => "theme".into(),
        },
        Intent::Paint(part, _) => match part {
            Part::Background => "background".into(),
            Part::Text => "text".into(),
            Part::Headings => "headings".into(),
            Part::Buttons => "buttons".into(),
        },
        Intent::Gradient(_) => "gradient".into(),
        Intent::Style(style) => match style {
            Style::Font(_) => "font",
            Style::TextSize { larger: true } => "larger",
            Style::TextSize { larger: false } => "smaller",
            Style::Corners { round: true } => "round",
            Style::Corners { round: false } => "square",
            Style::Shadow => "shadow",
            Style::Animate => "animate",
            Style::Spacing { .. } => "spacing",
            Style::Sticky => "sticky",
            Style::Bold => "bold",
            Style::Width => "width",
            Style::Lively => "lively",
            Style::Align { centre: true } | Style::CentreAll => "centre",
            Style::Hover(_) => "hover",
            Style::Glass => "glass",
            Style::Columns(_) => "columns",
            Style::IntroGap { .. } => "gap",
            Style::FullHeight => "full height",
            Style::ButtonsRight => "buttons right",
            Style::AlignRight => "right",
            Style::Dividers => "dividers",
            Style::ScrollProgress => "scroll progress",
            Style::Stars => "stars",
            Style::Hills => "hills",
            Style::Frame => "frame",
            Style::SmoothScroll => "smooth",
            Style::Drift => "drift",
            Style::Snow => "snow",
            Style::Without(_) => "without",
            Style::Align { centre: false } => "left",
        }
        .into(),
        Intent::SetText(slot, _) => match slot {
            Slot::Heading => "heading".into(),
            Slot::Subtitle => "subtitle".into(),
            Slot::PageTitle => "page title".into(),
            Slot::Brand => "brand".into(),
            Slot::Button => "button".into(),
        },
        Intent::Icon(_) => "icon".into(),
        Intent::Language(_) => "language".into(),
        Intent::Opening(..) => "opening".into(),
        Intent::ButtonTexts(_) => "buttons' texts".into(),
        Intent::Replace { .. } => "replace".into(),
        Intent::Name(_) => "name".into(),
        Intent::Add(addition) => format!("{:?}", addition.section),
        Intent::Remove(section) => format!("remove {section:?}"),
        Intent::Dress(section, _) => format!("dress {section:?}"),
        Intent::Restyle(element, _) => format!("restyle {element:?}"),
        Intent::HideText(_) => "hide text".into(),
        Intent::RemoveAll => "remove all".into(),
        Intent::Move(section, _) => format!("move {section:?}"),
        Intent::Landing(_) => "landing".into(),
        Intent::Page(kind, _) => format!("page {kind:?}"),
    }
}

fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Identity => "-identity",
        Refusal::Question => "-question",
        Refusal::Backend => "-backend",
        Refusal::Deployment => "-deployment",
        Refusal::LiveData => "-live data",
        Refusal::Services => "-services",
        Refusal::OtherWork => "-other work",
        Refusal::OtherGame => "-other game",
        Refusal::Unclear => "-unclear",
    }
}

fn meaning(prompt: &str) -> String {
    let understanding = understand(prompt, &[]);
    let refused = understanding.refusals.iter().map(|refused| refusal(refused).to_owned());
    let labels: Vec<String> = understanding.intents.iter().map(label).chain(refused).collect();
    labels.join(", ")
}

/// G3
#[test]
fn paraphrases_mean_what_people_mean_by_them() {
    let cases: Vec<(&str, &str)> = PROMPTS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .filter_map(|line| line.split_once(" => "))
        .collect();
    let declined = cases.iter().filter(|(_, expected)| expected.starts_with('-')).count();
    assert!(cases.len() >= 200 && declined >= 30, "{} prompts, {declined} declined", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(prompt, expected)| meaning(prompt) != *expected)
        .map(|(prompt, expected)| format!("{prompt}\n    means {}\n    not   {expected}", meaning(prompt)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are misread:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// A phrase that is not in its normal form would never be found.
#[test]
fn every_phrase_to_look_for_is_in_normal_form() {
    let phrases =
        section_names::SECTIONS.iter().chain(more_names::TOOLS).flat_map(|(_, phrases)| phrases.split(", "));
    let verbs = [lexicon::ADD, lexicon::REMOVE, lexicon::CHANGE].into_iter().flatten().copied();
    let all = phrases.chain(verbs).chain(refusals::tables());
    let odd: Vec<(&str, String)> = all
        .map(|phrase| {
            (phrase, words::words(phrase).iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" "))
        })
        .filter(|(phrase, normal)| phrase != normal)
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

proptest! {
    /// G3: whatever is typed, something is understood or a reason is given.
    #[test]
    fn no_prompt_is_too_odd_to_be_read(prompt in "(\\PC|add |the |a |to |\"|'|counter |title |with |and |, |\\.|make |blue ){0,40}") {
        let understanding = understand(&prompt, &["add a counter", "undo"]);
        prop_assert!(!understanding.intents.is_empty() || !understanding.refusals.is_empty());
    }
}

fn additions(prompt: &str) -> Vec<Addition> {
    let added = understand(prompt, &[]).intents.into_iter().filter_map(|intent| match intent {
        Intent::Add(addition) => Some(addition),
        _ => None,
    });
    added.collect()
}

fn addition(prompt: &str) -> Addition {
    let added = additions(prompt);
    assert_eq!(added.len(), 1, "{prompt}: {added:?}");
    added[0].clone()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// G3: what is said about a thing reaches the recipe.
#[test]
fn numbers_times_and_counts_are_taken_from_the_prompt() {
    for (prompt, seconds) in [
        ("timer of 10 minutes", 600),
        ("a 30 second countdown", 30),
        ("countdown from 5:00", 300),
        ("half an hour timer", 1_800),
        ("add a timer for 1 hour and 30 minutes", 5_400),
        ("90s timer", 90),
        ("a two-minute egg timer", 120),
        ("add a pomodoro timer", 1_500),
    ] {
        assert_eq!(addition(prompt).seconds, Some(seconds), "{prompt}");
    }
    for (prompt, count) in [
        ("pricing table with 4 tiers", 4),
        ("three pricing plans", 3),
        ("quiz with 5 questions", 5),
        ("show 9 images", 9),
        ("a picture", 1),
        ("add two testimonials", 2),
        ("six feature cards", 6),
    ] {
        assert_eq!(addition(prompt).count, Some(count), "{prompt}");
    }
    let counter = addition("a counter that starts at 10 and goes up by 5");
    assert_eq!((counter.seconds, counter.count), (Some(10), Some(5)));
}

/// G3
#[test]
fn titles_items_topics_and_texts_are_taken_from_the_prompt() {
    assert_eq!(
        addition("a todo list with milk, eggs and brown bread").items,
        strings(&["milk", "eggs", "brown bread"])
    );
    assert_eq!(addition("todo list: call Anna, buy paint").items, strings(&["call Anna", "buy paint"]));
    assert_eq!(addition("todo list with add and delete buttons").items, strings(&[]));
    assert_eq!(addition("navbar with Home, About and Contact").items, strings(&["Home", "About", "Contact"]));
    assert_eq!(
        addition("feature cards for speed, comfort and price").items,
        strings(&["speed", "comfort", "price"])
    );
    assert_eq!(addition("add a todo list called \"Groceries\"").title.as_deref(), Some("Groceries"));
    assert_eq!(addition("a shopping list").title.as_deref(), Some("Shopping list"));
    assert_eq!(addition("a counter called Cups of tea").title.as_deref(), Some("Cups of tea"));
    assert_eq!(
        addition("quiz about the Roman Empire with 3 questions").topic.as_deref(),
        Some("Roman Empire")
    );
    assert_eq!(addition("add a space quiz").topic.as_deref(), Some("space"));
    assert_eq!(addition("a nice simple quiz").topic, None);
    assert_eq!(addition("gallery of snowy mountains").topic.as_deref(), Some("snowy mountains"));
    assert_eq!(addition("line chart of monthly visitors").topic.as_deref(), Some("monthly visitors"));
    assert_eq!(addition("add a button that says Order now").text.as_deref(), Some("Order now"));
    assert_eq!(addition("footer with \"Made in Berlin\"").text.as_deref(), Some("Made in Berlin"));
    let quote = addition("add a testimonial from Anna saying \"Best bread in town\"");
    assert_eq!((quote.text.as_deref(), quote.items), (Some("Best bread in town"), strings(&["Anna"])));
}

/// G3
#[test]
fn texts_keep_their_letters_and_colours_their_values() {
    let one = |prompt: &str| {
        let mut intents = understand(prompt, &[]).intents;
        assert_eq!(intents.len(), 1, "{prompt}: {intents:?}");
        intents.remove(0)
    };
    let heading = |text: &str| Intent::SetText(Slot::Heading, text.into());
    assert_eq!(one("change the title to Fish, Chips & More!"), heading("Fish, Chips & More"));
    assert_eq!(one("Change the heading to 'Tom’s Café'"), heading("Tom’s Café"));
    assert_eq!(one("call it Acme Coffee"), Intent::Name("Acme Coffee".into()));
    assert_eq!(
        one("turn it into a landing page for a small Bakery in Rome"),
        Intent::Landing("small Bakery".into())
    );
    let orange = Rgb(0xff, 0x88, 0);
    for prompt in ["make the background #f80", "set the background to rgb(255, 136, 0)"] {
        assert_eq!(one(prompt), Intent::Paint(Part::Background, orange), "{prompt}");
    }
    assert_eq!(
        one("change the blue to #f80"),
        Intent::Theme(Theme { name: None, seed: Some(orange), mode: None })
    );
}

/// G3: prices, fields and figures reach the recipe with what they belong to.
#[test]
fn prices_fields_and_figures_stay_with_their_names() {
    let menu = addition("add a food menu with tomato soup 6, pasta for 12.50 and cake 5");
    assert_eq!(menu.items, strings(&["tomato soup", "pasta", "cake"]));
    assert_eq!(menu.prices, strings(&["6", "12.50", "5"]));
    let plans = addition("pricing table with Basic $5, Pro $15 and Team $40");
    assert_eq!(
        (plans.items, plans.prices),
        (strings(&["Basic", "Pro", "Team"]), strings(&["5", "15", "40"]))
    );
    let form = addition("add a form with name, phone number and date");
    assert_eq!((form.section, form.items), (Section::Form, strings(&["name", "phone number", "date"])));
    let stats = addition("add stats: 500 customers, 20 countries, 99% satisfaction");
    assert_eq!(stats.prices, strings(&["500", "20", "99%"]));
    assert_eq!(stats.items, strings(&["customers", "countries", "satisfaction"]));
    assert_eq!(addition("add a table of the planets").topic.as_deref(), Some("planets"));
    assert_eq!(addition("list of my favorite movies").topic.as_deref(), Some("favorite movies"));
    assert_eq!(addition("make a birthday countdown for june 12").items, strings(&["06-12"]));
    assert_eq!(
        addition("footer with links to Instagram and github").items,
        strings(&["Instagram", "GitHub"])
    );
}

/// G3: an English wish keeps words that other languages have, too.
#[test]
fn an_english_wish_is_not_taken_for_another_language() {
    let heading = |text: &str| vec![Intent::SetText(Slot::Heading, text.to_owned())];
    assert_eq!(understand("change the heading to Made in Berlin", &[]).intents, heading("Made in Berlin"));
    assert_eq!(
        understand("Change heading to A la carte, das Original", &[]).intents,
        heading("A la carte, das Original")
    );
    let french = understand("change la couleur de fond en vert", &[]).intents;
    assert_eq!(french.iter().map(label).collect::<Vec<_>>(), ["background"]);
}
