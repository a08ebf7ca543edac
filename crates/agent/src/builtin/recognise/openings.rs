//! Wishes about what the page begins with: its introduction, its sign in the tab, what its buttons say.

use super::clauses::{Clause, Verb};
use super::phrases::{find, sections};
use super::purposes::sign_of;
use super::values;
use super::words::{Kind, Word};
use crate::builtin::intent::{Intent, Slot};

/// The sign in the tab where none was named.
const STAR: &str = "⭐";

/// What a clause wants of the page's opening; `None` where it is about something else.
pub(super) fn wishes(prompt: &str, clause: &Clause<'_>) -> Option<Vec<Intent>> {
    let words = clause.words;
    icon(prompt, words)
        .or_else(|| buttons(words))
        .or_else(|| own_name(prompt, words))
        .or_else(|| on_top(prompt, words))
        .or_else(|| written(prompt, words))
        .or_else(|| nothing_but(clause))
}

/// `change the favicon to a rocket`.
fn icon(prompt: &str, words: &[Word]) -> Option<Vec<Intent>> {
    find(
        words,
        "favicon, fav icon, tab icon, browser icon, icon in the tab, icon of the tab, icon in the browser, site icon, page icon, browser tab icon",
    )?;
    let start = words.first()?.span.start;
    let end = words.last().map_or(start, |last| {
        prompt[last.span.end..].find([',', '.']).map_or(prompt.len(), |at| last.span.end + at)
    });
    let drawn: String =
        prompt[start..end].chars().filter(|c| *c as u32 >= 0x2600 && !c.is_alphanumeric()).take(2).collect();
    let named = words.iter().find_map(|word| sign_of(&word.text));
    let sign = if drawn.is_empty() { named.unwrap_or(STAR).to_owned() } else { drawn };
    Some(vec![Intent::Icon(sign)])
}

/// `the first button to "A" and the second one to "B"`.
fn buttons(words: &[Word]) -> Option<Vec<Intent>> {
    let quoted = values::quoted(words);
    let several = words.iter().any(|word| word.is_any(&["first", "second", "other", "two", "left", "right"]));
    let named = words.iter().any(|word| word.is("button"));
    let adds = words.iter().any(|word| word.is_any(&["add", "create"]));
    (named && several && quoted.len() == 2 && !adds).then(|| vec![Intent::ButtonTexts(quoted)])
}

/// `put my name, Anna Berg, at the top`, `my name is Anna Berg`.
fn own_name(prompt: &str, words: &[Word]) -> Option<Vec<Intent>> {
    let found = find(words, "my name is, my name's, my name, i am called")?;
    let rest = &words[found.end..];
    let start = rest.iter().position(|word| word.kind == Kind::Plain || word.kind == Kind::Quoted)?;
    let capital = |word: &&Word| {
        word.kind == Kind::Quoted
            || word.kind == Kind::Plain
                && prompt.get(word.span.clone()).is_some_and(|text| text.starts_with(char::is_uppercase))
    };
    let length = rest[start..].iter().take(4).take_while(capital).count();
    let asks = find(words, "is, my name's").is_some_and(|is| is.start <= found.end)
        || words.iter().any(|word| word.is_any(&["add", "put", "show", "write", "display"]));
    if !asks || find(words, "form, field, input").is_some() {
        return None;
    }
    let name = match length {
        0 if rest.iter().any(|word| word.is_any(&["top", "header", "heading", "title"])) => {
            "Your Name".to_owned()
        }
        0 => return None,
        _ => values::as_written(prompt, &rest[start..start + length])?.trim_matches('"').to_owned(),
    };
    let slot = if words.iter().any(|word| word.is_any(&["header", "corner", "navbar", "logo"])) {
        Slot::Brand
    } else {
        Slot::Heading
    };
    Some(vec![Intent::SetText(slot, name)])
}

/// `put Anna Berg at the top`, `name at the top: Anna Berg`: what is written like a name and named by nothing else.
fn on_top(prompt: &str, words: &[Word]) -> Option<Vec<Intent>> {
    find(words, "at the top, on top, on the top, at top")?;
    let asks = words.first()?.is_any(&["put", "write", "show", "add", "display", "name"]);
    let capital = |word: &Word| {
        word.kind == Kind::Plain
            && prompt.get(word.span.clone()).is_some_and(|text| text.starts_with(char::is_uppercase))
    };
    let start = (1..words.len()).find(|at| capital(&words[*at]))?;
    let length = words[start..].iter().take(4).take_while(|word| capital(word)).count();
    let plain = |word: &Word| {
        word.kind == Kind::Colon
            || word.is_any(&["at", "the", "top", "on", "of", "page", "name", "my", "a", "company"])
    };
    let alone = words[1..start].iter().chain(&words[start + length..]).all(plain);
    let name = values::as_written(prompt, &words[start..start + length])?;
    (asks && alone && sections(&words[start..start + length]).is_empty())
        .then(|| vec![Intent::SetText(Slot::Heading, name)])
}

/// `write a headline for a bakery`: a text that people leave to us.
fn written(prompt: &str, words: &[Word]) -> Option<Vec<Intent>> {
    let asks = words.iter().position(|word| {
        word.is_any(&["write", "suggest", "invent", "generate", "draft", "craft", "compose"])
    })?;
    let text = find(
        &words[asks..],
        "hero text, headline, hero copy, hero section text, tagline, slogan, intro text, introduction, intro, welcome text, heading, title, \
         welcome message, hero section, hero, copy, landing copy, subtitle",
    )?;
    let rest = &words[asks + text.end..];
    let lead = rest.iter().position(|word| word.is_any(&["for", "about"]))?;
    let rest = values::without_articles(&rest[lead + 1..]);
    let ends =
        |word: &Word| word.kind != Kind::Plain || word.is_any(&["called", "named", "that", "with", "and"]);
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    let subject = values::as_written(prompt, &rest[..end])?;
    Some(vec![Intent::Opening(subject, values::title(prompt, words))])
}

/// `delete all the text`: the page without its own texts.
fn nothing_but(clause: &Clause<'_>) -> Option<Vec<Intent>> {
    let texts = find(
        clause.words,
        "all text, all the text, every text, all of the text, all content, all the content, all word, the existing text, the default text",
    );
    let removes = clause.verb == Some(Verb::Remove) && clause.words.len() <= 6;
    texts.filter(|_| removes).map(|_| vec![Intent::HideText(Slot::Heading), Intent::HideText(Slot::Subtitle)])
}
