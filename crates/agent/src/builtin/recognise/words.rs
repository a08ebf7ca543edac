//! A prompt as words: lower case, singular, with typing errors mended, each knowing where it stood.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon;

/// One word, quotation or mark of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The normal form; for a quotation, its text as written.
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Where it stood in the prompt.
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Quoted,
    /// Ends a sentence: `.`, `!`, `?`, `;`, a line break.
    Stop,
    Comma,
    Colon,
}

impl Word {
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind == Kind::Plain && self.text == text
    }

    pub(super) fn is_any(&self, texts: &[&str]) -> bool {
        self.kind == Kind::Plain && texts.contains(&self.text.as_str())
    }
}

/// The words of a prompt.
pub(super) fn words(prompt: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while let Some(c) = prompt[at..].chars().next() {
        let length = c.len_utf8();
        if let Some(end) = quotation_end(prompt, at, c) {
            let inner = at + length..end;
            let text = prompt[inner.clone()].trim().to_owned();
            let close = prompt[end..].chars().next().map_or(0, char::len_utf8);
            words.push(Word { text, kind: Kind::Quoted, span: at..end + close });
            at = end + close;
            continue;
        }
        // The letters of `R$` and `US$` belong to the sign.
        if let Some(sign) = ["R$", "US$", "A$", "C$"].into_iter().find(|sign| prompt[at..].starts_with(sign))
            && prompt[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
        {
            at += sign.len();
            continue;
        }
        if let Some(end) = function_end(prompt, at) {
            words.push(plain(prompt[at..end].to_lowercase(), at..end));
            at = end;
            continue;
        }
        if c.is_alphanumeric() || c == '#' {
            let end = at + word_length(&prompt[at..]);
            push_word(&mut words, prompt, at..end);
            at = end;
            continue;
        }
        let mark = match c {
            '.' | '!' | '?' | ';' | '\n' => Some(Kind::Stop),
            ',' => Some(Kind::Comma),
            ':' => Some(Kind::Colon),
            _ => None,
        };
        let span = at..at + length;
        if let Some(kind) = mark {
            words.push(Word { text: c.to_string(), kind, span });
        } else if c == '&' || c == '+' {
            words.push(plain("and".into(), span));
        }
        at += length;
    }
    words
}

/// The singular of a word, in American spelling.
pub(super) fn normal(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.strip_suffix("'s").unwrap_or(&word).to_owned();
    let spelled = match word.as_str() {
        "colour" | "colours" => "color",
        "coloured" => "colored",
        "centre" | "centred" | "centered" => "center",
        "grey" => "gray",
        "organise" => "organize",
        "tasks" => "task",
        "todos" => "todo",
        "pls" | "plz" => "please",
        "u" => "you",
        "btn" => "button",
        "pic" | "pics" => "picture",
        "img" | "imgs" => "image",
        "bg" => "background",
        "nav" => "navigation",
        // Short words are not mended, so the errors that people make in them are listed.
        "bleu" | "blu" => "blue",
        "gren" | "geen" => "green",
        "yelow" => "yellow",
        "unod" | "undu" | "udno" => "undo",
        "fom" | "fomr" => "form",
        "quz" => "quiz",
        "darl" | "drak" => "dark",
        other => other,
    };
    singular(spelled)
}

fn singular(word: &str) -> String {
    let keep = [
        "this",
        "is",
        "us",
        "has",
        "was",
        "css",
        "aws",
        "always",
        "plus",
        "less",
        "canvas",
        "status",
        "news",
        "lens",
        "bus",
        "yes",
        "its",
        "does",
        "redis",
        "js",
        "analysis",
        "basis",
        "kubernetes",
        "series",
        "maths",
        "physics",
        "games",
        "previous",
        "various",
        "lotus",
        "christmas",
        "xmas",
        "sans",
        "os",
        "rss",
        "https",
        "tetris",
        "postgres",
    ];
    if keep.contains(&word) || word.len() <= 3 && word != "ads" {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.ends_with("ou") => stem.to_owned(),
        Some(_) | None => word.to_owned(),
    }
}

fn plain(text: String, span: Range<usize>) -> Word {
    Word { text, kind: Kind::Plain, span }
}

fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '\'' | '’' => next.is_some_and(char::is_alphabetic) && at > 0,
            ',' => at > 0 && is_decimal(rest, at),
            '.' | ':' => {
                at > 0
                    && next.is_some_and(|next| next.is_ascii_digit())
                    && rest[..at].ends_with(|c: char| c.is_ascii_digit())
                    || c == '.' && next.is_some_and(|next| next.is_ascii_lowercase())
            }
            '#' => at == 0,
            // `Q&A` is a word, `this & that` are three.
            '&' => at > 0 && next.is_some_and(char::is_alphanumeric),
            '-' => false,
            other => other.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// `6,50` is one number, `10,15,18` are three.
fn is_decimal(rest: &str, comma: usize) -> bool {
    let before = rest[..comma].chars().rev().take_while(char::is_ascii_digit).count();
    let after = rest[comma + 1..].chars().take_while(char::is_ascii_digit).count();
    let next = rest[comma + 1 + after..].chars().next();
    before > 0 && before == comma && after == 2 && next != Some(',')
}

fn push_word(words: &mut Vec<Word>, prompt: &str, span: Range<usize>) {
    let written = &prompt[span.clone()];
    let decimal = written.contains(',').then(|| written.replace(',', "."));
    let text = decimal.unwrap_or_else(|| mended(&normal(written)));
    // `to-do`, `to do list`, `e-mail`: one word, however it is written.
    if let Some(last) = words.last_mut().filter(|last| last.kind == Kind::Plain) {
        let hyphen = prompt[last.span.end..span.start].trim() == "-";
        let rest = prompt[span.end..].trim_start().to_lowercase();
        let listed =
            ["list", "app", "manager", "tracker", "section"].iter().any(|word| rest.starts_with(word));
        let joined = match (last.text.as_str(), text.as_str()) {
            ("to", "do") if hyphen || listed => Some("todo"),
            ("e", "mail") => Some("email"),
            ("stop", "watch") => Some("stopwatch"),
            ("news", "letter") => Some("newsletter"),
            _ => None,
        };
        if let Some(joined) = joined {
            last.text = joined.to_owned();
            last.span.end = span.end;
            return;
        }
    }
    words.push(plain(text, span));
}

/// `rgb(…)` and `hsl(…)` are one word.
fn function_end(prompt: &str, at: usize) -> Option<usize> {
    let rest = &prompt[at..];
    let lower = rest.get(..5).or_else(|| rest.get(..4))?.to_ascii_lowercase();
    let starts = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| lower.starts_with(name));
    let begins = prompt[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    (starts && begins).then(|| rest.find(')').map(|close| at + close + 1)).flatten()
}

/// Where a quotation that opens at `at` closes.
fn quotation_end(prompt: &str, at: usize, open: char) -> Option<usize> {
    let close = match open {
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '`' => '`',
        '\'' | '‘' => '’',
        _ => return None,
    };
    let start = at + open.len_utf8();
    let after_word = prompt[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    if close != '’' {
        let end = prompt[start..].find(|c| c == close || (close == '”' && matches!(c, '“' | '"')))?;
        return (end > 0).then_some(start + end);
    }
    if after_word {
        return None;
    }
    // An apostrophe inside a word does not close a quotation.
    let closes = |(offset, c): &(usize, char)| {
        let next = prompt[start + offset + c.len_utf8()..].chars().next();
        matches!(c, '\'' | '’') && next.is_none_or(|next| !next.is_alphanumeric())
    };
    let end = prompt[start..].char_indices().find(closes)?.0;
    (end > 0).then_some(start + end)
}

/// Every word the lexicon knows: what a typing error can have meant.
static VOCABULARY: LazyLock<BTreeSet<String>> = LazyLock::new(|| lexicon::vocabulary().map(normal).collect());

/// Words that are known, but to which nothing is mended.
static OTHERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| lexicon::others().map(normal).collect());

/// Words that are one letter away from a known one and mean what they say.
const COMMON: &str = include_str!("common_words.txt");

static COMMON_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| COMMON.split_whitespace().collect());

