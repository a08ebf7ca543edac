//! Lists in a prompt: items, items with prices, fields of a form, networks.

use super::numbers::number;
use super::values::{as_written, quoted, without_articles};
use super::words::{Kind, Word};

/// The most entries of a list that are taken.
const ITEMS_MAX: usize = 12;

/// A list of items: `with milk, eggs and bread`, `: milk, eggs`, `for home, about and contact`.
pub(super) fn items(prompt: &str, words: &[Word], leads: &[&str]) -> Vec<String> {
    let quoted = quoted(words);
    if quoted.len() > 1 {
        return quoted;
    }
    let leads_items = |word: &Word| word.kind == Kind::Colon || word.is_any(leads);
    let first = words.iter().position(leads_items);
    // `with temperatures for Monday, Tuesday`: the list begins after the last lead before its first comma.
    let first_end = first.and_then(|first| {
        let separator = words[first..].iter().position(|word| word.kind == Kind::Comma || word.is("and"));
        separator.map(|offset| first + offset)
    });
    let lead = first_end.and_then(|end| words[..end].iter().rposition(leads_items)).or(first);
    let Some(lead) = lead else {
        return Vec::new();
    };
    let filler = [
        "item",
        "task",
        "link",
        "entry",
        "option",
        "the",
        "following",
        "column",
        "label",
        "name",
        "to",
        "page",
        "as",
        "of",
        "button",
    ];
    let mut rest = &words[lead + 1..];
    while rest.first().is_some_and(|word| word.is_any(&filler) || word.kind == Kind::Colon) {
        rest = &rest[1..];
    }
    let parts: Vec<&[Word]> =
        rest.split(|word| word.kind == Kind::Comma || word.is_any(&["and", "or"])).collect();
    let stops = |word: &Word| word.is_any(&["in", "that", "which", "where", "so", "at", "when"]);
    // `Emma, Olu and Chris to decide who does the dishes`
    let until_purpose = |part: &[Word]| {
        let purpose = |pair: &[Word]| {
            pair[0].is("to")
                && pair[1].is_any(&["decide", "choose", "pick", "see", "find", "show", "help", "determine"])
        };
        part.windows(2).position(purpose).unwrap_or(part.len())
    };
    let items: Vec<String> = parts
        .iter()
        .map(|part| part.split(stops).next().unwrap_or(part))
        .map(|part| &part[..until_purpose(part)])
        .filter(|part| (1..=6).contains(&part.len()))
        .filter_map(|part| as_written(prompt, without_articles(part)))
        .take(ITEMS_MAX)
        .collect();
    let describes =
        rest.iter().any(|word| word.is_any(DESCRIBES)) || rest.iter().any(|word| number(word).is_some());
    if describes || items.len() < 2 { Vec::new() } else { items }
}

/// Words that describe how a thing works, rather than what it holds.
const DESCRIBES: &[&str] = &[
    "add",
    "delete",
    "remove",
    "edit",
    "tick",
    "check",
    "checkbox",
    "filter",
    "storage",
    "button",
    "drag",
    "i",
    "can",
    "ability",
    "validation",
    "message",
    "email",
    "feature",
    "animation",
    "color",
    "start",
    "stop",
    "pause",
    "reset",
    "local",
    "placeholder",
    "functionality",
    "working",
    "input",
    "field",
    "progress",
    "score",
    "hover",
    "icon",
    "border",
    "shadow",
    "nice",
    "smooth",
    "answer",
    "question",
    "toggle",
    "dark",
    "sort",
    "sorting",
    "sample",
    "some",
    "few",
];

/// Items with a number each: `pizza 8, pasta 12.50 and wine for 6`.
pub(super) fn priced(prompt: &str, words: &[Word]) -> Vec<(String, String)> {
    let lead = |word: &Word| word.is_any(&["with", "for", "containing", "showing"]);
    // What stands after a colon is the list, whatever was said before it.
    let colon = words.iter().position(|word| word.kind == Kind::Colon);
    let from = colon.or_else(|| words.iter().position(lead));
    let rest = &words[from.map_or(0, |lead| lead + 1)..];
    let parts = rest.split(|word| word.kind == Kind::Comma || word.is("and"));
    let one = |part: &[Word]| {
        let value = |word: &Word| word.kind == Kind::Plain && word.text.parse::<f64>().is_ok();
        let at = part.iter().rposition(value)?;
        let fillers = [
            "for", "at", "is", "cost", "costing", "a", "an", "the", "percent", "dollar", "euro", "usd", "eur",
        ];
        let is_name = |word: &&Word| word.kind == Kind::Plain && !word.is_any(&fillers);
        let name: Vec<Word> = part[..at].iter().filter(is_name).cloned().collect();
        Some((as_written(prompt, &name)?, part[at].text.clone()))
    };
    let found: Vec<_> = parts.filter_map(one).take(ITEMS_MAX).collect();
    if found.len() < 2 { in_turns(prompt, rest) } else { found }
}

/// Names and numbers in turns, with nothing between them: `sales per month Jan 10 Feb 20 Mar 15`.
fn in_turns(prompt: &str, words: &[Word]) -> Vec<(String, String)> {
    let value = |word: &Word| word.kind == Kind::Plain && word.text.parse::<f64>().is_ok();
    let pairs: Vec<_> = words
        .windows(2)
        .filter(|pair| pair[0].kind == Kind::Plain && !value(&pair[0]) && value(&pair[1]))
        .filter_map(|pair| Some((as_written(prompt, &pair[..1])?, pair[1].text.clone())))
        .take(ITEMS_MAX)
        .collect();
    let gapless = words.iter().skip_while(|word| !value(word)).count()
        == pairs.len() * 2 - usize::from(!pairs.is_empty());
    if pairs.len() >= 3 && gapless { pairs } else { Vec::new() }
}

