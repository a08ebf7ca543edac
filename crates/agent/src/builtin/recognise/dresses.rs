//! Wishes about the looks of one section, or of all elements of a kind: `make the title bigger`, `underline the links`.

use super::looks::colours;
use super::phrases::find;
use super::styles::font;
use super::words::Word;
use crate::builtin::intent::{Dress, Element, Intent};
use crate::builtin::palette::Rgb;

/// What the elements are called. The first kind that a clause names counts.
const ELEMENTS: [(Element, &str); 10] = [
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
    (
        Element::Logo,
        "logo, brand, brand name, app name, site name, name of the app, name of the site, website name",
    ),
    (Element::Texts, "text, paragraph, font, letter, writing"),
];

/// What a clause wants for the looks of one thing.
pub(super) fn dresses(words: &[Word]) -> Vec<Dress> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let has = |phrases: &str| find(words, phrases).is_some();
    let without = says(&["no", "not", "without", "remove", "less", "reduce"]);
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
    let bordered = has("border, outline, frame");
    let gradient = says(&["gradient", "rainbow", "multicolor", "multicolored"]);
    if gradient {
        let pair = match &colours[..] {
            [from, to, ..] => Some((from.colour, to.colour)),
            _ => None,
        };
        dresses.push(Dress::Gradient(pair));
    } else if !bordered {
        dresses.extend(colours.last().map(|found| Dress::Colour(found.colour)));
    }
    let simple: [(&str, Dress); 12] = [
        ("shadow, drop shadow", Dress::Shadow),
        ("rounded, round, rounder, pill", Dress::Round),
        ("square, sharp, squared, boxy, angular", Dress::Square),
        ("border, outline, outlined, frame", Dress::Border(None)),
        ("bold, bolder, heavier, thicker, fat", Dress::Bold),
        ("italic, slanted", Dress::Italic),
        ("underline, underlined", Dress::Underlined { yes: !without }),
        ("uppercase, upper case, all cap, capital letter, cap, capitalized, all capital", Dress::Uppercase),
        ("glow, glowing, neon, shine, shiny, sparkle", Dress::Glow),
        ("padding, spacing, space, room, spacious", Dress::Room { more: !without }),
        ("center, middle", Dress::Centred),
        (
            "animation, pulse, bounce, bouncing, blink, blinking, wiggle, shake, animate, animated, pulsate, pulsing, move around",
            Dress::Pulse,
        ),
    ];
    let glows = |dress: &Dress| *dress == Dress::Glow && says(&["neon"]) && !colours.is_empty();
    let border = colours.last().map(|found| found.colour);
    let coloured = |dress: Dress| if dress == Dress::Border(None) { Dress::Border(border) } else { dress };
    let wanted = simple.into_iter().filter(|(phrases, dress)| has(phrases) && !glows(dress));
    dresses.extend(wanted.map(|(_, dress)| coloured(dress)));
    dresses
}

/// The looks that a clause wants for all elements of a kind; nothing where the page has its own recipe for that.
pub(super) fn restyles(words: &[Word]) -> Vec<Intent> {
    let card = numbered_card(words).map(|element| (element, 1));
    let Some((element, _)) = card.or_else(|| element(words)) else {
        return Vec::new();
    };
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    // A page has these in common, so they are wishes about the page; so is the ground that an element stands on.
    let own_ground = find(
        words,
        "header background, navbar background, card background, button background, background of the header, background of \
            the card, background of the navbar, background color of the header, background color of the card",
    );
    if own_ground.is_none()
        && says(&["background", "theme", "corner", "everything", "gradient"])
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
        Element::Header => matches!(dress, Dress::Centred),
        Element::Pictures | Element::Links | Element::Logo | Element::Intro | Element::Card(_) => false,
    };
    let kinds = ELEMENTS.iter().filter(|(_, phrases)| find(words, phrases).is_some()).count();
    if kinds > 1 && colours(words).len() > 1 {
        return Vec::new();
    }
    // `make the title blue and the text red`: a colour belongs to the part it stands next to.
    let names_text = element != Element::Texts && says(&["text"]) && !says(&["header", "below", "under"]);
    if names_text && colours(words).len() > 1 {
        return Vec::new();
    }
    let all = dresses_or_shade(words);
    let own_type = matches!(
        element,
        Element::Title | Element::Headings | Element::Subtitle | Element::Buttons | Element::Logo
    );
    if let Some(font) = font(words).filter(|_| own_type) {
        return vec![Intent::Restyle(element, Dress::Type(font))];
    }
    if all.iter().any(own_recipe) {
        return Vec::new();
    }
    all.into_iter().map(|dress| Intent::Restyle(element, dress)).collect()
}

/// As [`dresses`]; dark or light is a colour where nothing else is said.
pub(super) fn dresses_or_shade(words: &[Word]) -> Vec<Dress> {
    let found = dresses(words);
    let says = |text: &str| words.iter().any(|word| word.is(text));
    match (found.is_empty(), says("dark"), says("light")) {
        (true, true, false) => vec![Dress::Colour(Rgb(0x1f, 0x24, 0x2e))],
        (true, false, true) => vec![Dress::Colour(Rgb(0xf5, 0xf6, 0xf8))],
        _ => found,
    }
}

/// `the second card`, `the third one`.
pub(super) fn numbered_card(words: &[Word]) -> Option<Element> {
    let ordinals = ["first", "second", "third", "fourth"];
    let at = words.iter().position(|word| word.is_any(&ordinals))?;
    let number = ordinals.iter().position(|ordinal| words[at].is(ordinal))?;
    words.get(at + 1).filter(|word| word.is_any(&["card", "one", "plan", "box", "tile", "item"]))?;
    Some(Element::Card(number + 1))
}

fn element(words: &[Word]) -> Option<(Element, usize)> {
    ELEMENTS.iter().find_map(|(element, phrases)| Some((*element, find(words, phrases)?.start)))
}
