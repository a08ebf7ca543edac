//! The words the recogniser knows.

use super::super::intent::Slot;
use super::super::palette;
use super::more_names::TOOLS;
use super::refusals;
use super::section_names::SECTIONS;

/// Words that ask for something new.
pub(super) const ADD: &[&str] = &[
    "add",
    "create",
    "make",
    "build",
    "give",
    "include",
    "insert",
    "put",
    "want",
    "need",
    "place",
    "show",
    "generate",
    "implement",
    "have",
    "write",
    "design",
    "get",
    "append",
    "introduce",
    "produce",
    "draw",
    "code",
    "develop",
    "drop",
    "attach",
    "embed",
    "display",
    "like",
    "throw",
    "set",
    "start",
    "try",
    "bring",
    "wish",
    "love",
    "prepare",
    "craft",
    "let",
];

/// Words that ask for something to go.
pub(super) const REMOVE: &[&str] = &[
    "remove",
    "delete",
    "hide",
    "kill",
    "erase",
    "clear",
    "ditch",
    "scrap",
    "trash",
    "eliminate",
    "discard",
    "rid",
    "without",
    "strip",
    "wipe",
    "cut",
    "exclude",
    "lose",
    "don't",
    "unwanted",
];

/// Words that ask for something to be otherwise.
pub(super) const CHANGE: &[&str] = &[
    "change",
    "update",
    "rename",
    "edit",
    "modify",
    "turn",
    "switch",
    "use",
    "replace",
    "rewrite",
    "call",
    "name",
    "say",
    "convert",
    "transform",
    "adjust",
    "recolor",
    "color",
    "paint",
    "style",
    "restyle",
    "tint",
    "apply",
    "increase",
    "decrease",
    "reduce",
    "enlarge",
    "shrink",
    "round",
    "align",
    "center",
    "title",
    "label",
    "theme",
];

/// Words that ask for something to be elsewhere.
pub(super) const MOVE: &[&str] = &["move", "shift", "relocate", "push", "bring"];

/// What texts are called. The longest match wins.
pub(super) const SLOTS: &[(Slot, &str)] = &[
    (
        Slot::Heading,
        "title, heading, headline, main heading, main title, header text, h1, main text, hero text, \
            hero title, big text, welcome message, welcome text, hero heading, page heading, header \
            title, greeting, heading text, title text, main headline, top heading, header",
    ),
    (
        Slot::Subtitle,
        "subtitle, subheading, sub heading, sub title, subtext, tagline, tag line, slogan, hero \
            subtitle, text below, text under, text below the heading, text below the title, text under \
            the title, text under the heading, subheader, sub headline, subheadline, intro text, \
            description, introduction, intro, lead text, paragraph, description text, paragraph text, \
            hero description, motto, line below, line under the title, paragraph under the heading, paragraph below the heading, \
            paragraph under the title, paragraph below the title, first paragraph, intro paragraph, text block below the title",
    ),
    (
        Slot::PageTitle,
        "page title, tab title, browser title, document title, browser tab, window title, tab name, \
            title of the tab, title of the page in the browser, html title, title tag, browser tab \
            title, tab text, title in the tab, title in the browser tab",
    ),
    (
        Slot::Brand,
        "brand, brand name, logo, logo text, site name, app name, company name, name of the site, \
            name of the app, website name, brand text, name in the header, business name, shop name, \
            store name, project name, product name",
    ),
    (
        Slot::Button,
        "button text, button label, text of the button, label of the button, text on the button, \
            label on the button, button",
    ),
];

/// Words of style: fonts, sizes, shapes.
pub(super) const STYLE: &[&str] = &[
    "font",
    "serif",
    "monospace",
    "rounded",
    "corner",
    "bigger",
    "larger",
    "smaller",
    "gradient",
    "background",
    "typeface",
    "typography",
    "handwritten",
    "square",
    "sharp",
    "align",
    "theme",
    "color",
    "palette",
    "scheme",
    "accent",
    "primary",
    "highlight",
];

const OTHER: &[&str] = &[
    "undo",
    "revert",
    "previous",
    "restore",
    "rollback",
    "landing",
    "website",
    "homepage",
    "portfolio",
    "toggle",
    "purple",
    "yellow",
    "orange",
    "green",
    "violet",
    "turquoise",
    "magenta",
    "maroon",
    "indigo",
    "ocean",
    "forest",
    "sunset",
    "pastel",
    "midnight",
    "minute",
    "second",
    "question",
    "everything",
    "please",
    "light",
    "button",
];

/// Every word that a typing error can have meant.
pub(super) fn vocabulary() -> impl Iterator<Item = &'static str> {
    let phrases = SECTIONS.iter().chain(TOOLS).flat_map(|(_, phrases)| phrases.split(", "));
    let slots = SLOTS.iter().flat_map(|(_, phrases)| phrases.split(", "));
    let lists = [ADD, REMOVE, CHANGE, MOVE, STYLE, OTHER].into_iter().flatten();
    let all = phrases.chain(slots).chain(lists.copied()).chain(palette::colour_words());
    all.flat_map(|phrase| phrase.split(' '))
}

/// Words that mean what they say, though no typing error is taken for them.
pub(super) fn others() -> impl Iterator<Item = &'static str> {
    refusals::tables().chain(palette::theme_words()).flat_map(|phrase| phrase.split(' '))
}
