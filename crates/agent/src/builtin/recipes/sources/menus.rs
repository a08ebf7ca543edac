//! Menus, decks of cards and facts: what is known by topic, or what a prompt lists.

use super::super::content::{DECKS, DISHES, LISTS, MENUS, WEEKS};
use super::super::literal::Js;
use super::{fill, names, price_of, sentence_case};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Section};

pub(super) fn price_menu(addition: &Addition, framework: Framework) -> String {
    let about = addition.topic.as_deref().unwrap_or_default();
    let (_, title, groups) = MENUS.iter().find(|(words, ..)| names(words, about)).unwrap_or(&MENUS[0]);
    let item = |name: &str, text: &str, price: &str| {
        Js::Object(vec![("name", Js::text(name)), ("text", Js::text(text)), ("price", Js::text(price))])
    };
    let group =
        |name: &str, items: Vec<Js>| Js::Object(vec![("name", Js::text(name)), ("items", Js::List(items))]);
    let list = if addition.items.is_empty() {
        let known = |(name, items): &(&str, &[(&str, &str, &str)])| {
            group(name, items.iter().map(|(name, text, price)| item(name, text, price)).collect())
        };
        groups.iter().map(known).collect()
    } else {
        let own = addition.items.iter().enumerate().map(|(at, name)| {
            let price =
                addition.prices.get(at).map_or_else(|| "$0".to_owned(), |price| price_of(addition, price));
            item(&sentence_case(name), "", &price)
        });
        vec![group("Our offer", own.collect())]
    };
    let title = addition.title.clone().unwrap_or_else(|| (*title).to_owned());
    fill(Section::PriceMenu, &title, &[("__GROUPS__", Js::List(list))], framework)
}

/// Whether there are cards about a topic.
pub(in crate::builtin::recipes) fn has_cards_about(topic: &str) -> bool {
    DECKS.iter().any(|(words, ..)| names(words, topic))
}

pub(super) fn flashcards(addition: &Addition, framework: Framework) -> String {
    let about = addition.topic.as_deref().unwrap_or_default();
    let (_, title, cards) = DECKS.iter().find(|(words, ..)| names(words, about)).unwrap_or(&DECKS[0]);
    let card = |(front, back): &(&str, &str)| {
        Js::Object(vec![("front", Js::text(*front)), ("back", Js::text(*back))])
    };
    let own = |row: &Vec<String>| card(&(row[0].as_str(), row[1].as_str()));
    let list: Vec<Js> = if addition.rows.is_empty() {
        cards.iter().map(card).collect()
    } else {
        addition.rows.iter().map(own).collect()
    };
    let default = if addition.rows.is_empty() || DECKS[0].1 != *title { *title } else { "Flashcards" };
    let title = addition.title.clone().unwrap_or_else(|| default.to_owned());
    fill(Section::Flashcards, &title, &[("__CARDS__", Js::List(list))], framework)
}

/// Lines with a label each, from `label: text`.
pub(in crate::builtin::recipes) fn labelled(lines: &[String]) -> Js {
    let line = |line: &String| {
        let (label, text) = line.split_once(": ").unwrap_or(("Good to know", line));
        Js::Object(vec![("label", Js::text(label)), ("text", Js::text(text))])
    };
    Js::List(lines.iter().map(line).collect())
}

/// When, where and what for: `label: text` in every item.
pub(super) fn event_details(addition: &Addition, framework: Framework) -> String {
    let samples = ["When: Saturday, 14 June, 3 pm", "Where: 12 Sample Street", "Please bring: a good mood"]
        .map(str::to_owned);
    let lines = if addition.items.is_empty() { &samples[..] } else { &addition.items[..] };
    let title = addition.title.clone().unwrap_or_else(|| "When and where".into());
    fill(Section::EventDetails, &title, &[("__FACTS__", labelled(lines))], framework)
}

/// The steps of a timeline, from `2019: The first idea` or from names alone; `None` for the component's own sample.
pub(in crate::builtin::recipes) fn steps(addition: &Addition) -> Option<Js> {
    let step = |(at, item): (usize, &String)| {
        let (label, text) = match item.split_once(": ") {
            Some((label, text)) => (label.to_owned(), text.to_owned()),
            None => (format!("{}.", at + 1), sentence_case(item)),
        };
        Js::Object(vec![("label", Js::Text(label)), ("text", Js::Text(text))])
    };
    (!addition.items.is_empty()).then(|| Js::List(addition.items.iter().enumerate().map(step).collect()))
}

/// Whether there is a recipe for a dish.
pub(in crate::builtin::recipes) fn has_recipe_for(dish: &str) -> bool {
    DISHES.iter().any(|(words, ..)| names(words, dish))
}

pub(super) fn recipe(addition: &Addition, framework: Framework) -> String {
    let about = addition.topic.as_deref();
    let known = about.and_then(|about| DISHES.iter().find(|(words, ..)| names(words, about)));
    let (name, ingredients, steps) = match (known, about) {
        (Some((_, name, ingredients, steps)), _) => ((*name).to_owned(), *ingredients, *steps),
        (None, None) => (DISHES[0].1.to_owned(), DISHES[0].2, DISHES[0].3),
        (None, Some(about)) => {
            let blanks: (&[&str], &[&str]) =
                (&["First ingredient", "Second ingredient"], &["Say here what comes first.", "And then."]);
            (sentence_case(about), blanks.0, blanks.1)
        }
    };
    let data = [
        ("__INGREDIENTS__", Js::texts(ingredients.iter().copied())),
        ("__STEPS__", Js::texts(steps.iter().copied())),
    ];
    fill(Section::RecipeCard, &addition.title.clone().unwrap_or(name), &data, framework)
}

/// What a list holds: what was named, or what is known of its topic; `None` for the component's own sample.
pub(in crate::builtin::recipes) fn list_items(addition: &Addition) -> Option<Vec<String>> {
    if !addition.items.is_empty() {
        return Some(addition.items.iter().map(|item| sentence_case(item)).collect());
    }
    let about = addition.topic.as_deref()?;
    let known = LISTS.iter().find(|(words, _)| names(words, about))?;
    Some(known.1.iter().map(|item| (*item).to_owned()).collect())
}

/// What a week is planned for, and an entry for every day.
pub(in crate::builtin::recipes) fn week(addition: &Addition) -> Option<(&'static str, [&'static str; 7])> {
    let about = addition.topic.as_deref()?;
    WEEKS.iter().find(|(words, ..)| names(words, about)).map(|(_, title, entries)| (*title, *entries))
}
