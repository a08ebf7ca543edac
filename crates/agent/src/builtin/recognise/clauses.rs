//! Cuts a prompt into clauses, one wish each: `make it green and add a to-do list with milk and eggs` has two.

use super::lexicon;
use super::phrases::{section_at, slot_at};
use super::refusals::impossible;
use super::styles::unwanted;
use super::words::{Kind, Word};

/// What a clause's verb asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Remove,
    Change,
    Move,
}

/// One wish.
#[derive(Debug, Clone)]
pub(super) struct Clause<'a> {
    pub(super) words: &'a [Word],
    /// Its own verb, or that of the clause before.
    pub(super) verb: Option<Verb>,
    /// Whether the verb is its own.
    pub(super) own_verb: bool,
}

const CONNECTORS: &[&str] = &[
    "and",
    "then",
    "also",
    "plus",
    "but",
    "finally",
    "next",
    "please",
    "after",
    "afterward",
    "additionally",
    "now",
    "just",
    "only",
    "instead",
];

const DETERMINERS: &[&str] = &[
    "a", "an", "the", "some", "my", "our", "another", "one", "two", "three", "four", "five", "new", "more",
    "this", "that", "your", "its",
];

/// Fillers between a determiner and what it determines.
const ADJECTIVES: &[&str] = &[
    "nice",
    "simple",
    "small",
    "big",
    "new",
    "beautiful",
    "cool",
    "modern",
    "responsive",
    "little",
    "basic",
    "pretty",
    "fancy",
    "interactive",
    "working",
    "great",
    "good",
    "clean",
    "short",
    "large",
    "full",
    "sticky",
    "sleek",
    "minute",
    "second",
    "red",
    "green",
    "blue",
    "bar",
    "line",
    "image",
    "photo",
    "live",
    "fun",
    "quick",
    "tiny",
    "second",
];

/// Words that begin a wish about looks.
const LOOKS: &[&str] = &[
    "background",
    "font",
    "dark",
    "light",
    "rounded",
    "bigger",
    "larger",
    "smaller",
    "color",
    "theme",
    "gradient",
    "center",
    "left",
    "text",
    "corner",
];

/// The clauses of a prompt.
pub(super) fn clauses(words: &[Word]) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    let mut inherited = None;
    for sentence in words.split(|word| word.kind == Kind::Stop).filter(|sentence| !sentence.is_empty()) {
        let mut start = 0;
        for at in 1..=sentence.len() {
            if at < sentence.len() && !(is_separator(&sentence[at]) && begins_wish(sentence, start, at)) {
                continue;
            }
            let part = trimmed(&sentence[start..at]);
            start = at;
            if part.is_empty() {
                continue;
            }
            let own = verb(part);
            inherited = own.or(inherited);
            clauses.push(Clause { words: part, verb: inherited, own_verb: own.is_some() });
        }
    }
    clauses
}

/// The verb of a clause: the first one, unless a later word turns it round (`get rid of`).
pub(super) fn verb(words: &[Word]) -> Option<Verb> {
    let until = (0..words.len()).find(|at| section_at(&words[*at..]).is_some()).unwrap_or(words.len());
    let head = &words[..until];
    let leads = |word: &str, texts: &[&str]| {
        head.iter()
            .position(|w| w.is(word))
            .is_some_and(|at| head.get(at + 1).is_some_and(|next| next.is_any(texts)))
    };
    let first_word =
        words.iter().find(|word| !word.is_any(&["please", "can", "could", "you", "just", "now", "and"]));
    let begins = |texts: &[&str]| first_word.is_some_and(|word| word.is_any(texts));
    let phrase_removes = leads("take", &["out", "off", "away", "the", "that", "this"])
        || leads("don't", &["want", "need", "like"])
        || leads("no", &["more", "longer"])
        || begins(&["no", "without", "clear", "cut", "strip", "lose", "wipe"]);
    // Words that remove only where they lead: `a clear heading` and `a cut above` do not.
    let always = |word: &Word| {
        word.is_any(lexicon::REMOVE)
            && !word.is_any(&["clear", "cut", "strip", "lose", "without", "don't", "wipe", "hide", "exclude"])
    };
    if phrase_removes || begins(&["hide"]) || head.iter().any(always) {
        return Some(Verb::Remove);
    }
    head.iter().find_map(|word| {
        if word.is_any(lexicon::MOVE) {
            Some(Verb::Move)
        } else if word.is_any(lexicon::ADD) {
            Some(Verb::Add)
        } else if word.is_any(lexicon::CHANGE) {
            Some(Verb::Change)
        } else {
            None
        }
    })
}

fn is_separator(word: &Word) -> bool {
    word.kind == Kind::Comma || word.is_any(&["and", "then", "also", "plus", "but"])
}

