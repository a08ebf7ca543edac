//! A conversation that has grown too long for a model: its older part in short, its newer part as it was (G2).
//!
//! What people said that holds on is taken from their own words, and what became of files from the journal: neither depends on what a
//! model finds worth writing down. Pure.

use domain::{PromptStatus, Recollection};

use super::bounds::cut;
use crate::{Message, PastTurn};

/// What a model is told when it writes the minutes.
pub(super) const PREAMBLE: &str = include_str!("../../preambles/compaction.md");
/// The longest minutes, in bytes.
pub(super) const SUMMARY_BYTES_MAX: usize = 16 * 1024;
/// Facts that are remembered.
const FACTS_MAX: usize = 80;
/// How long one of them may be, in characters.
const FACT_CHARS_MAX: usize = 400;
/// How much of each prompt an extract holds, in bytes.
const PROMPT_BYTES_MAX: usize = 400;
/// How much of each answer, in bytes.
const ANSWER_BYTES_MAX: usize = 240;
/// Bytes of text that make a token at the fewest: code in English has three to four, other languages fewer.
const BYTES_PER_TOKEN: u64 = 3;
/// What a message, a call or a result takes beside its text, in tokens.
const FRAME_TOKENS: u64 = 12;

/// Words by which people say what shall hold on.
const LASTING: [&str; 24] = [
    "remember",
    "always",
    "never",
    "must",
    "is called",
    "are called",
    "name is",
    "named",
    "don't",
    "do not",
    "should",
    "prefer",
    "my ",
    "our ",
    "we ",
    "use ",
    "only ",
    "instead of",
    "important",
    "from now on",
    "keep ",
    "no more",
    "call it",
    "stands for",
];

/// How many tokens an earlier prompt takes, rather too many than too few.
pub(crate) fn tokens(turn: &PastTurn) -> u64 {
    let steps = turn.steps.iter().map(|step| {
        let calls = step.calls.iter().map(|call| {
            text_tokens(call.name.len() + call.arguments.to_string().len() + call.result.len())
                + 2 * FRAME_TOKENS
        });
        text_tokens(step.text.len()) + FRAME_TOKENS + calls.sum::<u64>()
    });
    text_tokens(turn.text.len() + turn.summary.len()) + 2 * FRAME_TOKENS + steps.sum::<u64>()
}

fn text_tokens(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(BYTES_PER_TOKEN)
}

/// How many of the oldest prompts have to be remembered in short, so that the others fit; `None` when all of them do. A part is then
/// left free, so that the next prompts need no further recollection, and the newest prompt is never among those.
pub(crate) fn too_many(
    history: &[PastTurn],
    recollection: Option<&Recollection>,
    context_tokens: u64,
) -> Option<usize> {
    let in_short = recollection.map_or(0, |recollection| text_tokens(told(recollection).len()));
    let all: u64 = history.iter().map(tokens).sum();
    if all + in_short <= context_tokens / 2 || history.len() < 2 {
        return None;
    }
    let mut room = context_tokens / 4;
    let mut kept = 0;
    for turn in history.iter().rev() {
        let Some(left) = room.checked_sub(tokens(turn)).filter(|_| kept < history.len() - 1) else { break };
        (room, kept) = (left, kept + 1);
    }
    Some(history.len() - kept.max(1))
}

/// The newest prompts alone may be too long: then their oldest steps go, each call with its result.
pub(crate) fn fit(history: &mut [PastTurn], context_tokens: u64) {
    let mut all: u64 = history.iter().map(tokens).sum();
    for turn in history {
        let (before, steps) = (tokens(turn), turn.steps.len());
        while all > context_tokens / 2 && !turn.steps.is_empty() {
            let with_it = tokens(turn);
            turn.steps.remove(0);
            all -= with_it - tokens(turn);
        }
        if tokens(turn) < before {
            let left_out = steps - turn.steps.len();
            turn.summary =
                format!("({left_out} of {steps} steps of this are left out here.) {}", turn.summary);
        }
    }
}

