//! The sources of sections that carry their data: templates filled with literals.

use super::super::edit::app::js_string;
use super::super::framework::Framework;
use super::super::intent::{Addition, Section};
use super::super::widget;
use super::literal::Js;
use super::topics::title_case;
use super::{content, topics};

/// The component's source; a higher round has more or other data, up to where the samples end.
pub(super) fn source(addition: &Addition, round: usize, framework: Framework) -> String {
    let data = match addition.section {
        Section::PricingTable => vec![("__PLANS__", plans(addition, round))],
        Section::Gallery => vec![("__PICTURES__", pictures(addition, round))],
        Section::Testimonials => vec![("__QUOTES__", quotes(addition, round))],
        Section::Faq => vec![("__ENTRIES__", questions(addition, round))],
        Section::Quiz => return quiz(addition, round, framework),
        Section::Features => vec![("__FEATURES__", features(addition, round))],
        Section::Stats => vec![("__STATS__", stats(addition, round))],
        Section::DataTable => return table(addition, round, framework),
        Section::Team => vec![("__PEOPLE__", people(addition, round))],
        Section::Shop => vec![("__PRODUCTS__", products(addition, round))],
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
        Section::DataTable => about.map_or_else(|| "Overview".into(), title_case),
        Section::Team => "Meet the team".into(),
        Section::Shop => about.map_or_else(|| "Shop".into(), title_case),
        _ => String::new(),
    };
    addition.title.clone().unwrap_or(default)
}

/// How many entries to take: what was asked, else the usual number, one step more each round.
fn amount(addition: &Addition, usual: usize, step: usize, round: usize, max: usize) -> usize {
    let asked = addition.count.map(|count| count.clamp(1, max));
    asked.unwrap_or_else(|| (usual + step * round).min(max))
}

fn plans(addition: &Addition, round: usize) -> Js {
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
    let plan = |(at, index): (usize, &usize)| {
        let (name, price, features) = all[*index];
        let name = addition.items.get(at).map_or(name, String::as_str);
        let mut fields = vec![
            ("name", Js::text(name)),
            ("price", Js::text(price)),
            ("period", Js::text("a month")),
            ("features", Js::texts(features)),
        ];
        if at == popular && chosen.len() > 1 {
            fields.push(("popular", Js::Flag(true)));
        }
        Js::Object(fields)
    };
    Js::List(chosen.iter().enumerate().map(plan).collect())
}

fn pictures(addition: &Addition, round: usize) -> Js {
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
        Js::Object(vec![("seed", seed), ("title", Js::Text(title))])
    };
    Js::List((0..count).map(picture).collect())
}

fn quotes(addition: &Addition, round: usize) -> Js {
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
    let usual = if own > 0 { own } else { 3 };
    let count = amount(addition, usual, 1, round, all.len());
    let quote = |(text, name, role): (String, String, String)| {
        Js::Object(vec![("text", Js::Text(text)), ("name", Js::Text(name)), ("role", Js::Text(role))])
    };
    Js::List(all.into_iter().take(count).map(quote).collect())
}

fn questions(addition: &Addition, round: usize) -> Js {
    let about = addition.topic.as_deref().unwrap_or("this");
    let asked: Vec<&String> = addition.items.iter().filter(|item| item.ends_with('?')).collect();
    let count = amount(addition, 4, 2, round, content::QUESTIONS.len());
    let own =
        asked.iter().map(|question| ((*question).clone(), "We are happy to tell you: just ask.".to_owned()));
    let samples = content::QUESTIONS
        .iter()
        .map(|(question, answer)| (question.replace("{it}", about), (*answer).to_owned()));
    let entry =
        |(question, answer)| Js::Object(vec![("question", Js::Text(question)), ("answer", Js::Text(answer))]);
    Js::List(own.chain(samples).take(count.max(asked.len())).map(entry).collect())
}

/// Which of the quizzes is about a topic.
fn quiz_about(topic: &str) -> Option<usize> {
    let lower = topic.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let named = |name: &&str| words.iter().any(|word| word == name || word.strip_suffix('s') == Some(name));
    content::QUIZZES.iter().position(|(names, ..)| names.iter().any(&named))
}

/// Whether there are quiz questions about a topic.
pub(super) fn has_questions_about(topic: &str) -> bool {
    quiz_about(topic).is_some()
}

fn quiz(addition: &Addition, round: usize, framework: Framework) -> String {
    let first = addition.topic.as_deref().and_then(quiz_about).unwrap_or(0);
    let (_, name, all) = &content::QUIZZES[(first + round) % content::QUIZZES.len()];
    let count = amount(addition, 4, 0, 0, all.len());
    let question = |(text, options, answer): &(&str, [&str; 4], usize)| {
        Js::Object(vec![
            ("text", Js::text(*text)),
            ("options", Js::texts(*options)),
            ("answer", Js::text(options[*answer])),
        ])
    };
    let questions = Js::List(all.iter().take(count).map(question).collect());
    let title = addition.title.clone().unwrap_or_else(|| format!("{name} quiz"));
    fill(Section::Quiz, &title, &[("__QUESTIONS__", questions)], framework)
}

fn features(addition: &Addition, round: usize) -> Js {
    let of_topic = addition.topic.as_deref().map(|about| topics::topic(about).features).unwrap_or_default();
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
    let feature = |(title, text)| Js::Object(vec![("title", Js::Text(title)), ("text", Js::Text(text))]);
    Js::List(all.into_iter().take(count).map(feature).collect())
}

fn stats(addition: &Addition, round: usize) -> Js {
    let count = amount(addition, 4, 1, round, content::STATS.len());
    let stat = |(label, value): &(&str, &str)| {
        Js::Object(vec![("label", Js::text(*label)), ("value", Js::text(*value))])
    };
    Js::List(content::STATS.iter().take(count).map(stat).collect())
}

