//! What a wish for a page says beyond its subject: its name, its style, what it is good for, how to reach people.

use super::clauses::{Clause, Verb};
use super::contacts::{contacts, mail, moment};
use super::phrases::{find, sections};
use super::words::{Kind, Word};
use super::{lexicon, looks, values};
use crate::builtin::intent::{Addition, Intent, PageKind, Section, Slot, Theme};
use crate::builtin::palette::{Mode, named_theme};

/// The wishes beside the page itself. A name within its subject is taken out of it.
pub(super) fn of_page(prompt: &str, words: &[Word], page: &mut Intent) -> Vec<Intent> {
    let mut intents = Vec::new();
    let personal =
        matches!(page, Intent::Page(PageKind::Wedding | PageKind::Invitation | PageKind::About, _));
    let quoted = values::quoted(words);
    let only = match &quoted[..] {
        [name] if find(words, "say, saying, says, text, heading, headline, title").is_none() => {
            Some(name.clone())
        }
        _ => None,
    };
    let name =
        values::title(prompt, words).or(only).or_else(|| if personal { None } else { proper_name(page) });
    intents.extend(name.map(Intent::Name));
    intents.extend(promise(prompt, words).map(|promise| Intent::SetText(Slot::Heading, promise)));
    intents.extend(styles(words));
    let mut lines = contacts(prompt);
    let occasion =
        matches!(page, Intent::Page(PageKind::Wedding | PageKind::Invitation | PageKind::Event, _));
    if let Some(moment) = moment(prompt).filter(|_| occasion) {
        let mut items = vec![format!("When: {moment}")];
        let place = venue(prompt, words).or_else(|| lines.pop().filter(|line| line.starts_with("Address")));
        items.extend(place.map(|place| format!("Where: {}", place.trim_start_matches("Address: "))));
        intents.push(Intent::Add(Addition { items, ..Addition::of(Section::EventDetails) }));
    }
    if !lines.is_empty() && !personal {
        intents.push(Intent::Add(Addition { items: lines, ..Addition::of(Section::ContactInfo) }));
    }
    intents
}

/// `restaurant Nonna Pia`: what is written like a name at the end of the subject is the name.
fn proper_name(page: &mut Intent) -> Option<String> {
    let subject = match page {
        Intent::Landing(subject) | Intent::Page(_, subject) => subject,
        _ => return None,
    };
    // `Praxis in Augsburg` came through as `to Augsburg`: a place is no part of the name.
    if let Some((before, _)) = subject.split_once(" to ") {
        *subject = before.to_owned();
    }
    let words: Vec<&str> = subject.split_whitespace().collect();
    let capital =
        |word: &&&str| word.starts_with(char::is_uppercase) || matches!(**word, "&" | "and" | "de" | "of");
    let tail = words.iter().rev().take_while(capital).count();
    let first = words.len() - tail;
    let start = (first..words.len()).find(|at| words[*at].starts_with(char::is_uppercase))?;
    // One word in capitals alone is a kind of thing as likely as a name: `SaaS`, `Bakery`.
    if start == 0 && words.len() < 2
        || words[start].chars().filter(|c| c.is_uppercase()).count() > 1 && words.len() - start == 1
    {
        return None;
    }
    // A lone noun after an adjective is what the page is for: `small Bakery`.
    let adjective = start > 0 && values::is_plain_adjective(words[start - 1]);
    if words.len() - start == 1 && adjective {
        return None;
    }
    let name = words[start..].join(" ");
    if start > 0 {
        *subject = words[..start].join(" ");
    }
    Some(name)
}

/// `at the Old Mill`, `in Central Park`: a place that is written like a name.
fn venue(prompt: &str, words: &[Word]) -> Option<String> {
    let capital = |word: &&Word| {
        word.kind == Kind::Plain
            && prompt.get(word.span.clone()).is_some_and(|text| text.starts_with(char::is_uppercase))
    };
    (0..words.len()).filter(|at| words[*at].is_any(&["at", "in"])).find_map(|at| {
        let rest = &words[at + 1..];
        let article = usize::from(rest.first().is_some_and(|word| word.is("the")));
        let length = rest[article..].iter().take(4).take_while(capital).count();
        values::as_written(prompt, &rest[..article + length]).filter(|_| length > 0)
    })
}

