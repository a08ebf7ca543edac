//! Adding sections: those of which there can be several get another element, the others are brought up to date.

use super::super::edit::app::{App, Place};
use super::super::framework::Framework;
use super::super::intent::{Addition, Section};
use super::catalogue::Repeat;
use super::literal::Js;
use super::page::{Page, Sorry};
use super::properties::given;
use super::{remarks, sources, texts};

/// How many variants of a section repeating its prompt goes through.
const ROUNDS_MAX: usize = 4;

pub(super) fn add(page: &mut Page<'_>, addition: &Addition) -> Result<String, Sorry> {
    let entry = addition.section.entry();
    let before = page.count_of(addition.section);
    let above = page.sections().into_iter().rfind(|section| section.entry().place == Place::ContentEnd);
    put(page, addition)?;
    let noun = entry.noun;
    if addition.section == Section::TypingHeadline {
        return Ok("The headline now types itself, letter by letter, again and again.".into());
    }
    if before > 0 && page.count_of(addition.section) == before {
        return Ok(format!("Brought the {noun} up to date."));
    }
    let what = if before > 0 { format!("another {noun}") } else { entry.with_article() };
    let place = match (addition.place.unwrap_or(entry.place), above) {
        _ if addition.section == Section::Sidebar => " at the left edge".to_owned(),
        _ if addition.section == Section::ThemeToggle && !page.app()?.contains(THEME_CORNER) => {
            " in the header".to_owned()
        }
        (Place::Top, _) => " at the top".to_owned(),
        (Place::Opening, _) => " above the introduction".to_owned(),
        (Place::ContentStart, _) => " below the introduction".to_owned(),
        (Place::Bottom, _) => " at the bottom".to_owned(),
        (Place::ContentEnd, Some(above)) => format!(" below the {}", above.entry().noun),
        (Place::ContentEnd, None) => " below the introduction".to_owned(),
    };
    let detail = remarks::remark(addition);
    Ok(format!("Added {what}{place}.{detail}"))
}

/// Where the switch for dark mode is on pages without a header.
const THEME_CORNER: &str = "theme-toggle-corner";

/// Adds without a word.
pub(super) fn put(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    match addition.section.entry().repeat {
        Repeat::Many => return another(page, addition),
        Repeat::Once => return only_one(page, addition),
        Repeat::Data => return up_to_date(page, addition),
        Repeat::Own => {}
    }
    match addition.section {
        Section::NavBar => navigation(page, addition),
        Section::Footer => footer(page, addition),
        Section::ThemeToggle => theme_toggle(page),
        Section::TypingHeadline => texts::type_heading(page),
        _ => another(page, addition),
    }
}

/// One more element, told from the others by its title.
fn another(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    let entry = addition.section.entry();
    if addition.existing {
        let given = said(addition);
        if given.is_empty() {
            return Err(format!("I have no recipe that changes the {} in that way.", entry.noun));
        }
        if page.count_of(addition.section) > 0 {
            return update_last(page, addition.section, given);
        }
    }
    let number = page.count_of(addition.section) + 1;
    let markup = page.framework.element(entry.component, &properties(addition, number, page.framework));
    let source = sources::plain(addition.section, page.framework);
    page.place(entry, &source, &markup, addition.place.unwrap_or(entry.place))
}

/// One element at most; said again, it takes the new properties.
fn only_one(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    let entry = addition.section.entry();
    if page.count_of(addition.section) == 0 {
        return another(page, addition);
    }
    let given = said(addition);
    if given.is_empty() {
        return Err(format!("There is {} on the page already, so I left it as it is.", entry.with_article()));
    }
    update_last(page, addition.section, given)
}

/// The properties that were asked for, without those that only fill a new element.
fn said(addition: &Addition) -> Vec<(&'static str, Js)> {
    let mut given = given(addition, 1);
    given.retain(|(name, _)| match *name {
        "items" => !addition.items.is_empty(),
        "text" => addition.text.is_some(),
        "title" => addition.title.is_some(),
        _ => true,
    });
    given
}

