//! The entries of sections that list something: plans, pictures, quotes, questions, features, figures, people, goods.

use super::super::content;
use super::super::literal::Js;
use super::super::topics::{self, title_case};
use super::{amount, names, price_of, sentence_case};
use crate::builtin::intent::Addition;

pub(super) fn plans(addition: &Addition, round: usize) -> Js {
    let all = &content::PLANS;
    let count = amount(addition, 3, 1, round, all.len());
    // Three plans are the usual small, middle and large one; the middle one is recommended.
    let chosen: &[usize] = match count {
        1 => &[2],
        2 => &[0, 2],
        3 => &[0, 2, 3],
        4 => &[0, 1, 2, 3],
        _ => &[0, 1, 2, 3, 4],
    };
    let popular = chosen.len() / 2;
    let name_of = |at: usize| addition.items.get(at).map_or(all[chosen[at]].0, String::as_str);
    let plan = |(at, index): (usize, &usize)| {
        let (name, price, features) = all[*index];
        let name = addition.items.get(at).map_or_else(|| name.to_owned(), |item| title_case(item));
        let price =
            addition.prices.get(at).map_or_else(|| price.to_owned(), |price| price_of(addition, price));
        let mut fields = vec![
            ("name", Js::text(name)),
            ("price", Js::Text(price)),
            ("period", Js::text("a month")),
            ("features", Js::texts(features)),
        ];
        let marked =
            addition.text.as_ref().map(|text| name_of(at).to_lowercase().contains(&text.to_lowercase()));
        if marked.unwrap_or(at == popular) && chosen.len() > 1 {
            fields.push(("popular", Js::Flag(true)));
        }
        Js::Object(fields)
    };
    Js::List(chosen.iter().enumerate().map(plan).collect())
}

pub(super) fn pictures(addition: &Addition, round: usize) -> Js {
    let count = amount(addition, 6, 3, round, 24);
    let picture = |index: usize| {
        let titles = &content::PICTURES;
        let title = match (addition.items.get(index), &addition.topic) {
            (Some(item), _) => item.clone(),
            (None, Some(topic)) => format!("{} {}", title_case(topic), index + 1),
            (None, None) if index < titles.len() => titles[index].to_owned(),
            (None, None) => format!("{} {}", titles[index % titles.len()], index / titles.len() + 1),
        };
        let seed = Js::Number(i64::try_from(index + 1).unwrap_or(1));
        let mut picture = vec![("seed", seed), ("title", Js::Text(title))];
        picture.extend(
            addition
                .topic
                .as_deref()
                .and_then(|about| sign_for(about, index))
                .map(|sign| ("sign", Js::text(sign))),
        );
        Js::Object(picture)
    };
    Js::List((0..count).map(picture).collect())
}

/// A sign that pictures a topic.
pub(in crate::builtin::recipes) fn sign_for(topic: &str, index: usize) -> Option<&'static str> {
    let known = content::SIGNS.iter().find(|(words, _)| names(words, topic));
    known.map(|(_, signs)| signs[index % signs.len()])
}

pub(super) fn quotes(addition: &Addition, round: usize) -> Js {
    let of_topic = addition.topic.as_deref().map(|about| topics::topic(about).quotes).unwrap_or_default();
    let own = of_topic.len();
    let general =
        content::QUOTES.iter().map(|(text, name, role)| ((*text).into(), (*name).into(), (*role).into()));
    let mut all: Vec<(String, String, String)> = Vec::new();
    for quote in of_topic.into_iter().chain(general) {
        if all.iter().all(|(_, name, _)| *name != quote.1) {
            all.push(quote);
        }
    }
    if let Some(text) = &addition.text {
        all.insert(
            0,
            (
                text.clone(),
                addition.items.first().cloned().unwrap_or_else(|| "A happy customer".into()),
                "Customer".into(),
            ),
        );
    }
    // Named people say what the samples say, and are who they were said to be.
    for (at, person) in addition.rows.iter().enumerate() {
        let text = all.get(at).map_or_else(
            || content::QUOTES[at % content::QUOTES.len()].0.to_owned(),
            |quote| quote.0.clone(),
        );
        let quote = (text, person[0].clone(), person[1].clone());
        if at < all.len() { all[at] = quote } else { all.push(quote) }
    }
    all.truncate(if addition.rows.is_empty() { all.len() } else { addition.rows.len() });
    let usual = if addition.rows.is_empty() { own } else { addition.rows.len() };
    let usual = if usual > 0 { usual } else { 3 };
    let count = amount(addition, usual, 1, round, all.len());
    let quote = |(text, name, role): (String, String, String)| {
        Js::Object(vec![("text", Js::Text(text)), ("name", Js::Text(name)), ("role", Js::Text(role))])
    };
    Js::List(all.into_iter().take(count).map(quote).collect())
}

pub(super) fn questions(addition: &Addition, round: usize) -> Js {
    let about = addition.topic.as_deref().unwrap_or("this");
    let asked: Vec<&String> = addition.items.iter().filter(|item| item.ends_with('?')).collect();
    let count = amount(addition, 4, 2, round, content::QUESTIONS.len());
    let own =
        asked.iter().map(|question| ((*question).clone(), "We are happy to tell you: just ask.".to_owned()));
    let known = content::QUESTIONS_ABOUT.iter().find(|(words, _)| names(words, about));
    let samples = known
        .map(|(_, asked)| &asked[..])
        .unwrap_or_default()
        .iter()
        .chain(&content::QUESTIONS)
        .map(|(question, answer)| (question.replace("{it}", about), (*answer).to_owned()));
    let entry =
        |(question, answer)| Js::Object(vec![("question", Js::Text(question)), ("answer", Js::Text(answer))]);
    Js::List(own.chain(samples).take(count.max(asked.len())).map(entry).collect())
}

