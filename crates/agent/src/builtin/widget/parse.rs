//! Reads a description: its blocks, then its markup.

use super::code::name_length;
use super::{Item, Prop, Widget, markup};

/// Reads a description; `None` where it does not add up.
pub(in crate::builtin) fn parse(source: &str) -> Option<Widget> {
    let markup_at = if source.starts_with('<') { 0 } else { source.find("\n<")? + 1 };
    let (head, markup) = source.split_at(markup_at);
    let mut widget = Widget {
        props: Vec::new(),
        module: Vec::new(),
        items: Vec::new(),
        markup: markup::parse(markup)?,
        uses_uid: false,
    };
    for block in blocks(head) {
        read(&block, &mut widget)?;
    }
    Some(widget)
}

/// Each begins in the first column; what is indented or closes a bracket belongs to the one above.
fn blocks(head: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in head.lines() {
        let goes_on = line.is_empty() || line.starts_with([' ', '}', ']', ')']);
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => {
                block.push('\n');
                block.push_str(line);
            }
            None if line.is_empty() => {}
            None => blocks.push(line.to_owned()),
        }
    }
    blocks.into_iter().map(|block| block.trim_end().to_owned()).collect()
}

fn read(block: &str, widget: &mut Widget) -> Option<()> {
    let (word, rest) = block.split_once(' ').unwrap_or((block, ""));
    match word {
        "uid" => widget.uses_uid = true,
        "const" => widget.module.push(block.to_owned()),
        "prop" => {
            let (name, default) = match rest.split_once(" = ") {
                Some((name, default)) => (name, Some(default.to_owned())),
                None => (rest, None),
            };
            widget.props.push(Prop { name: name.to_owned(), default });
        }
        "state" => {
            let (name, initial) = rest.split_once(" = ")?;
            widget.items.push(Item::State { name: name.to_owned(), initial: initial.to_owned() });
        }
        "derived" => {
            let (name, value) = rest.split_once(" = ")?;
            widget.items.push(Item::Derived { name: name.to_owned(), value: value.to_owned() });
        }
        "every" => {
            let (milliseconds, body) = headed(rest)?;
            widget.items.push(Item::Every { milliseconds, body });
        }
        "effect" => {
            let (state, body) = headed(rest)?;
            widget.items.push(Item::Effect { state, body });
        }
        "listen" => {
            let (event, parameters, body) = called(rest)?;
            widget.items.push(Item::Listen { event, parameters, body });
        }
        "function" => {
            let (name, parameters, body) = called(rest)?;
            widget.items.push(Item::Function { name, parameters, body });
        }
        _ => return None,
    }
    Some(())
}

/// `head {` … `}`: the head, and the body one step less indented.
fn headed(rest: &str) -> Option<(String, String)> {
    let (head, body) = rest.split_once(" {\n")?;
    let body = body.strip_suffix('}')?.trim_end();
    let lines = body.lines().map(|line| line.strip_prefix("  ").unwrap_or(line));
    Some((head.to_owned(), lines.collect::<Vec<_>>().join("\n")))
}

/// `name(parameters) {` … `}`.
fn called(rest: &str) -> Option<(String, String, String)> {
    let (head, body) = headed(rest)?;
    let name = &head[..name_length(&head)];
    let parameters = head[name.len()..].strip_prefix('(')?.strip_suffix(')')?;
    Some((name.to_owned(), parameters.to_owned(), body))
}