/// Gives the newest element of a section these properties.
fn update_last(page: &mut Page<'_>, section: Section, given: Vec<(&'static str, Js)>) -> Result<(), Sorry> {
    for (name, value) in given {
        let markup = property(name, &value, page.framework);
        let tag = page.framework.tag(section.entry().component);
        page.edit_app(|app| {
            let elements = app.elements();
            let element = elements.into_iter().rfind(|element| element.name == tag)?;
            Some(app.put_attribute(element, name, &markup))
        })?;
    }
    Ok(())
}

fn property(name: &str, value: &Js, framework: Framework) -> String {
    match value {
        Js::Text(text) => framework.text_property(name, text),
        other => framework.code_property(name, &other.inline(), &other.json()),
    }
}

/// One element at most, whose component carries its data; said again, it takes the new data or grows.
fn up_to_date(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    let entry = addition.section.entry();
    let on_page = page.count_of(addition.section) > 0;
    let variants: Vec<String> =
        (0..ROUNDS_MAX).map(|round| sources::source(addition, round, page.framework)).collect();
    if !on_page {
        let markup = page.framework.element(entry.component, &properties(addition, 1, page.framework));
        return page.place(entry, &variants[0], &markup, addition.place.unwrap_or(entry.place));
    }
    let now = page.draft.text(&page.path_of(entry)).unwrap_or_default();
    let next = match variants.iter().position(|variant| *variant == now) {
        Some(round) => variants[round..].iter().find(|variant| **variant != now),
        None => variants.first(),
    };
    let next =
        next.ok_or_else(|| format!("The {} on the page has everything I can offer for that.", entry.noun))?;
    page.put_files(entry, next);
    Ok(())
}

fn properties(addition: &Addition, number: usize, framework: Framework) -> Vec<String> {
    let given = given(addition, number).into_iter();
    given.map(|(name, value)| property(name, &value, framework)).collect()
}

/// In the page's header where there is one, else on top; it links to the sections that are there.
fn navigation(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    let entry = Section::NavBar.entry();
    let on_page = page.count_of(Section::NavBar) > 0;
    let source = sources::navigation(addition, &page.sections(), page.framework);
    if on_page {
        page.put_files(entry, &source);
        return Ok(());
    }
    let name = addition.title.clone().unwrap_or_else(|| texts::site_name(page));
    let framework = page.framework;
    let markup = framework.element(entry.component, &[framework.text_property("brand", &name)]);
    page.place_with(entry, &source, |app| match header(app) {
        Some(header) => Some(app.insert_last(header, &framework.element(entry.component, &[]))),
        None => Some(app.insert(&markup, Place::Top)),
    })
}

fn footer(page: &mut Page<'_>, addition: &Addition) -> Result<(), Sorry> {
    let entry = Section::Footer.entry();
    let framework = page.framework;
    let source = sources::footer(addition, &page.sections(), framework);
    if page.count_of(Section::Footer) == 0 {
        let mut given = vec![framework.text_property("brand", &texts::site_name(page))];
        given.extend(addition.text.as_ref().map(|text| framework.text_property("text", text)));
        return page.place(entry, &source, &framework.element(entry.component, &given), entry.place);
    }
    page.put_files(entry, &source);
    match &addition.text {
        Some(text) => page.edit_app(|app| {
            let tag = framework.tag(entry.component);
            let element = app.first(|element| element.name == tag)?;
            Some(app.set_attribute(element, "text", text))
        }),
        None => Ok(()),
    }
}

fn theme_toggle(page: &mut Page<'_>) -> Result<(), Sorry> {
    let entry = Section::ThemeToggle.entry();
    page.add_theme_rules();
    let framework = page.framework;
    let source = sources::plain(Section::ThemeToggle, framework);
    if page.count_of(Section::ThemeToggle) > 0 {
        page.put_files(entry, &source);
        return Ok(());
    }
    let element = framework.element(entry.component, &[]);
    page.place_with(entry, &source, |app| match header(app) {
        Some(header) => Some(app.insert_last(header, &element)),
        None => {
            let class = framework.class();
            let corner = format!("<div {class}=\"{THEME_CORNER}\">\n  {element}\n</div>");
            Some(app.insert(&corner, Place::Bottom))
        }
    })
}

fn header<'a>(app: &'a App<'_>) -> Option<&'a super::super::edit::jsx::Element> {
    app.first(|element| element.name == "header" && element.body.is_some() && !element.in_expression)
}
