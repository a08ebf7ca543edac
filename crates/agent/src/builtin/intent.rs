//! What a person can want, in the terms of the recipes.

use super::edit::app::Place;
use super::palette::{Mode, Rgb};
pub(super) use super::section::Section;

/// One thing that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Intent {
    /// Take the newest change back.
    Undo,
    /// Give the page a sign in the browser's tab.
    Icon(String),
    /// Put the page's own texts into another language.
    Language(Language),
    /// The introduction for something, which may have a name: its heading and the text below.
    Opening(String, Option<String>),
    /// What the buttons of the page say, in order.
    ButtonTexts(Vec<String>),
    /// Colour the whole page.
    Theme(Theme),
    /// Colour one part of it.
    Paint(Part, Rgb),
    /// Give the page a background that runs from one colour to another.
    Gradient(Option<(Rgb, Rgb)>),
    /// Change how things look, other than in colour.
    Style(Style),
    /// Change a text.
    SetText(Slot, String),
    /// Change a text wherever it stands.
    Replace { from: String, to: String },
    /// Give the whole thing a name.
    Name(String),
    /// Add something, or change it when there can be only one.
    Add(Addition),
    /// Take something off the page.
    Remove(Section),
    /// Hide a text of the template.
    HideText(Slot),
    /// Take everything off the page that was added.
    RemoveAll,
    /// Change the looks of one section.
    Dress(Section, Dress),
    /// Change the looks of every element of a kind.
    Restyle(Element, Dress),
    /// Put something elsewhere.
    Move(Section, Place),
    /// Make the page a landing page for something.
    Landing(String),
    /// Make the page one of a kind that has a shape of its own, for something.
    Page(PageKind, String),
}

/// A language that the page's own texts are known in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Polish,
    Russian,
    Japanese,
    Chinese,
}

/// A kind of page with a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    Wedding,
    /// To a birthday or another party.
    Invitation,
    /// What a restaurant or a salon offers, with prices.
    Menu,
    /// A conference, a meetup, a festival.
    Event,
    Resume,
    Portfolio,
    Blog,
    Shop,
    /// What there is to know about something.
    About,
}

/// Colours of the whole page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Theme {
    /// What the theme is called in the answer, when it has a name.
    pub(super) name: Option<&'static str>,
    /// Where the hues come from; unchanged when absent.
    pub(super) seed: Option<Rgb>,
    /// Light or dark; unchanged when absent.
    pub(super) mode: Option<Mode>,
}

/// A part of the page that has a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Background,
    Text,
    Headings,
    Buttons,
}

/// A change of looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Font(Font),
    /// Larger text, or smaller.
    TextSize {
        larger: bool,
    },
    /// Round corners, or square ones.
    Corners {
        round: bool,
    },
    /// Shadows below sections.
    Shadow,
    /// Sections that come in gently.
    Animate,
    /// More room between sections, or less.
    Spacing {
        more: bool,
    },
    /// A header that stays in view.
    Sticky,
    /// Heavier text.
    Bold,
    /// Content as wide as the window lets it be.
    Width,
    /// A livelier page: gradient, shadows, round corners, a strong colour.
    Lively,
    /// Headings and intro to the middle, or to the left.
    Align {
        centre: bool,
    },
    /// Everything to the middle.
    CentreAll,
    /// Cards and buttons that answer to the pointer.
    Hover(Answer),
    /// Cards and sections that what is behind them shines through.
    Glass,
    /// Sections beside each other: how many columns.
    Columns(usize),
    /// More room between the heading and the text below it, or less.
    IntroGap {
        more: bool,
    },
    /// An introduction as high as the window.
    FullHeight,
    /// Buttons at the right, or in the middle.
    ButtonsRight,

    /// A line around the page.
    Frame,
    /// Texts to the right.
    AlignRight,
    /// A line between sections.
    Dividers,
    /// A bar that shows how far the page is read.
    ScrollProgress,
    /// A sky of stars behind the page.
    Stars,
    /// Drawn hills behind the page.
    Hills,
    /// Links that glide to their place.
    SmoothScroll,
    /// A background whose colours drift.
    Drift,
    /// Snow that falls over the page.
    Snow,
    /// A page without one of its effects.
    Without(Effect),
}

/// How something answers to the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Rise,
    Shake,
    Grow,
    Glow,
}

/// What can be taken off the page's looks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Gradient,
    Shadow,
    Motion,
    Frame,
}

/// A change of the looks of one section, or of every element of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dress {
    Colour(Rgb),
    Size {
        larger: bool,
    },
    Shadow,
    Round,
    Square,
    /// A line around it, in the accent or in a colour of its own.
    Border(Option<Rgb>),
    /// Type of its own.
    Type(Font),
    Bold,
    Italic,
    /// A line below the text, or none.
    Underlined {
        yes: bool,
    },
    Uppercase,
    /// A light around the letters.
    Glow,
    /// Letters that run from one colour to another.
    Gradient(Option<(Rgb, Rgb)>),
    /// More room inside, or less.
    Room {
        more: bool,
    },
    Centred,
    /// A slow movement that draws the eye.
    Pulse,
}

/// A kind of element that has looks of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Title,
    Headings,
    Subtitle,
    Texts,
    Buttons,
    Cards,
    Links,
    Pictures,
    Header,
    Logo,
    /// What the page begins with: heading and text.
    Intro,
    /// One of the cards, counted from one.
    Card(usize),
}

/// A kind of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    Serif,
    Sans,
    Mono,
    Rounded,
    Handwritten,
}

/// A text on the page that can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Heading,
    Subtitle,
    PageTitle,
    Brand,
    Button,
}

/// Something to add, with what was said about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Addition {
    pub(super) section: Section,
    /// A title of its own.
    pub(super) title: Option<String>,
    /// How many of what it consists of.
    pub(super) count: Option<usize>,
    /// How long, in seconds.
    pub(super) seconds: Option<u32>,
    /// What it lists.
    pub(super) items: Vec<String>,
    /// What each of these costs or counts, in digits.
    pub(super) prices: Vec<String>,
    /// What it is about.
    pub(super) topic: Option<String>,
    /// What it says.
    pub(super) text: Option<String>,
    /// A line rather than bars, signing up rather than in.
    pub(super) variant: bool,
    /// Where, when that was said.
    pub(super) place: Option<Place>,
    /// What the prices are in, as it was written: `€`, `kr`.
    pub(super) unit: Option<String>,
    /// Two sides each: people and what they are, words and what they mean, cells of a row.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether it shall be there still after the page was reloaded.
    pub(super) remember: bool,
    /// Whether it is about one that is on the page already: `change the timer to 5 minutes`.
    pub(super) existing: bool,
}

impl Addition {
    /// Nothing said but what.
    pub(super) const fn of(section: Section) -> Self {
        Self {
            section,
            title: None,
            count: None,
            seconds: None,
            items: Vec::new(),
            prices: Vec::new(),
            topic: None,
            text: None,
            variant: false,
            place: None,
            unit: None,
            rows: Vec::new(),
            remember: false,
            existing: false,
        }
    }
}
