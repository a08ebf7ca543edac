//! Colours, type and shape: custom properties and a few rules of the page's style sheet.

use super::super::edit::css;
use super::super::intent::{Dress, Font, Part, Section, Style, Theme};
use super::super::palette::{Mode, Palette, Rgb, said};
use super::page::{Page, Sorry};

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
            format!("Coloured the page from {}: background, text and buttons go together.", said(seed))
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
            format!("Made the background {}, with text that stays readable on it.", said(colour))
        }
        Part::Text => {
            let value = colour.to_string();
            set_everywhere(page, "--text", &value);
            format!("Made the text {}.", said(colour))
        }
        Part::Headings => {
            let value = colour.to_string();
            page.edit_styles(|text| css::set(text, "h1, h2, h3", &[("color", &value)]));
            format!("Made the headings {}.", said(colour))
        }
        Part::Buttons => {
            let now = page.palette();
            let palette = Palette::from_seed(colour, now.mode);
            let (accent, soft) = (palette.accent.to_string(), palette.accent_soft.to_string());
            set_everywhere(page, "--accent", &accent);
            set_everywhere(page, "--accent-soft", &soft);
            format!("Made the buttons {}.", said(colour))
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
        Style::Shadow => {
            let shadow = [("box-shadow", "0 14px 34px rgb(0 0 0 / 0.16)")];
            page.edit_styles(|text| css::set(text, SECTIONS, &shadow));
            "Gave the sections a soft shadow.".into()
        }
        Style::Animate => {
            page.edit_styles(|text| match text.contains("@keyframes rise") {
                true => text.to_owned(),
                false => css::append(text, RISE),
            });
            "Let the sections rise and fade in, except for people who asked for less motion.".into()
        }
        Style::Spacing { more } => {
            let gap = if more { "6rem" } else { "1.5rem" };
            page.edit_styles(|text| css::set(text, "body main.content.content", &[("gap", gap)]));
            format!("Put {} room between the sections.", if more { "more" } else { "less" })
        }
        Style::Sticky => {
            let stays =
                [("position", "sticky"), ("top", "0"), ("z-index", "10"), ("background", "var(--bg)")];
            page.edit_styles(|text| css::set(text, "body header", &stays));
            "Kept the header in view while the page scrolls.".into()
        }
        Style::Bold => {
            page.edit_styles(|text| css::set(text, "body", &[("font-weight", "600")]));
            "Made the text heavier.".into()
        }
        Style::Width => {
            let wide = [("max-width", "min(1280px, 100%)")];
            page.edit_styles(|text| css::set(text, "body main.content.content", &wide));
            "Let the content use the width of the window, from phones to large screens.".into()
        }
        Style::Lively => {
            let accent = page.palette().accent;
            let seed = if accent == Rgb(0xc2, 0x41, 0x0c) { Rgb(0x7c, 0x3a, 0xed) } else { accent };
            let mode = page.palette().mode;
            page.set_palette(&Palette::from_seed(seed, mode));
            let _ = gradient(page, None);
            for part in [Style::Shadow, Style::Animate, Style::Corners { round: true }] {
                let _ = self::style(page, part);
            }
            "Made the page livelier: a stronger colour, a gradient behind it, shadows, round corners and a gentle entrance. \
             That is my taste; say a colour or a style for yours.".into()
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

/// What a section is to a style sheet.
const SECTIONS: &str = "main section[aria-label], main figure, main aside";

const RISE: &str = "\
@media (prefers-reduced-motion: no-preference) {
  main > * {
    animation: rise 0.7s ease-out both;
  }
}

@keyframes rise {
  from {
    opacity: 0;
    transform: translateY(24px);
  }
}
";

/// Changes the looks of one section, in its own style sheet.
pub(super) fn dress(page: &mut Page<'_>, section: Section, dress: Dress) -> Result<String, Sorry> {
    let entry = section.entry();
    let noun = entry.noun;
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
    let (edited, said) = match dress {
        Dress::Colour(colour) => {
            let palette = Palette::on_background(colour, colour);
            let mut properties = palette.properties();
            properties.push(("background", colour.to_string()));
            properties.push(("color", palette.text.to_string()));
            // A coloured ground that nothing stands away from looks like a mistake.
            if css::value(&text, &selector, "padding").is_none() {
                properties
                    .extend([("padding", "1.75rem 1.5rem".into()), ("border-radius", "1.25rem".into())]);
            }
            let borrowed: Vec<(&str, &str)> =
                properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
            (css::set(&text, &selector, &borrowed), format!("Made the {noun} {}.", said(colour)))
        }
        Dress::Size { larger } => {
            let now: f64 =
                css::value(&text, &selector, "zoom").and_then(|value| value.parse().ok()).unwrap_or(1.0);
            let zoom = (now + if larger { 0.25 } else { -0.2 }).clamp(0.6, 2.0);
            let edited = css::set(&text, &selector, &[("zoom", &format!("{zoom:.2}"))]);
            (edited, format!("Made the {noun} {}.", if larger { "bigger" } else { "smaller" }))
        }
        Dress::Shadow => {
            let shadow = [("box-shadow", "0 14px 34px rgb(0 0 0 / 0.2)")];
            (css::set(&text, &selector, &shadow), format!("Gave the {noun} a shadow."))
        }
        Dress::Round => (
            css::set(&text, &selector, &[("border-radius", "28px")]),
            format!("Rounded the corners of the {noun}."),
        ),
    };
    page.draft.set(&path, edited);
    Ok(said)
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