/// `that helps dentists reduce no-shows`: what a page has to say first.
fn promise(prompt: &str, words: &[Word]) -> Option<String> {
    let found = find(words, "that help, which help, to help, helping")?;
    let rest = &words[found.end..];
    let end = rest.iter().position(|word| word.kind != Kind::Plain || word.is_any(&["with", "including"]));
    let rest = &rest[..end.unwrap_or(rest.len())];
    let text = values::as_written(prompt, rest).filter(|_| rest.len() > 1)?;
    Some(format!("We help {text}"))
}

/// Words that a part of a prompt about looks consists of, beside colours and names of themes.
const PLAIN: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "in",
    "with",
    "of",
    "very",
    "style",
    "theme",
    "look",
    "feel",
    "vibe",
    "design",
    "color",
    "background",
    "text",
    "letter",
    "font",
    "heading",
    "title",
    "button",
    "accent",
    "scheme",
    "palette",
    "serif",
    "sans",
    "monospace",
    "rounded",
    "handwritten",
    "dark",
    "light",
    "mode",
    "white",
    "space",
    "lot",
    "whitespace",
    "spacing",
    "more",
    "big",
    "bold",
    "large",
    "gradient",
    "shadow",
    "animation",
    "clean",
    "bright",
    "colorful",
    "corner",
    "use",
    "tone",
    "aesthetic",
    "animated",
    "make",
    "it",
    "should",
    "be",
    "look",
    "themed",
    "themes",
];

/// The parts of a wish for a page that speak of its looks: `minimal`, `serif font`, `black background`.
fn styles(words: &[Word]) -> Vec<Intent> {
    let parts = words.split(|word| word.kind != Kind::Plain || word.is_any(&["with"]));
    // The first part names the page and what it is for.
    parts.skip(1).flat_map(style).collect()
}

fn style(part: &[Word]) -> Vec<Intent> {
    let colours: usize = looks::colours(part).iter().map(|found| found.words).sum();
    let theme = part.iter().find_map(|word| named_theme(&word.text));
    let plain = part.iter().filter(|word| word.is_any(PLAIN)).count();
    let speaks = colours > 0
        || theme.is_some()
        || plain > 1
        || part.iter().any(|word| word.is_any(&["dark", "colorful"]));
    let others = part.len().saturating_sub(plain + colours + usize::from(theme.is_some()));
    if part.is_empty() || !speaks || others > 0 {
        return Vec::new();
    }
    let clause = Clause { words: part, verb: Some(Verb::Change), own_verb: false };
    let wishes = looks::wishes(&clause);
    match theme {
        Some(theme) if wishes.is_empty() => {
            vec![Intent::Theme(Theme {
                name: Some(theme.name),
                seed: Some(theme.seed),
                mode: theme.mode.or(Some(Mode::Light)),
            })]
        }
        _ => wishes,
    }
}

/// `add my email ada@example.org at the bottom`: a way to reach somebody, where nothing else is named.
pub(super) fn reached(prompt: &str, clause: &Clause<'_>) -> Option<Intent> {
    if !sections(clause.words).is_empty() || clause.verb == Some(Verb::Remove) {
        return None;
    }
    let span = clause.words.first()?.span.start..clause.words.last()?.span.end;
    let said = prompt.get(span)?;
    let asks = clause.words.iter().any(|word| word.is_any(lexicon::ADD)) || mail(said).is_some();
    let items = contacts(said);
    (asks && !items.is_empty()).then(|| {
        let title = Some("Contact".to_owned());
        let place = values::place(clause.words);
        Intent::Add(Addition { items, title, place, ..Addition::of(Section::ContactInfo) })
    })
}
