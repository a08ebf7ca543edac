//! What each section is made of: its component, its words, its place.

use super::super::edit::app::Place;
use super::super::intent::Section;

/// What a section is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::builtin) struct Entry {
    pub(in crate::builtin) section: Section,
    /// The component's name, and that of its files.
    pub(in crate::builtin) component: &'static str,
    /// What it is called in answers, without article.
    pub(in crate::builtin) noun: &'static str,
    /// Where it goes.
    pub(in crate::builtin) place: Place,
    /// Its anchor and its words in a navigation, for sections people look for.
    pub(in crate::builtin) anchor: Option<(&'static str, &'static str)>,
    /// Its description, with a place for its data where it carries some.
    pub(in crate::builtin) widget: &'static str,
    pub(in crate::builtin) css: &'static str,
}

macro_rules! entry {
    ($section:ident, $noun:literal, $place:ident, $anchor:expr) => {
        Entry {
            section: Section::$section,
            component: stringify!($section),
            noun: $noun,
            place: Place::$place,
            anchor: $anchor,
            widget: include_str!(concat!("../../../components/", stringify!($section), ".widget")),
            css: include_str!(concat!("../../../components/", stringify!($section), ".css")),
        }
    };
}

/// Every section there is.
pub(in crate::builtin) const CATALOGUE: [Entry; 27] = [
    entry!(Counter, "counter", ContentEnd, None),
    entry!(TodoList, "to-do list", ContentEnd, None),
    entry!(Timer, "timer", ContentEnd, None),
    entry!(Stopwatch, "stopwatch", ContentEnd, None),
    entry!(ContactForm, "contact form", ContentEnd, Some(("contact", "Contact"))),
    entry!(Newsletter, "newsletter form", ContentEnd, None),
    entry!(SignInForm, "sign-in form", ContentEnd, None),
    entry!(PricingTable, "pricing table", ContentEnd, Some(("pricing", "Pricing"))),
    entry!(Gallery, "image gallery", ContentEnd, Some(("gallery", "Gallery"))),
    entry!(Testimonials, "testimonials", ContentEnd, Some(("testimonials", "Testimonials"))),
    entry!(Faq, "FAQ", ContentEnd, Some(("faq", "FAQ"))),
    entry!(Chart, "chart", ContentEnd, None),
    entry!(Quiz, "quiz", ContentEnd, Some(("quiz", "Quiz"))),
    entry!(Features, "feature cards", ContentEnd, Some(("features", "Features"))),
    entry!(Stats, "figures", ContentEnd, Some(("stats", "Figures"))),
    entry!(DataTable, "table", ContentEnd, Some(("table", "Table"))),
    entry!(Team, "team section", ContentEnd, Some(("team", "Team"))),
    entry!(CallToAction, "call to action", ContentEnd, None),
    entry!(ActionButton, "button", ContentEnd, None),
    entry!(Clock, "clock", ContentEnd, None),
    entry!(Calculator, "calculator", ContentEnd, None),
    entry!(TicTacToe, "tic-tac-toe game", ContentEnd, None),
    entry!(TextBlock, "text section", ContentEnd, None),
    entry!(Hero, "hero banner", ContentStart, None),
    entry!(NavBar, "navigation bar", Top, None),
    entry!(Footer, "footer", Bottom, None),
    entry!(ThemeToggle, "dark mode switch", Bottom, None),
];

impl Section {
    /// What it is made of.
    pub(in crate::builtin) fn entry(self) -> &'static Entry {
        let entry = CATALOGUE.iter().find(|entry| entry.section == self);
        entry.expect("a test holds that every section is in the catalogue")
    }

    /// The section that a component's name stands for.
    pub(in crate::builtin) fn of_component(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|entry| entry.component == name).map(|entry| entry.section)
    }
}

impl Entry {
    /// The style sheet's path.
    pub(in crate::builtin) fn css_path(&self) -> String {
        format!("src/components/{}.css", self.component)
    }

    /// What it is called in answers, with article where it has one.
    pub(in crate::builtin) fn with_article(&self) -> String {
        match self.section {
            Section::Testimonials | Section::Features | Section::Stats => self.noun.to_owned(),
            Section::Gallery | Section::Faq => format!("an {}", self.noun),
            _ => format!("a {}", self.noun),
        }
    }
}
