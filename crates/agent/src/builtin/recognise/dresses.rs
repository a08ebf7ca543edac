//! Wishes about the looks of one section, or of all elements of a kind: `make the title bigger`, `underline the links`.

use super::looks::colours;
use super::phrases::find;
use super::words::Word;
use crate::builtin::intent::{Dress, Element, Intent};

/// What the elements are called. The first kind that a clause names counts.
const ELEMENTS: [(Element, &str); 9] = [
    (
        Element::Subtitle,
        "subtitle, tagline, subheading, sub heading, sub title, intro text, slogan, text below the title, text under the title",
    ),
    (
        Element::Title,
        "title, headline, h1, main heading, header text, hero text, page heading, welcome message, welcome text",
    ),
    (Element::Headings, "heading, h2, section title"),
    (Element::Buttons, "button"),
    (Element::Cards, "card, tile, box"),
    (Element::Links, "link, hyperlink"),
    (Element::Pictures, "image, picture, photo"),
    (Element::Header, "header, top bar, navigation bar, navbar"),
    (Element::Texts, "text, paragraph, font, letter, writing"),
];

/// What a clause wants for the looks of one thing.
pub(super) fn dresses(words: &[Word]) -> Vec<Dress> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let has = |phrases: &str| find(words, phrases).is_some();
    let without = says(&["no", "without", "remove", "less", "reduce"]);
    let mut dresses = Vec::new();
    if says(&[
        "bigger", "larger", "big", "large", "huge", "enlarge", "biger", "wider", "massive", "giant",
        "increase",
    ]) && !has("less big, not so big, too big, too large, too huge")
        || has("too small, too tiny")
    {
        dresses.push(Dress::Size { larger: true });
    } else if says(&["smaller", "small", "tiny", "shrink", "decrease", "little", "reduce"])
        || has("less big, not so big, too big, too large, too huge")
    {
        dresses.push(Dress::Size { larger: false });
    }
    let colours = colours(words);
    let gradient = says(&["gradient", "rainbow", "multicolor", "multicolored"]);
    if gradient {
        let pair = match &colours[..] {
            [from, to, ..] => Some((from.colour, to.colour)),
            _ => None,
        };
        dresses.push(Dress::Gradient(pair));
    } else {
        dresses.extend(colours.last().map(|found| Dress::Colour(found.colour)));
    }
    let simple: [(&str, Dress); 12] = [
        ("shadow, drop shadow", Dress::Shadow),
        ("rounded, round, rounder, pill", Dress::Round),
        ("square, sharp, squared, boxy, angular", Dress::Square),
        ("border, outline, outlined, frame", Dress::Border),
        ("bold, bolder, heavier, thicker, fat", Dress::Bold),
        ("italic, slanted", Dress::Italic),
        ("underline, underlined", Dress::Underlined { yes: !without }),
        ("uppercase, upper case, all caps, capital letter, caps, capitalized, all capital", Dress::Uppercase),
        ("glow, glowing, neon, shine, shiny, sparkle", Dress::Glow),
        ("padding, spacing, space, room, spacious", Dress::Room { more: !without }),
        ("center, middle", Dress::Centred),
        (
            "pulse, bounce, bouncing, blink, blinking, wiggle, shake, animate, animated, pulsate, pulsing, move around",
            Dress::Pulse,
        ),
    ];
    let glows = |dress: &Dress| *dress == Dress::Glow && says(&["neon"]) && !colours.is_empty();
    dresses.extend(
        simple.into_iter().filter(|(phrases, dress)| has(phrases) && !glows(dress)).map(|(_, dress)| dress),
    );
    dresses
}

/// The looks that a clause wants for all elements of a kind; nothing where the page has its own recipe for that.
pub(super) fn restyles(words: &[Word]) -> Vec<Intent> {
    let Some((element, at)) = element(words) else {
        return Vec::new();
    };
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    // A page has these in common, so they are wishes about the page; so is the ground that an element stands on.
    if says(&["background", "theme", "corner", "everything", "gradient"])
        && !says(&["title", "headline", "h1", "link"])
    {
        return Vec::new();
    }
    let own_recipe = |dress: &Dress| match element {
        Element::Texts => matches!(
            dress,
            Dress::Size { .. } | Dress::Colour(_) | Dress::Bold | Dress::Centred | Dress::Round
        ),
        Element::Headings => matches!(dress, Dress::Colour(_) | Dress::Centred),
        Element::Title | Element::Subtitle => matches!(dress, Dress::Centred | Dress::Room { .. }),
        Element::Buttons => matches!(dress, Dress::Colour(_) | Dress::Round),
        Element::Cards => matches!(dress, Dress::Shadow | Dress::Round | Dress::Square),
        Element::Links => matches!(dress, Dress::Colour(_)),
        Element::Header => matches!(dress, Dress::Centred),
        Element::Pictures => false,
    };
    // `make the title blue and the text red`: a colour belongs to the part it stands next to.
    let names_text = element != Element::Texts && says(&["text"]) && !says(&["header", "below", "under"]);
    if names_text && colours(words).len() > 1 {
        return Vec::new();
    }
    let type_of_title = says(&["font", "serif", "handwritten", "cursive"]) && at > 0;
    let all = dresses(words);
    if type_of_title && !all.iter().any(|dress| !matches!(dress, Dress::Round)) {
        return Vec::new();
    }
    if all.iter().any(own_recipe) {
        return Vec::new();
    }
    all.into_iter().map(|dress| Intent::Restyle(element, dress)).collect()
}

fn element(words: &[Word]) -> Option<(Element, usize)> {
    ELEMENTS.iter().find_map(|(element, phrases)| Some((*element, find(words, phrases)?.start)))
}
