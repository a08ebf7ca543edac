//! What each section is made of: its component, its words, its place.

use super::super::edit::app::Place;
use super::super::intent::Section;

/// What asking for a section again does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Repeat {
    /// Another one, with a title of its own.
    Many,
    /// There is one, which takes the new properties.
    Once,
    /// There is one, whose component carries its data.
    Data,
    /// It has a recipe of its own.
    Own,
}

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
    /// What asking for it again does.
    pub(in crate::builtin) repeat: Repeat,
    /// Its description, with a place for its data where it carries some.
    pub(in crate::builtin) widget: &'static str,
    pub(in crate::builtin) css: &'static str,
}

const CARD: &str = "\
NAME {
  display: grid;
  gap: 1rem;
  width: 100%;
  max-width: WIDTH;
  margin-inline: auto;
  padding: 1.5rem;
  border: 1px solid var(--border);
  border-radius: var(--radius);
  background: var(--surface);
}

NAME h2 {
  margin: 0;
  font-size: 1.25rem;
}
";

const FIELDS: &str = "\
NAME label {
  display: grid;
  gap: 0.35rem;
  font-weight: 600;
}

NAME input,
NAME select,
NAME textarea {
  width: 100%;
  min-width: 0;
  min-height: 44px;
  padding: 0.5rem 0.9rem;
  border: 1px solid var(--border);
  border-radius: calc(var(--radius) * 0.6);
  background: var(--bg);
  color: var(--text);
  font: inherit;
}
";

macro_rules! entry {
    ($section:ident, $noun:literal, $place:ident, $anchor:expr, $repeat:ident) => {
        Entry {
            section: Section::$section,
            component: stringify!($section),
            noun: $noun,
            place: Place::$place,
            anchor: $anchor,
            repeat: Repeat::$repeat,
            widget: include_str!(concat!("../../../components/", stringify!($section), ".widget")),
            css: include_str!(concat!("../../../components/", stringify!($section), ".css")),
        }
    };
}

