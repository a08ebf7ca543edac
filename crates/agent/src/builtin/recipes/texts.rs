//! Texts: the heading, what stands below it, the page's title, names, button labels.

use super::super::edit::app::{App, Place};
use super::super::edit::jsx::Element;
use super::super::edit::markup::{self, Dialect};
use super::super::edit::{css, html, jsx, replace};
use super::super::framework::Framework;
use super::super::intent::{Addition, Section, Slot};
use super::page::{Page, Sorry};
use super::{sections, sources};

/// Classes that mark the name of a site.
const BRAND_CLASSES: [&str; 4] = ["logo", "brand", "site-title", "site-name"];

pub(super) fn set(page: &mut Page<'_>, slot: Slot, text: &str) -> Result<String, Sorry> {
    show(page, slot);
    match slot {
        Slot::Heading => heading(page, text)?,
        Slot::Subtitle => subtitle(page, text)?,
        Slot::PageTitle => page.edit_shell(|shell| html::set_title(shell, text))?,
        Slot::Brand => brand(page, text)?,
        Slot::Button => button(page, text)?,
    }
    let what = match slot {
        Slot::Heading => "heading",
        Slot::Subtitle => "text below the heading",
        Slot::PageTitle => "page title",
        Slot::Brand => "name of the site",
        Slot::Button => "button",
    };
    Ok(format!("The {what} now reads “{text}”."))
}

pub(super) fn name(page: &mut Page<'_>, name: &str) -> Result<String, Sorry> {
    heading(page, name)?;
    // A project without a shell or a brand keeps its heading: that is the name people see.
    let _ = brand(page, name);
    let _ = page.edit_shell(|shell| html::set_title(shell, name));
    Ok(format!("Called it “{name}”: heading, header and page title."))
}

/// The name of the site as the page shows it.
pub(super) fn site_name(page: &mut Page<'_>) -> String {
    let source = page.app().unwrap_or_default();
    let named = App::of(page.framework, &source).and_then(|app| {
        let body = app.first(|element| is_brand(element, &source))?.body.clone()?;
        let text = source[body].trim();
        (!text.is_empty() && !text.contains(['<', '{'])).then(|| text.to_owned())
    });
    named.unwrap_or_else(|| "My App".into())
}

pub(super) fn heading(page: &mut Page<'_>, text: &str) -> Result<(), Sorry> {
    if page.count_of(Section::TypingHeadline) > 0 {
        let tag = page.framework.tag(Section::TypingHeadline.entry().component);
        return page.edit_app(|app| {
            let element = app.first(|element| element.name == tag)?;
            Some(app.set_attribute(element, "text", text))
        });
    }
    if set_first(page, text, |element, _| element.name == "h1") {
        return Ok(());
    }
    page.edit_app(|app| {
        Some(app.insert(&format!("<h1>{}</h1>", app.framework().text(text)), Place::ContentStart))
    })
}

/// Lets the heading type itself: its text becomes what the effect shows.
pub(super) fn type_heading(page: &mut Page<'_>) -> Result<(), Sorry> {
    let entry = Section::TypingHeadline.entry();
    let framework = page.framework;
    if page.count_of(Section::TypingHeadline) > 0 {
        return Err("The headline types itself already.".into());
    }
    let source = sources::plain(Section::TypingHeadline, framework);
    page.place_with(entry, &source, |app| {
        let heading = app.first(|element| element.name == "h1" && element.body.is_some())?;
        let body = heading.body.clone()?;
        let text = framework.shown_text(&app.source()[body.clone()])?;
        let element = framework.element(entry.component, &[framework.text_property("text", &text)]);
        Some(format!("{}{element}{}", &app.source()[..body.start], &app.source()[body.end..]))
    })
}

