//! The sources of sections that carry their data: templates filled with literals.

mod charts;
mod collections;
mod forms;
mod links;
mod lists;
mod menus;
mod quizzes;
mod tables;

pub(super) use charts::{chart_data, chart_title, known_figures};
pub(super) use collections::{log_columns, sizes};
pub(super) use forms::form_action;
pub(super) use links::{footer, navigation};
pub(super) use lists::{facts_about, goods, sign_for};
pub(super) use menus::{has_cards_about, has_recipe_for, labelled, list_items, steps, week};
pub(super) use quizzes::has_questions_about;
pub(super) use tables::has_table_about;

use super::super::edit::app::js_string;
use super::super::framework::Framework;
use super::super::intent::{Addition, Section};
use super::super::widget;
use super::literal::Js;
use super::topics;
use super::topics::title_case;

/// The component's source; a higher round has more or other data, up to where the samples end.
pub(super) fn source(addition: &Addition, round: usize, framework: Framework) -> String {
    let data = match addition.section {
        Section::PricingTable => vec![("__PLANS__", lists::plans(addition, round))],
        Section::Gallery => vec![("__PICTURES__", lists::pictures(addition, round))],
        Section::Testimonials => vec![("__QUOTES__", lists::quotes(addition, round))],
        Section::Faq => vec![("__ENTRIES__", lists::questions(addition, round))],
        Section::Quiz => return quizzes::quiz(addition, round, framework),
        Section::Features => vec![("__FEATURES__", lists::features(addition, round))],
        Section::Stats => vec![("__STATS__", lists::stats(addition, round))],
        Section::DataTable => return tables::table(addition, round, framework),
        Section::Form => return forms::form(addition, framework),
        Section::PriceMenu => return menus::price_menu(addition, framework),
        Section::Flashcards => return menus::flashcards(addition, framework),
        Section::RecipeCard => return menus::recipe(addition, framework),
        Section::EventDetails => return menus::event_details(addition, framework),
        Section::RecipeFinder => return collections::recipes(addition, framework),
        Section::OrgChart => return collections::organisation(addition, framework),
        Section::PriceCalculator => return collections::prices(addition, framework),
        Section::LanguageSwitch => return collections::languages(framework),
        Section::Team => vec![("__PEOPLE__", lists::people(addition, round))],
        Section::Shop => vec![("__PRODUCTS__", lists::products(addition, round))],
        _ => Vec::new(),
    };
    fill(addition.section, &title(addition), &data, framework)
}

/// The source of a component that carries no data of its own.
pub(super) fn plain(section: Section, framework: Framework) -> String {
    fill(section, "", &[], framework)
}

fn fill(section: Section, title: &str, data: &[(&str, Js)], framework: Framework) -> String {
    let entry = section.entry();
    let described = data
        .iter()
        .fold(entry.widget.to_owned(), |source, (name, value)| source.replace(name, &value.lines()));
    // The title comes last: a text from a prompt is no place for data.
    let described = described.replacen("__TITLE__", &js_string(title), 1);
    let widget = widget::parse(&described);
    widget.expect("a test holds that every description can be read").source(entry.component, framework)
}

fn title(addition: &Addition) -> String {
    let about = addition.topic.as_deref();
    let default = match addition.section {
        Section::PricingTable => "Pricing".into(),
        Section::Gallery => about.map_or_else(|| "Gallery".into(), title_case),
        Section::Testimonials => "What people say".into(),
        Section::Faq => "Frequently asked questions".into(),
        Section::Features => match about {
            Some(about) => topics::topic(about).features_title,
            None => "Features".into(),
        },
        Section::Stats => "In numbers".into(),
        Section::Team => "Meet the team".into(),
        Section::Shop => about.map_or_else(|| "Shop".into(), title_case),
        _ => String::new(),
    };
    addition.title.clone().unwrap_or(default)
}

