//! Replacing pieces of a text exactly: each once, all or none. When a piece is not there, the error shows what is nearest to it.

use std::collections::HashMap;

use super::arguments::Edit;

/// Replacements that one call may hold.
const EDITS_MAX: usize = 50;
/// Lines of a file that are compared when a piece is not found.
const LINES_COMPARED_MAX: usize = 5_000;
/// How much of a line is compared, in characters.
const LINE_CHARS_COMPARED_MAX: usize = 200;
/// Lines that are shown of what is nearest.
const LINES_SHOWN_MAX: usize = 12;
/// From which likeness on a line is worth showing, in percent.
const LIKENESS_PERCENT_MIN: usize = 40;

/// The text with every edit made in its order.
///
/// # Errors
/// A sentence for the model; nothing is changed then.
pub(super) fn apply(text: &str, edits: &[Edit]) -> Result<String, String> {
    if edits.is_empty() || edits.len() > EDITS_MAX {
        return Err(format!("Give between 1 and {EDITS_MAX} edits."));
    }
    let mut edited = text.to_owned();
    for (edit, number) in edits.iter().zip(1..) {
        let refuse = |why: String| {
            Err(format!("Edit {number} of {} is not possible: {why} Nothing was changed.", edits.len()))
        };
        if edit.find.is_empty() {
            return refuse("`find` is empty.".into());
        }
        let mut places = edited.match_indices(&edit.find).map(|(at, _)| at);
        match (places.next(), places.count()) {
            (Some(at), 0) => edited.replace_range(at..at + edit.find.len(), &edit.replace),
            (Some(_), others) => {
                let times = others + 1;
                return refuse(format!(
                    "the text stands there {times} times. Give more of the lines around it."
                ));
            }
            (None, _) => return refuse(nearest(&edited, &edit.find)),
        }
    }
    Ok(edited)
}

/// What stands in `text` instead of `wanted`, as far as that can be told.
pub(super) fn nearest(text: &str, wanted: &str) -> String {
    let lines: Vec<&str> = text.lines().take(LINES_COMPARED_MAX).collect();
    let wanted: Vec<&str> = wanted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let Some(first) = wanted.first() else {
        return "such white space is not in the file.".into();
    };
    let shown = wanted.len().min(LINES_SHOWN_MAX);
    let passage = |at: usize| lines[at..(at + shown).min(lines.len())].join("\n");
    let fits = |at: &usize| {
        let there = lines[*at..].iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        there.take(wanted.len()).eq(wanted.iter().copied())
    };
    if let Some(at) = (0..lines.len()).find(fits) {
        return format!(
            "only the white space differs. From line {} on the file has:\n{}\n",
            at + 1,
            passage(at)
        );
    }
    let likeness = Likeness::to(first);
    let best = lines.iter().enumerate().map(|(at, line)| (likeness.of(line.trim()), at));
    match best.max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at))) {
        Some((percent, at)) if percent >= LIKENESS_PERCENT_MIN => {
            format!("the text is not there. Nearest to it is, from line {} on:\n{}\n", at + 1, passage(at))
        }
        Some(_) | None => "the text is not there, nor anything like it. Read the file.".into(),
    }
}

/// How alike lines are to one line, by the pairs of characters they share.
struct Likeness {
    pairs: HashMap<(char, char), usize>,
    count: usize,
}

impl Likeness {
    fn to(line: &str) -> Self {
        let mut pairs = HashMap::new();
        let mut count = 0;
        for pair in pairs_of(line) {
            *pairs.entry(pair).or_default() += 1;
            count += 1;
        }
        Self { pairs, count }
    }

    /// From 0 to 100.
    fn of(&self, line: &str) -> usize {
        let mut left = self.pairs.clone();
        let (mut shared, mut count) = (0_usize, 0_usize);
        for pair in pairs_of(line) {
            count += 1;
            if let Some(rest) = left.get_mut(&pair).filter(|rest| **rest > 0) {
                *rest -= 1;
                shared += 1;
            }
        }
        (200 * shared).checked_div(self.count + count).unwrap_or(0)
    }
}

fn pairs_of(line: &str) -> impl Iterator<Item = (char, char)> {
    let chars = || line.chars().take(LINE_CHARS_COMPARED_MAX);
    chars().zip(chars().skip(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str =
        "function add(a, b) {\n  return a + b;\n}\n\nfunction twice(a) {\n  return a + a;\n}\n";

    fn edit(find: &str, replace: &str) -> Edit {
        Edit { find: find.into(), replace: replace.into() }
    }

    /// D4
    #[test]
    fn edits_are_made_in_their_order() {
        let edited = apply(TEXT, &[edit("a + b", "b + a"), edit("return b + a", "return (b + a)")]);
        assert_eq!(edited.unwrap(), TEXT.replace("a + b", "(b + a)"));
    }

    /// D4
    #[test]
    fn an_edit_that_does_not_fit_once_says_what_is_there_and_changes_nothing() {
        for (edits, said) in [
            (vec![edit("a + b", "x"), edit("return a", "x"), edit("a + b", "y")], "Edit 3 of 3"),
            (vec![edit("return a", "x")], "stands there 2 times"),
            (
                vec![edit("\treturn a + b;\n}", "x")],
                "only the white space differs. From line 2 on the file has:\n  return a + b;\n}",
            ),
            (
                vec![edit("function addd(a, b) {", "x")],
                "Nearest to it is, from line 1 on:\nfunction add(a, b) {\n",
            ),
            (vec![edit("SELECT 1", "x")], "nor anything like it"),
            (vec![edit("", "x")], "`find` is empty"),
            (vec![], "between 1 and 50"),
        ] {
            let error = apply(TEXT, &edits).unwrap_err();
            assert!(error.contains(said), "{edits:?} gave {error:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_there_is_an_answer(text in "[ab\n é]{0,60}", find in "[ab\n é]{0,6}") {
            match apply(&text, &[edit(&find, "#")]) {
                Ok(edited) => prop_assert_eq!(edited.replace('#', &find), text),
                Err(error) => prop_assert!(error.ends_with("Nothing was changed.")),
            }
        }
    }
}
