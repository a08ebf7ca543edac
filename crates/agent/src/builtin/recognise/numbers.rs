//! Numbers and times, in digits and in words.

use super::words::{Kind, Word};

/// The number a word stands for.
pub(super) fn number(word: &Word) -> Option<usize> {
    if word.kind != Kind::Plain {
        return None;
    }
    let named = [
        ("one", 1),
        ("single", 1),
        ("two", 2),
        ("couple", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("dozen", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("hundred", 100),
    ];
    let digits = word.text.parse().ok().filter(|number| *number <= 100_000);
    digits.or_else(|| named.iter().find(|(name, _)| word.is(name)).map(|(_, number)| *number))
}

/// How many of something: the first number that is no time.
pub(super) fn count(words: &[Word]) -> Option<usize> {
    let is_time = |at: usize| words.get(at + 1).is_some_and(|next| unit_seconds(next).is_some());
    (0..words.len()).filter(|at| !is_time(*at)).find_map(|at| number(&words[at]))
}

/// A number after one of these words: `start at 10`, `steps of 5`.
pub(super) fn number_after(words: &[Word], before: &[&str]) -> Option<usize> {
    let at = words.iter().position(|word| word.is_any(before))?;
    words[at + 1..].iter().take(3).find_map(number)
}

/// The number that stands before one of these words: `4 sizes`.
pub(super) fn number_before(words: &[Word], after: &[&str]) -> Option<usize> {
    words.windows(2).find(|pair| pair[1].is_any(after)).and_then(|pair| number(&pair[0]))
}

/// The first number in digits that counts nothing, as it was written: a price or a rate.
pub(super) fn price(words: &[Word]) -> Option<String> {
    let counts = |next: Option<&Word>| {
        next.is_some_and(|next| next.is_any(&["size", "color", "variant", "option", "image"]))
    };
    let is_price = |at: &usize| {
        words[*at].kind == Kind::Plain
            && words[*at].text.starts_with(|c: char| c.is_ascii_digit())
            && words[*at].text.parse::<f64>().is_ok()
            && !counts(words.get(at + 1))
    };
    (0..words.len()).find(is_price).map(|at| words[at].text.clone())
}

/// A time, in seconds: `10 minutes`, `half an hour`, `1 hour 30`, `5:00`, `90s`.
pub(super) fn seconds(words: &[Word]) -> Option<u32> {
    let mut total = 0_usize;
    let mut end = None;
    for (at, word) in words.iter().enumerate() {
        let Some((seconds, length)) = time_at(words, at, word) else { continue };
        // `an hour and 30 minutes` is one time, `25 min work 5 min break` are two, of which the first counts.
        if end.is_some_and(|end: usize| end < at && words[end..at].iter().any(|word| !word.is("and"))) {
            break;
        }
        total += seconds;
        end = Some(at + length);
    }
    (total > 0).then(|| u32::try_from(total).unwrap_or(u32::MAX).min(86_400))
}

/// The seconds of a time that begins with this word, and how many words it has.
fn time_at(words: &[Word], at: usize, word: &Word) -> Option<(usize, usize)> {
    if word.is("half") && words[at..].iter().take(3).any(|next| next.is("hour")) {
        return Some((1_800, 3));
    }
    if let Some(clock) = clock(&word.text) {
        return Some((clock, 1));
    }
    let after_half = at > 0 && words[at - 1].is("half");
    let one = word.is_any(&["a", "an"]) && !after_half;
    let value = number(word).or_else(|| one.then_some(1));
    let unit = words.get(at + 1).and_then(unit_seconds);
    match (value, unit) {
        (Some(value), Some(unit)) => Some((value * unit, 2)),
        (Some(_), None) | (None, Some(_) | None) => glued(&word.text).map(|seconds| (seconds, 1)),
    }
}

/// Two times of a timer that goes back and forth: `25 min work 5 min break`, `45 seconds on, 15 seconds off`.
pub(super) fn work_and_break(words: &[Word]) -> Option<(u32, u32)> {
    let rests = words.iter().any(|word| word.is_any(&["break", "rest", "pause", "off", "work", "interval"]));
    let times: Vec<u32> = (0..words.len())
        .filter_map(|at| {
            let value = number(&words[at])?;
            let unit = words[at + 1..].iter().take(1).find_map(unit_seconds)?;
            u32::try_from(value * unit).ok()
        })
        .collect();
    match times[..] {
        [work, pause] if rests => Some((work, pause)),
        _ => None,
    }
}

fn unit_seconds(word: &Word) -> Option<usize> {
    match word.text.as_str() {
        "second" | "sec" | "secs" | "s" => Some(1),
        "minute" | "min" | "mins" | "m" => Some(60),
        "hour" | "hr" | "hrs" | "h" => Some(3_600),
        _ => None,
    }
}

/// `5:00`, `1:30:00`.
fn clock(text: &str) -> Option<usize> {
    let parts: Vec<usize> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [minutes, seconds] if seconds < 60 => Some(minutes * 60 + seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
            Some(hours * 3_600 + minutes * 60 + seconds)
        }
        _ => None,
    }
}

/// `90s`, `10min`.
fn glued(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (value, unit) = text.split_at(digits);
    let unit = match unit {
        "s" | "sec" => 1,
        "m" | "min" => 60,
        "h" | "hr" => 3_600,
        _ => return None,
    };
    Some(value.parse::<usize>().ok()? * unit)
}