/// Puts the heading's text back in the place of the effect.
pub(super) fn untype_heading(page: &mut Page<'_>) -> Result<(), Sorry> {
    let framework = page.framework;
    let tag = framework.tag(Section::TypingHeadline.entry().component);
    page.edit_app(|app| {
        let element = app.first(|element| element.name == tag)?;
        let attributes = &app.source()[element.attributes.clone()];
        let name =
            framework.spellings("text").into_iter().find(|name| attributes.contains(&format!("{name}=")))?;
        let value = attributes.split_once(&format!("{name}="))?.1.trim();
        let text = framework.shown_text(value.trim_matches('"'))?;
        let (before, after) = (&app.source()[..element.span.start], &app.source()[element.span.end..]);
        Some(format!("{before}{}{after}", framework.text(&text)))
    })
}

pub(super) fn subtitle(page: &mut Page<'_>, text: &str) -> Result<(), Sorry> {
    let after_heading = |element: &Element, app: &App<'_>| {
        let heading = app.first(|element| element.name == "h1");
        element.name == "p" && heading.is_some_and(|heading| element.span.start > heading.span.end)
    };
    if set_first(page, text, after_heading) {
        return Ok(());
    }
    page.edit_app(|app| {
        Some(app.insert(&format!("<p>{}</p>", app.framework().text(text)), Place::ContentStart))
    })
}

pub(super) fn brand(page: &mut Page<'_>, text: &str) -> Result<(), Sorry> {
    let source = page.app()?;
    for section in [Section::NavBar, Section::Footer] {
        let component = page.framework.tag(section.entry().component);
        let has_brand =
            |element: &Element, source: &str| source[element.attributes.clone()].contains("brand=");
        if page.count_of(section) > 0 {
            page.edit_app(|app| {
                let source = app.source();
                let element = app.first(|element| element.name == component && has_brand(element, source));
                Some(
                    element.map_or_else(
                        || source.to_owned(),
                        |element| app.set_attribute(element, "brand", text),
                    ),
                )
            })?;
        }
    }
    if set_first(page, text, |element, app| is_brand(element, app.source())) || page.app()? != source {
        return Ok(());
    }
    Err("This page shows no name of the site that I could change.".into())
}

fn button(page: &mut Page<'_>, text: &str) -> Result<(), Sorry> {
    for (section, attribute) in [(Section::ActionButton, "label"), (Section::CallToAction, "button")] {
        if page.count_of(section) > 0 {
            let component = page.framework.tag(section.entry().component);
            return page.edit_app(|app| {
                let element = app.first(|element| element.name == component)?;
                Some(app.set_attribute(element, attribute, text))
            });
        }
    }
    if set_first(page, text, |element, _| element.name == "button") {
        return Ok(());
    }
    // Who says what a button shall read wants that button.
    sections::put(page, &Addition { text: Some(text.to_owned()), ..Addition::of(Section::ActionButton) })
}

/// What the buttons say, in order: those of the banner, then plain ones; what is missing is added.
pub(super) fn buttons(page: &mut Page<'_>, labels: &[String]) -> Result<String, Sorry> {
    let banner = page.count_of(Section::Hero) > 0;
    let tag =
        page.framework.tag(if banner { Section::Hero } else { Section::ActionButton }.entry().component);
    for (at, label) in labels.iter().enumerate() {
        let (name, element_at) =
            if banner { (["primary", "secondary"][at.min(1)], 0) } else { ("label", at) };
        if !banner && page.count_of(Section::ActionButton) <= at {
            let button = Addition { text: Some(label.clone()), ..Addition::of(Section::ActionButton) };
            sections::put(page, &button)?;
            continue;
        }
        page.edit_app(|app| {
            let element = app.elements().into_iter().filter(|element| element.name == tag).nth(element_at)?;
            Some(app.set_attribute(element, name, label))
        })?;
    }
    Ok(format!(
        "The buttons now read {}.",
        labels.iter().map(|label| format!("“{label}”")).collect::<Vec<_>>().join(" and ")
    ))
}

