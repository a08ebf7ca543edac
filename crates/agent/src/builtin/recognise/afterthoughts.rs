//! What the wishes of one prompt mean for each other, once all of them are known.

use super::landing;
use super::purposes::providers;
use super::words::Word;
use crate::builtin::intent::{Intent, Section};

/// Settles the wishes of a prompt among themselves.
pub(super) fn settle(prompt: &str, words: &[Word], intents: &mut Vec<Intent>) {
    for intent in &mut *intents {
        if let Intent::Landing(subject) = intent
            && subject == landing::ANYTHING
        {
            *subject = landing::occupation(prompt, words).unwrap_or_else(|| subject.clone());
        }
    }
    parts_of_page(intents);
    one_button(intents);
    absorbed(words, intents);
    highlight_in_new_table(intents);
}

/// What follows a wish for a page is a part of it: about the same subject, and its opening is the hero.
fn parts_of_page(intents: &mut Vec<Intent>) {
    let page = intents.iter().position(|intent| matches!(intent, Intent::Landing(_) | Intent::Page(..)));
    let Some(page) = page else {
        return;
    };
    let about = match &intents[page] {
        Intent::Landing(subject) | Intent::Page(_, subject) => subject.clone(),
        _ => return,
    };
    let mut at = 0;
    intents.retain_mut(|intent| {
        at += 1;
        let Intent::Add(addition) = intent else {
            return true;
        };
        if at <= page + 1 {
            return true;
        }
        let named = addition.title.is_some() || addition.text.is_some();
        if matches!(
            addition.section,
            Section::Features | Section::Testimonials | Section::Faq | Section::Gallery
        ) && addition.items.is_empty()
            && addition.topic.is_none()
        {
            addition.topic = Some(about.clone());
        }
        addition.section != Section::Hero || named
    });
}

/// What a tool has by itself is no second thing: the pie of an expense tracker, the table of a log, the cart of a product.
fn absorbed(words: &[Word], intents: &mut Vec<Intent>) {
    let has = |section: Section| match section {
        Section::SignInForm => &[Section::PasswordGenerator, Section::ActionButton][..],
        Section::ExpenseTracker => &[Section::PieChart, Section::DataTable, Section::Stats, Section::Chart],
        Section::EntryLog => &[Section::DataTable, Section::ItemList],
        Section::ProductCard => {
            &[Section::Shop, Section::ActionButton, Section::PricingTable, Section::Gallery]
        }
        Section::RecipeFinder => &[Section::SearchList, Section::RecipeCard],
        Section::SplitBill => &[Section::ExpenseTracker, Section::ItemList],
        Section::Booking => &[Section::Calendar, Section::Form, Section::ActionButton],
        Section::Chess | Section::Sudoku | Section::Maze | Section::Snake | Section::Tetris => {
            &[Section::Timer, Section::Stopwatch, Section::Counter, Section::ActionButton]
        }
        _ => &[],
    };
    let Some(Intent::Add(first)) = intents.iter_mut().find(|intent| matches!(intent, Intent::Add(_))) else {
        return;
    };
    let owner = first.section;
    if owner == Section::SignInForm {
        let forgot = words.iter().any(|word| word.is_any(&["forgot", "forgotten"]));
        first.text = first.text.take().or_else(|| forgot.then(|| "forgot".to_owned()));
        if first.items.is_empty() {
            first.items = providers(words);
        }
    }
    // `a dashboard with some stats cards` has its figures already.
    let mut figures = 0;
    intents.retain(|intent| match intent {
        Intent::Add(addition) if owner == Section::Stats && addition.section == Section::Stats => {
            figures += 1;
            figures == 1 || !addition.items.is_empty()
        }
        _ => true,
    });
    // A thing with an article of its own is one, unless the tool has it.
    intents.retain(|intent| match intent {
        Intent::Add(addition) => addition.section == owner || !has(owner).contains(&addition.section),
        _ => true,
    });
}

/// `when I click the button, show confetti` wants one button.
fn one_button(intents: &mut Vec<Intent>) {
    let adds = |section: Section| move |intent: &Intent| matches!(intent, Intent::Add(addition) if addition.section == section);
    let confetti = intents.iter().position(adds(Section::ConfettiButton));
    let button = intents.iter().position(adds(Section::ActionButton));
    let (Some(confetti), Some(button)) = (confetti, button) else {
        return;
    };
    let label = match &intents[button] {
        Intent::Add(addition) => addition.text.clone(),
        _ => None,
    };
    if let Intent::Add(addition) = &mut intents[confetti] {
        addition.text = addition.text.take().or(label);
    }
    intents.remove(button);
}

/// `add a pricing table and make the pro plan highlighted` adds one table, not one and more of it.
fn highlight_in_new_table(intents: &mut Vec<Intent>) {
    let is_table =
        |intent: &&mut Intent| matches!(intent, Intent::Add(table) if table.section == Section::PricingTable);
    let mut marked = None;
    let mut tables = 0;
    intents.retain(|intent| match intent {
        Intent::Add(table) if table.section == Section::PricingTable => {
            tables += 1;
            let only_marks = tables > 1 && table.text.is_some();
            marked = if only_marks { table.text.clone() } else { marked.take() };
            !only_marks
        }
        _ => true,
    });
    if let (Some(text), Some(Intent::Add(table))) = (marked, intents.iter_mut().find(is_table)) {
        table.text = Some(text);
    }
}
