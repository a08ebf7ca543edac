//! Renames what a piece of JavaScript refers to, without understanding the rest of it.

/// What becomes of names, and of assignments to them.
pub(super) trait Rewrite {
    /// What stands for a name that is read; `None` leaves it.
    fn read(&self, name: &str) -> Option<String>;

    /// What stands for `name = value`; `None` leaves it, with its name read.
    fn assign(&self, _name: &str, _value: &str) -> Option<String> {
        None
    }
}

/// The code with every free name rewritten.
pub(super) fn rewritten(code: &str, rewrite: &dyn Rewrite) -> String {
    let mut out = String::new();
    let mut at = 0;
    // The last character that is no white space: what tells a property from a name, and a division from an expression.
    let mut last = None;
    while let Some(c) = code[at..].chars().next() {
        let rest = &code[at..];
        let length = match c {
            '"' | '\'' => string_length(rest, c),
            '`' => {
                let length = template_length(rest);
                out.push_str(&template(&rest[..length], rewrite));
                at += length;
                last = Some(c);
                continue;
            }
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '/' if last.is_none_or(|last: char| "(,=:[!&|?{};>".contains(last)) => regex_length(rest),
            _ if c.is_ascii_alphabetic() || c == '_' || c == '$' => {
                let length = name_length(rest);
                let (text, used) = name(code, at, length, last, &out, rewrite);
                out.push_str(&text);
                at += used;
                last = Some('a');
                continue;
            }
            _ if c.is_ascii_digit() => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len())
            }
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        at += length;
        if !c.is_whitespace() {
            last = Some(c);
        }
    }
    out
}

/// One name at `at`, rewritten, and how much of the code that took.
fn name(
    code: &str,
    at: usize,
    length: usize,
    last: Option<char>,
    before: &str,
    rewrite: &dyn Rewrite,
) -> (String, usize) {
    let name = &code[at..at + length];
    let after = code[at + length..].trim_start();
    let property = last == Some('.') && !before.trim_end().ends_with("...");
    let key = after.starts_with(':') && matches!(last, Some('{' | ','));
    if property || key {
        return (name.to_owned(), length);
    }
    let assigns = after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>");
    if assigns {
        let value_at = code.len() - after.len() + 1;
        let value_at = value_at + (code[value_at..].len() - code[value_at..].trim_start().len());
        let value = &code[value_at..value_at + expression_length(&code[value_at..])];
        if let Some(text) = rewrite.assign(name, &rewritten(value.trim_end(), rewrite)) {
            return (text, value_at + value.len() - at);
        }
    }
    (rewrite.read(name).unwrap_or_else(|| name.to_owned()), length)
}

/// How long the expression is that the code begins with.
pub(super) fn expression_length(code: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(c) = code[at..].chars().next() {
        let rest = &code[at..];
        at += match c {
            '"' | '\'' => string_length(rest, c),
            '`' => template_length(rest),
            '(' | '[' | '{' => {
                depth += 1;
                1
            }
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => {
                depth -= 1;
                1
            }
            ';' | ',' if depth == 0 => return at,
            _ => c.len_utf8(),
        };
    }
    at
}

pub(super) fn name_length(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len())
}

fn string_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn regex_length(rest: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// From the backtick to the one that closes it, with what stands in `${…}`.
fn template_length(rest: &str) -> usize {
    let mut at = 1;
    while let Some(c) = rest[at..].chars().next() {
        match c {
            '\\' => at += 2,
            '`' => return at + 1,
            '$' if rest[at..].starts_with("${") => {
                let inner = &rest[at + 2..];
                at += 2 + expression_length(inner) + 1;
            }
            _ => at += c.len_utf8(),
        }
    }
    rest.len()
}

fn template(text: &str, rewrite: &dyn Rewrite) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let inner = &rest[start + 2..];
        let length = expression_length(inner);
        out.push_str(&rest[..start + 2]);
        out.push_str(&rewritten(&inner[..length], rewrite));
        rest = &inner[length..];
    }
    out + rest
}

/// The code, each line that is not empty after `indent`.
pub(super) fn indented(code: &str, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    code.lines().map(line).collect::<Vec<_>>().join("\n")
}
