//! Collections to search, logs, charts of people, lists of prices: what they hold.

use super::super::literal::Js;
use super::super::tongues;
use super::{fill, names, price_of, sentence_case};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Language, Section};

/// Dishes of a collection: name, what it is, sign, tags.
const DISHES: [(&str, &str, &str, &[&str]); 9] = [
    ("Tomato soup", "Ripe tomatoes, basil and a slice of bread.", "🍅", &["Vegetarian", "Vegan", "Quick"]),
    (
        "Chickpea curry",
        "Coconut milk, spinach and a little heat.",
        "🍛",
        &["Vegetarian", "Vegan", "Healthy", "Dinner"],
    ),
    ("Pancakes", "Thin ones, with lemon and sugar.", "🥞", &["Vegetarian", "Quick", "Breakfast", "Dessert"]),
    (
        "Greek salad",
        "Tomatoes, cucumber, olives and feta.",
        "🥗",
        &["Vegetarian", "Quick", "Healthy", "Lunch"],
    ),
    ("Lasagne", "Three layers, two hours, one happy table.", "🍝", &["Dinner", "Meat"]),
    (
        "Salmon with rice",
        "From the pan, with lime and dill.",
        "🐟",
        &["Healthy", "Dinner", "Fish", "Gluten free"],
    ),
    (
        "Overnight oats",
        "Stirred in the evening, ready at breakfast.",
        "🥣",
        &["Vegetarian", "Vegan", "Quick", "Breakfast", "Healthy"],
    ),
    ("Bean tacos", "Black beans, corn and a sharp salsa.", "🌮", &["Vegetarian", "Vegan", "Lunch", "Dinner"]),
    ("Apple crumble", "Warm apples below, crunch above.", "🍎", &["Vegetarian", "Dessert"]),
];

pub(super) fn recipes(addition: &Addition, framework: Framework) -> String {
    let asked: Vec<String> = addition.items.iter().map(|item| sentence_case(item)).collect();
    let usual = ["Vegetarian", "Vegan", "Quick", "Healthy"].map(str::to_owned).to_vec();
    let tags = if asked.is_empty() { usual } else { asked };
    // A tag that no dish has by itself is given to every third one, so that it finds something.
    let known =
        |tag: &String| DISHES.iter().any(|(.., own)| own.iter().any(|own| own.eq_ignore_ascii_case(tag)));
    let entry = |(at, (name, text, sign, own)): (usize, &(&str, &str, &str, &[&str]))| {
        let has =
            |tag: &&String| own.iter().any(|own| own.eq_ignore_ascii_case(tag)) || !known(tag) && at % 3 == 0;
        Js::Object(vec![
            ("name", Js::text(*name)),
            ("text", Js::text(*text)),
            ("sign", Js::text(*sign)),
            ("tags", Js::texts(tags.iter().filter(has).cloned())),
        ])
    };
    let list = Js::List(DISHES.iter().enumerate().map(entry).collect());
    let title = addition.title.clone().unwrap_or_else(|| "Recipes".into());
    fill(
        Section::RecipeFinder,
        &title,
        &[("__ENTRIES__", list), ("__TAGS__", Js::texts(tags.clone()))],
        framework,
    )
}

/// Who leads and who works with whom: the first person above the next ones, and those above the rest.
pub(super) fn organisation(addition: &Addition, framework: Framework) -> String {
    let samples = [
        ("Amira Haddad", "Managing director"),
        ("Leo Martens", "Head of engineering"),
        ("Grace Mensah", "Head of sales"),
        ("Elena Rossi", "Head of finance"),
        ("Yuki Tanaka", "Design"),
        ("Noah Becker", "Development"),
        ("Ines Keller", "Support"),
        ("Sam Whitfield", "Accounts"),
    ];
    let all: Vec<(String, String)> = if addition.rows.is_empty() {
        samples.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned())).collect()
    } else {
        addition.rows.iter().map(|row| (row[0].clone(), sentence_case(&row[1]))).collect()
    };
    let person = |(name, role): &(String, String)| {
        Js::Object(vec![("name", Js::text(name)), ("role", Js::text(role))])
    };
    let second = (1 + all.len().min(4).saturating_sub(1)).max(1);
    let levels = [&all[..1], &all[1..second], &all[second..]];
    let levels = levels.iter().filter(|level| !level.is_empty());
    let levels = Js::List(levels.map(|level| Js::List(level.iter().map(person).collect())).collect());
    fill(Section::OrgChart, "", &[("__LEVELS__", levels)], framework)
}