/// Every section there is.
pub(in crate::builtin) const CATALOGUE: [Entry; 130] = [
    entry!(Counter, "counter", ContentEnd, None, Many),
    entry!(TodoList, "to-do list", ContentEnd, None, Many),
    entry!(Timer, "timer", ContentEnd, None, Many),
    entry!(Stopwatch, "stopwatch", ContentEnd, None, Many),
    entry!(ContactForm, "contact form", ContentEnd, Some(("contact", "Contact")), Once),
    entry!(Newsletter, "newsletter form", ContentEnd, None, Once),
    entry!(SignInForm, "sign-in form", ContentEnd, None, Once),
    entry!(PricingTable, "pricing table", ContentEnd, Some(("pricing", "Pricing")), Data),
    entry!(Gallery, "image gallery", ContentEnd, Some(("gallery", "Gallery")), Data),
    entry!(Testimonials, "testimonials", ContentEnd, Some(("testimonials", "Testimonials")), Data),
    entry!(Faq, "FAQ", ContentEnd, Some(("faq", "FAQ")), Data),
    entry!(Chart, "chart", ContentEnd, None, Many),
    entry!(Quiz, "quiz", ContentEnd, Some(("quiz", "Quiz")), Data),
    entry!(Features, "feature cards", ContentEnd, Some(("features", "Features")), Data),
    entry!(Stats, "figures", ContentEnd, Some(("stats", "Figures")), Data),
    entry!(DataTable, "table", ContentEnd, Some(("table", "Table")), Data),
    entry!(Team, "team section", ContentEnd, Some(("team", "Team")), Data),
    entry!(CallToAction, "call to action", ContentEnd, None, Many),
    entry!(ActionButton, "button", ContentEnd, None, Many),
    entry!(Clock, "clock", ContentEnd, None, Once),
    entry!(Calculator, "calculator", ContentEnd, None, Once),
    entry!(TicTacToe, "tic-tac-toe game", ContentEnd, None, Once),
    entry!(TextBlock, "text section", ContentEnd, None, Many),
    entry!(Hero, "hero banner", ContentStart, None, Once),
    entry!(NavBar, "navigation bar", Top, None, Own),
    entry!(Footer, "footer", Bottom, None, Own),
    entry!(ThemeToggle, "dark mode switch", Bottom, None, Own),
    entry!(PieChart, "pie chart", ContentEnd, None, Many),
    entry!(Carousel, "slideshow", ContentEnd, None, Many),
    entry!(Tabs, "tabs", ContentEnd, None, Once),
    entry!(Modal, "dialog", ContentEnd, None, Many),
    entry!(Toast, "notification", ContentEnd, None, Many),
    entry!(ProgressBar, "progress bar", ContentEnd, None, Many),
    entry!(StarRating, "star rating", ContentEnd, None, Once),
    entry!(UnitConverter, "unit converter", ContentEnd, None, Once),
    entry!(TipCalculator, "tip calculator", ContentEnd, None, Once),
    entry!(BmiCalculator, "BMI calculator", ContentEnd, None, Once),
    entry!(LoanCalculator, "loan calculator", ContentEnd, None, Once),
    entry!(Weather, "weather card", ContentEnd, None, Once),
    entry!(Notes, "notes", ContentEnd, None, Once),
    entry!(Kanban, "kanban board", ContentEnd, None, Once),
    entry!(Shop, "shop with a cart", ContentEnd, Some(("shop", "Shop")), Data),
    entry!(Calendar, "calendar", ContentEnd, None, Once),
    entry!(RandomQuote, "random quote", ContentEnd, None, Once),
    entry!(ColourPicker, "colour picker", ContentEnd, None, Once),
    entry!(PasswordGenerator, "password generator", ContentEnd, None, Once),
    entry!(MarkdownPreview, "Markdown editor", ContentEnd, None, Once),
    entry!(ExpenseTracker, "expense tracker", ContentEnd, None, Once),
    entry!(HabitTracker, "habit tracker", ContentEnd, None, Once),
    entry!(Poll, "poll", ContentEnd, None, Many),
    entry!(SearchList, "searchable list", ContentEnd, None, Many),
    entry!(Snake, "snake game", ContentEnd, None, Once),
    entry!(MemoryGame, "memory game", ContentEnd, None, Once),
    entry!(RockPaperScissors, "rock, paper, scissors game", ContentEnd, None, Once),
    entry!(Dice, "dice", ContentEnd, None, Once),
    entry!(CoinFlip, "coin flip", ContentEnd, None, Once),
    entry!(GuessNumber, "number guessing game", ContentEnd, None, Once),
    entry!(BlogList, "blog posts", ContentEnd, Some(("blog", "Blog")), Once),
    entry!(ProfileCard, "profile card", ContentEnd, None, Many),
    entry!(SocialLinks, "social links", ContentEnd, None, Once),
    entry!(ContactInfo, "contact details", ContentEnd, Some(("visit", "Visit")), Once),
    entry!(Timeline, "timeline", ContentEnd, None, Once),
    entry!(CookieBanner, "cookie banner", Bottom, None, Once),
    entry!(ScrollTop, "button back to the top", Bottom, None, Once),
    entry!(DateCountdown, "countdown to a date", ContentEnd, None, Many),
    entry!(ChatMock, "chat", ContentEnd, None, Once),
    entry!(MapPlaceholder, "map", ContentEnd, None, Once),
    entry!(ConfettiButton, "confetti button", ContentEnd, None, Many),
    entry!(TypingText, "typing text", ContentEnd, None, Once),
    entry!(AnnouncementBar, "announcement bar", Top, None, Many),
    entry!(Form, "form", ContentEnd, Some(("form", "Form")), Data),
    entry!(PriceMenu, "menu with prices", ContentEnd, Some(("menu", "Menu")), Data),
    entry!(Flashcards, "flashcards", ContentEnd, None, Data),
    entry!(MusicPlayer, "music player", ContentEnd, None, Once),
    entry!(Tetris, "Tetris game", ContentEnd, None, Once),
    entry!(PhotoFeed, "photo feed", ContentEnd, None, Once),
    entry!(TypingHeadline, "typing effect", ContentStart, None, Own),
    entry!(SkillBars, "skills", ContentEnd, None, Once),
    entry!(Minesweeper, "minesweeper game", ContentEnd, None, Once),
    entry!(Game2048, "2048 game", ContentEnd, None, Once),
    entry!(Hangman, "hangman game", ContentEnd, None, Once),
    entry!(Pong, "pong game", ContentEnd, None, Once),
    entry!(FlappyBird, "flappy bird game", ContentEnd, None, Once),
    entry!(ConnectFour, "four-in-a-row game", ContentEnd, None, Once),
    entry!(WordGuess, "word game", ContentEnd, None, Once),
    entry!(WhackAMole, "whack-a-mole game", ContentEnd, None, Once),
    entry!(TypingTest, "typing test", ContentEnd, None, Once),
    entry!(ReactionTest, "reaction test", ContentEnd, None, Once),
    entry!(DrawingPad, "drawing pad", ContentEnd, None, Once),
    entry!(Piano, "piano", ContentEnd, None, Once),
    entry!(ItemList, "list", ContentEnd, None, Many),
    entry!(WeekPlanner, "week planner", ContentEnd, None, Once),
    entry!(Dropdown, "dropdown", ContentEnd, None, Many),
    entry!(Spinner, "loading spinner", ContentEnd, None, Once),
    entry!(TextSizer, "slider for the text size", ContentEnd, None, Once),
    entry!(WordCounter, "word counter", ContentEnd, None, Once),
    entry!(RandomPicker, "wheel", ContentEnd, None, Once),
    entry!(MagicBall, "magic 8 ball", ContentEnd, None, Once),
    entry!(AgeCalculator, "age calculator", ContentEnd, None, Once),
    entry!(LogoCloud, "logo row", ContentEnd, None, Once),
    entry!(Comments, "comments", ContentEnd, None, Once),
    entry!(VideoPlaceholder, "video frame", ContentEnd, None, Once),
    entry!(WorldClock, "world clock", ContentEnd, None, Once),
    entry!(Breathing, "breathing exercise", ContentEnd, None, Once),
    entry!(Tooltip, "tooltip", ContentEnd, None, Many),
    entry!(Breadcrumbs, "breadcrumbs", ContentStart, None, Once),
    entry!(Sidebar, "side menu", Bottom, None, Once),
    entry!(Pagination, "row of page numbers", ContentEnd, None, Once),
    entry!(NumberGenerator, "number generator", ContentEnd, None, Once),
    entry!(PercentCalculator, "percentage calculator", ContentEnd, None, Once),
    entry!(Metronome, "metronome", ContentEnd, None, Once),
    entry!(Breakout, "breakout game", ContentEnd, None, Once),
    entry!(SimonSays, "game of Simon says", ContentEnd, None, Once),
    entry!(EntryLog, "log", ContentEnd, None, Many),
    entry!(SplitBill, "bill to split", ContentEnd, None, Once),
    entry!(OrgChart, "chart of the organisation", ContentEnd, None, Data),
    entry!(Booking, "booking calendar", ContentEnd, Some(("booking", "Booking")), Once),
    entry!(PaletteGenerator, "palette generator", ContentEnd, None, Once),
    entry!(RecipeFinder, "collection to search", ContentEnd, None, Data),
    entry!(ProductCard, "product card", ContentEnd, None, Many),
    entry!(CurrencyConverter, "currency converter", ContentEnd, None, Once),
    entry!(Microblog, "feed of short posts", ContentEnd, None, Once),
    entry!(PriceCalculator, "price calculator", ContentEnd, None, Data),
    entry!(LanguageSwitch, "language switch", ContentStart, None, Data),
    entry!(Chess, "chess game", ContentEnd, None, Once),
    entry!(Sudoku, "sudoku", ContentEnd, None, Once),
    entry!(Maze, "maze", ContentEnd, None, Once),
    entry!(QrCode, "QR code", ContentEnd, None, Once),
    entry!(RecipeCard, "recipe", ContentEnd, None, Data),
    entry!(EventDetails, "details of the event", ContentEnd, Some(("details", "Details")), Data),
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

    /// Its style sheet, its short forms written out: `@card .name 26rem;` and `@fields .name;`.
    pub(in crate::builtin) fn style(&self) -> String {
        let rule = |line: &str| {
            let words: Vec<&str> = line.trim_end_matches(';').split(' ').collect();
            match words[..] {
                ["@card", name, width] => CARD.replace("NAME", name).replace("WIDTH", width),
                ["@fields", name] => FIELDS.replace("NAME", name),
                _ => format!("{line}\n"),
            }
        };
        self.css.lines().map(rule).collect()
    }

    /// What it is called in answers, with article where it has one.
    pub(in crate::builtin) fn with_article(&self) -> String {
        match self.section {
            Section::Testimonials
            | Section::Features
            | Section::Stats
            | Section::Tabs
            | Section::Notes
            | Section::Dice
            | Section::BlogList
            | Section::SocialLinks
            | Section::TypingText
            | Section::Flashcards
            | Section::EventDetails
            | Section::SkillBars
            | Section::Comments
            | Section::Breadcrumbs
            | Section::ContactInfo => self.noun.to_owned(),
            Section::Gallery
            | Section::Faq
            | Section::ExpenseTracker
            | Section::AnnouncementBar
            | Section::AgeCalculator => {
                format!("an {}", self.noun)
            }
            _ => format!("a {}", self.noun),
        }
    }
}
