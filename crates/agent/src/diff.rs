//! How two versions of a file differ, as people read it.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// The longest diff that is shown, in bytes; a longer one is cut after a whole line.
pub const DIFF_BYTES_MAX: usize = 64 * 1024;

/// How long looking for the shortest difference may take; after that a longer one is shown.
const COMPARE_TIME_MAX: Duration = Duration::from_millis(200);

/// The lines that came and went between two versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileDiff {
    /// Lines that came.
    pub additions: u32,
    /// Lines that went.
    pub deletions: u32,
    /// Unified hunks without file headers; empty when a version is no text.
    pub hunks: String,
}

/// Compares two versions; an absent one is empty.
pub fn compare(before: Option<&[u8]>, after: Option<&[u8]>) -> FileDiff {
    let (Ok(before), Ok(after)) =
        (str::from_utf8(before.unwrap_or_default()), str::from_utf8(after.unwrap_or_default()))
    else {
        return FileDiff::default();
    };
    let diff = TextDiff::configure().timeout(COMPARE_TIME_MAX).diff_lines(before, after);
    let count = |tag| {
        let lines = diff.iter_all_changes().filter(|change| change.tag() == tag);
        u32::try_from(lines.count()).unwrap_or(u32::MAX)
    };
    let mut hunks = diff.unified_diff().context_radius(3).to_string();
    if hunks.len() > DIFF_BYTES_MAX {
        // A line that is longer than the bound leaves nothing to cut after.
        let whole_lines = hunks.as_bytes()[..DIFF_BYTES_MAX].iter().rposition(|&byte| byte == b'\n');
        hunks.truncate(whole_lines.map_or(0, |newline| newline + 1));
    }
    FileDiff { additions: count(ChangeTag::Insert), deletions: count(ChangeTag::Delete), hunks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_counts_lines_and_shows_hunks_without_headers() {
        let diff = compare(Some(b"a\nb\n"), Some(b"a\nc\nd\n"));
        let expected =
            FileDiff { additions: 2, deletions: 1, hunks: "@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d\n".into() };
        assert_eq!(diff, expected);
    }

    #[test]
    fn a_file_that_is_no_text_has_no_diff() {
        assert_eq!(compare(None, Some(&[0xff, 0xfe])), FileDiff::default());
    }

    #[test]
    fn a_long_diff_is_cut_after_a_whole_line() {
        let diff = compare(None, Some("ü line\n".repeat(20_000).as_bytes()));
        assert!(diff.hunks.len() <= DIFF_BYTES_MAX);
        assert!(diff.hunks.ends_with("ü line\n"));
        assert_eq!(diff.additions, 20_000);
    }
}
