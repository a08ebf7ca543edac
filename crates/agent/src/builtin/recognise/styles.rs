//! Wishes about the style of the whole page: type, shape, room, motion.

use super::looks::colours;
use super::phrases::find;
use super::words::Word;
use crate::builtin::intent::{Answer, Effect, Font, Style};

/// The style that a clause wants of the page.
pub(super) fn style(words: &[Word]) -> Option<Style> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let has = |phrases: &str| find(words, phrases).is_some();
    if says(&["responsive"]) || find(words, "mobile friendly, work on mobile, on my phone, on mobile, on phone, for mobile, mobile version, mobile ready, small screen, on tablet").is_some() {
        return Some(Style::Width);
    }
    if says(&["hover", "mouseover"]) || has("mouse over") {
        return Some(Style::Hover(answer(words)));
    }
    if says(&["glassmorphism", "glassmorphic", "glassy"])
        || has("glass card, frosted glass, glass effect, glass morphism, frosted card")
    {
        return Some(Style::Glass);
    }
    if has(
        "two column, 2 column, three column, 3 column, four column, 4 column, side by side, in column, multi column, grid layout, \
         next to each other, into column, in a grid, as a grid, two column layout",
    ) && !says(&["table", "card", "chart", "footer", "kanban", "form", "gallery"])
    {
        let named = [("three", 3), ("3", 3), ("four", 4), ("4", 4)];
        let count = named.iter().find(|(word, _)| says(&[word])).map_or(2, |(_, count)| *count);
        return Some(Style::Columns(count));
    }
    let of_heading = says(&["heading", "title", "headline", "h1", "header"]);
    if of_heading
        && says(&["between"])
        && says(&["paragraph", "text", "subtitle", "tagline", "subheading", "below"])
        && says(&["space", "spacing", "gap", "margin", "room", "padding", "distance"])
    {
        return Some(Style::IntroGap { more: !says(&["less", "reduce", "smaller", "decrease", "tighter"]) });
    }
    if has(
        "full height, full screen, fullscreen, whole screen, height of the screen, entire screen, 100vh, full viewport, full page height, fill the screen",
    ) && says(&["hero", "introduction", "intro", "section", "header", "heading", "it", "top"])
    {
        return Some(Style::FullHeight);
    }
    if says(&["button"])
        && says(&["right"])
        && says(&["move", "align", "aligned", "put", "push", "shift", "side"])
    {
        return Some(Style::ButtonsRight);
    }
    if has(
        "border around the page, border around the site, frame around the page, border around everything, page border, \
            border around the whole page, border around the website, border around it",
    ) {
        return Some(Style::Frame);
    }
    if has("smooth scroll, smooth scrolling, scroll smoothly") {
        return Some(Style::SmoothScroll);
    }
    if has(
        "animated background, animate the background, moving background, background animation, animated gradient, \
            background move, live background",
    ) {
        return Some(Style::Drift);
    }
    if has("snow effect, it snow, falling snow, snowfall, snowflake, snowing, snow animation, let snow") {
        return Some(Style::Snow);
    }
    if has("divider, divider line, separator, line between, horizontal line, separating line") {
        return Some(Style::Dividers);
    }
    if has("scroll progress, reading progress, scroll indicator, progress of scrolling, scroll bar on top") {
        return Some(Style::ScrollProgress);
    }
    let backdrop = says(&["background", "backdrop", "wallpaper"]);
    if backdrop && says(&["star", "starry", "night sky", "starfield"]) {
        return Some(Style::Stars);
    }
    if backdrop && says(&["image", "picture", "photo", "mountain", "landscape", "hill"]) {
        return Some(Style::Hills);
    }
    if says(&["align", "aligned", "alignment", "move"]) && says(&["right"]) {
        return Some(Style::AlignRight);
    }
    let middle = says(&["center", "middle"])
        && says(&["everything", "all", "content", "page", "whole", "layout", "site"]);
    if middle && !says(&["left", "title", "heading", "button", "text", "put", "add"]) {
        return Some(Style::CentreAll);
    }
    if says(&["shadow", "shadows"]) {
        return Some(Style::Shadow);
    }
    if says(&["animation", "animate", "animated", "animations", "transition", "motion", "fade"]) {
        return Some(Style::Animate);
    }
    if says(&["spacing", "space", "padding", "margin", "gap", "whitespace", "breathing"])
        && says(&["more", "lot", "lots", "less", "add", "increase", "reduce", "bigger", "spacing", "section"])
    {
        return Some(Style::Spacing { more: !says(&["less", "reduce", "tighter", "decrease", "remove"]) });
    }
    if says(&["sticky", "fixed"]) && says(&["header", "navigation", "navbar", "menu", "top"]) {
        return Some(Style::Sticky);
    }
    if says(&["bold", "bolder"]) && says(&["text", "title", "heading", "font", "it", "everything"]) {
        return Some(Style::Bold);
    }
    if says(&["wider", "wide", "full width"]) && says(&["page", "content", "it", "layout", "everything"]) {
        return Some(Style::Width);
    }
    let pops = find(
        words,
        "pop, boring, less boring, fancy, fancier, wow, awesome, prettier, pretty, beautiful, nicer, cooler, more modern, look modern, \
         modern look, better looking, look better, look good, more colorful, more lively, spice, jazz, less plain, look nice, \
         more exciting, less ugly, not ugly, improve, improve the design, redesign, surprise me, something cool, more interesting, make it better, look better, better design, upgrade the design, polish, fresher, more appealing, more fun, more creative, amazing, eye catching, more attractive, stand out, look cool, look amazing",
    );
    if pops.is_some()
        && !says(&["font", "typeface", "text", "title", "heading", "button"])
        && words.iter().any(|word| {
            word.is_any(&[
                "it",
                "page",
                "site",
                "this",
                "design",
                "website",
                "app",
                "everything",
                "thing",
                "look",
                "surprise",
                "something",
            ])
        })
    {
        return Some(Style::Lively);
    }
    let of_type =
        says(&["font", "typeface", "typography", "text", "letter", "type", "lettering", "writing", "word"]);
    let font = font(words);
    if font.is_some() {
        return font.map(Style::Font);
    }
    let edges =
        says(&["corner", "edge", "border", "card", "button", "box", "radius", "everything", "shape", "it"]);
    if says(&["rounded", "round", "rounder", "pill", "softer", "curved"]) && edges {
        let not = says(&["no", "without", "less", "remove"]);
        return Some(Style::Corners { round: !not });
    }
    if says(&["square", "sharp", "squared", "boxy", "angular", "sharper"]) && edges {
        return Some(Style::Corners { round: false });
    }
    let too = |texts: &[&str]| words.windows(2).any(|pair| pair[0].is("too") && pair[1].is_any(texts));
    if too(&["small", "tiny"]) || too(&["big", "large", "huge"]) {
        return Some(Style::TextSize { larger: too(&["small", "tiny"]) });
    }
    let sized = of_type
        || says(&[
            "everything",
            "it",
            "heading",
            "title",
            "headline",
            "all",
            "size",
            "readable",
            "page",
            "thing",
            "subtitle",
        ]);
    if sized
        && (says(&["bigger", "larger", "enlarge", "huge", "increase", "biger"])
            || of_type && says(&["big", "large", "grow", "readable", "easier", "legible"]))
    {
        return Some(Style::TextSize { larger: true });
    }
    if sized && (says(&["smaller", "shrink", "tiny", "decrease", "reduce"]) || of_type && says(&["small"])) {
        return Some(Style::TextSize { larger: false });
    }
    let aligned = says(&["align", "move", "aligned", "center", "centre", "alignment", "middle"]);
    if aligned && says(&["left"]) {
        return Some(Style::Align { centre: false });
    }
    (aligned && says(&["center", "middle"])).then_some(Style::Align { centre: true })
}

