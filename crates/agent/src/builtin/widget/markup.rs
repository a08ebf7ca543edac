//! Reads the markup of a description.

use super::code::expression_length;
use super::{Attribute, Element, Node, is_void};

/// Reads markup; `None` where it does not add up.
pub(super) fn parse(text: &str) -> Option<Vec<Node>> {
    let mut reader = Reader { rest: text.trim() };
    let nodes = reader.nodes()?;
    reader.rest.is_empty().then_some(nodes)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Nodes up to a closing tag or block, or the end.
    fn nodes(&mut self) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            if self.rest.is_empty()
                || self.rest.starts_with("</")
                || self.rest.starts_with("{/")
                || self.rest.starts_with("{:")
            {
                return Some(nodes);
            }
            if self.rest.starts_with("{#if ") {
                nodes.push(self.conditional()?);
            } else if self.rest.starts_with("{#each ") {
                nodes.push(self.each()?);
            } else if self.rest.starts_with('{') {
                nodes.push(Node::Expression(self.braced()?));
            } else if self.rest.starts_with('<') {
                nodes.push(Node::Element(self.element()?));
            } else {
                let end = self.rest.find(['<', '{']).unwrap_or(self.rest.len());
                let text = collapsed(self.take(end));
                if !text.is_empty() {
                    nodes.push(Node::Text(text));
                }
            }
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn expect(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// `{expression}`: what is between the braces.
    fn braced(&mut self) -> Option<String> {
        self.expect("{")?;
        // Commas belong to an expression in braces.
        let mut length = 0;
        loop {
            length += expression_length(&self.rest[length..]);
            match self.rest[length..].chars().next()? {
                '}' => break,
                c => length += c.len_utf8(),
            }
        }
        let code = self.take(length).trim().to_owned();
        self.expect("}")?;
        Some(code)
    }

    fn conditional(&mut self) -> Option<Node> {
        let head = self.braced()?;
        let mut branches = vec![(Some(head.strip_prefix("#if ")?.trim().to_owned()), self.nodes()?)];
        loop {
            let head = self.braced()?;
            let condition = match head.as_str() {
                "/if" => return Some(Node::If(branches)),
                ":else" => None,
                other => Some(other.strip_prefix(":else if ")?.trim().to_owned()),
            };
            branches.push((condition, self.nodes()?));
        }
    }

    /// `{#each list as item, index (key)}` around one element.
    fn each(&mut self) -> Option<Node> {
        let head = self.braced()?;
        let (list, rest) = head.strip_prefix("#each ")?.rsplit_once(" as ")?;
        let (names, key) = rest.split_once(" (")?;
        let key = key.strip_suffix(')')?.to_owned();
        let (item, index) = match names.split_once(", ") {
            Some((item, index)) => (item, Some(index.to_owned())),
            None => (names, None),
        };
        let body = self.nodes()?;
        let [Node::Element(body)] = &body[..] else {
            return None;
        };
        self.expect("{/each}")?;
        Some(Node::Each {
            list: list.trim().to_owned(),
            item: item.to_owned(),
            index,
            key,
            body: body.clone(),
        })
    }

    fn element(&mut self) -> Option<Element> {
        self.expect("<")?;
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '-')?;
        let tag = self.take(end).to_owned();
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with("/>") {
                self.expect("/>")?;
                return Some(Element { tag, attributes, children: Vec::new() });
            }
            if self.rest.starts_with('>') {
                self.expect(">")?;
                break;
            }
            attributes.push(self.attribute()?);
        }
        if is_void(&tag) {
            return None;
        }
        let children = self.nodes()?;
        self.expect("</")?;
        self.expect(&tag)?;
        self.expect(">")?;
        Some(Element { tag, attributes, children })
    }

    fn attribute(&mut self) -> Option<Attribute> {
        let end = self.rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace())?;
        let name = self.take(end).to_owned();
        if !self.rest.starts_with('=') {
            return Some(Attribute::Code { name, code: "true".into() });
        }
        self.expect("=")?;
        if self.rest.starts_with('"') {
            self.expect("\"")?;
            let end = self.rest.find('"')?;
            let value = self.take(end).to_owned();
            self.expect("\"")?;
            return Some(Attribute::Text { name, value });
        }
        let code = self.braced()?;
        Some(if let Some(property) = name.strip_prefix("bind:") {
            Attribute::Bind { property: property.to_owned(), state: code }
        } else if let Some(property) = name.strip_prefix("style:") {
            Attribute::Style { property: property.to_owned(), code }
        } else if let Some(event) = name.strip_prefix("on") {
            Attribute::On { event: event.to_owned(), code }
        } else {
            Attribute::Code { name, code }
        })
    }
}

/// Text as JSX sees it: line breaks with their indentation are gone at both ends, and one space elsewhere.
fn collapsed(text: &str) -> String {
    let start = text.trim_start();
    let start = if text[..text.len() - start.len()].contains('\n') { start } else { text };
    let end = start.trim_end();
    let end = if start[end.len()..].contains('\n') { end } else { start };
    let mut out = String::new();
    for c in end.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
