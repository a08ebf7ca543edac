//! Taking sections off the page, and moving them.

use super::super::edit::app::{App, Place};
use super::super::edit::{imports, script};
use super::super::intent::{Addition, Section};
use super::page::{Page, Sorry};
use super::{sections, texts};

pub(super) fn remove(page: &mut Page<'_>, section: Section) -> Result<String, Sorry> {
    let entry = section.entry();
    if page.count_of(section) == 0 {
        return remove_plain(page, section);
    }
    if section == Section::TypingHeadline {
        texts::untype_heading(page)?;
    }
    page.take_off(entry)?;
    remove_files_if_unused(page, section);
    if section == Section::ThemeToggle {
        remove_empty_corner(page)?;
    }
    Ok(format!("Took the {} off the page.", entry.noun))
}

/// Why a page that has only its own texts can't be cleared.
pub(super) const NOTHING_ADDED: &str = "There is nothing on the page yet that I could take off.";

pub(super) fn remove_all(page: &mut Page<'_>) -> Result<String, Sorry> {
    let sections = page.sections();
    if sections.is_empty() {
        return Err(NOTHING_ADDED.into());
    }
    for section in &sections {
        remove(page, *section)?;
    }
    let nouns: Vec<&str> = sections.iter().map(|section| section.entry().noun).collect();
    Ok(format!("Took everything off that was added: {}.", nouns.join(", ")))
}

pub(super) fn move_to(page: &mut Page<'_>, section: Section, place: Place) -> Result<String, Sorry> {
    let entry = section.entry();
    // Who wants it somewhere wants it.
    if page.count_of(section) == 0 {
        return sections::add(page, &Addition { place: Some(place), ..Addition::of(section) });
    }
    let tag = page.framework.tag(entry.component);
    page.edit_app(|app| app.move_to(app.first(|element| element.name == tag)?, place))?;
    let where_to = match place {
        Place::Top | Place::Opening | Place::ContentStart => "up",
        Place::ContentEnd | Place::Bottom => "down to the end",
    };
    Ok(format!("Moved the {} {where_to}.", entry.noun))
}

/// Parts of the page that are plain markup rather than a section of ours.
fn remove_plain(page: &mut Page<'_>, section: Section) -> Result<String, Sorry> {
    let tags: &[&str] = match section {
        Section::NavBar => &["nav", "header"],
        Section::Footer => &["footer"],
        Section::ActionButton => &["button"],
        Section::ContactForm => &["form"],
        Section::DataTable => &["table"],
        _ => &[],
    };
    let noun = section.entry().noun;
    let missing = || format!("There is no {noun} on the page.");
    let source = page.app()?;
    let app = App::of(page.framework, &source).ok_or_else(missing)?;
    let element = app.first(|element| tags.contains(&element.name.as_str()) && !element.in_expression);
    let element = element.ok_or_else(missing)?.clone();
    page.edit_app(|app| app.remove_element(&element))?;
    Ok(format!("Took the {noun} off the page."))
}

/// A component that another file still imports keeps its files.
fn remove_files_if_unused(page: &mut Page<'_>, section: Section) {
    let entry = section.entry();
    let mut used = false;
    let ending = page.framework.ending();
    for path in page.draft.below("src/", ending) {
        if let Some(source) = page.draft.text(&path) {
            let name = format!("/{}", entry.component);
            let names_it = |from: &str| from.trim_end_matches(ending).ends_with(&name);
            let inner = script::block(&source, "script", page.framework).unwrap_or(0..source.len());
            used |= imports::imports(&source[inner]).iter().any(|import| names_it(&import.from));
        }
    }
    if !used {
        page.draft.remove(&page.path_of(entry));
        page.draft.remove(&entry.css_path());
    }
}

/// The corner that held the switch on a page without a header.
fn remove_empty_corner(page: &mut Page<'_>) -> Result<(), Sorry> {
    page.edit_app(|app| {
        let is_corner = |element: &&super::super::edit::jsx::Element| {
            element.has_class(app.source(), "theme-toggle-corner") && element.children.is_empty()
        };
        let corner = app.elements().into_iter().find(is_corner);
        match corner {
            Some(corner) => app.remove_element(corner),
            None => Some(app.source().to_owned()),
        }
    })
}
