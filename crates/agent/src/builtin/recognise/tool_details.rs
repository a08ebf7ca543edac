//! What is said about tools, games, lists and smaller parts of a page.

use super::contacts::contacts;
use super::dates::{day_of_month, named_day};
use super::details::{as_title, capitalised, spoken, take_prices};
use super::entries;
use super::lists;
use super::numbers;
use super::phrases::find;
use super::purposes::{conversion, currencies, sign_of};
use super::said::Said;
use super::values;
use super::words::{Kind, Word};
use crate::builtin::intent::{Addition, Section};

/// Takes the details of a tool from what is said.
pub(super) fn take(said: &Said<'_>, addition: &mut Addition) {
    match addition.section {
        Section::Tabs
        | Section::HabitTracker
        | Section::Poll
        | Section::SearchList
        | Section::SocialLinks => {
            addition.items = said.items(&["with", "for", "of", "between", "containing", "like", "to"]);
            addition.title =
                addition.title.take().or_else(|| if addition.items.is_empty() { said.quote() } else { None });
        }
        Section::Carousel => {
            addition.items = said.items(&["with", "for", "of", "between", "containing", "like", "to"]);
            addition.variant = said.says(&[
                "automatically",
                "automatic",
                "auto",
                "itself",
                "every",
                "autoplay",
                "own",
                "rotating",
                "automaticly",
            ]);
            addition.seconds = numbers::seconds(&said.around).filter(|seconds| *seconds <= 60);
            addition.title =
                addition.title.take().or_else(|| if addition.items.is_empty() { said.quote() } else { None });
        }
        Section::NumberGenerator => {
            let numbers: Vec<usize> = said.around.iter().filter_map(numbers::number).collect();
            addition.prices = numbers.iter().take(2).map(ToString::to_string).collect();
        }
        Section::QrCode => {
            let address = |word: &&str| word.contains("://") || word.starts_with("www.");
            addition.title = None;
            addition.text =
                said.quote().or_else(|| said.prompt.split_whitespace().find(address).map(str::to_owned));
        }
        Section::UnitConverter => addition.text = conversion(&said.around, said.name),
        Section::Sidebar | Section::Breadcrumbs => {
            addition.items = said.items(&["with", "for", "containing", "link", "to"]);
            addition.variant = said.says(&["left", "icon", "always", "fixed", "like", "visible", "side"]);
        }
        Section::TipCalculator => {
            let all: Vec<usize> =
                said.around.iter().filter_map(numbers::number).filter(|number| *number > 2).collect();
            addition.prices = all.iter().take(5).map(ToString::to_string).filter(|_| all.len() > 1).collect();
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::Kanban => {
            addition.items = lists::columns(said.prompt, said.after);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::ExpenseTracker => {
            // `by category` says how to show them, `categories: food, rent` which there are.
            let named = said.after.windows(2).any(|pair| {
                pair[0].is_any(&["category", "categorie"])
                    && (pair[1].kind == Kind::Colon || pair[1].is("like"))
            });
            let listed = lists::after(said.prompt, said.after, &["category", "categorie"]);
            addition.items = if named { listed } else { Vec::new() };
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::EntryLog => {
            addition.items = said.items(&["with", "for", "of", "where", "columns", "field"]);
            addition.title =
                addition.title.take().or_else(|| said.quote()).or_else(|| said.name_as_written());
        }
        Section::SplitBill => {
            addition.items = said.items(&["for", "with", "between", "among"]);
            addition.items.retain(|item| !item.to_lowercase().contains("who "));
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::OrgChart => {
            addition.rows = entries::people(said.prompt, said.after);
            addition.topic = said.topic(&["for", "of"]);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::RecipeFinder => {
            addition.items = lists::after(said.prompt, said.after, &["by", "tag", "filter", "category"]);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::ProductCard => {
            addition.topic = values::topic(said.prompt, &[], said.after, &["for", "of"]);
            addition.prices = numbers::price(&said.around).into_iter().collect();
            addition.unit = entries::currency(said.prompt);
            addition.count = numbers::number_before(&said.around, &["size", "variant", "option", "color"]);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::CurrencyConverter => {
            addition.items = currencies(said.name.iter().chain(&said.around));
            addition.prices = numbers::price(&said.around).into_iter().collect();
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::PriceCalculator => {
            take_prices(addition, said.priced());
            addition.unit = entries::currency(said.prompt);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::ContactInfo => {
            addition.items = contacts(said.prompt);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::FlappyBird => {
            addition.text = said.around.iter().find_map(|word| sign_of(&word.text)).map(str::to_owned);
        }
        Section::Tooltip => addition.text = said.quote().or_else(|| spoken(said.prompt, said.after)),
        Section::Pagination => addition.count = said.count(),
        Section::PriceMenu => {
            addition.topic = said.topic(&["for", "of", "at"]).or_else(|| said.name_as_written());
            addition.title = addition.title.take().or_else(|| said.quote());
            take_prices(addition, said.priced());
        }
        Section::Flashcards => {
            addition.topic = said.topic(&["for", "about", "of", "with", "on", "to"]);
            addition.title = addition.title.take().or_else(|| said.quote());
            addition.rows = entries::pairs(said.prompt, said.after);
        }
        Section::ItemList => {
            addition.items = said.items(&["with", "for", "of", "containing", "like"]);
            let about = said.topic(&["of", "about", "for", "with"]).filter(|_| addition.items.is_empty());
            let named = as_title(said.name, &["wishlist", "wish", "reading", "watchlist", "watch"]);
            addition.variant = said.says(&["numbered", "ordered", "top", "ranked"]);
            addition.title = addition
                .title
                .take()
                .or_else(|| said.quote())
                .or(named)
                .or_else(|| about.as_deref().map(capitalised));
            addition.topic = about;
        }
        Section::WeekPlanner => {
            addition.topic = said
                .name_as_written()
                .into_iter()
                .chain(said.topic(&["for", "of"]))
                .reduce(|one, other| format!("{one} {other}"));
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::RecipeCard => {
            addition.topic = said.topic(&["for", "of", "about"]);
            addition.title = addition.title.take().or_else(|| said.quote());
        }
        Section::Dropdown | Section::RandomPicker | Section::LogoCloud | Section::WorldClock => {
            addition.items = said.items(&["with", "for", "of", "containing", "like", "between"]);
            addition.title =
                addition.title.take().or_else(|| if addition.items.is_empty() { said.quote() } else { None });
        }
        Section::Spinner => addition.text = said.quote().or_else(|| spoken(said.prompt, said.after)),
        Section::SkillBars => {
            addition.items = said.items(&["with", "for", "in", "like", "of"]);
            take_prices(addition, said.priced());
        }
        Section::Timeline => {
            addition.title = addition.title.take().or_else(|| said.quote());
            addition.items = said.items(&["with", "for"]);
        }
        Section::Form => {
            addition.topic = said.name_as_written().or_else(|| said.topic(&["for"]));
            addition.items = lists::fields(said.prompt, said.after);
        }
        Section::EventDetails => addition.title = addition.title.take().or_else(|| said.quote()),
        Section::Shop => {
            addition.count = said.count();
            addition.items = said.items(&["with", "for", "selling", "of", "like"]);
            addition.topic = said.topic(&["for", "selling"]).filter(|_| addition.items.is_empty());
            take_prices(addition, said.priced());
        }
        Section::ProgressBar => addition.count = said.count(),
        Section::Weather => {
            addition.topic = values::topic(said.prompt, &[], said.after, &["in", "for", "of"])
        }
        Section::Toast
        | Section::AnnouncementBar
        | Section::CookieBanner
        | Section::ConfettiButton
        | Section::Modal => {
            addition.text = said.quote().or_else(|| spoken(said.prompt, said.after));
        }
        Section::ProfileCard => addition.topic = values::topic(said.prompt, &[], said.after, &["for", "of"]),
        Section::DateCountdown => {
            let all: Vec<Word> = said.around.iter().chain(said.name).cloned().collect();
            let new_year = find(said.name, "new year")
                .or_else(|| find(&said.around, "new year"))
                .map(|_| "01-01".to_owned());
            let named = || all.iter().find_map(|word| named_day(&word.text));
            let day = new_year.or_else(|| day_of_month(&all)).or_else(named);
            addition.items = day.into_iter().collect();
            addition.topic = values::topic(said.prompt, &[], said.after, &["to", "until", "for"]);
        }
        _ => addition.title = addition.title.take().or_else(|| said.quote()),
    }
}