fn owned(facts: &[(&str, &str)]) -> Vec<(String, String)> {
    facts.iter().map(|(title, text)| ((*title).to_owned(), (*text).to_owned())).collect()
}

/// Where the facts belong that nobody knows here.
fn blanks(topic: &str) -> Vec<(String, String)> {
    let titles = ["What it is", "Why people like it", "Where to begin"];
    titles
        .map(|title| {
            (title.to_owned(), format!("Say here in a sentence what people should know about {topic}."))
        })
        .to_vec()
}

/// What is known about a topic.
pub(in crate::builtin::recipes) fn facts_about(topic: &str) -> Option<&'static content::Facts> {
    content::FACTS.iter().find(|(words, ..)| names(words, topic))
}

/// Names for the goods of a shop, by what it sells.
pub(in crate::builtin::recipes) fn goods(topic: &str) -> Vec<String> {
    let kinds = ["Classic", "Small", "Large", "Gift set"];
    let is_goods = !topic.is_empty()
        && !["shop", "store", "product", "products"].contains(&topic)
        && topic.split(' ').count() <= 3;
    let name = |kind: &str| format!("{kind}: {topic}");
    if is_goods { kinds.iter().map(|kind| name(kind)).collect() } else { Vec::new() }
}

pub(super) fn features(addition: &Addition, round: usize) -> Js {
    let facts = addition.topic.as_deref().filter(|_| addition.title.as_deref() == Some("Good to know"));
    let of_topic = match (facts, addition.topic.as_deref()) {
        (Some(about), _) => facts_about(about).map_or_else(|| blanks(about), |(_, _, facts)| owned(facts)),
        (None, Some(about)) => topics::topic(about).features,
        (None, None) => Vec::new(),
    };
    let general = content::FEATURES.iter().map(|(title, text)| ((*title).to_owned(), (*text).to_owned()));
    let own = addition
        .items
        .iter()
        .map(|item| (sentence_case(item), "Say here in a sentence what makes it special.".into()));
    let mut all: Vec<(String, String)> = Vec::new();
    for feature in own.chain(of_topic).chain(general) {
        if all.iter().all(|(title, _)| *title != feature.0) {
            all.push(feature);
        }
    }
    let usual = if addition.items.is_empty() { 3 } else { addition.items.len() };
    let count = amount(addition, usual, 1, round, all.len());
    const SIGNS: [&str; 6] = ["⚡", "💡", "🤝", "📱", "🎨", "🔒"];
    let feature = |(at, (title, text)): (usize, (String, String))| {
        let mut feature = vec![("title", Js::Text(title)), ("text", Js::Text(text))];
        feature.extend(addition.variant.then(|| ("sign", Js::text(SIGNS[at % SIGNS.len()]))));
        Js::Object(feature)
    };
    Js::List(all.into_iter().take(count).enumerate().map(feature).collect())
}

pub(super) fn stats(addition: &Addition, round: usize) -> Js {
    if !addition.prices.is_empty() {
        let own = addition.items.iter().zip(&addition.prices);
        let stat = |(label, value): (&String, &String)| {
            Js::Object(vec![("label", Js::Text(sentence_case(label))), ("value", Js::text(value))])
        };
        return Js::List(own.map(stat).collect());
    }
    let about = addition.topic.as_deref().unwrap_or_default();
    let known = content::STATS_ABOUT.iter().find(|(words, _)| names(words, about));
    let all = known.map_or(&content::STATS[..], |(_, stats)| &stats[..]);
    let count = amount(addition, 4, 1, round, all.len());
    let stat = |(label, value): &(&str, &str)| {
        Js::Object(vec![("label", Js::text(*label)), ("value", Js::text(*value))])
    };
    Js::List(all.iter().take(count).map(stat).collect())
}

pub(super) fn people(addition: &Addition, round: usize) -> Js {
    let usual = if addition.items.is_empty() { 3 } else { addition.items.len() };
    let usual = if addition.rows.is_empty() { usual } else { addition.rows.len() };
    let role = |role: &String| if role.is_empty() { "Role".to_owned() } else { sentence_case(role) };
    let with_roles = addition.rows.iter().map(|row| (row[0].clone(), role(&row[1])));
    let items = if addition.rows.is_empty() { &addition.items[..] } else { &[] };
    let own = items.iter().map(|name| (title_case(name), "Role".to_owned()));
    let samples = content::PEOPLE.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned()));
    let all: Vec<(String, String)> = with_roles.chain(own).chain(samples).collect();
    let count = amount(addition, usual, 1, round, all.len());
    let person =
        |(name, role): (String, String)| Js::Object(vec![("name", Js::Text(name)), ("role", Js::Text(role))]);
    Js::List(all.into_iter().take(count).map(person).collect())
}

pub(super) fn products(addition: &Addition, round: usize) -> Js {
    let usual = if addition.items.is_empty() { 4 } else { addition.items.len() };
    let count = amount(addition, usual, 2, round, content::PRODUCTS.len());
    let product = |(at, (name, price, sign)): (usize, &(&str, i64, &str))| {
        let name = addition.items.get(at).map_or_else(|| (*name).to_owned(), |item| sentence_case(item));
        let own = addition.prices.get(at).and_then(|price| price.parse().ok());
        let price = own.unwrap_or(*price);
        Js::Object(vec![("name", Js::Text(name)), ("price", Js::Number(price)), ("sign", Js::text(*sign))])
    };
    Js::List(content::PRODUCTS.iter().take(count).enumerate().map(product).collect())
}
