//! A whole landing page for a topic, made from the other recipes.

use super::super::intent::{Addition, Section, Slot};
use super::super::palette::{Mode, Palette, Rgb};
use super::page::{Page, Sorry};
use super::{sections, texts, topics};

pub(super) fn build(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let topic = topics::topic(subject);
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