/// Hides a text of the page itself: its markup and its rules stay for when it is wanted again.
pub(super) fn hide(page: &mut Page<'_>, slot: Slot) -> Result<String, Sorry> {
    let what = match slot {
        Slot::Heading => "heading",
        Slot::Subtitle => "text below the heading",
        Slot::Brand => "name in the header",
        Slot::PageTitle | Slot::Button => {
            return Err("That is a text which the page cannot do without.".into());
        }
    };
    page.edit_styles(|text| css::set(text, hidden_by(slot), &[("display", "none")]));
    Ok(format!("Hid the {what}. Give it a new text, and it is there again."))
}

/// A text that was hidden and gets a new one is wanted again.
fn show(page: &mut Page<'_>, slot: Slot) {
    let (_, styles) = page.styles();
    if css::value(&styles, hidden_by(slot), "display") == Some("none") {
        page.edit_styles(|text| css::set(text, hidden_by(slot), &[("display", "block")]));
    }
}

const fn hidden_by(slot: Slot) -> &'static str {
    match slot {
        Slot::Subtitle => ":root:root body h1 + p",
        Slot::Brand => ":root:root body :is(.logo, .brand)",
        Slot::Heading | Slot::PageTitle | Slot::Button => ":root:root body h1",
    }
}

pub(super) fn replace(page: &mut Page<'_>, from: &str, to: &str) -> Result<String, Sorry> {
    let mut found = 0;
    let mut paths = page.draft.below("src/", page.framework.ending());
    if page.framework == Framework::Vanilla {
        paths.push(page.framework.root().to_owned());
    }
    for path in paths {
        let Some(source) = page.draft.text(&path) else {
            continue;
        };
        let (edited, times) = replace::everywhere(&source, &path, from, to);
        if times > 0 && is_sound(&path, &edited) {
            found += times;
            page.draft.set(&path, edited);
        }
    }
    match found {
        // People rarely mind the capital: `hello` stands for `Hello`, too.
        0 if from.starts_with(char::is_lowercase) => {
            replace(page, &sources::sentence_case(from), &sources::sentence_case(to))
        }
        0 => Err(format!("I could not find “{from}” on the page.")),
        1 => Ok(format!("Replaced “{from}” with “{to}”.")),
        times => Ok(format!("Replaced “{from}” with “{to}” in {times} places.")),
    }
}

/// Sets the text of the first element that fits, on the page itself or in one of its components.
fn set_first(page: &mut Page<'_>, text: &str, fits: impl Fn(&Element, &App<'_>) -> bool) -> bool {
    let (root, ending) = (page.framework.root(), page.framework.ending());
    let on_page = if page.framework == Framework::Vanilla { Vec::new() } else { page.components() };
    let components = on_page.iter().map(|name| format!("src/components/{name}{ending}"));
    let paths: Vec<String> = std::iter::once(root.to_owned()).chain(components).collect();
    for path in paths {
        let Some(source) = page.draft.text(&path) else {
            continue;
        };
        let edited = App::of(page.framework, &source).and_then(|app| {
            // What a component computes is not a text that can be replaced.
            let fixed = |element: &Element| {
                let body = element.body.clone();
                body.is_some_and(|body| path == root || !source[body].contains('{'))
            };
            let element = app.first(|element| fits(element, &app) && fixed(element))?;
            app.set_text(element, text)
        });
        if let Some(edited) = edited.filter(|text| is_sound(&path, text)) {
            page.draft.set(&path, edited);
            return true;
        }
    }
    false
}

/// Whether a file still adds up.
fn is_sound(path: &str, text: &str) -> bool {
    let framework = Framework::ALL.into_iter().find(|framework| path.ends_with(framework.ending()));
    match framework.map_or(Some(Dialect::Html), Framework::dialect) {
        Some(dialect) if !path.ends_with(".js") => markup::elements(text, dialect).is_some(),
        Some(_) | None => jsx::elements(text).is_some(),
    }
}

fn is_brand(element: &Element, source: &str) -> bool {
    element.body.is_some() && BRAND_CLASSES.iter().any(|class| element.has_class(source, class))
}