/// Whether a text names a topic by one of its words, in the singular or the plural.
fn names(words: &[&str], text: &str) -> bool {
    let lower = text.to_lowercase();
    let named = |name: &&str| {
        let mut said = lower.split(|c: char| !c.is_alphanumeric());
        said.any(|word| {
            word == *name || word.strip_suffix('s') == Some(*name) || name.strip_suffix('s') == Some(word)
        })
    };
    words.iter().any(named)
}

/// How many entries to take: what was asked, else the usual number, one step more each round.
fn amount(addition: &Addition, usual: usize, step: usize, round: usize, max: usize) -> usize {
    let asked = addition.count.map(|count| count.clamp(1, max));
    asked.unwrap_or_else(|| (usual + step * round).min(max))
}

/// A price as people of that place write it; in dollars where nothing was said.
pub(super) fn price_of(addition: &Addition, price: &str) -> String {
    match addition.unit.as_deref() {
        None => format!("${price}"),
        Some(unit) if unit.starts_with(' ') => format!("{price}{unit}"),
        Some(unit) => format!("{unit}{price}"),
    }
}

/// A text as the id of a section: `About us` → `about-us`; `None` when nothing is left of it.
pub(super) fn anchor(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

/// What a to-do list starts with.
pub(super) fn tasks(addition: &Addition) -> Vec<String> {
    if !addition.items.is_empty() {
        return addition.items.iter().map(|item| sentence_case(item)).collect();
    }
    let title = addition.title.as_deref().unwrap_or_default().to_lowercase();
    let samples: [&str; 3] = if title.contains("shopping") || title.contains("grocery") {
        ["Bread", "Milk", "Apples"]
    } else if title.contains("packing") {
        ["Passport", "Toothbrush", "A good book"]
    } else if title.contains("bucket") {
        ["See the northern lights", "Learn to sail", "Run a marathon"]
    } else {
        ["Try the preview", "Add a task of your own", "Tick one off"]
    };
    samples.map(str::to_owned).to_vec()
}

/// What a text section says.
pub(super) fn prose(addition: &Addition) -> String {
    let about = addition.topic.as_deref().or(addition.title.as_deref()).unwrap_or("this page").to_lowercase();
    let sample = match about.as_str() {
        "about" | "about us" | "us" => {
            "We are a small team that likes to make things well. Replace this text with a few sentences about who you \
             are and what you care about."
                .into()
        }
        "about me" | "me" => {
            "I like to make things well. Replace this text with a few sentences about who you are and what you care \
             about."
                .into()
        }
        other => match lists::facts_about(other) {
            Some((_, text, facts)) => format!("{text} {}", facts[0].1),
            None => {
                format!("This is the place for a few sentences about {other}. Tell people what they should know first.")
            }
        },
    };
    addition.text.clone().unwrap_or(sample)
}

/// The first letter in lower case, but for names such as `NASA` and for `I`.
pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    if chars.clone().next().is_none_or(|second| !second.is_lowercase()) {
        return text.to_owned();
    }
    first.into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::CATALOGUE;
    use super::*;

    #[test]
    fn every_description_can_be_read_and_no_placeholder_is_left() {
        for framework in Framework::ALL {
            for entry in &CATALOGUE {
                let source = match entry.section {
                    Section::NavBar => navigation(&Addition::of(entry.section), &[], framework),
                    Section::Footer => footer(&Addition::of(entry.section), &[], framework),
                    section => source(&Addition::of(section), 0, framework),
                };
                assert!(!source.contains("__"), "{}: {source}", entry.component);
            }
        }
    }

    #[test]
    fn texts_from_a_prompt_cannot_break_out_of_the_code() {
        let addition = Addition {
            title: Some("{alert(1)} </h2> \"quoted\"".into()),
            items: vec!["a\"b".into(), "</script>".into()],
            ..Addition::of(Section::PricingTable)
        };
        for framework in Framework::ALL {
            let source = source(&addition, 0, framework);
            assert!(source.contains("{alert(1)}") && !source.contains("</h2> "), "{source}");
            assert!(source.matches("</script>").count() <= 1, "{source}");
        }
    }
}
