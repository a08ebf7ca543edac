//! Lines: their ends, their indentation, and how to add and take whole ones.

/// How a file ends its lines. A file that mixes both is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum LineEnd {
    Lf,
    CrLf,
}

impl LineEnd {
    pub(in crate::builtin) fn of(text: &str) -> Self {
        let all = text.matches('\n').count();
        if all > 0 && text.matches("\r\n").count() == all { Self::CrLf } else { Self::Lf }
    }

    /// The text with plain newlines, for editing.
    pub(in crate::builtin) fn normalise(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace("\r\n", "\n"),
        }
    }

    /// The edited text as the file had its lines.
    pub(in crate::builtin) fn restore(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

/// Where the line that holds `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The white space that the line of `at` begins with.
pub(super) fn indent_at(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    let end = line.find(|c| c != ' ' && c != '\t').unwrap_or(line.len());
    &line[..end]
}

/// Whether only white space stands before `at` on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim().is_empty()
}

/// `block` with `indent` before every line that is not empty.
pub(super) fn indented(block: &str, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    block.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The text without `start..end`; a line that would be left empty goes with it.
pub(super) fn without(text: &str, start: usize, end: usize) -> String {
    let from = line_start(text, start);
    let rest = &text[end..];
    let line_end = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let alone = text[from..start].trim().is_empty() && rest[..line_end].trim().is_empty();
    if !alone {
        return format!("{}{rest}", &text[..start]);
    }
    let mut before = &text[..from];
    let after = &rest[line_end..];
    // One empty line between the neighbours is enough.
    if before.ends_with("\n\n") && (after.starts_with('\n') || after.trim_start().starts_with("</")) {
        before = &before[..before.len() - 1];
    }
    format!("{before}{after}")
}
