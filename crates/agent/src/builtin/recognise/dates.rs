//! Days, given by name, by number or by month.

use super::words::{Kind, Word};

/// A day as `2027-12-24`, or as `12-24` for the next one of them, given so or by its name.
pub(super) fn named_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts[..]
        && [year, month, day].iter().all(|part| part.parse::<u16>().is_ok())
    {
        return Some(text.to_owned());
    }
    let day = match text {
        "christmas" | "xmas" => "12-25",
        "halloween" => "10-31",
        "valentine" => "02-14",
        "summer" => "06-21",
        _ => return None,
    };
    Some(day.to_owned())
}

/// `june 12`, `12th of june`: that day, the next time it comes.
pub(super) fn day_of_month(words: &[Word]) -> Option<String> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month_of = |word: &Word| {
        let number = months.iter().position(|month| word.text.starts_with(month))?;
        (word.kind == Kind::Plain
            && (word.text.len() == 3 || word.text.len() > 3 && MONTHS.contains(&word.text.as_str())))
        .then_some(number + 1)
    };
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word)?)))?;
    let digits = |word: &Word| {
        let text = word.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        text.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
    };
    let near = words[at.saturating_sub(2)..(at + 3).min(words.len())].iter();
    let day = near.filter_map(digits).next()?;
    let year = words[at..]
        .iter()
        .take(4)
        .find_map(|word| word.text.parse::<u32>().ok().filter(|year| (1900..2200).contains(year)));
    Some(match year {
        Some(year) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{month:02}-{day:02}"),
    })
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "sept",
    "october",
    "november",
    "december",
];
