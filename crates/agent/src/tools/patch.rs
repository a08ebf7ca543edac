//! A unified diff of one file, made all or not at all. Models miscount: lines are found by what they say, and the numbers of a hunk only
//! decide between passages that are alike.

use super::edit::nearest;

/// Hunks that one patch may hold.
const HUNKS_MAX: usize = 50;

/// One passage that becomes another.
#[derive(Debug, Default, PartialEq, Eq)]
struct Hunk {
    /// Where the passage begins according to the patch, from 0 on; `None` when it does not say.
    at: Option<usize>,
    before: Vec<String>,
    after: Vec<String>,
}

/// The text with every hunk made in its order.
///
/// # Errors
/// A sentence for the model; nothing is changed then.
pub(super) fn apply(text: &str, patch: &str) -> Result<String, String> {
    let hunks = parse(patch)?;
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    // By how many lines those below have moved.
    let mut moved: isize = 0;
    for (hunk, number) in hunks.iter().zip(1..) {
        let refuse = |why: String| {
            format!("Hunk {number} of {} is not possible: {why} Nothing was changed.", hunks.len())
        };
        let hint = hunk.at.map(|at| at.saturating_add_signed(moved));
        let at = place(&lines, &hunk.before, hint).map_err(refuse)?;
        lines.splice(at..at + hunk.before.len(), hunk.after.iter().cloned());
        moved += hunk.after.len().cast_signed() - hunk.before.len().cast_signed();
    }
    Ok(lines.join("\n"))
}

/// Where the passage is: where it is once, else nearest to where the patch says.
fn place(lines: &[String], passage: &[String], hint: Option<usize>) -> Result<usize, String> {
    if passage.is_empty() {
        return Err("it says no line that is in the file. Give the lines around what is new.".into());
    }
    let places = lines.windows(passage.len()).enumerate().filter(|(_, window)| *window == passage);
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    match (places.as_slice(), hint) {
        ([], _) => Err(nearest(&lines.join("\n"), &passage.join("\n"))),
        ([at], _) => Ok(*at),
        (all, Some(hint)) => Ok(all.iter().copied().min_by_key(|at| at.abs_diff(hint)).unwrap_or_default()),
        (all, None) => {
            let times = all.len();
            Err(format!("its lines stand there {times} times. Give more of the lines around it."))
        }
    }
}

fn parse(patch: &str) -> Result<Vec<Hunk>, String> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut lines = patch.trim_end_matches(['\n', '\r']).lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let heads_a_file = |line: &str| line.starts_with("--- ");
        if line.starts_with("@@") {
            hunks.push(Hunk { at: begins(line), ..Hunk::default() });
            continue;
        }
        if heads_a_file(line) && lines.peek().is_some_and(|(next, _)| next.starts_with("+++ ")) {
            lines.next();
            if !hunks.is_empty() {
                return Err("A patch changes one file: the one at `path`. Nothing was changed.".into());
            }
            continue;
        }
        // What stands above the first hunk says what the file is called, which is known.
        let Some(hunk) = hunks.last_mut() else { continue };
        match line.split_at_checked(1) {
            Some((" ", rest)) => {
                hunk.before.push(rest.to_owned());
                hunk.after.push(rest.to_owned());
            }
            Some(("-", rest)) => hunk.before.push(rest.to_owned()),
            Some(("+", rest)) => hunk.after.push(rest.to_owned()),
            // `\ No newline at end of file`: lines are compared without their ends.
            Some(("\\", _)) => {}
            // An empty line whose space was lost.
            None => {
                hunk.before.push(String::new());
                hunk.after.push(String::new());
            }
            Some(_) => {
                return Err(format!(
                    "Line {number} of the patch begins with neither a space nor - nor +: {line:?}. Nothing was changed."
                ));
            }
        }
    }
    if hunks.is_empty() || hunks.len() > HUNKS_MAX {
        return Err(format!(
            "Give a unified diff with between 1 and {HUNKS_MAX} hunks, each below a line that begins with @@. Nothing was changed."
        ));
    }
    Ok(hunks)
}

/// From `@@ -12,3 +12,4 @@`: 11.
fn begins(line: &str) -> Option<usize> {
    let (_, old) = line.split_once('-')?;
    let digits = old.split(|char: char| !char.is_ascii_digit()).next()?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "one\ntwo\nthree\n\ntwo\nfour\n";

    /// D4, G3
    #[test]
    fn hunks_are_found_by_what_they_say() {
        let patch =
            "--- a/x\n+++ b/x\n@@ -90,2 +90,3 @@\n one\n-two\n+2\n+2b\n three\n@@ @@\n two\n-four\n+4\n";
        assert_eq!(apply(TEXT, patch).unwrap(), "one\n2\n2b\nthree\n\ntwo\n4\n");
    }

    /// G3: of passages that are alike, the one is meant that is nearest to the number, whatever earlier hunks moved.
    #[test]
    fn a_number_decides_between_passages_that_are_alike() {
        assert_eq!(apply(TEXT, "@@ -2 +2 @@\n-two\n+2\n").unwrap(), "one\n2\nthree\n\ntwo\nfour\n");
        assert_eq!(apply(TEXT, "@@ -5 +5 @@\n-two\n+2\n").unwrap(), "one\ntwo\nthree\n\n2\nfour\n");
        let after_others = "@@ -1 +1,3 @@\n one\n+a\n+b\n@@ -5 +7 @@\n-two\n+2\n";
        assert_eq!(apply(TEXT, after_others).unwrap(), "one\na\nb\ntwo\nthree\n\n2\nfour\n");
    }

    /// G3: a patch that does not fit says what is there instead, and nothing is changed.
    #[test]
    fn a_patch_that_does_not_fit_says_why() {
        for (patch, said) in [
            ("@@ @@\n-two\n+2\n", "its lines stand there 2 times"),
            ("@@ -1 +1 @@\n-threee\n+3\n", "Nearest to it is, from line 3 on:\nthree"),
            ("@@ -1 +1 @@\n one\n-  two\n", "only the white space differs"),
            ("@@ -0,0 +1 @@\n+new\n", "no line that is in the file"),
            ("@@ -1 +1 @@\none\n", "Line 2 of the patch begins with neither"),
            ("no patch", "between 1 and 50 hunks"),
            ("--- a\n+++ b\n@@ -1 @@\n-one\n--- c\n+++ d\n@@ -1 @@\n-two\n", "A patch changes one file"),
        ] {
            let error = apply(TEXT, patch).unwrap_err();
            assert!(
                error.contains(said) && error.ends_with("Nothing was changed."),
                "{patch:?} gave {error:?}"
            );
        }
    }

    proptest! {
        /// G3: what a diff program writes of two texts turns one into the other.
        #[test]
        fn a_diff_turns_one_text_into_the_other(before in "([abc]{0,2}\n){1,12}", after in "([abc]{0,2}\n){1,12}") {
            let patch = similar::TextDiff::from_lines(&before, &after).unified_diff().context_radius(9).to_string();
            prop_assume!(before != after);
            prop_assert_eq!(apply(&before, &patch).unwrap(), after);
        }
    }
}
