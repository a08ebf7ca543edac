//! One file as its reader would see it.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::rules::normalise;
use super::words;

/// A file's text, with spelling tricks undone.
pub(super) struct Reading {
    /// Markup and code, lower case.
    code: String,
    /// The same without tags: `Pay<b></b>Pal` reads as it is shown.
    shown: String,
}

static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"&#x([0-9a-fA-F]{1,6});|&#([0-9]{1,7});|\\u\{?([0-9a-fA-F]{2,6})\}?|\\x([0-9a-fA-F]{2})")
});
/// Two literals that are joined, and JSX's way to write a space.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"["'`]\s*\+\s*["'`]|\{\s*["'`] ?["'`]\s*\}|<!--.*?-->"#));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"</?[a-z][^<>]*>"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are tested")
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let unescaped = ESCAPE.replace_all(text, |found: &Captures<'_>| unescape(found));
        let joined = JOINT.replace_all(&unescaped, "");
        let latin: String = joined.chars().map(latin).collect();
        let code = normalise(&latin);
        let shown = TAG.replace_all(&code, "").split_whitespace().collect::<Vec<_>>().join(" ");
        Self { code, shown }
    }

    pub(super) fn asks_for_password(&self) -> bool {
        words::PASSWORD.is_match(&self.code)
    }

    pub(super) fn asks_for_card(&self) -> bool {
        words::CARD.iter().all(|part| part.is_match(&self.code))
    }

    pub(super) fn asks_for_wallet_words(&self) -> bool {
        words::FIELD.is_match(&self.code) && words::WALLET_WORDS.is_match(&self.code)
    }

    /// Whether it speaks in the name of a well-known company.
    pub(super) fn claims_a_brand(&self) -> bool {
        let claims = |text: &str, patterns: &[Regex]| {
            let text = words::SIGN_IN_WITH.replace_all(text, " ");
            patterns.iter().any(|pattern| pattern.is_match(&text))
        };
        claims(&self.shown, &words::CLAIMS_SHOWN) || claims(&self.code, &words::CLAIMS_IN_MARKUP)
    }

    /// Whether it sends anything to somebody else's server.
    pub(super) fn sends_away(&self) -> bool {
        let reaches_out = |pattern: &Regex| {
            pattern
                .captures_iter(&self.code)
                .any(|found| found.name("host").is_some_and(|host| !is_exercise(host.as_str())))
        };
        words::DEAD_DROP.is_match(&self.code)
            || words::SENDING.iter().any(reaches_out)
            || (words::SENDS_SOMEWHERE.is_match(&self.code) && reaches_out(&words::ADDRESS_KEPT))
    }
}

/// Hosts that exercises send to, and this machine.
fn is_exercise(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or(host);
    words::EXERCISES
        .iter()
        .any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

fn unescape(found: &Captures<'_>) -> String {
    let number =
        |at: usize, radix| found.get(at).and_then(|digits| u32::from_str_radix(digits.as_str(), radix).ok());
    let code = number(1, 16).or_else(|| number(2, 10)).or_else(|| number(3, 16)).or_else(|| number(4, 16));
    code.and_then(char::from_u32).map_or_else(|| found[0].to_owned(), String::from)
}

/// The Latin letter that a Cyrillic or Greek one is taken for.
fn latin(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'с' => 'c',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ӏ' => 'l',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'х' => 'x',
        'у' => 'y',
        'А' => 'A',
        'Р' => 'P',
        'М' => 'M',
        'О' => 'O',
        'С' => 'C',
        other => other,
    }
}
