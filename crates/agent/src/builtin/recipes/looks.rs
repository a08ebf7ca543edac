//! Colours, type and shape: custom properties and a few rules of the page's style sheet.

use super::super::edit::css;
use super::super::intent::{Answer, Effect, Font, Part, Style, Theme};
use super::super::palette::{Mode, Palette, Rgb, said};
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
            // What is muted keeps its place behind the text, in the same colour.
            set_everywhere(page, "--muted", &format!("color-mix(in oklab, {value} 82%, var(--bg))"));
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
            append_once(page, RISE);
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
            page.edit_styles(|text| {
                let text = css::set(text, "body main.content.content", &wide);
                if text.contains(PHONES.trim_end()) { text } else { css::append(&text, PHONES) }
            });
            "The sections stack on phones by themselves. Now the content also uses the width of large screens, and on \
             phones there is less empty room, the header wraps, buttons are as wide as the screen and wide tables scroll."
                .into()
        }
        Style::CentreAll => {
            page.edit_styles(|text| {
                let text = css::set(text, "body", &[("text-align", "center")]);
                let text = css::set(&text, "body main.content.content", &[("justify-items", "center")]);
                css::set(&text, ":root:root body :is(header, footer)", &[("justify-content", "center")])
            });
            "Centred everything: the header, the headings, the texts and the sections.".into()
        }
        Style::AlignRight => {
            let properties = [("justify-items", "end"), ("text-align", "right")];
            if !page.edit_rule(".hero", &properties) {
                page.edit_styles(|text| css::set(text, "h1, h2, p", &[("text-align", "right")]));
            }
            "Aligned the introduction to the right.".into()
        }
        Style::Dividers => {
            let line = [("padding-top", "3rem"), ("border-top", "2px solid var(--border)")];
            page.edit_styles(|text| css::set(text, ":root:root body main > * + *", &line));
            "Drew a line between the sections.".into()
        }
        Style::ScrollProgress => {
            append_once(page, SCROLL_PROGRESS);
            "Added a bar at the top that grows while the page is read, where the browser can.".into()
        }
        Style::Stars => {
            page.set_palette(&Palette::from_seed(Rgb(0x8b, 0x7b, 0xff), Mode::Dark));
            append_once(page, STARS);
            "Put a sky of stars behind the page. It is drawn by code: no picture is loaded.".into()
        }
        Style::Hills => {
            append_once(page, HILLS);
            "Drew hills behind the page: nothing is loaded from the network, so there is no photo.".into()
        }
        Style::Hover(answer) => {
            let (rules, what) = match answer {
                Answer::Rise => (HOVER, "Cards and buttons now rise a little"),
                Answer::Shake => (HOVER_SHAKE, "Buttons now shake"),
                Answer::Grow => (HOVER_GROW, "Cards and buttons now grow a little"),
                Answer::Glow => (HOVER_GLOW, "Cards and buttons now glow"),
            };
            append_once(page, rules);
            format!("{what} when the pointer is over them or the keyboard is on them.")
        }
        Style::Glass => {
            append_once(page, GLASS);
            "Made cards and sections of frosted glass, over a background whose colours shine through.".into()
        }
        Style::Columns(count) => {
            let least =
                format!("repeat(auto-fit, minmax(min(100%, max(16rem, {}%)), 1fr))", 84 / count.max(1));
            page.edit_styles(|text| {
                let wide = [("grid-template-columns", least.as_str()), ("max-width", "min(1280px, 100%)")];
                let text = css::set(text, "body main.content.content", &wide);
                css::set(&text, "body main.content.content > :first-child", &[("grid-column", "1 / -1")])
            });
            format!(
                "The sections now stand in {count} columns where the window is wide enough, and below each other on phones."
            )
        }
        Style::IntroGap { more } => {
            let gap = if more { "2.75rem" } else { "0.35rem" };
            if !page.edit_rule(".hero", &[("gap", gap)]) {
                page.edit_styles(|text| css::set(text, ":root:root body h1 + p", &[("margin-top", gap)]));
            }
            format!(
                "Put {} room between the heading and the text below it.",
                if more { "more" } else { "less" }
            )
        }
        Style::FullHeight => {
            let whole = [
                ("min-height", "100vh"),
                ("align-content", "center"),
                ("padding-inline", "1rem"),
                ("border-radius", "var(--radius)"),
            ];
            page.edit_styles(|text| css::set(text, ":root body .hero, :root body .hero-banner", &whole));
            "Made the introduction as high as the screen.".into()
        }
        Style::ButtonsRight => {
            let right = [("justify-content", "flex-end"), ("justify-items", "end"), ("text-align", "right")];
            page.edit_styles(|text| {
                css::set(text, ":root:root body :is(div, section, form, p):has(> button)", &right)
            });
            "Moved the buttons to the right side.".into()
        }
        Style::Frame => {
            page.edit_styles(|text| css::set(text, "body", &[("border", "12px solid var(--accent)")]));
            "Drew a frame around the page.".into()
        }
        Style::SmoothScroll => {
            page.edit_styles(|text| css::set(text, "html", &[("scroll-behavior", "smooth")]));
            "Links within the page now glide to their place.".into()
        }
        Style::Drift => {
            append_once(page, DRIFT);
            "Gave the page a background whose colours drift slowly, except for people who asked for less motion.".into()
        }
        Style::Snow => {
            append_once(page, SNOW);
            "Let snow fall over the page, except for people who asked for less motion.".into()
        }
        Style::Without(effect) => without(page, effect),
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

const RISE: &str = include_str!("../../../components/page/rise.css");

/// Appends rules to the page's style sheet, unless they are there.
fn append_once(page: &mut Page<'_>, rules: &str) {
    page.edit_styles(|text| match text.contains(rules.trim_end()) {
        true => text.to_owned(),
        false => css::append(text, rules),
    });
}

/// Takes an effect off the page; where its rules are as they were written, they go as a whole.
fn without(page: &mut Page<'_>, effect: Effect) -> String {
    let (selector, property, said) = match effect {
        Effect::Gradient => ("body", "background-image", "the gradient"),
        Effect::Shadow => (SECTIONS, "box-shadow", "the shadows"),
        Effect::Motion => ("main > *", "animation", "the animations"),
        Effect::Frame => ("body", "border", "the frame"),
    };
    page.edit_styles(|text| {
        let mut text = text.to_owned();
        for block in [RISE, DRIFT, SNOW].iter().filter(|_| effect == Effect::Motion) {
            text = text.replace(block.trim_end(), "");
        }
        if css::value(&text, selector, property).is_some() {
            text = css::set(&text, selector, &[(property, "none")]);
        }
        text
    });
    format!("Took {said} off the page.")
}

/// Rules that come as a whole.
const PHONES: &str = include_str!("../../../components/page/phones.css");
const SCROLL_PROGRESS: &str = include_str!("../../../components/page/scroll-progress.css");
const STARS: &str = include_str!("../../../components/page/stars.css");
const HILLS: &str = include_str!("../../../components/page/hills.css");
const HOVER: &str = include_str!("../../../components/page/hover.css");
const HOVER_SHAKE: &str = include_str!("../../../components/page/hover-shake.css");
const HOVER_GROW: &str = include_str!("../../../components/page/hover-grow.css");
const HOVER_GLOW: &str = include_str!("../../../components/page/hover-glow.css");
const GLASS: &str = include_str!("../../../components/page/glass.css");
const DRIFT: &str = include_str!("../../../components/page/drift.css");
const SNOW: &str = include_str!("../../../components/page/snow.css");

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

pub(super) const fn family(font: Font) -> (&'static str, &'static str) {
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