fn people(addition: &Addition, round: usize) -> Js {
    let usual = if addition.items.is_empty() { 3 } else { addition.items.len() };
    let own = addition.items.iter().map(|name| (title_case(name), "Role"));
    let samples = content::PEOPLE.iter().map(|(name, role)| ((*name).to_owned(), *role));
    let all: Vec<(String, &str)> = own.chain(samples).collect();
    let count = amount(addition, usual, 1, round, all.len());
    let person =
        |(name, role): (String, &str)| Js::Object(vec![("name", Js::Text(name)), ("role", Js::text(role))]);
    Js::List(all.into_iter().take(count).map(person).collect())
}

fn products(addition: &Addition, round: usize) -> Js {
    let usual = if addition.items.is_empty() { 4 } else { addition.items.len() };
    let count = amount(addition, usual, 2, round, content::PRODUCTS.len());
    let product = |(at, (name, price, sign)): (usize, &(&str, i64, &str))| {
        let name = addition.items.get(at).map_or_else(|| (*name).to_owned(), |item| sentence_case(item));
        Js::Object(vec![("name", Js::Text(name)), ("price", Js::Number(*price)), ("sign", Js::text(*sign))])
    };
    Js::List(content::PRODUCTS.iter().take(count).enumerate().map(product).collect())
}

fn table(addition: &Addition, round: usize, framework: Framework) -> String {
    let default = ["Item", "Group", "Amount", "Status"].map(str::to_owned).to_vec();
    let own = addition.items.len() >= 2;
    let columns: Vec<String> =
        if own { addition.items.iter().map(|item| sentence_case(item)).collect() } else { default };
    let count = amount(addition, 4, 2, round, content::ROWS.len());
    let row = |(number, cells): (usize, &[&str; 4])| {
        let cell = |(at, column): (usize, &String)| match (own, at) {
            (false, _) => cells.get(at).map(|cell| (*cell).to_owned()).unwrap_or_default(),
            (true, _) => format!("{column} {}", number + 1),
        };
        Js::texts(columns.iter().enumerate().map(cell))
    };
    let rows = Js::List(content::ROWS.iter().take(count).enumerate().map(row).collect());
    let data = [("__COLUMNS__", Js::texts(columns)), ("__ROWS__", rows)];
    fill(Section::DataTable, &title(addition), &data, framework)
}

pub(super) fn navigation(addition: &Addition, sections: &[Section], framework: Framework) -> String {
    let mut links: Vec<(String, String)> = Vec::new();
    if addition.items.is_empty() {
        links.push(("Home".into(), "#top".into()));
        links.extend(anchors(sections));
        for (label, href) in [("About", "#about"), ("Contact", "#contact")] {
            if links.len() < 4 && links.iter().all(|(_, known)| known != href) {
                links.push((label.into(), href.into()));
            }
        }
    } else {
        links.extend(addition.items.iter().map(|item| {
            let target = anchor(item).filter(|target| target != "home").unwrap_or_else(|| "top".into());
            (title_case(item), format!("#{target}"))
        }));
    }
    fill(Section::NavBar, "", &[("__LINKS__", links_of(&links))], framework)
}

pub(super) fn footer(addition: &Addition, sections: &[Section], framework: Framework) -> String {
    let links: Vec<(String, String)> = if addition.items.is_empty() {
        anchors(sections)
    } else {
        let link =
            |item: &String| (title_case(item), format!("#{}", anchor(item).unwrap_or_else(|| "top".into())));
        addition.items.iter().map(link).collect()
    };
    fill(Section::Footer, "", &[("__LINKS__", links_of(&links))], framework)
}

fn anchors(sections: &[Section]) -> Vec<(String, String)> {
    let link = |(id, label): (&str, &str)| (label.to_owned(), format!("#{id}"));
    sections.iter().filter_map(|section| section.entry().anchor).map(link).collect()
}

fn links_of(links: &[(String, String)]) -> Js {
    let mut seen: Vec<&String> = Vec::new();
    let mut list = Vec::new();
    for (label, href) in links {
        if !seen.contains(&label) {
            seen.push(label);
            list.push(Js::Object(vec![("label", Js::text(label)), ("href", Js::text(href))]));
        }
    }
    Js::List(list)
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

/// The title of a chart, unless it is the component's own.
pub(super) fn chart_title(addition: &Addition, number: usize) -> Option<String> {
    let of_topic = addition.topic.as_deref().map(sentence_case);
    let title = addition.title.clone().or(of_topic);
    title.or_else(|| (number > 1).then(|| format!("Monthly sales {number}")))
}

/// Points for the labels that were given; `None` for the component's own sample.
pub(super) fn chart_data(addition: &Addition) -> Option<Js> {
    const VALUES: [i64; 8] = [42, 65, 31, 78, 54, 87, 49, 70];
    let labels: Vec<String> = match (addition.items.len(), addition.count) {
        (0, None) => return None,
        (0, Some(count)) => (1..=count.clamp(2, 12)).map(|number| format!("#{number}")).collect(),
        _ => addition.items.iter().map(|item| title_case(item)).collect(),
    };
    let point = |(at, label): (usize, String)| {
        Js::Object(vec![("label", Js::Text(label)), ("value", Js::Number(VALUES[at % VALUES.len()]))])
    };
    Some(Js::List(labels.into_iter().enumerate().map(point).collect()))
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
        other => format!("This is the place for a few sentences about {other}. Tell people what they should know first."),
    };
    addition.text.clone().unwrap_or(sample)
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
