//! Finds the JSX elements of a source file, without understanding the rest of it.
//!
//! A tolerant scanner, not a parser: it skips strings, templates, comments and regular expressions, and where an
//! element does not add up it reports none, so that nobody edits what was not understood.

use std::ops::Range;

/// How deep elements and expressions may nest before the scanner gives up.
const DEPTH_MAX: usize = 64;

/// One JSX element, with byte offsets into its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::builtin) struct Element {
    /// Its tag; empty for a fragment.
    pub(in crate::builtin) name: String,
    /// From `<` to `>`.
    pub(in crate::builtin) span: Range<usize>,
    /// Between the opening and the closing tag; `None` when it closes itself.
    pub(in crate::builtin) body: Option<Range<usize>>,
    /// Between the name and the end of the opening tag.
    pub(in crate::builtin) attributes: Range<usize>,
    /// The elements inside, in order, those in attributes included.
    pub(in crate::builtin) children: Vec<Element>,
    /// Whether it stands in a `{…}` of its parent rather than directly in it.
    pub(in crate::builtin) in_expression: bool,
}

impl Element {
    /// This element and everything inside, parents first.
    pub(in crate::builtin) fn descendants(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.descendants());
        }
        all
    }

    /// Whether its tag names a component, or an element of one's own.
    pub(in crate::builtin) fn is_component(&self) -> bool {
        self.name.starts_with(char::is_uppercase) || self.name.contains('-')
    }

    /// Whether one of the classes that its tag names is `class`.
    pub(in crate::builtin) fn has_class(&self, source: &str, class: &str) -> bool {
        let attributes = &source[self.attributes.clone()];
        let split = attributes.split_once("className=\"").or_else(|| attributes.split_once("class=\""));
        let Some((_, value)) = split else {
            return false;
        };
        value.split('"').next().is_some_and(|classes| classes.split_whitespace().any(|name| name == class))
    }
}

/// The outermost elements of a source, in order; `None` when brackets, strings or tags do not add up.
pub(in crate::builtin) fn elements(source: &str) -> Option<Vec<Element>> {
    let mut found = Vec::new();
    Scanner::new(source, 0).code(None, 0, &mut found)?;
    Some(found)
}

/// A stretch of text in a source, and what surrounds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) span: Range<usize>,
    pub(super) kind: TextKind,
}

/// What surrounds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Tags: text that is shown as it stands.
    Tags,
    /// The quotes of an attribute.
    Attribute,
    /// The quotes of a string in code.
    String,
}

/// The texts of a source; none when it does not add up.
pub(super) fn texts(source: &str) -> Vec<Text> {
    let mut scanner = Scanner::new(source, 0);
    match scanner.code(None, 0, &mut Vec::new()) {
        Some(()) => scanner.texts,
        None => Vec::new(),
    }
}

/// Where the code that begins at `from` reaches a `;` or the next declaration outside all brackets.
pub(super) fn statement_end(source: &str, from: usize) -> usize {
    Scanner::new(source, from).statement().unwrap_or(source.len())
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    texts: Vec<Text>,
}

impl<'a> Scanner<'a> {
    const fn new(source: &'a str, at: usize) -> Self {
        Self { source, bytes: source.as_bytes(), at, texts: Vec::new() }
    }
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    /// Scans JavaScript up to the bracket that closes it, or the end of the file when there is none.
    fn code(&mut self, closing: Option<u8>, depth: usize, found: &mut Vec<Element>) -> Option<()> {
        if depth > DEPTH_MAX {
            return None;
        }
        // The last byte of code that is no white space and no comment: what decides what `<` and `/` mean.
        let mut last = None;
        while let Some(byte) = self.peek(0) {
            if self.skip_blank()? {
                continue;
            }
            match byte {
                b'"' | b'\'' => self.string(byte)?,
                b'`' => self.template(depth)?,
                b'{' | b'(' | b'[' => {
                    self.at += 1;
                    self.code(Some(closer(byte)), depth + 1, found)?;
                    last = Some(closer(byte));
                    continue;
                }
                b'}' | b')' | b']' => {
                    self.at += 1;
                    return (closing == Some(byte)).then_some(());
                }
                b'/' if self.expects_value(last) => self.regular_expression(),
                b'<' if self.expects_value(last) && self.opens_element() => {
                    found.push(self.element(depth + 1)?);
                    last = Some(b')');
                    continue;
                }
                _ => self.at += 1,
            }
            last = Some(byte);
        }
        closing.is_none().then_some(())
    }

    /// Steps over white space or a comment, if there is one here.
    fn skip_blank(&mut self) -> Option<bool> {
        if self.peek(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
            return Some(true);
        }
        let end = if self.starts_with("//") {
            self.source[self.at..].find('\n').unwrap_or(self.source.len() - self.at)
        } else if self.starts_with("/*") {
            self.source[self.at..].find("*/")? + 2
        } else {
            return Some(false);
        };
        self.at += end;
        Some(true)
    }

