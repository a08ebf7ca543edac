//! The page's own texts in another language: those that it came with, and titles that recipes gave it.

use super::super::intent::Language;
use super::page::{Page, Sorry};
use super::texts;

/// A text in every language, one a line: English first, then in the order of [`Language`].
const TEXTS: &str = include_str!("content/tongues.txt");

/// The text in a language, where it is known.
pub(super) fn known() -> impl Iterator<Item = Vec<&'static str>> {
    TEXTS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(" | ").collect())
}

pub(super) fn put(page: &mut Page<'_>, language: Language) -> Result<String, Sorry> {
    let (at, name, code) = of(language);
    let mut found = 0;
    for text in known() {
        // Whatever language it is in now, it becomes the wanted one.
        for other in text.iter().filter(|other| **other != text[at]) {
            found += usize::from(texts::replace(page, other, text[at]).is_ok());
        }
    }
    let _ = page.edit_shell(|shell| with_language(shell, code));
    if found == 0 {
        return Err(format!(
            "I know the page's own texts in {name}, but none that you wrote: tell me a text, such as “change the heading to …”."
        ));
    }
    Ok(format!(
        "Put the page's own texts into {name}. I am no translator: what you wrote yourself stays as it is."
    ))
}

/// Where a language stands in the texts, its name, and its code.
pub(super) const fn of(language: Language) -> (usize, &'static str, &'static str) {
    match language {
        Language::English => (0, "English", "en"),
        Language::German => (1, "German", "de"),
        Language::French => (2, "French", "fr"),
        Language::Spanish => (3, "Spanish", "es"),
        Language::Italian => (4, "Italian", "it"),
        Language::Portuguese => (5, "Portuguese", "pt"),
        Language::Dutch => (6, "Dutch", "nl"),
        Language::Polish => (7, "Polish", "pl"),
        Language::Russian => (8, "Russian", "ru"),
        Language::Japanese => (9, "Japanese", "ja"),
        Language::Chinese => (10, "Chinese", "zh"),
    }
}

fn with_language(shell: &str, code: &str) -> Option<String> {
    let start = shell.find("<html lang=\"")? + "<html lang=\"".len();
    let end = start + shell[start..].find('"')?;
    Some(format!("{}{code}{}", &shell[..start], &shell[end..]))
}

#[cfg(test)]
mod tests {
    use super::known;

    /// G3
    #[test]
    fn every_text_is_known_in_every_language() {
        for text in known() {
            assert_eq!(text.len(), 11, "{text:?}");
        }
    }
}
