//! What is worth knowing about a section that does not show at once: what it keeps, what is a sample.

use super::super::intent::{Addition, Section};
use super::sources;

/// A remark on a section that was added; empty where there is nothing to say.
pub(super) fn remark(addition: &Addition) -> String {
    let about = addition.topic.as_deref();
    match (addition.section, about) {
        (Section::DataTable | Section::Testimonials | Section::Team | Section::Flashcards, _)
            if !addition.rows.is_empty() =>
        {
            if addition.section == Section::Testimonials {
                " What they say is a sample: replace it with their words.".into()
            } else {
                String::new()
            }
        }
        (Section::Quiz, Some(topic)) if !sources::has_questions_about(topic) => format!(
            " I have no questions about {topic}, so these are of general knowledge: replace them with yours."
        ),
        (Section::Flashcards, Some(topic)) if !sources::has_cards_about(topic) => {
            format!(
                " I have no cards about {topic}, so these are of general knowledge: replace them with yours."
            )
        }
        (Section::ItemList, _) if addition.items.is_empty() => {
            " What it lists is a sample: replace it with yours.".into()
        }
        (Section::RecipeCard, Some(dish)) if !sources::has_recipe_for(dish) => {
            format!(" I do not know how to make {dish}, so ingredients and steps wait for yours.")
        }
        (Section::PricingTable | Section::PriceMenu | Section::Shop, _) if !addition.prices.is_empty() => {
            if addition.section == Section::PricingTable {
                " What is in the plans is a sample.".into()
            } else {
                String::new()
            }
        }
        (Section::ContactInfo, _) if !addition.items.is_empty() => String::new(),
        (Section::CurrencyConverter, _) if addition.prices.is_empty() => {
            " Its rates are rough, and not looked up: change them where it matters.".into()
        }
        (Section::PriceCalculator, _) if addition.prices.is_empty() => {
            " Its prices are samples: tell me yours, such as “price calculator with wash 10, wax 20”.".into()
        }
        (Section::TodoList | Section::Counter | Section::HabitTracker, _) if addition.remember => {
            " It remembers what it holds in this browser, after a reload too.".into()
        }
        (Section::DataTable, Some(topic)) if !sources::has_table_about(topic) => {
            format!(" I know nothing about {topic}, so its rows are samples: replace them with yours.")
        }
        (Section::DataTable, _) if addition.items.len() >= 2 => " Its rows are samples.".into(),
        (Section::Chart | Section::PieChart, Some(_)) if sources::known_figures(addition).is_some() => {
            " Its figures are rough, and not looked up: check them before you rely on them.".into()
        }
        (Section::PieChart, Some(topic)) if addition.items.is_empty() => {
            format!(" I have no figures about {topic}: its parts are called A to D, with sample values.")
        }
        (Section::Chart | Section::PieChart, _) if !addition.prices.is_empty() => String::new(),
        (Section::Gallery, Some(topic)) if sources::sign_for(topic, 0).is_some() => {
            format!(" Nothing is loaded from the network, so the pictures of {topic} are drawn with signs.")
        }
        (Section::Footer, _) if addition.variant => {
            " The social links lead to the start pages of the networks: put your own addresses there.".into()
        }
        (Section::Footer, _) => String::new(),
        (Section::Stats, _) if !addition.prices.is_empty() => String::new(),
        (section, _) => general(section).to_owned(),
    }
}

const fn general(section: Section) -> &'static str {
    match section {
        Section::TodoList => " It keeps its tasks in memory, until the page is reloaded.",
        Section::ContactForm | Section::Newsletter | Section::SignInForm | Section::Form => {
            " It checks what is entered and sends nothing anywhere."
        }
        Section::Gallery | Section::Carousel | Section::PhotoFeed => {
            " The pictures are drawn by code, since nothing is loaded from the network."
        }
        Section::Chart | Section::PieChart => " Its figures are samples.",
        Section::Weather => " Its figures are samples: nothing is loaded from the network.",
        Section::MapPlaceholder => " It is a drawing: no map is loaded from the network.",
        Section::ChatMock => " It is a design: nobody else reads it.",
        Section::Shop => " The goods are samples, and nothing can be paid for.",
        Section::PriceMenu => " What it offers and the prices are samples.",
        Section::MusicPlayer => {
            " Its three tunes are old ones, played by the browser itself: no files are loaded."
        }
        Section::DateCountdown => " Change its date by asking for a countdown to another day.",
        Section::BlogList
        | Section::ContactInfo
        | Section::Timeline
        | Section::ProfileCard
        | Section::EventDetails
        | Section::PricingTable
        | Section::Testimonials
        | Section::Stats
        | Section::Team => " The texts are samples.",
        Section::Notes
        | Section::Kanban
        | Section::ExpenseTracker
        | Section::HabitTracker
        | Section::Poll => " It keeps what is entered in memory, until the page is reloaded.",
        Section::ThemeToggle => " It follows the system at first and remembers the choice.",
        Section::VideoPlaceholder => {
            " It is a frame with a drawn scene: no video is loaded from the network."
        }
        Section::LogoCloud => " The names are samples.",
        Section::WeekPlanner | Section::Comments => {
            " Its entries are samples, and what is added stays until the page is reloaded."
        }
        Section::EntryLog | Section::SplitBill | Section::Microblog => {
            " It keeps what is entered in memory, until the page is reloaded."
        }
        Section::Booking => " It is a design: nothing is sent anywhere.",
        Section::ProductCard => " Nothing can be paid for.",
        Section::RecipeFinder => " What it holds is a sample.",
        Section::LanguageSwitch => {
            " It changes the page's own introduction; texts that you write yourself are known in no other language."
        }
        Section::Chess => " Two people play it by turns; castling and taking in passing are left out.",
        Section::Maze => " Play it with the arrow keys or the buttons.",
        Section::Tetris | Section::Game2048 => " Play it with the arrow keys or the buttons.",
        _ => "",
    }
}