/// Whether what follows the separator at `at` is a wish of its own rather than an item of a list.
fn begins_wish(sentence: &[Word], start: usize, at: usize) -> bool {
    let mut next = at;
    while next < sentence.len() && (is_separator(&sentence[next]) || sentence[next].is_any(CONNECTORS)) {
        next += 1;
    }
    let rest = &sentence[next..];
    let end = rest.iter().position(is_separator).unwrap_or(rest.len());
    let head = &rest[..end];
    let Some(first) = head.first() else {
        return false;
    };
    let shade =
        |word: Option<&Word>| word.is_some_and(|word| word.is_any(&["light", "dark", "day", "night"]));
    if shade(sentence[..at].last()) && shade(Some(first)) {
        return false;
    }
    // `with home, about and contact`: what is listed are items, unless each has an article of its own.
    let listing = sentence[start..at].iter().any(|word| {
        word.kind == Kind::Colon
            || word.is_any(&[
                "with",
                "containing",
                "include",
                "including",
                "for",
                "about",
                "like",
                "saying",
                "collect",
                "asking",
                "showing",
            ])
    });
    // `between the heading and the text`: the second end of a distance.
    let between = sentence[start..at].iter().position(|word| word.is("between")).map(|from| start + from);
    if between.is_some_and(|from| !sentence[from..at].iter().any(is_separator)) {
        return false;
    }
    // `where I can add and delete things`: what follows tells how the thing works.
    let able = sentence[start..at]
        .iter()
        .any(|word| word.is_any(&["can", "where", "which", "able", "let", "lets", "allow", "allows", "so"]));
    let works = first.is_any(WORKING) || first.is_any(&["i", "you", "user", "people", "it"]);
    let new_thing = head.iter().any(|word| word.is_any(&["a", "an"])) && begins_with_thing(&head[1..]);
    let lets = first.is_any(&["let", "lets", "allow"])
        && head.get(1).is_some_and(|word| word.is_any(&["me", "user", "people", "you", "us", "it"]));
    if lets && section_before(&sentence[start..at]) {
        return false;
    }
    if able && start < at && works && !new_thing && section_before(&sentence[start..at]) {
        return false;
    }
    let is_verb = [lexicon::ADD, lexicon::REMOVE, lexicon::CHANGE, lexicon::MOVE]
        .iter()
        .any(|verbs| first.is_any(verbs) && !first.is_any(&["like", "love", "start"]))
        || first.is_any(&["undo", "revert", "no"]);
    let verb_with_object = is_verb && head.len() > 1 && has_object(&head[1..]);
    // `no shadows`, among other looks.
    let denied = first.is_any(&["no", "without"]) && unwanted(head).is_some();
    let determined = first.is_any(DETERMINERS);
    let names_section = begins_with_thing(head);
    let looks = first.is_any(LOOKS) || determined && head.get(1).is_some_and(|word| word.is_any(LOOKS));
    let refused = impossible(head).is_some_and(|(at, _)| at == 0);
    verb_with_object || denied || refused && !listing || (determined || !listing) && (names_section || looks)
}

/// What people do with a thing that is made for them.
const WORKING: &[&str] = &[
    "add",
    "delete",
    "remove",
    "edit",
    "check",
    "clear",
    "reset",
    "show",
    "filter",
    "sort",
    "save",
    "mark",
    "drag",
    "move",
    "pick",
    "choose",
    "select",
    "start",
    "stop",
    "pause",
    "see",
    "click",
    "search",
    "change",
    "rename",
    "undo",
    "update",
    "enter",
    "type",
    "set",
    "drop",
    "tick",
    "cross",
    "split",
    "share",
    "calculate",
    "display",
    "hide",
    "switch",
    "toggle",
];

fn section_before(words: &[Word]) -> bool {
    (0..words.len()).any(|at| section_at(&words[at..]).is_some())
}

fn has_object(words: &[Word]) -> bool {
    let pronoun = |word: &Word| word.is_any(&["it", "that", "this", "everything", "them", "all", "me"]);
    let thing =
        (0..words.len()).any(|at| section_at(&words[at..]).is_some() || slot_at(&words[at..]).is_some());
    thing || words.iter().any(|word| pronoun(word) || word.is_any(LOOKS) || word.kind == Kind::Quoted)
}

/// Whether a clause begins with a section or a text, after articles and adjectives.
fn begins_with_thing(words: &[Word]) -> bool {
    let skipped = |word: &Word| {
        word.is_any(DETERMINERS) || word.is_any(ADJECTIVES) || word.text.chars().all(|c| c.is_ascii_digit())
    };
    (0..words.len().min(4)).any(|at| {
        let thing = section_at(&words[at..]).is_some() || slot_at(&words[at..]).is_some();
        thing && words[..at].iter().all(skipped)
    })
}

fn trimmed(words: &[Word]) -> &[Word] {
    let filler = |word: &Word| is_separator(word) || word.is_any(CONNECTORS);
    let start = words.iter().position(|word| !filler(word)).unwrap_or(words.len());
    let end = words
        .iter()
        .rposition(|word| !(is_separator(word) || word.is("please")))
        .map_or(start, |last| last + 1);
    &words[start..end.max(start)]
}
