//! Unified diffs, line by line.

/// The journal cuts diffs after this many bytes (`domain::FileChange::diff`).
const DIFF_BYTES_MAX: usize = 64 * 1024;

/// What a line of a unified diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// `@@ … @@`: where the following lines stand.
    Place,
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It stayed.
    Context,
}

/// One line of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// What it is.
    pub(crate) kind: LineKind,
    /// Its text, the marker taken off.
    pub(crate) text: &'a str,
}

/// The lines of a unified diff without file headers. Notes like `\ No newline at end of file` are left out.
pub(crate) fn lines(diff: &str) -> impl Iterator<Item = Line<'_>> {
    diff.lines().filter(|line| !line.starts_with('\\')).map(|line| {
        let (kind, text) = match line.as_bytes().first() {
            Some(b'@') => (LineKind::Place, line),
            Some(b'+') => (LineKind::Added, &line[1..]),
            Some(b'-') => (LineKind::Removed, &line[1..]),
            Some(b' ') => (LineKind::Context, &line[1..]),
            _ => (LineKind::Context, line),
        };
        Line { kind, text }
    })
}

/// Whether the journal holds only the beginning of this diff.
pub(crate) const fn is_cut(diff: &str) -> bool {
    diff.len() >= DIFF_BYTES_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_read_line_by_line() {
        let diff = "@@ -1,2 +1,2 @@\n same\n-old\n+new ü\n\\ No newline at end of file\n\n";
        let read: Vec<_> = lines(diff).map(|line| (line.kind, line.text)).collect();
        let expected = [
            (LineKind::Place, "@@ -1,2 +1,2 @@"),
            (LineKind::Context, "same"),
            (LineKind::Removed, "old"),
            (LineKind::Added, "new ü"),
            (LineKind::Context, ""),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn an_empty_diff_has_no_lines_and_a_long_one_is_cut() {
        assert_eq!(lines("").count(), 0);
        assert!(!is_cut("+a\n"));
        assert!(is_cut(&"+".repeat(64 * 1024)));
    }
}
