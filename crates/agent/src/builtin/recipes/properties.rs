//! What an element of a section is given where it is placed.

use super::super::intent::{Addition, Section};
use super::literal::Js;
use super::sources;
use super::topics::title_case;

/// The properties of one element, in order; what equals the component's default is left out.
pub(super) fn given(addition: &Addition, number: usize) -> Vec<(&'static str, Js)> {
    let mut given = Vec::new();
    let mut push = |name, value: Option<Js>| given.extend(value.map(|value| (name, value)));
    let number_of = |value: usize| Js::Number(i64::try_from(value).unwrap_or(i64::MAX));
    let numbered = |default: &str| {
        let title = addition.title.clone();
        title.or_else(|| (number > 1).then(|| format!("{default} {number}"))).map(Js::Text)
    };
    let title = || addition.title.clone().map(Js::Text);
    let text = || addition.text.clone().map(Js::Text);
    push("remember", addition.remember.then_some(Js::Flag(true)));
    match addition.section {
        Section::Counter => {
            push("goal", addition.text.as_deref().and_then(|goal| goal.parse().ok()).map(Js::Number));
            push("title", numbered("Counter"));
            push("start", addition.seconds.map(|start| Js::Number(start.into())));
            push("step", addition.count.filter(|step| *step > 1).map(number_of));
        }
        Section::TodoList => {
            push("title", numbered("To-do list"));
            push("items", Some(Js::texts(sources::tasks(addition))));
        }
        Section::Timer => {
            push("title", numbered("Timer"));
            push("seconds", addition.seconds.map(|seconds| Js::Number(seconds.into())));
            push("pause", addition.count.map(number_of));
        }
        Section::Stopwatch => push("title", numbered("Stopwatch")),
        Section::Chart => {
            push("title", sources::chart_title(addition, number).map(Js::Text));
            push("type", addition.variant.then(|| Js::text("line")));
            push("data", sources::chart_data(addition));
        }
        Section::TextBlock => {
            push("anchor", addition.title.as_deref().and_then(sources::anchor).map(Js::Text));
            push("title", title());
            push("text", Some(Js::Text(sources::prose(addition))));
        }
        Section::ActionButton => push("label", text().or_else(title)),
        Section::CallToAction => {
            push("title", title());
            push("button", text());
        }
        Section::ContactForm | Section::Clock | Section::Calculator | Section::TicTacToe => {
            push("title", title())
        }
        Section::Newsletter => {
            push("title", title());
            push("text", text());
        }
        Section::SignInForm => {
            let (shown, action) =
                if addition.variant { ("Create your account", "Sign up") } else { ("Sign in", "Sign in") };
            push("title", title().or_else(|| addition.variant.then(|| Js::text(shown))));
            push("action", addition.variant.then(|| Js::text(action)));
            push("forgot", addition.text.as_deref().map(|_| Js::Flag(true)));
            push("providers", (!addition.items.is_empty()).then(|| Js::texts(addition.items.clone())));
        }
        Section::Hero => {
            let shown = addition.title.clone().unwrap_or_else(|| "Something good starts here".into());
            push("title", (number == 1 || addition.title.is_some()).then_some(Js::Text(shown)));
            let prose =
                addition.text.clone().unwrap_or_else(|| "Say in one sentence what this page is for.".into());
            push("text", Some(Js::Text(prose)));
        }
        Section::PieChart => {
            push("title", sources::chart_title(addition, number).map(Js::Text).or_else(title));
            push("hole", addition.variant.then_some(Js::Number(55)));
            push("data", sources::chart_data(addition));
        }
        Section::Carousel => {
            push("title", title());
            push("slides", (!addition.items.is_empty()).then(|| Js::texts(addition.items.clone())));
            push("seconds", addition.seconds.map(|seconds| Js::Number(seconds.into())));
            push("auto", addition.variant.then_some(Js::Flag(true)));
        }
        Section::Tabs => {
            let named = addition.items.iter().map(|item| title_case(item));
            push("tabs", (!addition.items.is_empty()).then(|| Js::texts(named)));
        }
        Section::Modal => {
            push("title", title());
            push("text", text());
        }
        Section::Toast | Section::AnnouncementBar | Section::CookieBanner => push("text", text()),
        Section::ProgressBar => {
            push("title", title());
            push("start", addition.count.map(|count| number_of(count.min(100))));
        }
        Section::Weather => push("city", addition.topic.as_deref().map(title_case).map(Js::Text)),
        Section::HabitTracker | Section::Poll | Section::SearchList | Section::SocialLinks => {
            push("title", title());
            let named = addition.items.iter().map(|item| sources::sentence_case(item));
            push("items", (!addition.items.is_empty()).then(|| Js::texts(named)));
        }
        Section::ProfileCard => {
            push("title", title().or_else(|| addition.topic.as_deref().map(title_case).map(Js::Text)));
            push("text", text());
        }
        Section::DateCountdown => {
            push("title", title().or_else(|| addition.topic.as_deref().map(title_case).map(Js::Text)));
            push("date", addition.items.first().cloned().map(Js::Text));
        }
        Section::Timeline => {
            push("title", title());
            push("steps", sources::steps(addition));
        }
        Section::SkillBars => {
            push("title", title());
            let named = addition.items.iter().map(|item| sources::sentence_case(item));
            push("items", (!addition.items.is_empty()).then(|| Js::texts(named)));
            let levels = addition.prices.iter().filter_map(|level| level.parse().ok()).map(Js::Number);
            push("levels", (!addition.prices.is_empty()).then(|| Js::List(levels.collect())));
        }
        Section::ItemList => {
            push("title", title());
            push("items", sources::list_items(addition).map(Js::texts));
            push("ordered", addition.variant.then_some(Js::Flag(true)));
        }
        Section::WeekPlanner => {
            let known = sources::week(addition);
            let own = addition.title.clone().or_else(|| known.map(|(title, _)| title.to_owned()));
            push("title", own.map(Js::Text));
            push("entries", known.map(|(_, entries)| Js::texts(entries)));
        }
        Section::Dropdown | Section::RandomPicker | Section::LogoCloud | Section::WorldClock => {
            push("title", title());
            let named = addition.items.iter().map(|item| title_case(item));
            push("items", (!addition.items.is_empty()).then(|| Js::texts(named)));
        }
        Section::NumberGenerator => {
            push("title", title());
            if let [from, to] = &addition.prices[..] {
                push("from", from.parse().ok().map(Js::Number));
                push("to", to.parse().ok().map(Js::Number));
            }
        }
        Section::Tooltip | Section::QrCode => push("text", text()),
        Section::TipCalculator => {
            push("title", title());
            let percents = addition.prices.iter().filter_map(|percent| percent.parse().ok()).map(Js::Number);
            push("percents", (!addition.prices.is_empty()).then(|| Js::List(percents.collect())));
        }
        Section::Kanban => {
            push("title", title());
            let named = addition.items.iter().map(|item| sources::sentence_case(item));
            push("columns", (!addition.items.is_empty()).then(|| Js::texts(named)));
        }
        Section::ExpenseTracker => {
            push("title", title());
            let named = addition.items.iter().map(|item| sources::sentence_case(item));
            push("categories", (addition.items.len() > 1).then(|| Js::texts(named)));
        }
        Section::EntryLog => {
            push("title", addition.title.as_deref().map(sources::sentence_case).map(Js::Text));
            push("columns", sources::log_columns(addition).map(Js::texts));
        }
        Section::SplitBill => {
            push("title", title());
            let named = addition.items.iter().map(|item| title_case(item));
            push("people", (addition.items.len() > 1).then(|| Js::texts(named)));
        }
        Section::ProductCard => {
            let name = title().or_else(|| addition.topic.as_deref().map(title_case).map(Js::Text));
            push("title", name);
            push("price", addition.prices.first().map(|price| Js::Text(sources::price_of(addition, price))));
            let sign = addition.topic.as_deref().and_then(|topic| sources::sign_for(topic, 0));
            push("sign", sign.or(addition.topic.as_deref().map(|_| "🛍️")).map(Js::text));
            push("sizes", sources::sizes(addition).map(Js::texts));
        }
        Section::CurrencyConverter => {
            push("title", title());
            if let [first, second, ..] = &addition.items[..] {
                push("first", Some(Js::text(first)));
                push("second", Some(Js::text(second)));
            }
            push("rate", addition.prices.first().and_then(|rate| Js::decimal(rate)));
        }
        Section::ContactInfo => {
            push("title", title());
            push("lines", (!addition.items.is_empty()).then(|| sources::labelled(&addition.items)));
        }
        Section::FlappyBird => {
            push("title", title());
            push("player", text());
        }
        Section::Breadcrumbs | Section::Sidebar => {
            push("shown", addition.variant.then_some(Js::Flag(true)));
            let named = addition.items.iter().map(|item| title_case(item));
            push("items", (!addition.items.is_empty()).then(|| Js::texts(named)));
        }
        Section::Pagination => push("count", addition.count.map(|count| number_of(count.clamp(2, 12)))),
        Section::UnitConverter => {
            push("title", title());
            push("first", text());
        }
        Section::Spinner => push("label", text()),
        Section::Form => push("action", Some(Js::text(sources::form_action(addition)))),
        Section::ConfettiButton => push("label", text()),
        Section::TypingText | Section::ScrollTop => {}
        Section::PricingTable
        | Section::Gallery
        | Section::Testimonials
        | Section::Faq
        | Section::Quiz
        | Section::Features
        | Section::Stats
        | Section::DataTable
        | Section::Team
        | Section::Shop
        | Section::PriceMenu
        | Section::Flashcards
        | Section::EventDetails
        | Section::RecipeCard
        | Section::RecipeFinder
        | Section::OrgChart
        | Section::PriceCalculator
        | Section::LanguageSwitch
        | Section::TypingHeadline
        | Section::NavBar
        | Section::Footer
        | Section::ThemeToggle => {}
        _ => push("title", title()),
    }
    given
}
