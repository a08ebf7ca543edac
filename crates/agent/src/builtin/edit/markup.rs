//! Finds the elements of markup that is not JSX: HTML, Vue's templates, Svelte's.

use super::jsx::{Element, Text, TextKind};

/// How deep elements may nest before the scanner gives up.
const DEPTH_MAX: usize = 64;

/// What the markup is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Dialect {
    /// Braces are text.
    Html,
    /// Braces hold expressions.
    Svelte,
}

/// The outermost elements of a source, in order; `None` when tags do not add up.
pub(in crate::builtin) fn elements(source: &str, dialect: Dialect) -> Option<Vec<Element>> {
    scan(source, dialect).map(|(elements, _)| elements)
}

/// The texts between tags and in attributes; none when it does not add up.
pub(super) fn texts(source: &str, dialect: Dialect) -> Vec<Text> {
    scan(source, dialect).map(|(_, texts)| texts).unwrap_or_default()
}

fn scan(source: &str, dialect: Dialect) -> Option<(Vec<Element>, Vec<Text>)> {
    let mut scanner = Scanner { source, dialect, at: 0, texts: Vec::new() };
    let mut elements = Vec::new();
    scanner.body(None, 0, &mut elements)?;
    Some((elements, scanner.texts))
}

struct Scanner<'a> {
    source: &'a str,
    dialect: Dialect,
    at: usize,
    texts: Vec<Text>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    /// Children up to the closing tag of `name`, or the end of the file; tells where the closing tag begins.
    fn body(&mut self, name: Option<&str>, depth: usize, children: &mut Vec<Element>) -> Option<usize> {
        if depth > DEPTH_MAX {
            return None;
        }
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return name.is_none().then_some(self.at);
            }
            if rest.starts_with("<!--") {
                self.at += rest.find("-->")? + 3;
            } else if rest.starts_with("<!") {
                self.at += rest.find('>')? + 1;
            } else if let Some(closing) = rest.strip_prefix("</") {
                let end = self.at;
                let closed = closing.split(['>', ' ', '\n']).next()?;
                let fits = name.is_some_and(|name| name.eq_ignore_ascii_case(closed));
                self.at += rest.find('>')? + 1;
                return fits.then_some(end);
            } else if rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                children.push(self.element(depth + 1)?);
            } else if rest.starts_with('{') && self.dialect == Dialect::Svelte {
                self.at += braces(rest)?;
            } else {
                let skip = rest.chars().next().map_or(1, char::len_utf8);
                let braced = self.dialect == Dialect::Svelte;
                let ends = |c: char| c == '<' || c == '{' && braced;
                let length = rest[skip..].find(ends).map_or(rest.len(), |end| end + skip);
                self.texts.push(Text { span: self.at..self.at + length, kind: TextKind::Tags });
                self.at += length;
            }
        }
    }

    fn element(&mut self, depth: usize) -> Option<Element> {
        let start = self.at;
        let rest = &self.source[start + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | ':'))?;
        let name = rest[..end].to_owned();
        self.at += 1 + end;
        let attributes_start = self.at;
        let closes_itself = self.attributes()?;
        let attributes = attributes_start..self.at - if closes_itself { 2 } else { 1 };
        let mut element = Element {
            name,
            span: start..self.at,
            body: None,
            attributes,
            children: Vec::new(),
            in_expression: false,
        };
        if closes_itself || is_void(&element.name) {
            return Some(element);
        }
        let body_start = self.at;
        let body_end = if ["script", "style"].contains(&element.name.as_str()) {
            let close = format!("</{}", element.name);
            let end = body_start + self.rest().find(&close)?;
            self.at = end + self.source[end..].find('>')? + 1;
            end
        } else {
            let name = element.name.clone();
            self.body(Some(&name), depth, &mut element.children)?
        };
        element.span.end = self.at;
        element.body = Some(body_start..body_end);
        Some(element)
    }

    /// Scans attributes and the end of the opening tag; tells whether the tag closes itself.
    fn attributes(&mut self) -> Option<bool> {
        loop {
            let rest = self.rest();
            if rest.starts_with("/>") {
                self.at += 2;
                return Some(true);
            }
            let first = rest.chars().next()?;
            match first {
                '>' => {
                    self.at += 1;
                    return Some(false);
                }
                '<' => return None,
                '{' if self.dialect == Dialect::Svelte => self.at += braces(rest)?,
                '"' | '\'' => {
                    let end = rest[1..].find(first)?;
                    self.texts.push(Text { span: self.at + 1..self.at + 1 + end, kind: TextKind::Attribute });
                    self.at += end + 2;
                }
                other => self.at += other.len_utf8(),
            }
        }
    }
}

/// The length of what stands between a brace and the one that closes it, strings left aside.
fn braces(rest: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            (None, _) => {}
        }
    }
    None
}

/// An element that HTML does not close.
fn is_void(name: &str) -> bool {
    let void = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];
    void.contains(&name.to_ascii_lowercase().as_str())
}