/// What a price calculator adds up.
pub(super) fn prices(addition: &Addition, framework: Framework) -> String {
    let samples = [("Basic service", "40"), ("Extra hour", "25"), ("Delivery", "15")];
    let given = addition.items.iter().zip(&addition.prices);
    let all: Vec<(String, String)> = if addition.prices.is_empty() {
        samples.iter().map(|(name, price)| ((*name).to_owned(), (*price).to_owned())).collect()
    } else {
        given.map(|(name, price)| (sentence_case(name), price.clone())).collect()
    };
    let item = |(name, price): &(String, String)| {
        let price = Js::decimal(price).unwrap_or(Js::Number(0));
        Js::Object(vec![("name", Js::text(name)), ("price", price)])
    };
    let list = Js::List(all.iter().map(item).collect());
    let unit = Js::Text(price_of(addition, "0"));
    fill(Section::PriceCalculator, "", &[("__ITEMS__", list), ("__UNIT__", unit)], framework)
}

/// The page's own introduction in some languages.
pub(super) fn languages(framework: Framework) -> String {
    let shown = [
        (Language::English, "English"),
        (Language::German, "Deutsch"),
        (Language::French, "Français"),
        (Language::Spanish, "Español"),
    ];
    let kind = match framework {
        Framework::React => "real React app",
        Framework::Vue => "real Vue app",
        Framework::Svelte => "real Svelte app",
        Framework::Vanilla => "real web page",
    };
    let known: Vec<Vec<&str>> = tongues::known().collect();
    let of = |start: &str, at: usize| {
        known.iter().find(|text| text[0].contains(start)).map_or("", |text| text[at])
    };
    let text = |(language, name): &(Language, &str)| {
        let (at, _, code) = tongues::of(*language);
        Js::Object(vec![
            ("code", Js::text(code)),
            ("name", Js::text(*name)),
            ("heading", Js::text(of("Hello from", at))),
            ("text", Js::Text(format!("{} {}", of(kind, at), of("Ask for a change", at)))),
        ])
    };
    fill(Section::LanguageSwitch, "", &[("__TEXTS__", Js::List(shown.iter().map(text).collect()))], framework)
}

/// What a log keeps of each entry: what was named, or what its kind keeps; `None` for the component's own.
pub(in crate::builtin::recipes) fn log_columns(addition: &Addition) -> Option<Vec<String>> {
    if addition.items.len() > 1 {
        return Some(addition.items.iter().map(|item| sentence_case(item)).collect());
    }
    let kinds: [(&[&str], &[&str]); 8] = [
        (&["workout", "exercise", "training", "gym"], &["Exercise", "Sets", "Reps", "Weight"]),
        (&["reading", "book", "movie"], &["Title", "By", "Rating"]),
        (&["food"], &["Meal", "Calories"]),
        (&["inventory", "stock"], &["Item", "Quantity", "Place"]),
        (
            &["contact", "customer", "crm", "phone", "address", "guest", "student", "employee"],
            &["Name", "Email", "Phone"],
        ),
        (&["grade", "gradebook"], &["Subject", "Grade"]),
        (&["job", "application"], &["Company", "Position", "Status"]),
        (&["mileage", "run", "running"], &["Route", "Distance", "Time"]),
    ];
    let about = addition.title.as_deref().unwrap_or_default();
    let known = kinds.iter().find(|(words, _)| names(words, about))?;
    Some(known.1.iter().map(|column| (*column).to_owned()).collect())
}

/// The sizes a product comes in; `None` for the component's own.
pub(in crate::builtin::recipes) fn sizes(addition: &Addition) -> Option<Vec<String>> {
    let shoes = addition
        .topic
        .as_deref()
        .is_some_and(|topic| names(&["sneaker", "shoe", "boot", "trainer", "sandal"], topic));
    let count = addition.count.map(|count| count.clamp(1, 8));
    if shoes {
        return Some((0..count.unwrap_or(4)).map(|at| (39 + at).to_string()).collect());
    }
    let letters = ["XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL"];
    let from = usize::from(count.is_some_and(|count| count < 6));
    count.map(|count| letters[from..].iter().take(count).map(|size| (*size).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G3
    #[test]
    fn a_log_keeps_what_its_kind_keeps_unless_it_is_told() {
        let named = |title: &str, items: &[&str]| Addition {
            title: Some(title.to_owned()),
            items: items.iter().map(|item| sentence_case(item)).collect(),
            ..Addition::of(Section::EntryLog)
        };
        assert_eq!(log_columns(&named("Workout log", &[])).unwrap()[0], "Exercise");
        assert_eq!(log_columns(&named("Workout log", &["lift", "load"])).unwrap(), ["Lift", "Load"]);
        assert_eq!(log_columns(&named("Plant tracker", &[])), None);
    }
}