/// What forms ask for, beyond a name, an email address and a message.
const FIELDS: &[&str] = &[
    "name",
    "email",
    "message",
    "phone",
    "telephone",
    "date",
    "time",
    "address",
    "guest",
    "age",
    "city",
    "company",
    "subject",
    "number",
    "people",
    "country",
    "birthday",
    "budget",
    "size",
    "quantity",
    "product",
    "service",
    "website",
    "street",
    "zip",
    "postcode",
    "comment",
    "note",
    "question",
    "rating",
    "gender",
    "position",
    "arrival",
    "departure",
];

/// The fields that a form is asked for with; none where only some words of the list are fields.
pub(super) fn fields(prompt: &str, words: &[Word]) -> Vec<String> {
    let lead = words.iter().position(|word| {
        word.kind == Kind::Colon
            || word.is_any(&[
                "with",
                "collect",
                "collecting",
                "asking",
                "for",
                "including",
                "containing",
                "where",
            ])
    });
    let Some(lead) = lead else {
        return Vec::new();
    };
    let is_field =
        |part: &&[Word]| (1..=5).contains(&part.len()) && part.iter().any(|word| word.is_any(FIELDS));
    let parts: Vec<&[Word]> = words[lead + 1..]
        .split(|word| word.kind == Kind::Comma || word.is("and"))
        .map(without_articles)
        .filter(|part| !part.is_empty())
        .collect();
    if !parts.iter().all(is_field) {
        return Vec::new();
    }
    let label = |part: &&[Word]| {
        let end = part.iter().position(|word| word.is_any(&["field", "input"])).unwrap_or(part.len());
        let start =
            part.iter().position(|word| !word.is_any(&["field", "for", "input", "of", "their"])).unwrap_or(0);
        as_written(prompt, &part[start..end.max(start + 1).min(part.len())])
    };
    // `name email and message` has no comma where there should be one.
    let several =
        |part: &&[Word]| part.len() > 1 && part.iter().all(|word| word.is_any(FIELDS) && !word.is("number"));
    let parts: Vec<&[Word]> = parts
        .iter()
        .flat_map(|part| if several(part) { part.chunks(1).collect() } else { vec![*part] })
        .collect();
    parts.iter().filter_map(label).take(ITEMS_MAX).collect()
}

/// The names of columns: `with 3 columns To do, Doing, Done`, `columns: New, Open and Closed`.
pub(super) fn columns(prompt: &str, words: &[Word]) -> Vec<String> {
    let named = after(prompt, words, &["column", "list", "lane", "stage", "status"]);
    if named.is_empty() { items(prompt, words, &["with"]) } else { named }
}

/// The list that follows one of these words, with or without a colon.
pub(super) fn after(prompt: &str, words: &[Word], leads: &[&str]) -> Vec<String> {
    let Some(at) = words.iter().position(|word| word.is_any(leads)) else {
        return Vec::new();
    };
    let rest = &words[at + 1..];
    let skipped = rest.iter().take_while(|word| {
        word.kind == Kind::Colon || word.is_any(&["of", "like", "named", "called", "are"])
    });
    let rest = &rest[skipped.count()..];
    let ends = |word: &Word| word.is_any(&["i", "where", "that", "which", "so", "can"]);
    let rest = rest.split(ends).next().unwrap_or_default();
    let parts = rest.split(|word| word.kind == Kind::Comma || word.is("and"));
    let listed: Vec<String> = parts
        .filter(|part| (1..=3).contains(&part.len()))
        .filter_map(|part| as_written(prompt, part))
        .take(ITEMS_MAX)
        .collect();
    if listed.len() > 1 { listed } else { Vec::new() }
}

/// The networks that are named, as they spell themselves.
pub(super) fn networks(words: &[Word]) -> Vec<String> {
    let known = [
        ("instagram", "Instagram"),
        ("facebook", "Facebook"),
        ("twitter", "X"),
        ("x", "X"),
        ("linkedin", "LinkedIn"),
        ("youtube", "YouTube"),
        ("tiktok", "TikTok"),
        ("github", "GitHub"),
        ("pinterest", "Pinterest"),
        ("discord", "Discord"),
        ("mastodon", "Mastodon"),
        ("twitch", "Twitch"),
        ("whatsapp", "WhatsApp"),
    ];
    let named =
        |word: &Word| known.iter().find(|(name, _)| word.is(name)).map(|(_, shown)| (*shown).to_owned());
    words.iter().filter_map(named).collect()
}

/// Figures with what they count: `500 customers, 99% satisfaction`.
pub(super) fn figures(prompt: &str, words: &[Word]) -> Vec<(String, String)> {
    let from =
        words.iter().position(|word| word.kind == Kind::Colon || word.is_any(&["with", "like", "showing"]));
    let rest = &words[from.map_or(0, |lead| lead + 1)..];
    let one = |part: &[Word]| {
        let first = part.first().filter(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))?;
        let written = prompt.get(first.span.start..)?;
        let value: String = written.chars().take_while(|c| !c.is_whitespace()).collect();
        Some((as_written(prompt, &part[1..])?, value))
    };
    let found: Vec<_> = rest
        .split(|word| word.kind == Kind::Comma || word.is("and"))
        .filter_map(one)
        .take(ITEMS_MAX)
        .collect();
    if found.len() < 2 { Vec::new() } else { found }
}
