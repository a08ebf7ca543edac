//! Ways to reach somebody that a prompt gives: addresses for letters and mail, numbers, hours.

use std::sync::LazyLock;

use regex::Regex;

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"));
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\+|\b0|\(\d)\d[\d ()/.-]{5,18}\d|\b\d{3}-\d{3,4}(-\d{4})?\b"));
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b\d{1,5} ([A-Z][\w']+ ){1,3}(Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Way)\b(, [A-Z]\w+)?|\b[A-ZÄÖÜ][\wäöüß-]*(straße|strasse|str\.|weg|platz|gasse|allee) \d+\w?(, \d{5} [A-ZÄÖÜ]\w+)?",
    )
});
static HOURS: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*";
    pattern(&format!(
        r"(?i)\b{day}( ?(-|–|to|bis|through|and|&) ?{day})?:? ?(from )?\d{{1,2}}([:.]\d\d)? ?(am|pm)? ?(-|–|to|bis|until) ?\d{{1,2}}([:.]\d\d)? ?(am|pm|uhr)?"
    ))
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a test holds that the patterns can be read")
}

static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    let weekday = "((mon|tues|wednes|thurs|fri|satur|sun)day,? )?";
    let time =
        r"(,? (at|from)? ?\d{1,2}([:.]\d\d)? ?(am|pm|h)?( ?(-|–|to|until) ?\d{1,2}([:.]\d\d)? ?(am|pm)?)?)?";
    pattern(&format!(
        r"(?i)\b{weekday}(the )?({month} \d{{1,2}}(st|nd|rd|th)?|\d{{1,2}}(st|nd|rd|th)? (of )?{month})\b(,? 20\d\d)?{time}"
    ))
});

/// The day that a prompt names for an occasion, with its hour where that was said.
pub(super) fn moment(prompt: &str) -> Option<&str> {
    MOMENT.find(prompt).map(|found| found.as_str().trim())
}

/// The email address in a prompt.
pub(super) fn mail(prompt: &str) -> Option<&str> {
    MAIL.find(prompt).map(|found| found.as_str())
}

/// Every way that is given, as `label: text`.
pub(super) fn contacts(prompt: &str) -> Vec<String> {
    let first = |regex: &Regex| regex.find(prompt).map(|found| found.as_str().trim().to_owned());
    let hours: Vec<&str> = HOURS.find_iter(prompt).map(|found| found.as_str().trim()).collect();
    let hours = (!hours.is_empty()).then(|| hours.join(", "));
    let all = [
        ("Address", first(&STREET)),
        ("Phone", first(&PHONE)),
        ("Email", mail(prompt).map(str::to_owned)),
        ("Opening hours", hours),
    ];
    all.into_iter().filter_map(|(label, text)| Some(format!("{label}: {}", text?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G3
    #[test]
    fn what_reaches_somebody_is_found_and_other_figures_are_not() {
        assert_eq!(contacts("add my email ada@acme.co.uk at the bottom"), ["Email: ada@acme.co.uk"]);
        assert_eq!(contacts("Telefonnummer 0821 445566"), ["Phone: 0821 445566"]);
        assert_eq!(
            contacts("bakery at 12 Mill Lane, open Mon-Fri 7-18 and Sat 8am to 1pm, call +44 20 7946 0000"),
            [
                "Address: 12 Mill Lane",
                "Phone: +44 20 7946 0000",
                "Opening hours: Mon-Fri 7-18, Sat 8am to 1pm"
            ]
        );
        assert_eq!(moment("party on Saturday June 14 at 3pm, with cake"), Some("Saturday June 14 at 3pm"));
        assert_eq!(moment("wedding on 5 July 2027 in Rome"), Some("5 July 2027"));
        assert_eq!(moment("a birthday for my son turning 7"), None);
        assert_eq!(contacts("pricing: Free $0, Pro $12, Team $39, sold 1000 times in 2024"), [""; 0]);
    }
}
