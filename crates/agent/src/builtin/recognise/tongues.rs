//! Wishes for another language: of the page's own texts, in whatever language they are uttered.

use super::phrases::sections;
use super::words::{Kind, Word, words};
use crate::builtin::intent::{Language, Section};

/// The languages and what people call them, in their own words too.
const NAMES: &[(Language, &str)] = &[
    (
        Language::English,
        "english, englisch, anglais, inglés, ingles, inglese, inglês, engels, английский, английском, 英語, 英语",
    ),
    (
        Language::German,
        "german, deutsch, allemand, alemán, aleman, tedesco, alemão, duits, немецкий, немецком, ドイツ語, 德语",
    ),
    (
        Language::French,
        "french, französisch, français, francais, francés, frances, francese, francês, frans, французский, フランス語, 法语",
    ),
    (
        Language::Spanish,
        "spanish, spanisch, espagnol, español, espanol, spagnolo, espanhol, spaans, испанский, スペイン語, 西班牙语",
    ),
    (Language::Italian, "italian, italienisch, italien, italiano, italiaans, итальянский"),
    (
        Language::Portuguese,
        "portuguese, portugiesisch, portugais, portugués, portoghese, português, portugues",
    ),
    (Language::Dutch, "dutch, niederländisch, néerlandais, holandés, olandese, holandês, nederlands"),
    (Language::Polish, "polish, polnisch, polonais, polaco, polacco, polski, polsku"),
    (Language::Russian, "russian, russisch, russe, ruso, russo, русский, русском"),
    (Language::Japanese, "japanese, japanisch, japonais, japonés, giapponese, japonês, 日本語, japans"),
    (Language::Chinese, "chinese, chinesisch, chinois, chino, cinese, chinês, 中文, 汉语"),
];

/// What people say when they want a text to be in a language.
const ASKS: &str = "translate, translated, translation, write, rewrite, make, switch, change, turn, put, convert, set, in, into, to, \
    übersetze, übersetz, übersetzen, schreib, schreibe, mach, mache, stell, stelle, auf, ins, traduis, traduire, traduisez, écris, \
    mets, en, traduce, traducir, escribe, pon, cambia, al, traduci, scrivi, metti, in, traduza, traduzir, escreva, coloque, em, \
    vertaal, schrijf, naar, przetłumacz, po, переведи, напиши, на, сделай, してください, 翻訳";

/// The language that the page shall be in; `None` where a prompt is about something else.
pub(super) fn wanted(prompt: &str) -> Option<Language> {
    let lower = prompt.to_lowercase();
    let plain: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let wide = |name: &str| !name.is_ascii() && name.chars().all(|c| c as u32 > 0x2e7f);
    let is_named = |names: &str| {
        names.split(", ").any(|name| plain.contains(&name) || wide(name) && lower.contains(name))
    };
    let mut named = NAMES.iter().filter(|(_, names)| is_named(names));
    let language = named.next()?.0;
    // Two languages want a switch between them.
    if named.next().is_some() || plain.len() > 10 {
        return None;
    }
    let asks = ASKS.split(", ").any(|ask| plain.contains(&ask) || wide(ask) && lower.contains(ask))
        || plain.len() == 1;
    let words = words(prompt);
    let only_texts = sections(&words).iter().all(|(_, section)| {
        matches!(section, Section::TextBlock | Section::NavBar | Section::Hero | Section::LanguageSwitch)
    });
    let quoted = words.iter().any(|word: &Word| word.kind == Kind::Quoted);
    let other = [
        "learn",
        "teach",
        "lessons",
        "restaurant",
        "flag",
        "words",
        "food",
        "course",
        "says",
        "say",
        "website",
        "shop",
        "recipe",
        "school",
        "about",
        "for",
    ];
    let whole = ["website", "site", "page", "text", "everything", "texts"];
    let other = plain.iter().any(|word| other.contains(word) && !(whole.contains(word) && plain.len() <= 9));
    (asks && only_texts && !quoted && !other).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G3
    #[test]
    fn a_language_is_wanted_in_any_language() {
        for (prompt, language) in [
            ("translate the page to German", Language::German),
            ("Schreib den Text auf Deutsch", Language::German),
            ("ホームページを日本語にしてください", Language::Japanese),
            ("pon la página en inglés", Language::English),
            ("make everything French", Language::French),
        ] {
            assert_eq!(wanted(prompt), Some(language), "{prompt}");
        }
        for prompt in [
            "flashcards for spanish words",
            "landing page for an Italian restaurant",
            "a button to switch between English and French",
            "change the heading to \"German\"",
        ] {
            assert_eq!(wanted(prompt), None, "{prompt}");
        }
    }
}