/// What people said that holds on, earlier ones first; `known` comes from an earlier recollection. When there are too many, those go
/// that were not plainly meant to last.
pub(crate) fn facts<'a>(known: &[String], texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut facts = known.to_vec();
    for text in texts {
        for sentence in sentences(text) {
            let fact: String = sentence.chars().take(FACT_CHARS_MAX).collect();
            if says_something(&fact) && !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    while facts.len() > FACTS_MAX {
        let least = facts.iter().position(|fact| !is_lasting(fact)).unwrap_or(0);
        facts.remove(least);
    }
    facts
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |(at, char): (usize, char)| {
        let next = text[at + char.len_utf8()..].chars().next();
        (char == '\n' || (matches!(char, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace)))
            .then_some(at + char.len_utf8())
    };
    let mut start = 0;
    let ends: Vec<usize> = text.char_indices().filter_map(ends).chain([text.len()]).collect();
    ends.into_iter().filter_map(move |end| {
        let sentence = text.get(start..end).unwrap_or_default().trim();
        start = end;
        (!sentence.is_empty()).then_some(sentence)
    })
}

fn says_something(sentence: &str) -> bool {
    let names_something = sentence
        .chars()
        .any(|char| char.is_ascii_digit() || matches!(char, '#' | '"' | '“' | '”' | '`' | '@'));
    names_something || is_lasting(sentence)
}

fn is_lasting(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    LASTING.iter().any(|words| lower.contains(words))
}

/// Prompts and answers cut short, for when no model writes minutes.
pub(crate) fn extract(known: Option<&Recollection>, older: &[PastTurn]) -> String {
    let earlier = known.map(|known| known.summary.clone()).filter(|summary| !summary.is_empty());
    let lines = older.iter().map(|turn| {
        let how = match turn.status {
            PromptStatus::Completed => "Done",
            PromptStatus::Refused => "Refused",
            PromptStatus::Failed => "Failed",
            PromptStatus::Stopped => "Stopped",
        };
        let (asked, answered) =
            (cut(turn.text.clone(), PROMPT_BYTES_MAX), cut(turn.summary.clone(), ANSWER_BYTES_MAX));
        format!("- Asked: {asked} {how}: {answered}")
    });
    cut(earlier.into_iter().chain(lines).collect::<Vec<_>>().join("\n"), SUMMARY_BYTES_MAX)
}

/// The older conversation as a text for whoever writes the minutes, in at most `bytes_max` bytes.
pub(super) fn transcript(known: Option<&Recollection>, older: &[PastTurn], bytes_max: usize) -> String {
    let earlier = known.map(|known| format!("Earlier minutes:\n{}", known.summary));
    let each_max = bytes_max / (older.len() + 1).max(1);
    let turns = older.iter().map(|turn| {
        let calls = turn.steps.iter().flat_map(|step| &step.calls);
        let calls: Vec<String> = calls
            .map(|call| format!("[{} {}]", call.name, cut(call.arguments.to_string(), PROMPT_BYTES_MAX)))
            .collect();
        let text = format!("Person: {}\n{}\nAgent: {}", turn.text, calls.join("\n"), turn.summary);
        cut(text, each_max)
    });
    earlier.map(|earlier| cut(earlier, each_max)).into_iter().chain(turns).collect::<Vec<_>>().join("\n\n")
}

/// How a model is shown what it remembers in short.
pub(super) fn messages(recollection: &Recollection) -> [Message; 2] {
    let understood = Message::Assistant { text: "I go on from there.".into(), calls: Vec::new() };
    [Message::User(told(recollection)), understood]
}

fn told(recollection: &Recollection) -> String {
    let facts: Vec<String> = recollection.facts.iter().map(|fact| format!("- {fact}")).collect();
    let files: Vec<String> =
        recollection.files.iter().map(|file| format!("- {}: {}", file.path, file.note)).collect();
    format!(
        "(What was before in this session, in short.)\n\nWhat I said that holds on, in my words:\n{}\n\nWhat was done:\n{}\n\n\
         Files:\n{}",
        facts.join("\n"),
        recollection.summary,
        files.join("\n"),
    )
}
