//! The looks of one section, or of every element of a kind: size, colour, weight, shape.

use super::super::edit::css;
use super::super::intent::{Dress, Element, Section};
use super::super::palette::{Palette, Rgb, said};
use super::looks::family;
use super::page::{Page, Sorry};

/// Stands before every selector: it wins over the rules of sections and of the template's own style sheets, whatever
/// the framework adds to those.
const WINS: &str = ":root:root body";

const PULSE: &str = "\
@keyframes pulse {
  50% {
    transform: scale(1.05);
  }
}
";

/// How large a thing can become, and how small.
const ZOOM: (f64, f64) = (0.5, 2.5);

/// Changes the looks of one section, in its own style sheet.
pub(super) fn section(page: &mut Page<'_>, section: Section, dress: Dress) -> Result<String, Sorry> {
    let entry = section.entry();
    let noun = entry.noun;
    if page.count_of(section) == 0 && section == Section::NavBar {
        return Ok(elements(page, Element::Header, dress));
    }
    if page.count_of(section) == 0 && section == Section::Hero {
        return Ok(elements(page, Element::Intro, dress));
    }
    if page.count_of(section) == 0 {
        return Err(format!("There is no {noun} on the page that I could change."));
    }
    let class = entry.widget.split("class=\"").nth(1).and_then(|rest| rest.split('"').next());
    let (Some(class), path) = (class, entry.css_path()) else {
        return Err(format!("I have no recipe that changes the {noun} in that way."));
    };
    let selector = format!(".{class}");
    let Some(text) = page.draft.text(&path) else {
        return Err(format!("I did not find the style of the {noun}."));
    };
    let mut properties = declarations(dress, css::value(&text, &selector, "zoom"));
    if let Dress::Colour(colour) = dress {
        properties = ground(&Palette::on_background(colour, colour));
        // A coloured ground that nothing stands away from looks like a mistake.
        if css::value(&text, &selector, "padding").is_none() {
            properties.extend([("padding", "1.75rem 1.5rem".into()), ("border-radius", "1.25rem".into())]);
        }
    }
    let edited = css::set(&text, &selector, &borrowed(&properties));
    page.draft.set(&path, with_keyframes(edited, dress));
    Ok(sentence(noun, dress))
}

/// Changes the looks of every element of a kind, in the page's style sheet.
pub(super) fn elements(page: &mut Page<'_>, element: Element, dress: Dress) -> String {
    let (noun, selectors): (&str, &[&str]) = match element {
        Element::Title => ("title", &["h1"]),
        Element::Headings => ("headings", &["h1", "h2", "h3"]),
        Element::Subtitle => ("text below the title", &["h1 + p"]),
        Element::Texts => ("text", &["p"]),
        Element::Buttons => ("buttons", &["button"]),
        Element::Cards => ("cards", &["main :is(li, article):has(h3)"]),
        Element::Links => ("links", &["a"]),
        Element::Pictures => ("pictures", &["main :is(img, svg[role=\"img\"])"]),
        Element::Header => ("header", &["header"]),
        Element::Intro => ("introduction", &["main > :is(.hero, :first-child):has(h1)"]),
        Element::Logo => ("logo", &[":is(.logo, .brand, .nav-bar-brand)"]),
        Element::Card(1) => ("first card", &["main :is(li, article):nth-child(1):has(h3)"]),
        Element::Card(2) => ("second card", &["main :is(li, article):nth-child(2):has(h3)"]),
        Element::Card(3) => ("third card", &["main :is(li, article):nth-child(3):has(h3)"]),
        Element::Card(_) => ("fourth card", &["main :is(li, article):nth-child(4):has(h3)"]),
    };
    let selector = selectors.iter().map(|name| format!("{WINS} {name}")).collect::<Vec<_>>().join(", ");
    page.edit_styles(|text| {
        let now = css::value(text, &selector, "zoom");
        let properties = match (dress, element) {
            (Dress::Colour(colour), Element::Cards | Element::Header | Element::Card(_)) => {
                ground(&Palette::on_background(colour, colour))
            }
            (Dress::Colour(colour), Element::Intro) => ground(&Palette::on_background(colour, colour)),
            (Dress::Gradient(colours), Element::Intro) => sky(colours),
            (dress, _) => declarations(dress, now),
        };
        with_keyframes(css::set(text, &selector, &borrowed(&properties)), dress)
    });
    sentence(noun, dress)
}

