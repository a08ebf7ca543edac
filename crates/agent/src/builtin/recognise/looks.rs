//! Wishes about looks: colours and what they are for, themes, type, shape.

use super::clauses::{Clause, Verb};
use super::dresses::{dresses, restyles};
use super::phrases::find;
use super::styles::{style, unwanted};
use super::things::Thing;
use super::words::{Kind, Word};
use crate::builtin::intent::{Dress, Element, Intent, Part, Section, Style, Theme};
use crate::builtin::palette::{Mode, Rgb, colour_phrase, named_theme, parse_function, parse_hex};

/// Words that make the word before them a theme.
const THEME_NOUNS: &[&str] = &[
    "theme",
    "style",
    "color",
    "palette",
    "look",
    "vibe",
    "mode",
    "feel",
    "scheme",
    "tone",
    "feeling",
    "mood",
    "design",
    "aesthetic",
    "styling",
    "skin",
    "inspired",
    "themed",
    "styled",
    "vibes",
    "atmosphere",
    "ish",
    "like",
];

/// A colour in a clause: which, and the words it takes.
pub(super) struct Found {
    pub(super) colour: Rgb,
    pub(super) at: usize,
    pub(super) words: usize,
}

/// The colours a clause names, in order.
pub(super) fn colours(words: &[Word]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let next = words.get(at + 1).filter(|next| next.kind == Kind::Plain);
        let phrase = (word.kind == Kind::Plain)
            .then(|| {
                let literal =
                    parse_hex(&word.text).or_else(|| parse_function(&word.text)).map(|colour| (colour, 1));
                literal.or_else(|| colour_phrase(&word.text, next.map(|next| next.text.as_str())))
            })
            .flatten();
        match phrase {
            Some((colour, count)) => {
                found.push(Found { colour, at, words: count });
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Everything a clause without a thing of its own wants for the looks of the page.
pub(super) fn wishes(clause: &Clause<'_>) -> Vec<Intent> {
    let words = clause.words;
    if clause.verb == Some(Verb::Remove)
        && let Some(effect) = unwanted(words)
    {
        return vec![Intent::Style(Style::Without(effect))];
    }
    // What is said so plainly is meant, whatever else is named.
    if let Some(certain) = style(words).filter(|style| {
        matches!(
            style,
            Style::Hover(_) | Style::Glass | Style::Columns(_) | Style::IntroGap { .. } | Style::ButtonsRight
        )
    }) {
        return vec![Intent::Style(certain)];
    }
    let restyles = restyles(words);
    if !restyles.is_empty() {
        return restyles;
    }
    let mut wishes: Vec<Intent> = style(words).map(Intent::Style).into_iter().collect();
    // Snow is weather here, and the winter theme elsewhere.
    if wishes == [Intent::Style(Style::Snow)] {
        return wishes;
    }
    let colours = colours(words);
    if find(words, "gradient").is_some() {
        let pair = match &colours[..] {
            [from, to, ..] => Some((from.colour, to.colour)),
            [one] => Some((one.colour, one.colour)),
            [] => None,
        };
        wishes.push(Intent::Gradient(pair));
        return wishes;
    }
    let better = says_any(
        words,
        &["cool", "nice", "fancy", "beautiful", "interesting", "better", "animated", "cooler", "nicer"],
    );
    if colours.is_empty() && better && find(words, "background").is_some() {
        wishes.push(Intent::Gradient(None));
        return wishes;
    }
    // Text is made darker or lighter by its own colour.
    if colours.is_empty()
        && find(words, "text darker, font darker, darker text, darker font, text black").is_some()
    {
        wishes.push(Intent::Paint(Part::Text, Rgb(0x11, 0x11, 0x11)));
        return wishes;
    }
    if let Some(theme) = theme(words, &colours) {
        wishes.push(theme);
        return wishes;
    }
    wishes.extend(painted(words, &colours));
    if wishes.is_empty() && colours.is_empty() {
        wishes.extend(
            mode(clause).map(|mode| Intent::Theme(Theme { name: None, seed: None, mode: Some(mode) })),
        );
    }
    wishes
}

/// `make the hero as high as the screen, with a gradient from orange to pink`: what the page begins with.
pub(super) fn opening(clause: &Clause<'_>, things: &[Thing]) -> Option<Vec<Intent>> {
    let [thing] = things else {
        return None;
    };
    if thing.section != Section::Hero || style(clause.words) != Some(Style::FullHeight) {
        return None;
    }
    let gradient = dresses(clause.words)
        .into_iter()
        .filter(|dress| matches!(dress, Dress::Gradient(_) | Dress::Colour(_)));
    let mut wishes = vec![Intent::Style(Style::FullHeight)];
    wishes.extend(gradient.map(|dress| Intent::Dress(Section::Hero, dress)));
    Some(wishes)
}

fn says_any(words: &[Word], texts: &[&str]) -> bool {
    words.iter().any(|word| word.is_any(texts))
}

/// A theme with a name: `an ocean theme`, `make it look like a sunset`.
fn theme(words: &[Word], colours: &[Found]) -> Option<Intent> {
    let named = words.iter().enumerate().filter(|(_, word)| word.kind == Kind::Plain);
    let mut named = named.filter_map(|(at, word)| {
        Some((at, named_theme(&word.text).or_else(|| named_theme(word.text.strip_suffix('y')?))?))
    });
    let first = named.next()?;
    // `retro 80s neon`: what is narrower counts.
    let (at, theme) = if first.1.name == "retro" {
        named.find(|(_, other)| other.name != "retro").unwrap_or(first)
    } else {
        first
    };
    let colour_word = colours.iter().any(|found| (found.at..found.at + found.words).contains(&at));
    let says_theme = words.iter().any(|word| word.is_any(THEME_NOUNS));
    let whole = words.iter().any(|word| {
        word.is_any(&["it", "page", "everything", "site", "app", "this", "website", "whole", "feel", "more"])
    });
    let bare = words.len() <= 3;
    let painted_part = target(words, at).is_some_and(|part| part != Part::Background);
    if colour_word && !says_theme || painted_part || !(says_theme || whole || bare) {
        return None;
    }
    // `a dark blue theme` is blue, and dark.
    let other = colours.iter().find(|found| !(found.at..found.at + found.words).contains(&at));
    let dark_only = theme.name == "dark";
    if dark_only && (other.is_some() || is_dark_shade(words, at)) {
        return None;
    }
    if dark_only {
        return Some(Intent::Theme(Theme { name: None, seed: None, mode: Some(Mode::Dark) }));
    }
    let dark = words.iter().any(|word| word.is("dark"));
    let light = words.iter().any(|word| word.is("light"));
    let mode = if dark {
        Some(Mode::Dark)
    } else if light {
        Some(Mode::Light)
    } else {
        theme.mode
    };
    let seed = other.map_or(theme.seed, |found| found.colour);
    Some(Intent::Theme(Theme { name: Some(theme.name), seed: Some(seed), mode }))
}

fn is_dark_shade(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| colour_phrase(&next.text, None).is_some())
}

/// Colours, each for the part of the page it stands next to; without one, for the page.
fn painted(words: &[Word], colours: &[Found]) -> Vec<Intent> {
    let replaced = |found: &Found| {
        let after = words.get(found.at + found.words);
        let before = found.at.checked_sub(1).map(|at| &words[at]);
        let mentions = |word: Option<&Word>, texts: &[&str]| word.is_some_and(|word| word.is_any(texts));
        let from = mentions(before, &["from", "of"]) && find(words, "instead of, from").is_some();
        let then_other = mentions(after, &["to", "into", "with"])
            && colours.len() > 1
            && found.at < colours[colours.len() - 1].at;
        from || then_other || find(&words[..found.at], "instead of, rather than").is_some()
    };
    let mut wishes: Vec<Intent> = Vec::new();
    let kept: Vec<&Found> = colours.iter().filter(|found| !replaced(found)).collect();
    let kept_count = kept.len();
    let mut themed = false;
    for found in kept {
        let on_button =
            kept_count > 1 && words.get(found.at + found.words).is_some_and(|word| word.is("text"));
        match target(words, found.at) {
            _ if of_links(words, found) => {
                wishes.push(Intent::Restyle(Element::Links, Dress::Colour(found.colour)))
            }
            Some(Part::Buttons) if on_button => {
                wishes.push(Intent::Restyle(Element::Buttons, Dress::Colour(found.colour)));
            }
            Some(part) => wishes.push(Intent::Paint(part, found.colour)),
            // `black and gold`: the second colour is for what stands out.
            None if themed && joined(words, found) => wishes.push(Intent::Paint(Part::Buttons, found.colour)),
            None if themed => {}
            None => {
                themed = true;
                wishes.push(whole_page(words, found.colour));
            }
        }
    }
    wishes
}

/// Whether a colour is the second of a pair, and one that can stand out.
fn joined(words: &[Word], found: &Found) -> bool {
    let hue = (0.008..=0.95).contains(&found.colour.luminance());
    hue && found.at.checked_sub(1).is_some_and(|before| words[before].is_any(&["and", "with"]))
}

/// Whether a colour stands right beside the word for links.
fn of_links(words: &[Word], found: &Found) -> bool {
    let end = (found.at + found.words + 1).min(words.len());
    let beside = &words[found.at.saturating_sub(1)..end];
    beside.iter().any(|word| word.is_any(&["link", "hyperlink"]))
}

/// A colour for the whole page; black and white are backgrounds, not hues.
fn whole_page(words: &[Word], colour: Rgb) -> Intent {
    let luminance = colour.luminance();
    let extreme = |found: &Found| !(0.008..=0.95).contains(&found.colour.luminance());
    let all = colours(words);
    let followed =
        all.first().is_some_and(|found| found.colour == colour) && !all.iter().skip(1).any(extreme);
    if followed && !(0.008..=0.95).contains(&luminance) {
        return Intent::Paint(Part::Background, colour);
    }
    let says = |text: &str| words.iter().any(|word| word.is(text));
    let about_theme = words.iter().any(|word| word.is_any(&["theme", "mode", "scheme", "palette"]));
    let mode = match (says("dark"), says("light")) {
        (true, false) if about_theme => Some(Mode::Dark),
        (false, true) if about_theme => Some(Mode::Light),
        _ => None,
    };
    Intent::Theme(Theme { name: None, seed: Some(colour), mode })
}

/// The part of the page that stands nearest to a colour.
fn target(words: &[Word], colour: usize) -> Option<Part> {
    let part = |word: &Word| match word.text.as_str() {
        _ if word.kind != Kind::Plain => None,
        "background" | "backdrop" | "wallpaper" => Some(Part::Background),
        "text" | "letter" | "writing" | "word" | "font" | "paragraph" | "body" => Some(Part::Text),
        "heading" | "title" | "headline" | "h1" | "header" => Some(Part::Headings),
        "button" | "accent" | "highlight" | "primary" | "icon" | "logo" | "brand" => Some(Part::Buttons),
        _ => None,
    };
    let whole = |word: &Word| word.is_any(&["scheme", "theme", "palette", "everything"]);
    let near = |(at, word): (usize, &Word)| {
        let named = part(word).map(Some).or_else(|| whole(word).then_some(None))?;
        Some((at.abs_diff(colour), named))
    };
    // `heading text` is a heading, `background color` a background: the first of two neighbours counts.
    let nearest = words.iter().enumerate().filter_map(near).min_by_key(|(distance, _)| *distance);
    nearest.filter(|(distance, _)| *distance <= 8).and_then(|(_, part)| part).map(|part| {
        let says = |text: &str| words.iter().any(|word| word.is(text));
        if part == Part::Text && ["heading", "title", "headline", "header"].iter().any(|text| says(text)) {
            Part::Headings
        } else if part == Part::Text && says("button") {
            Part::Buttons
        } else {
            part
        }
    })
}

/// Light or dark as a whole: `make it dark`, `switch to dark mode`.
fn mode(clause: &Clause<'_>) -> Option<Mode> {
    let words = clause.words;
    let wanted = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let removed = clause.verb == Some(Verb::Remove);
    if wanted(&["dark", "darker", "darkmode", "night"]) {
        Some(if removed { Mode::Light } else { Mode::Dark })
    } else if wanted(&["light", "lighter", "brighter", "bright", "lightmode"]) {
        Some(Mode::Light)
    } else {
        None
    }
}
