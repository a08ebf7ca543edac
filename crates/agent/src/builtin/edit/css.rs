//! Rules of a style sheet: read, set and add declarations without touching the others.

use std::ops::Range;

/// One rule outside all others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// What stands before its `{`, one space between words.
    selector: String,
    /// From the selector to `}`.
    span: Range<usize>,
    /// Between its braces.
    body: Range<usize>,
}

/// The value a top-level rule gives to a property; the last one wins, as in a browser.
pub(in crate::builtin) fn value<'a>(source: &'a str, selector: &str, property: &str) -> Option<&'a str> {
    let of_rule = |rule: &Rule| declaration(source, rule, property).map(|range| source[range].trim());
    rules(source).iter().rev().filter(|rule| rule.selector == selector).find_map(of_rule)
}

/// Whether a top-level rule with this selector exists.
pub(in crate::builtin) fn has_rule(source: &str, selector: &str) -> bool {
    rules(source).iter().any(|rule| rule.selector == selector)
}

/// Sets properties of a top-level rule, adding what is missing; a missing rule is appended.
pub(in crate::builtin) fn set(source: &str, selector: &str, properties: &[(&str, &str)]) -> String {
    let mut text = source.to_owned();
    for (property, value) in properties {
        text = set_one(&text, selector, property, value);
    }
    text
}

/// Adds `block` at the end, one empty line after what is there.
pub(in crate::builtin) fn append(source: &str, block: &str) -> String {
    let kept = source.trim_end();
    let gap = if kept.is_empty() { "" } else { "\n\n" };
    format!("{kept}{gap}{}\n", block.trim_end())
}

fn set_one(source: &str, selector: &str, property: &str, value: &str) -> String {
    let rules = rules(source);
    let with_selector = || rules.iter().rev().filter(|rule| rule.selector == selector);
    if let Some(range) = with_selector().find_map(|rule| declaration(source, rule, property)) {
        let old = &source[range.clone()];
        let lead = &old[..old.len() - old.trim_start().len()];
        return format!("{}{lead}{value}{}", &source[..range.start], &source[range.end..]);
    }
    let Some(rule) = with_selector().next() else {
        let block = format!("{selector} {{\n  {property}: {value};\n}}");
        // Later rules win, so the base comes first.
        return if selector == ":root" { prepend(source, &block) } else { append(source, &block) };
    };
    let body = &source[rule.body.clone()];
    let at = declarations_end(source, rule);
    let semicolon = match source[rule.body.start..at].trim_end().chars().last() {
        None | Some(';' | '}' | '/') => "",
        Some(_) => ";",
    };
    let indent = body
        .lines()
        .find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty())
        .map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
    let rest = &source[at..];
    let tail = if rest.trim_start_matches([' ', '\t']).starts_with('\n') { "" } else { "\n" };
    format!("{}{semicolon}\n{indent}{property}: {value};{tail}{rest}", &source[..at])
}

fn prepend(source: &str, block: &str) -> String {
    let imports_end = top_level(source)
        .into_iter()
        .filter(|(head, body)| body.is_none() && source[head.clone()].trim_start().starts_with('@'))
        .map(|(head, _)| head.end)
        .max();
    match imports_end {
        Some(end) => format!("{}\n\n{block}\n{}", &source[..end], &source[end..]),
        None if source.trim().is_empty() => format!("{block}\n"),
        None => format!("{block}\n\n{source}"),
    }
}

fn rules(source: &str) -> Vec<Rule> {
    top_level(source)
        .into_iter()
        .filter_map(|(head, body)| {
            let body = body?;
            let selector = without_comments(&source[head.clone()]);
            let selector = selector.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Rule { selector, span: head.start..body.end + 1, body })
        })
        .filter(|rule| rule.span.end <= source.len())
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    kept + rest
}

/// The pieces outside all braces: a head, and the range between its braces unless it is a statement.
fn top_level(source: &str) -> Vec<(Range<usize>, Option<Range<usize>>)> {
    let mut pieces = Vec::new();
    let (mut head, mut depth, mut body_start) = (0, 0_usize, 0);
    for (at, byte) in significant(source, 0) {
        match byte {
            b'{' => {
                if depth == 0 {
                    body_start = at + 1;
                }
                depth += 1;
            }
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && body_start > head {
                    pieces.push((head..body_start - 1, Some(body_start..at)));
                    head = at + 1;
                }
            }
            b';' if depth == 0 => {
                pieces.push((head..at + 1, None));
                head = at + 1;
            }
            _ => {}
        }
    }
    pieces
}

/// Where the value of a declaration directly inside a rule stands.
fn declaration(source: &str, rule: &Rule, property: &str) -> Option<Range<usize>> {
    let (mut depth, mut start, mut found) = (0_usize, rule.body.start, None);
    let mut check = |start: usize, end: usize| {
        let text = &source[start..end];
        let blank = text.len() - skip_comments(text).len();
        let (name, _) = text[blank..].split_once(':')?;
        let value_start = start + blank + name.len() + 1;
        (name.trim() == property).then(|| found = Some(value_start..end))
    };
    for (at, byte) in significant(source, rule.body.start).take_while(|(at, _)| *at < rule.body.end) {
        match byte {
            b'{' | b'(' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                start = at + 1;
            }
            b')' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => {
                check(start, at);
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = source[start..rule.body.end].trim_end().len();
    check(start, start + last);
    found
}

/// Where a new declaration goes: after the last one, before rules nested in this one.
fn declarations_end(source: &str, rule: &Rule) -> usize {
    let nested = significant(source, rule.body.start)
        .take_while(|(at, _)| *at < rule.body.end)
        .find(|(_, byte)| *byte == b'{')
        .map(|(at, _)| at);
    let Some(nested) = nested else {
        return rule.body.start + source[rule.body.clone()].trim_end().len();
    };
    let before = &source[rule.body.start..nested];
    rule.body.start + before.rfind(';').map_or(0, |semicolon| semicolon + 1)
}

fn skip_comments(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix("/*") {
        Some(rest) => rest.find("*/").map_or("", |end| skip_comments(&rest[end + 2..])),
        None => text,
    }
}

/// The bytes outside comments and strings.
fn significant(source: &str, from: usize) -> impl Iterator<Item = (usize, u8)> {
    let bytes = source.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(at)?;
            if source.is_char_boundary(at) && source[at..].starts_with("/*") {
                at += source[at..].find("*/").map_or(source.len(), |end| end + 2);
            } else if byte == b'"' || byte == b'\'' {
                let string = bytes[at + 1..].iter().position(|&other| other == byte || other == b'\n');
                at += string.map_or(source.len(), |end| end + 2);
            } else {
                at += 1;
                return Some((at - 1, byte));
            }
        }
    })
}