/// The known word that was probably meant.
fn mended(word: &str) -> String {
    let letters = word.chars().count();
    let fixed = letters < 5
        || !word.chars().all(|c| c.is_ascii_lowercase())
        || VOCABULARY.contains(word)
        || OTHERS.contains(word)
        || COMMON_WORDS.contains(word);
    if fixed {
        return word.to_owned();
    }
    let distance_max = if letters >= 8 { 2 } else { 1 };
    let same_start =
        |known: &&String| known.len() >= 5 && known.as_bytes().first() == word.as_bytes().first();
    let candidates = VOCABULARY.iter().filter(same_start);
    // A letter is left out more often than mistyped, so the longer word wins.
    let near = candidates.map(|known| (distance(word, known), Reverse(known.len()), known)).min();
    match near {
        Some((distance, _, known)) if distance <= distance_max => known.clone(),
        Some(_) | None => word.to_owned(),
    }
}

/// Edits between two words: letters added, left out, changed, swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swap = if swapped { rows[i - 2][j - 2] + 1 } else { usize::MAX };
                change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(swap)
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(prompt: &str) -> Vec<String> {
        words(prompt).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_normal_forms_and_quotations_keep_theirs() {
        assert_eq!(texts("Add a to-do list!"), ["add", "a", "todo", "list", "!"]);
        assert_eq!(texts("testimonails & galery"), ["testimonial", "and", "gallery"]);
        assert_eq!(texts("Call it 'Tom's Café', please"), ["call", "it", "Tom's Café", ",", "please"]);
        assert_eq!(
            texts("don't use #FF8800 or rgb(1, 2, 3)"),
            ["don't", "use", "#ff8800", "or", "rgb(1, 2, 3)"]
        );
        assert_eq!(texts("5:00 timer, v1.5"), ["5:00", "timer", ",", "v1.5"]);
    }

    #[test]
    fn common_words_are_not_taken_for_typing_errors() {
        for word in ["there", "times", "country", "house", "chars", "charge", "former"] {
            assert_eq!(mended(word), word);
        }
    }

    proptest! {
        #[test]
        fn every_word_knows_where_it_stood(prompt in "\\PC{0,60}") {
            let words = words(&prompt);
            for pair in words.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for word in words {
                prop_assert!(prompt.get(word.span).is_some());
            }
        }
    }
}
