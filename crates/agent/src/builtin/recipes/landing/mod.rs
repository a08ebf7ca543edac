//! Whole pages, made from the other recipes: a landing page for a topic, and kinds with a shape of their own.

mod kinds;
mod occasions;

use super::page::{Page, Sorry};
use super::{sections, sources, texts, topics};
use crate::builtin::intent::{Addition, PageKind, Section, Slot};
use crate::builtin::palette::{Mode, Palette, Rgb};

pub(super) fn build(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let topic = topics::topic(subject);
    // What nobody trades in, but much is known about, is a page of facts.
    if topic.heading.starts_with("Everything about") && sources::facts_about(subject).is_some() {
        return kinds::about(page, subject);
    }
    texts::heading(page, &topic.heading)?;
    texts::subtitle(page, &topic.subtitle)?;
    // A page that shows no name of the site does without one.
    let _ = texts::brand(page, &topic.brand);
    let _ = texts::set(page, Slot::PageTitle, &topic.brand);
    let [_, r, g, b] = topic.accent.to_be_bytes();
    page.set_palette(&Palette::from_seed(Rgb(r, g, b), Mode::Light));
    let with_topic = |section| Addition { topic: Some(subject.to_owned()), ..Addition::of(section) };
    for section in [Section::Features, Section::Testimonials] {
        sections::put(page, &with_topic(section))?;
    }
    for section in [Section::ContactForm, Section::Footer] {
        if page.count_of(section) == 0 {
            sections::put(page, &Addition::of(section))?;
        }
    }
    Ok(format!(
        "Turned the page into a landing page for {subject}: new texts and colours, three cards, testimonials, a contact \
         form and a footer."
    ))
}

/// The introduction alone: heading and text for a subject.
pub(super) fn open(page: &mut Page<'_>, subject: &str, name: Option<&str>) -> Result<String, Sorry> {
    let topic = topics::topic(subject);
    let heading = match name {
        Some(name) => format!("{name}: {}", sources::lower_first(&topic.heading)),
        None => topic.heading,
    };
    texts::heading(page, &heading)?;
    texts::subtitle(page, &topic.subtitle)?;
    // A page that shows no name of the site does without one.
    let _ = name.map(|name| texts::brand(page, name));
    Ok(format!(
        "The heading now reads “{heading}”, and the text below it goes with it. Both are a draft for {subject}."
    ))
}

/// A page of a kind that has a shape of its own.
pub(super) fn build_kind(page: &mut Page<'_>, kind: PageKind, subject: &str) -> Result<String, Sorry> {
    match kind {
        PageKind::Wedding => occasions::wedding(page, subject),
        PageKind::Invitation => occasions::invitation(page, subject),
        PageKind::Event => occasions::event(page, subject),
        PageKind::Menu => kinds::menu(page, subject),
        PageKind::Resume => kinds::resume(page, subject),
        PageKind::Portfolio => kinds::portfolio(page, subject),
        PageKind::Blog => kinds::blog(page, subject),
        PageKind::Shop => kinds::shop(page, subject),
        PageKind::About => kinds::about(page, subject),
    }
}

/// What every page of a kind begins with: its texts and its colours.
struct Opening<'a> {
    heading: &'a str,
    subtitle: &'a str,
    brand: &'a str,
    accent: u32,
}

impl Opening<'_> {
    fn write(&self, page: &mut Page<'_>) -> Result<(), Sorry> {
        texts::heading(page, self.heading)?;
        texts::subtitle(page, self.subtitle)?;
        // A page that shows no name of the site does without one.
        let _ = texts::brand(page, self.brand);
        let _ = texts::set(page, Slot::PageTitle, self.brand);
        let [_, r, g, b] = self.accent.to_be_bytes();
        page.set_palette(&Palette::from_seed(Rgb(r, g, b), Mode::Light));
        Ok(())
    }
}

/// Adds these sections, those that can be there once only where they are not; a footer closes the page.
fn put_all(page: &mut Page<'_>, additions: Vec<Addition>) -> Result<(), Sorry> {
    for addition in additions.into_iter().chain([Addition::of(Section::Footer)]) {
        if page.count_of(addition.section) == 0 {
            sections::put(page, &addition)?;
        }
    }
    Ok(())
}

/// A section with a title.
fn titled(section: Section, title: &str) -> Addition {
    Addition { title: Some(title.to_owned()), ..Addition::of(section) }
}

/// A section about a topic.
fn about(section: Section, topic: &str) -> Addition {
    Addition { topic: Some(topic.to_owned()), ..Addition::of(section) }
}
