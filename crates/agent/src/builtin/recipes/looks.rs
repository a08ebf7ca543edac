//! Colours, type and shape: custom properties and a few rules of the page's style sheet.

use super::super::edit::css;
use super::super::intent::{Font, Part, Style, Theme};
use super::super::palette::{Mode, Palette, Rgb};
use super::page::Page;

/// How much larger or smaller one step of text size is, in percent of the root font size.
const TEXT_STEP_PERCENT: f64 = 12.5;
const TEXT_SIZE_PERCENT: (f64, f64) = (75.0, 175.0);

pub(super) fn theme(page: &mut Page<'_>, theme: &Theme) -> String {
    let now = page.palette();
    let mode = theme.mode.unwrap_or(now.mode);
    let palette = match theme.seed {
        Some(seed) => Palette::from_seed(seed, mode),
        None => now.in_mode(mode),
    };
    page.set_palette(&palette);
    match (theme.name, theme.seed) {
        (Some(name), _) => format!("Gave the page {} {name} theme.", article(name)),
        (None, Some(seed)) => {
            format!("Coloured the page from {seed}: background, text and buttons go together.")
        }
        (None, None) => format!("Made the page {}.", mode.name()),
    }
}

pub(super) fn paint(page: &mut Page<'_>, part: Part, colour: Rgb) -> String {
    match part {
        Part::Background => {
            let accent = page.palette().accent;
            page.set_palette(&Palette::on_background(accent, colour));
            page.edit_styles(|text| match css::value(text, "body", "background-image") {
                Some(_) => css::set(text, "body", &[("background-image", "none")]),
                None => text.to_owned(),
            });
            format!("Made the background {colour}, with text that stays readable on it.")
        }
        Part::Text => {
            let value = colour.to_string();
            set_everywhere(page, "--text", &value);
            format!("Made the text {colour}.")
        }
        Part::Headings => {
            let value = colour.to_string();
            page.edit_styles(|text| css::set(text, "h1, h2, h3", &[("color", &value)]));
            format!("Made the headings {colour}.")
        }
        Part::Buttons => {
            let now = page.palette();
            let palette = Palette::from_seed(colour, now.mode);
            let (accent, soft) = (palette.accent.to_string(), palette.accent_soft.to_string());
            set_everywhere(page, "--accent", &accent);
            set_everywhere(page, "--accent-soft", &soft);
            format!("Made the buttons {accent}.")
        }
    }
}

pub(super) fn gradient(page: &mut Page<'_>, colours: Option<(Rgb, Rgb)>) -> String {
    let now = page.palette();
    let value = match colours {
        Some((from, to)) => {
            let tint = |seed| Palette::from_seed(seed, now.mode).accent_soft;
            format!("linear-gradient(160deg, {}, {})", tint(from), tint(to))
        }
        None => "linear-gradient(160deg, var(--accent-soft), var(--bg))".into(),
    };
    page.edit_styles(|text| {
        let properties = [("background-image", value.as_str()), ("background-attachment", "fixed")];
        css::set(text, "body", &properties)
    });
    "Gave the page a soft gradient as its background.".into()
}

pub(super) fn style(page: &mut Page<'_>, style: Style) -> String {
    match style {
        Style::Font(font) => {
            let (name, family) = family(font);
            page.edit_styles(|text| {
                let text = css::set(text, ":root", &[("--font", family)]);
                css::set(&text, "body", &[("font-family", "var(--font)")])
            });
            format!("Set the text in {name} font.")
        }
        Style::TextSize { larger } => {
            page.edit_styles(|text| {
                let now = css::value(text, "html", "font-size")
                    .and_then(|value| value.strip_suffix('%')?.parse().ok());
                let step = if larger { TEXT_STEP_PERCENT } else { -TEXT_STEP_PERCENT };
                let percent = (now.unwrap_or(100.0) + step).clamp(TEXT_SIZE_PERCENT.0, TEXT_SIZE_PERCENT.1);
                css::set(text, "html", &[("font-size", &format!("{percent}%"))])
            });
            format!("Made the text {}.", if larger { "larger" } else { "smaller" })
        }
        Style::Corners { round } => {
            let (card, button) = if round { ("24px", "999px") } else { ("2px", "2px") };
            page.edit_styles(|text| {
                let text = css::set(text, ":root", &[("--radius", card)]);
                css::set(&text, "button", &[("border-radius", button)])
            });
            format!("Made the corners {}.", if round { "round" } else { "square" })
        }
        Style::Align { centre } => {
            let (items, align) = if centre { ("center", "center") } else { ("start", "left") };
            let properties = [("justify-items", items), ("text-align", align)];
            if !page.edit_rule(".hero", &properties) {
                page.edit_styles(|text| css::set(text, "h1, h2, p", &[("text-align", align)]));
            }
            format!("Aligned the introduction to the {}.", if centre { "centre" } else { "left" })
        }
    }
}

/// Sets a custom property in the base rule and in both modes of the switch, where it has one.
fn set_everywhere(page: &mut Page<'_>, property: &str, value: &str) {
    page.edit_styles(|text| {
        let mut text = css::set(text, ":root", &[(property, value)]);
        for mode in [Mode::Light, Mode::Dark] {
            let selector = format!(":root[data-theme=\"{}\"]", mode.name());
            if css::has_rule(&text, &selector) {
                text = css::set(&text, &selector, &[(property, value)]);
            }
        }
        text
    });
}

const fn family(font: Font) -> (&'static str, &'static str) {
    match font {
        Font::Serif => ("a serif", "Georgia, Cambria, \"Times New Roman\", serif"),
        Font::Sans => ("a sans-serif", "system-ui, -apple-system, \"Segoe UI\", Roboto, sans-serif"),
        Font::Mono => ("a monospace", "ui-monospace, \"Cascadia Code\", Menlo, Consolas, monospace"),
        Font::Rounded => (
            "a rounded",
            "ui-rounded, \"SF Pro Rounded\", Nunito, Quicksand, \"Arial Rounded MT Bold\", sans-serif",
        ),
        Font::Handwritten => {
            ("a handwritten", "\"Segoe Print\", \"Bradley Hand\", Chilanka, \"Comic Sans MS\", cursive")
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
