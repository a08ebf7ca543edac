//! Pages of other kinds: a menu, a résumé, a portfolio, a blog, a shop, a page about something.

use super::{Opening, about as about_topic, put_all, titled};
use crate::builtin::intent::{Addition, Section};
use crate::builtin::recipes::page::{Page, Sorry};
use crate::builtin::recipes::sources;
use crate::builtin::recipes::topics::{title_case, topic};

pub(super) fn menu(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let known = topic(subject);
    Opening { heading: &known.heading, subtitle: &known.subtitle, brand: &known.brand, accent: known.accent }
        .write(page)?;
    put_all(page, vec![about_topic(Section::PriceMenu, subject), Addition::of(Section::ContactInfo)])?;
    Ok(format!(
        "Made the page a menu for {subject}: what there is, with prices, opening hours and address. Everything on it is a \
         sample: tell me your own, such as “add a food menu with soup 6, pasta 12”."
    ))
}

pub(super) fn resume(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let profession = title_case(subject);
    let subtitle =
        format!("{profession} who likes clear problems and finished work. Here is what I have done so far.");
    Opening { heading: "Alex Morgan", subtitle: &subtitle, brand: "Résumé", accent: 0x1f4e8c }.write(page)?;
    let steps = ["2022 to today: Senior position", "2019 to 2022: First team", "2016 to 2019: Studies"];
    let skills = ["Planning", "Craft", "Working with people", "Languages"];
    let own = |section, title: &str, items: &[&str]| Addition {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        ..titled(section, title)
    };
    put_all(
        page,
        vec![
            Addition {
                text: Some(format!(
                    "{profession}, based in Berlin. Replace this with three sentences about yourself."
                )),
                ..titled(Section::TextBlock, "About me")
            },
            own(Section::Timeline, "Experience", &steps),
            own(Section::SkillBars, "Skills", &skills),
            titled(Section::ContactForm, "Write to me"),
        ],
    )?;
    Ok(format!(
        "Made the page a résumé for {subject}: about me, experience, skills and a contact form. The name and all entries are \
         samples: replace them with yours."
    ))
}

pub(super) fn portfolio(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let known = topic(subject);
    Opening { heading: &known.heading, subtitle: &known.subtitle, brand: &known.brand, accent: known.accent }
        .write(page)?;
    put_all(
        page,
        vec![
            Addition { title: Some("Selected work".into()), ..Addition::of(Section::Gallery) },
            about_topic(Section::Features, subject),
            titled(Section::TextBlock, "About me"),
            Addition::of(Section::ContactForm),
        ],
    )?;
    Ok("Made the page a portfolio: selected work with drawn pictures, what you offer, about you, and a contact form. Texts \
        and pictures are samples: replace them with yours."
        .into())
}

pub(super) fn blog(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let named = !subject.is_empty();
    let heading = if named { format!("A blog about {subject}") } else { "Notes from my desk".into() };
    let subtitle = "New posts now and then, about what I see, make and learn.";
    Opening { heading: &heading, subtitle, brand: "My blog", accent: 0x2f6f5e }.write(page)?;
    put_all(
        page,
        vec![
            Addition::of(Section::BlogList),
            titled(Section::TextBlock, "About me"),
            Addition::of(Section::Newsletter),
        ],
    )?;
    Ok("Made the page a blog: posts, about me, a newsletter form and a footer. The posts are samples: replace them with yours."
        .into())
}

pub(super) fn shop(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let known = topic(subject);
    let general = known.heading.starts_with("Everything about");
    let heading = if general { sources::sentence_case(subject) } else { known.heading.clone() };
    let subtitle = if general {
        format!("Browse our {subject}, put what you like in the cart, and take your time.")
    } else {
        known.subtitle.clone()
    };
    Opening { heading: &heading, subtitle: &subtitle, brand: &known.brand, accent: known.accent }
        .write(page)?;
    let goods = Addition { items: sources::goods(subject), ..about_topic(Section::Shop, subject) };
    put_all(
        page,
        vec![
            goods,
            about_topic(Section::Features, subject),
            about_topic(Section::Testimonials, subject),
            Addition::of(Section::ContactForm),
        ],
    )?;
    Ok(format!(
        "Made the page a shop for {subject}: goods with a working cart, what is special, testimonials and a contact form. \
         Goods, prices and texts are samples, and nothing can be paid for."
    ))
}

pub(super) fn about(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let heading = format!("All about {subject}");
    let known = sources::facts_about(subject);
    let subtitle = known.map_or_else(
        || format!("What there is to know about {subject}, on one page."),
        |(_, text, _)| (*text).to_owned(),
    );
    let accent = topic(subject).accent;
    Opening { heading: &heading, subtitle: &subtitle, brand: &title_case(subject), accent }.write(page)?;
    let mut parts = vec![
        Addition { title: Some("Good to know".into()), ..about_topic(Section::Features, subject) },
        Addition { count: Some(6), ..about_topic(Section::Gallery, subject) },
    ];
    parts.extend(sources::has_questions_about(subject).then(|| about_topic(Section::Quiz, subject)));
    put_all(page, parts)?;
    let quiz = if sources::has_questions_about(subject) { ", a quiz" } else { "" };
    let texts = if known.is_some() {
        "The pictures are drawn."
    } else {
        "I know little about it, so the texts say where yours belong, and the pictures are drawn."
    };
    Ok(format!(
        "Made the page one about {subject}: an introduction, three facts, pictures{quiz} and a footer. {texts}"
    ))
}

#[cfg(test)]
mod tests {
    use crate::builtin::recipes::content::FACTS;

    #[test]
    fn facts_are_sentences() {
        for (words, text, facts) in &FACTS {
            assert!(text.ends_with('.') && facts.iter().all(|(_, fact)| fact.ends_with('.')), "{words:?}");
        }
    }
}
