//! The import statements at the top of a module.

use std::ops::Range;

use super::lines;

/// One import statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::builtin) struct Import {
    /// From `import` to the end of the statement, without the newline.
    pub(in crate::builtin) span: Range<usize>,
    /// What is imported, as written; empty for an import for its effect.
    pub(in crate::builtin) clause: String,
    /// Where it is imported from.
    pub(in crate::builtin) from: String,
}

impl Import {
    /// The name of the default import.
    pub(in crate::builtin) fn default_name(&self) -> Option<&str> {
        let first = self.clause.split(',').next()?.trim();
        let is_name = !first.is_empty() && !first.starts_with(['{', '*']);
        is_name.then_some(first)
    }
}

/// The imports a module begins with, in order.
pub(in crate::builtin) fn imports(source: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = statement_start(source, at) {
        let rest = &source[start..];
        if let Some(import) = import_at(source, start) {
            at = import.span.end;
            found.push(import);
        } else if let Some(length) = directive_length(rest) {
            at = start + length;
        } else {
            break;
        }
    }
    found
}

/// Adds `import {name} from "{from}";`. Nothing happens when `name` is imported from there already.
pub(in crate::builtin) fn add_default(source: &str, name: &str, from: &str) -> String {
    let present = imports(source);
    if present.iter().any(|import| import.default_name() == Some(name) && import.from == from) {
        return source.to_owned();
    }
    let line = format!("import {name} from \"{from}\";");
    // Modules first, style sheets after them, as people order them.
    let last_module = present.iter().rfind(|import| !import.clause.is_empty());
    if let Some(import) = last_module {
        return format!("{}\n{line}{}", &source[..import.span.end], &source[import.span.end..]);
    }
    if let Some(import) = present.first() {
        return format!("{}{line}\n{}", &source[..import.span.start], &source[import.span.start..]);
    }
    let at = first_statement(source);
    let gap = if source[at..].is_empty() { "" } else { "\n" };
    format!("{}{line}\n{gap}{}", &source[..at], &source[at..])
}

/// Adds `import "{from}";`, the last of the imports. Nothing happens when it is there already.
pub(in crate::builtin) fn add_effect(source: &str, from: &str) -> String {
    let present = imports(source);
    if present.iter().any(|import| import.from == from) {
        return source.to_owned();
    }
    match present.last() {
        Some(import) => {
            format!("{}\nimport \"{from}\";{}", &source[..import.span.end], &source[import.span.end..])
        }
        None => format!("import \"{from}\";\n{source}"),
    }
}

/// Takes out an import for its effect.
pub(in crate::builtin) fn remove_effect(source: &str, from: &str) -> String {
    let found = imports(source).into_iter().find(|import| import.from == from && import.clause.is_empty());
    found.map_or_else(
        || source.to_owned(),
        |import| lines::without(source, import.span.start, import.span.end),
    )
}

/// Takes out the imports that have `name` as their only name and that nothing uses any more.
pub(in crate::builtin) fn remove_unused(source: &str, name: &str) -> String {
    let uses = |text: &str| words(text).filter(|word| *word == name).count();
    let import = imports(source).into_iter().find(|import| import.clause.trim() == name);
    match import {
        Some(import) if uses(source) <= 1 + uses(&import.from) => {
            lines::without(source, import.span.start, import.span.end)
        }
        Some(_) | None => source.to_owned(),
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
}

/// The next byte after `at` that is neither white space nor in a comment.
fn statement_start(source: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = &source[at..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';' || c == '\u{feff}');
        at += rest.len() - trimmed.len();
        if trimmed.starts_with("//") {
            at += trimmed.find('\n')?;
        } else if trimmed.starts_with("/*") {
            at += trimmed.find("*/")? + 2;
        } else {
            return (!trimmed.is_empty()).then_some(at);
        }
    }
}

/// Where the first statement that is no directive begins.
fn first_statement(source: &str) -> usize {
    let mut at = 0;
    while let Some(start) = statement_start(source, at) {
        let Some(length) = directive_length(&source[start..]) else {
            break;
        };
        let end = start + length;
        at = source[end..].find('\n').map_or(source.len(), |newline| end + newline + 1);
    }
    at
}

/// The length of a directive such as `"use client";`.
fn directive_length(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = rest[1..].find(quote)? + 2;
    Some(if rest[end..].starts_with(';') { end + 1 } else { end })
}

fn import_at(source: &str, start: usize) -> Option<Import> {
    let rest = source[start..].strip_prefix("import")?;
    if !rest.starts_with([' ', '\t', '\n', '{', '*', '"', '\'']) {
        return None;
    }
    let open = rest.find(['"', '\''])?;
    let quote = rest[open..].chars().next()?;
    let head = &rest[..open];
    // `import(…)` and `import.meta` are expressions, and a `;` ends the statement before any string.
    if head.contains(['(', ';', '=']) {
        return None;
    }
    let clause = head.trim();
    let clause = clause.strip_suffix("from").unwrap_or(clause).trim();
    let close = rest[open + 1..].find(quote)? + open + 1;
    let mut end = start + "import".len() + close + 1;
    if source[end..].starts_with(';') {
        end += 1;
    }
    Some(Import { span: start..end, clause: clause.to_owned(), from: rest[open + 1..close].to_owned() })
}
