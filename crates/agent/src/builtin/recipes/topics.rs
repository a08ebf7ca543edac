//! What landing pages say, by topic.

mod known;

use known::KNOWN;

/// The texts and the colour of a landing page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Topic {
    pub(super) brand: String,
    pub(super) heading: String,
    pub(super) subtitle: String,
    pub(super) accent: u32,
    pub(super) features_title: String,
    pub(super) features: Vec<(String, String)>,
    pub(super) quotes: Vec<(String, String, String)>,
}

/// The words that name it, its own words, and what it offers.
struct Known {
    words: &'static [&'static str],
    brand: &'static str,
    heading: &'static str,
    subtitle: &'static str,
    accent: u32,
    features_title: &'static str,
    features: [(&'static str, &'static str); 3],
    quotes: [(&'static str, &'static str, &'static str); 2],
}

/// The topic that `subject` names, or one made from its words.
pub(super) fn topic(subject: &str) -> Topic {
    let lower = subject.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let names = |known: &&Known| {
        known
            .words
            .iter()
            .any(|name| words.iter().any(|word| word == name || word.strip_suffix('s') == Some(name)))
    };
    // A barber shop is a barber before it is a shop.
    let trades = KNOWN.iter().filter(names).find(|known| !known.words.contains(&"shop"));
    match trades.or_else(|| KNOWN.iter().find(names)) {
        Some(known) => Topic {
            brand: known.brand.into(),
            heading: known.heading.into(),
            subtitle: known.subtitle.into(),
            accent: known.accent,
            features_title: known.features_title.into(),
            features: known.features.iter().map(|(title, text)| ((*title).into(), (*text).into())).collect(),
            quotes: known
                .quotes
                .iter()
                .map(|(text, name, role)| ((*text).into(), (*name).into(), (*role).into()))
                .collect(),
        },
        None => general(subject),
    }
}

fn general(subject: &str) -> Topic {
    let name = title_case(subject);
    let text = |text: &str| text.replace("{it}", subject);
    Topic {
        heading: text("Everything about {it}, in one place"),
        subtitle: text("A small page for people who care about {it}. Have a look around and get in touch."),
        accent: 0x3b5bdb,
        features_title: "What you can expect".into(),
        features: vec![
            ("Easy to begin".into(), text("New to {it}? You are in the right place.")),
            ("Made with care".into(), "Every detail has been thought through.".into()),
            ("Always reachable".into(), "Questions get an answer, usually on the same day.".into()),
        ],
        quotes: vec![
            (
                "Exactly what I was looking for, and nothing I was not.".into(),
                "Mara Lind".into(),
                "Customer".into(),
            ),
            ("I have told all of my friends.".into(), "Jonas Okafor".into(), "Regular".into()),
        ],
        brand: name,
    }
}

/// The first letter of every word in upper case, the rest as it is.
pub(super) fn title_case(text: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + chars.as_str()
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_topic_has_its_own_words_and_an_unknown_one_is_named() {
        assert_eq!(topic("a bakery").brand, "Sunday Bakery");
        assert_eq!(topic("bakeries in Rome").brand, "Sunday Bakery");
        let unknown = topic("beekeeping");
        assert_eq!(unknown.brand, "Beekeeping");
        assert!(unknown.heading.contains("beekeeping"));
    }
}