/// The declarations for a change of looks; `zoom` is the size the thing has now.
fn declarations(dress: Dress, zoom: Option<&str>) -> Vec<(&'static str, String)> {
    let all: &[(&'static str, &str)] = match dress {
        Dress::Colour(colour) => return vec![("color", colour.to_string())],
        Dress::Size { larger } => {
            let now: f64 = zoom.and_then(|value| value.parse().ok()).unwrap_or(1.0);
            let zoom = (now + if larger { 0.25 } else { -0.2 }).clamp(ZOOM.0, ZOOM.1);
            return vec![("zoom", format!("{zoom:.2}"))];
        }
        Dress::Gradient(colours) => {
            let value = match colours {
                Some((from, to)) => format!("linear-gradient(90deg, {from}, {to})"),
                None => "linear-gradient(90deg, var(--accent), color-mix(in oklch, var(--accent), #e11d74))"
                    .into(),
            };
            return vec![
                ("background-image", value),
                ("background-clip", "text".into()),
                ("color", "transparent".into()),
            ];
        }
        Dress::Border(colour) => {
            let colour = colour.map_or_else(|| "var(--accent)".to_owned(), |colour| colour.to_string());
            return vec![("border", format!("2px solid {colour}"))];
        }
        Dress::Type(font) => return vec![("font-family", family(font).1.to_owned())],
        Dress::Shadow => &[("box-shadow", "0 14px 34px rgb(0 0 0 / 0.2)")],
        Dress::Round => &[("border-radius", "28px")],
        Dress::Square => &[("border-radius", "2px")],
        Dress::Bold => &[("font-weight", "800")],
        Dress::Italic => &[("font-style", "italic")],
        Dress::Underlined { yes: true } => {
            &[("text-decoration", "underline"), ("text-underline-offset", "0.2em")]
        }
        Dress::Underlined { yes: false } => &[("text-decoration", "none")],
        Dress::Uppercase => &[("text-transform", "uppercase"), ("letter-spacing", "0.04em")],
        Dress::Glow => &[("text-shadow", "0 0 0.15em var(--accent), 0 0 0.6em var(--accent)")],
        Dress::Room { more: true } => &[("padding", "2.5rem")],
        Dress::Room { more: false } => &[("padding", "0.75rem")],
        Dress::Centred => &[("margin-inline", "auto"), ("text-align", "center"), ("justify-items", "center")],
        Dress::Pulse => &[("animation", "pulse 1.8s ease-in-out infinite")],
    };
    all.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// A gradient as ground, with text that can be read on it.
fn sky(colours: Option<(Rgb, Rgb)>) -> Vec<(&'static str, String)> {
    let (from, to) = match colours {
        Some((from, to)) => (from.to_string(), to.to_string()),
        None => {
            ("var(--accent-soft)".into(), "color-mix(in oklch, var(--accent-soft), var(--accent))".into())
        }
    };
    let bright = colours.is_none_or(|(from, to)| f64::midpoint(from.luminance(), to.luminance()) > 0.2);
    let text = if bright { "#1b1320" } else { "#ffffff" };
    vec![
        ("--text", text.into()),
        ("--muted", text.into()),
        ("color", text.into()),
        ("padding", "3rem 1.5rem".into()),
        ("border-radius", "var(--radius)".into()),
        ("background-image", format!("linear-gradient(135deg, {from}, {to})")),
    ]
}

/// A coloured ground, with everything on it readable.
fn ground(palette: &Palette) -> Vec<(&'static str, String)> {
    let mut properties = palette.properties();
    properties.push(("background", palette.bg.to_string()));
    properties.push(("color", palette.text.to_string()));
    properties
}

fn with_keyframes(text: String, dress: Dress) -> String {
    if dress != Dress::Pulse || text.contains("@keyframes pulse") {
        return text;
    }
    let still = "@media (prefers-reduced-motion: reduce) {\n  *,\n  *::before,\n  *::after {\n    animation: none !important;\n  }\n}";
    css::append(&css::append(&text, PULSE), still)
}

fn sentence(noun: &str, dress: Dress) -> String {
    match dress {
        Dress::Colour(colour) => format!("Made the {noun} {}.", said(colour)),
        Dress::Size { larger } => format!("Made the {noun} {}.", if larger { "bigger" } else { "smaller" }),
        Dress::Shadow => format!("Gave the {noun} a shadow."),
        Dress::Round => format!("Rounded the corners of the {noun}."),
        Dress::Square => format!("Made the corners of the {noun} square."),
        Dress::Type(font) => format!("Set the {noun} in {} font.", family(font).0),
        Dress::Border(_) => format!("Drew a border around the {noun}."),
        Dress::Bold => format!("Made the {noun} bold."),
        Dress::Italic => format!("Set the {noun} in italics."),
        Dress::Underlined { yes: true } => format!("Underlined the {noun}."),
        Dress::Underlined { yes: false } => format!("Took the underline off the {noun}."),
        Dress::Uppercase => format!("Set the {noun} in capital letters."),
        Dress::Glow => format!("Let the {noun} glow."),
        Dress::Gradient(_) => format!("Gave the {noun} a colour gradient."),
        Dress::Room { more } => {
            format!("Gave the {noun} {} room inside.", if more { "more" } else { "less" })
        }
        Dress::Centred => format!("Centred the {noun}."),
        Dress::Pulse => format!("Let the {noun} pulse gently, except for people who asked for less motion."),
    }
}

fn borrowed<'a>(properties: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    properties.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
