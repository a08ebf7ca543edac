//! The recipes: each turns one intent into edits of the draft, and says in a sentence what it did.
//!
//! Recipes compose and repeat. They work on whatever the files hold by now, and what they cannot place safely they
//! leave alone and say so.

mod catalogue;
mod content;
mod dress;
mod landing;
mod literal;
mod looks;
mod manage;
mod page;
mod properties;
mod remarks;
mod sections;
mod shell;
mod sources;
mod texts;
mod tongues;
mod topics;

use super::draft::Draft;
use super::framework::Framework;
use super::intent::{Intent, Part};

use page::{Page, Sorry};

/// What came of a list of intents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// What was done, one sentence each.
    pub(super) done: Vec<String>,
    /// What could not be done, one sentence each.
    pub(super) sorry: Vec<Sorry>,
}

/// Carries out intents in order on the draft.
pub(super) fn carry_out(intents: &[Intent], draft: &mut Draft) -> Report {
    let mut report = Report::default();
    let Some(framework) = Framework::of(|path| draft.exists(path)) else {
        report.sorry.push("I found no page in this project that I know how to change.".into());
        return report;
    };
    for intent in grounds_first(intents) {
        match apply(intent, &mut Page { framework, draft }) {
            Ok(sentence) => report.done.push(sentence),
            Err(sorry) => report.sorry.push(sorry),
        }
    }
    // That nothing had to go is no news beside what came.
    if !report.done.is_empty() {
        report.sorry.retain(|sorry| sorry != manage::NOTHING_ADDED);
    }
    report.done.dedup();
    report.sorry.dedup();
    report
}

/// A background chooses its text, so it comes before the texts that have a colour of their own.
fn grounds_first(intents: &[Intent]) -> Vec<&Intent> {
    let mut ordered: Vec<&Intent> = Vec::new();
    for intent in intents {
        let coloured = |other: &&Intent| matches!(other, Intent::Paint(part, _) if *part != Part::Background);
        let at = match intent {
            Intent::Paint(Part::Background, _) => ordered.iter().position(coloured),
            _ => None,
        };
        ordered.insert(at.unwrap_or(ordered.len()), intent);
    }
    ordered
}

fn apply(intent: &Intent, page: &mut Page<'_>) -> Result<String, Sorry> {
    // Every recipe starts from these two, so that they are read together.
    let _ = (page.styles(), page.app());
    match intent {
        Intent::Undo => Err("Undoing is done before anything else.".into()),
        Intent::Theme(theme) => Ok(looks::theme(page, theme)),
        Intent::Paint(part, colour) => Ok(looks::paint(page, *part, *colour)),
        Intent::Gradient(colours) => Ok(looks::gradient(page, *colours)),
        Intent::Style(style) => Ok(looks::style(page, *style)),
        Intent::Icon(sign) => shell::icon(page, sign),
        Intent::Language(language) => tongues::put(page, *language),
        Intent::Opening(subject, name) => landing::open(page, subject, name.as_deref()),
        Intent::ButtonTexts(labels) => texts::buttons(page, labels),
        Intent::SetText(slot, text) => texts::set(page, *slot, text),
        Intent::Replace { from, to } => texts::replace(page, from, to),
        Intent::Name(name) => texts::name(page, name),
        Intent::Add(addition) => sections::add(page, addition),
        Intent::Remove(section) => manage::remove(page, *section),
        Intent::HideText(slot) => texts::hide(page, *slot),
        Intent::RemoveAll => manage::remove_all(page),
        Intent::Dress(section, dress) => dress::section(page, *section, *dress),
        Intent::Restyle(element, dress) => Ok(dress::elements(page, *element, *dress)),
        Intent::Move(section, place) => manage::move_to(page, *section, *place),
        Intent::Landing(subject) => landing::build(page, subject),
        Intent::Page(kind, subject) => landing::build_kind(page, *kind, subject),
    }
}