/// How a clause wants things to answer to the pointer.
fn answer(words: &[Word]) -> Answer {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    if says(&["shake", "wiggle", "wobble", "jiggle", "vibrate"]) {
        Answer::Shake
    } else if says(&["bigger", "grow", "scale", "larger", "enlarge", "zoom", "bounce", "expand"]) {
        Answer::Grow
    } else if says(&["glow", "glowing", "light", "shine", "brighter", "neon"]) {
        Answer::Glow
    } else {
        Answer::Rise
    }
}

/// The type that a clause wants.
pub(super) fn font(words: &[Word]) -> Option<Font> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    let of_type =
        says(&["font", "typeface", "typography", "text", "letter", "type", "lettering", "writing", "word"]);
    if says(&["monospace", "mono", "monospaced", "typewriter"])
        || of_type && says(&["code", "coding", "hacker", "terminal"])
    {
        Some(Font::Mono)
    } else if says(&["handwritten", "handwriting", "cursive", "comic", "calligraphy"])
        || of_type && says(&["script", "hand"])
    {
        Some(Font::Handwritten)
    } else if says(&["sans", "sans-serif", "helvetica", "arial", "roboto", "inter"]) {
        Some(Font::Sans)
    } else if says(&["serif", "serifed", "georgia", "times"]) {
        Some(Font::Serif)
    } else if of_type && says(&["rounded", "round", "playful", "friendly", "bubbly", "fun", "cute", "softer"])
    {
        Some(Font::Rounded)
    } else if of_type
        && says(&["elegant", "classic", "fancy", "bookish", "newspaper", "traditional", "classy"])
    {
        Some(Font::Serif)
    } else if says(&["font", "typeface"]) && says(&["modern", "clean", "simple"]) {
        Some(Font::Sans)
    } else if says(&["font", "typeface"])
        && says(&["change", "different", "another", "other", "new", "nicer", "better"])
        && !says(&["size", "bigger", "larger", "smaller", "color"])
        && colours(words).is_empty()
    {
        Some(Font::Serif)
    } else {
        None
    }
}

/// The effect that a clause wants to be gone.
pub(super) fn unwanted(words: &[Word]) -> Option<Effect> {
    let says = |texts: &[&str]| words.iter().any(|word| word.is_any(texts));
    if says(&["gradient"]) {
        Some(Effect::Gradient)
    } else if says(&["shadow"]) {
        Some(Effect::Shadow)
    } else if says(&["animation", "motion", "transition", "animated", "snow", "snowfall"]) {
        Some(Effect::Motion)
    } else if says(&["border", "frame"]) {
        Some(Effect::Frame)
    } else {
        None
    }
}
