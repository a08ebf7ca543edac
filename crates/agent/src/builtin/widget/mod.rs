//! A section described once, and written out for each framework: what it keeps, what it does, what it shows.
//!
//! The descriptions are the `*.widget` files in `components/`. Above their markup stand blocks, each beginning in the
//! first column: `prop name = default`, `state name = initial`, `derived name = value`, `uid`, `const …` (outside the
//! component), `function name(…) { … }`, `every MILLISECONDS { … }`, `listen event(…) { … }` (on the window) and
//! `effect state { … }`. The markup is HTML with `{expression}`, `{#if …}{:else if …}{:else}{/if}`,
//! `{#each list as item, index (key)}{/each}`, `onclick={…}`, `bind:value={state}` and `style:property={…}`.
//!
//! State is changed by plain assignments (`count = count + 1;`), lists and objects by new ones. A function must not read
//! a state after it has assigned it, and no local name may be that of a state: React sees changes at the next render.

mod code;
mod markup;
mod parse;
mod tagged;
#[cfg(test)]
mod tests;
mod vanilla;
mod written;

pub(super) use parse::parse;

use super::framework::Framework;

/// A section, in no framework's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Widget {
    props: Vec<Prop>,
    /// Statements outside the component, as they stand.
    module: Vec<String>,
    items: Vec<Item>,
    markup: Vec<Node>,
    uses_uid: bool,
}

/// Something that can be said where the section is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Prop {
    name: String,
    default: Option<String>,
}

/// What stands in the component, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    State { name: String, initial: String },
    Derived { name: String, value: String },
    Function { name: String, parameters: String, body: String },
    Every { milliseconds: String, body: String },
    Listen { event: String, parameters: String, body: String },
    Effect { state: String, body: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Element(Element),
    Text(String),
    Expression(String),
    If(Vec<(Option<String>, Vec<Node>)>),
    Each { list: String, item: String, index: Option<String>, key: String, body: Element },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Element {
    tag: String,
    attributes: Vec<Attribute>,
    children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Attribute {
    Text { name: String, value: String },
    Code { name: String, code: String },
    On { event: String, code: String },
    Bind { property: String, state: String },
    Style { property: String, code: String },
}

impl Widget {
    /// The component's file.
    pub(super) fn source(&self, component: &str, framework: Framework) -> String {
        match framework {
            Framework::React => written::react(self, component),
            Framework::Vue => written::vue(self, component),
            Framework::Svelte => written::svelte(self, component),
            Framework::Vanilla => vanilla::source(self, component),
        }
    }

    fn is_state(&self, name: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::State { name: known, .. } if known == name))
    }

    fn is_derived(&self, name: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Derived { name: known, .. } if known == name))
    }
}

/// Whether a value can be compared and is never changed inside: what needs no deep watching.
fn is_plain(initial: &str) -> bool {
    let first = initial.chars().next().unwrap_or(' ');
    initial != "null" && !matches!(first, '[' | '{' | '(') && !initial.contains('(')
}

/// An empty element that HTML does not close.
fn is_void(tag: &str) -> bool {
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
        .contains(&tag)
}
