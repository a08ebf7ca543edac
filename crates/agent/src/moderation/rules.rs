//! The built-in moderator: rules for what a public demo must not be used for.
//!
//! Each rule asks for a combination that has hardly an innocent meaning, because a refused bakery page costs more than
//! it saves: a form with a password field passes, somebody else's sign-in page does not. A model behind it has its own
//! judgement; these rules are the floor, not the ceiling.

#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use async_trait::async_trait;
use regex::Regex;

use super::{Moderator, Review, Verdict};

/// Refuses by fixed rules, without any service.
#[derive(Debug, Clone, Copy, Default)]
pub struct RuleModerator;

#[async_trait]
impl Moderator for RuleModerator {
    async fn review(&self, text: &str) -> Review {
        let plain = normalise(text);
        let unmasked = unmask(&plain);
        let broken = RULES.iter().find(|rule| rule.applies(&plain) || rule.applies(&unmasked));
        let refused = |rule: &Rule| Verdict::Refused { reason: rule.reason.into() };
        Review::free(broken.map_or(Verdict::Allowed, refused))
    }
}

struct Rule {
    /// What the person is told.
    reason: &'static str,
    /// All of these must be found.
    all: Vec<Regex>,
    /// Cut out before looking: innocent phrases that hold the same words.
    innocent: Option<Regex>,
}

impl Rule {
    fn applies(&self, text: &str) -> bool {
        let text = match &self.innocent {
            Some(innocent) => innocent.replace_all(text, " "),
            None => text.into(),
        };
        self.all.iter().all(|pattern| pattern.is_match(&text))
    }
}

fn rule(reason: &'static str, all: &[&str], innocent: Option<&str>) -> Rule {
    let regex = |pattern: &str| Regex::new(pattern).expect("the rules are tested");
    Rule { reason, all: all.iter().map(|pattern| regex(pattern)).collect(), innocent: innocent.map(regex) }
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(words::rules);

/// Lower case, one space between words, nothing invisible.
pub(super) fn normalise(text: &str) -> String {
    let visible =
        text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    let lower: String = visible.flat_map(char::to_lowercase).collect();
    lower.replace(['’', '‘'], "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters for the digits and signs that stand in for them inside a word: `p4ssw0rd`.
fn unmask(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let unmasked = chars.iter().enumerate().map(|(at, &c)| {
        if !letter_at(at.checked_sub(1)) && !letter_at(Some(at + 1)) {
            return c;
        }
        match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        }
    });
    unmasked.collect()
}
