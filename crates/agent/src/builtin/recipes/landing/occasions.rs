//! Pages for a day: a wedding, a party, a conference.

use super::{Opening, about, put_all, titled};
use crate::builtin::intent::{Addition, Section};
use crate::builtin::recipes::page::{Page, Sorry};
use crate::builtin::recipes::sources::sentence_case;
use crate::builtin::recipes::topics::title_case;

pub(super) fn wedding(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    // `Anna and Ben`, `wedding of Anna & Ben`: two names make the heading.
    let names = subject.replace(" & ", " and ");
    let couple = names.split_once(" and ").map(|(one, other)| {
        let one = one.rsplit(' ').next().unwrap_or(one);
        let other = other.split(' ').next().unwrap_or(other);
        format!("{} & {}", title_case(one), title_case(other))
    });
    let heading = couple.clone().unwrap_or_else(|| "We are getting married".into());
    let subtitle = "Saturday, 14 June, at two in the afternoon. We would love to have you with us.";
    let brand = couple.unwrap_or_else(|| "Our wedding".into());
    Opening { heading: &heading, subtitle, brand: &brand, accent: 0xb5476b }.write(page)?;
    put_all(
        page,
        vec![
            details(&[
                "Ceremony: 2 pm, St Mary's Church",
                "Party: 5 pm, The Old Mill",
                "Staying the night: Rooms are kept at the Mill Inn",
                "Dress: As you like, with good shoes for dancing",
            ]),
            Addition { count: Some(4), ..titled(Section::Gallery, "The two of us") },
            about(Section::Form, "wedding rsvp"),
        ],
    )?;
    Ok("Made the page a wedding page: when and where, pictures, and an RSVP form that sends nothing anywhere. Names, date \
        and places are samples: replace them with yours."
        .into())
}

pub(super) fn invitation(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let (who, years) = guest_of_honour(subject);
    let lower = subject.to_lowercase();
    let party = [
        "baby shower",
        "housewarming",
        "graduation",
        "anniversary",
        "retirement",
        "farewell",
        "dinner",
        "halloween",
        "christmas",
    ]
    .into_iter()
    .find(|party| lower.contains(party));
    let subtitle = match (years, party) {
        (Some(years), _) => format!("{who} is turning {years}, and we would love you to celebrate with us."),
        (None, Some(party)) => format!("We would love to have you at our {party} party."),
        (None, None) => "We have something to celebrate, and we would love to have you with us.".to_owned(),
    };
    let what = if years.is_some() || lower.contains("birthday") { "Birthday party" } else { "Party" };
    Opening { heading: "You are invited!", subtitle: &subtitle, brand: what, accent: 0x7c3aed }
        .write(page)?;
    put_all(
        page,
        vec![
            details(&[
                "When: Saturday, 14 June, 3 to 6 pm",
                "Where: 12 Sample Street, in the garden",
                "There will be: Cake, games and a treasure hunt",
                "Please bring: A good mood",
            ]),
            Addition { text: Some("Hooray!".into()), ..Addition::of(Section::ConfettiButton) },
            Addition { title: Some("Will you come?".into()), ..about(Section::Form, "invitation rsvp") },
        ],
    )?;
    Ok(format!(
        "Made the page an invitation: “{subtitle}” It has when and where, confetti, and a form for answers that sends nothing \
         anywhere. Date, place and programme are samples: replace them with yours."
    ))
}

/// Who turns how old: `my son turning 7`, `Mia's 30th birthday`.
fn guest_of_honour(subject: &str) -> (String, Option<u32>) {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let age = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let at = words.iter().position(|word| age(word).is_some());
    let years = at.and_then(|at| age(words[at]));
    let plain = |word: &&&str| {
        let lower = word.to_lowercase();
        age(word).is_none()
            && ![
                "turning",
                "turns",
                "birthday",
                "party",
                "invitation",
                "is",
                "the",
                "a",
                "for",
                "who",
                "becoming",
            ]
            .contains(&lower.as_str())
    };
    let who: Vec<&str> = words.iter().take(at.unwrap_or(words.len())).filter(plain).copied().collect();
    let who = who.join(" ").replace("'s", "").replace("’s", "");
    let relative = [
        "son", "daughter", "mum", "mom", "dad", "mother", "father", "wife", "husband", "friend", "sister",
        "brother", "grandma", "grandpa", "niece", "nephew",
    ];
    let who = match who.to_lowercase() {
        lower if lower.is_empty() => "Somebody".to_owned(),
        lower if relative.iter().any(|word| lower.split(' ').next() == Some(word)) => format!("My {who}"),
        _ => sentence_case(&who),
    };
    (who, years)
}

pub(super) fn event(page: &mut Page<'_>, subject: &str) -> Result<String, Sorry> {
    let name = title_case(subject);
    let subtitle = "Two days of talks, workshops and good company. Look at the programme and keep your seat.";
    Opening { heading: &name, subtitle, brand: &name, accent: 0x3b5bdb }.write(page)?;
    put_all(
        page,
        vec![
            details(&["When: 14 and 15 June", "Where: Harbour Hall", "Tickets: From $49"]),
            titled(Section::Team, "Speakers"),
            Addition { title: Some("Schedule".into()), ..about(Section::DataTable, "conference") },
            about(Section::Form, "event registration"),
        ],
    )?;
    Ok(format!(
        "Made the page one for {subject}: when and where, speakers, a schedule and a form to register, which sends nothing \
         anywhere. All names and times are samples."
    ))
}

fn details(lines: &[&str]) -> Addition {
    Addition {
        items: lines.iter().map(|line| (*line).to_owned()).collect(),
        ..Addition::of(Section::EventDetails)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_knows_who_turns_how_old() {
        for (subject, who, years) in [
            ("son turning 7", "My son", Some(7)),
            ("Mia's 30th birthday", "Mia", Some(30)),
            ("birthday party", "Somebody", None),
        ] {
            assert_eq!(guest_of_honour(subject), (who.to_owned(), years), "{subject}");
        }
    }
}