    fn string(&mut self, quote: u8) -> Option<()> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek(0)? {
                b'\\' => self.at += 2,
                b'\n' => return None,
                byte => {
                    self.at += 1;
                    if byte == quote {
                        self.texts.push(Text { span: start..self.at - 1, kind: TextKind::String });
                        return Some(());
                    }
                }
            }
        }
    }

    fn template(&mut self, depth: usize) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek(0)? {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    return Some(());
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.code(Some(b'}'), depth + 1, &mut Vec::new())?;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Steps over a regular expression, or over a lone `/` when it is none.
    fn regular_expression(&mut self) {
        let start = self.at;
        let mut in_class = false;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return,
                b'\n' => break,
                _ => {}
            }
        }
        self.at = start + 1;
    }

    /// Whether a value may begin here, rather than an operator go on.
    fn expects_value(&self, last: Option<u8>) -> bool {
        match last {
            None => true,
            Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') => {
                let before = self.source[..self.at].trim_end();
                let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next();
                matches!(word, Some("return" | "default" | "case" | "typeof" | "do" | "else" | "in" | "of"))
            }
            Some(byte) => !matches!(byte, b')' | b']' | b'}' | b'"' | b'\'' | b'`' | b'.'),
        }
    }

    fn opens_element(&self) -> bool {
        self.peek(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'>'))
    }

    fn tag_name(&mut self) -> String {
        let rest = &self.source[self.at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.' | ':' | '-'));
        let name = &rest[..end.unwrap_or(rest.len())];
        self.at += name.len();
        name.to_owned()
    }

    fn element(&mut self, depth: usize) -> Option<Element> {
        if depth > DEPTH_MAX {
            return None;
        }
        let start = self.at;
        self.at += 1;
        let name = self.tag_name();
        let attributes_start = self.at;
        let mut children = Vec::new();
        let closes_itself = self.attributes(depth, &mut children)?;
        let tag_end = if closes_itself { 2 } else { 1 };
        let attributes = attributes_start..self.at - tag_end;
        let in_expression = false;
        if closes_itself {
            let span = start..self.at;
            return Some(Element { name, span, body: None, attributes, children, in_expression });
        }
        let body_start = self.at;
        let body_end = self.body(&name, depth, &mut children)?;
        let (span, body) = (start..self.at, Some(body_start..body_end));
        Some(Element { name, span, body, attributes, children, in_expression })
    }

    /// Scans attributes and the end of the opening tag; tells whether the tag closes itself.
    fn attributes(&mut self, depth: usize, children: &mut Vec<Element>) -> Option<bool> {
        loop {
            if self.skip_blank()? {
                continue;
            }
            match self.peek(0)? {
                b'>' => {
                    self.at += 1;
                    return Some(false);
                }
                b'/' if self.peek(1) == Some(b'>') => {
                    self.at += 2;
                    return Some(true);
                }
                b'{' => self.expression(depth, children)?,
                b'=' => self.at += 1,
                quote @ (b'"' | b'\'') => {
                    let start = self.at + 1;
                    let end = start + self.source[start..].find(char::from(quote))?;
                    self.texts.push(Text { span: start..end, kind: TextKind::Attribute });
                    self.at = end + 1;
                }
                byte if byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'-' | b':' | b'$')
                    || byte >= 0x80 =>
                {
                    self.at += 1;
                }
                _ => return None,
            }
        }
    }

    /// Scans children and the closing tag; tells where the closing tag begins.
    fn body(&mut self, name: &str, depth: usize, children: &mut Vec<Element>) -> Option<usize> {
        loop {
            match self.peek(0)? {
                b'{' => self.expression(depth, children)?,
                b'<' if self.peek(1) == Some(b'/') => {
                    let end = self.at;
                    self.at += 2;
                    let closes = self.tag_name();
                    let rest = &self.source[self.at..];
                    self.at += rest.len() - rest.trim_start().len();
                    let fits = closes == name && self.peek(0) == Some(b'>');
                    self.at += 1;
                    return fits.then_some(end);
                }
                b'<' => children.push(self.element(depth + 1)?),
                b'}' | b'>' => return None,
                _ => {
                    let rest = &self.source[self.at..];
                    let length = rest.find(['<', '{', '}', '>']).unwrap_or(rest.len());
                    self.texts.push(Text { span: self.at..self.at + length, kind: TextKind::Tags });
                    self.at += length;
                }
            }
        }
    }

    fn expression(&mut self, depth: usize, children: &mut Vec<Element>) -> Option<()> {
        self.at += 1;
        let first = children.len();
        self.code(Some(b'}'), depth + 1, children)?;
        children[first..].iter_mut().for_each(|child| child.in_expression = true);
        Some(())
    }

    fn statement(&mut self) -> Option<usize> {
        let start = self.at;
        loop {
            let byte = self.peek(0)?;
            if self.skip_blank()? {
                continue;
            }
            let at_line_start = self.at > start && self.bytes.get(self.at.wrapping_sub(1)) == Some(&b'\n');
            let declares = ["function ", "export ", "const ", "let ", "var ", "class ", "import ", "async "];
            if at_line_start && declares.iter().any(|word| self.starts_with(word)) {
                return Some(self.at);
            }
            match byte {
                b'"' | b'\'' => self.string(byte)?,
                b'`' => self.template(0)?,
                b'{' | b'(' | b'[' => {
                    self.at += 1;
                    self.code(Some(closer(byte)), 0, &mut Vec::new())?;
                }
                b';' => return Some(self.at + 1),
                _ => self.at += 1,
            }
        }
    }
}

const fn closer(opening: u8) -> u8 {
    match opening {
        b'{' => b'}',
        b'(' => b')',
        _ => b']',
    }
}
