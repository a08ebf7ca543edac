//! Markup with tags: JSX, Vue's templates, Svelte's.

use super::code::{Rewrite, rewritten};
use super::{Attribute, Element, Node, is_void};
use crate::builtin::framework::Framework;

/// The longest line that an element may stand on as a whole, in characters.
const LINE_CHARS_MAX: usize = 110;

/// Writes markup in the words of one framework.
pub(super) struct Writer<'a> {
    pub(super) framework: Framework,
    pub(super) names: &'a dyn Rewrite,
}

impl Writer<'_> {
    /// The nodes, one line each or more.
    pub(super) fn lines(&self, nodes: &[Node]) -> Vec<String> {
        nodes.iter().flat_map(|node| self.node(node)).collect()
    }

    fn node(&self, node: &Node) -> Vec<String> {
        match node {
            Node::Text(text) => vec![text.clone()],
            Node::Expression(code) => vec![self.expression(code)],
            Node::Element(element) => self.element(element, &[]),
            Node::If(branches) => match self.framework {
                Framework::Svelte => self.svelte_if(branches),
                Framework::Vue => self.vue_if(branches),
                Framework::React | Framework::Vanilla => self.jsx_if(branches),
            },
            Node::Each { list, item, index, key, body } => {
                let list = self.code(list);
                match self.framework {
                    Framework::Svelte => {
                        let index = index.as_ref().map(|index| format!(", {index}")).unwrap_or_default();
                        let head = format!("{{#each {list} as {item}{index} ({})}}", self.code(key));
                        block(&head, self.element(body, &[]), "{/each}")
                    }
                    Framework::Vue => {
                        let names =
                            index.as_ref().map_or_else(|| item.clone(), |index| format!("({item}, {index})"));
                        let for_each = attribute("v-for", &format!("{names} in {list}"));
                        self.element(body, &[for_each, attribute(":key", &self.code(key))])
                    }
                    Framework::React | Framework::Vanilla => {
                        let names =
                            index.as_ref().map_or_else(|| item.clone(), |index| format!("{item}, {index}"));
                        let head = format!("{{{list}.map(({names}) => (");
                        block(&head, self.element(body, &[format!("key={{{}}}", self.code(key))]), "))}")
                    }
                }
            }
        }
    }

    fn code(&self, code: &str) -> String {
        rewritten(code, self.names)
    }

    fn expression(&self, code: &str) -> String {
        let code = self.code(code);
        if self.framework == Framework::Vue { format!("{{{{ {code} }}}}") } else { format!("{{{code}}}") }
    }

    /// An element, on one line where it fits or where white space counts.
    fn element(&self, element: &Element, extra: &[String]) -> Vec<String> {
        let attributes: Vec<String> = extra.iter().cloned().chain(self.attributes(element)).collect();
        let tag = &element.tag;
        let open: String = attributes.iter().map(|attribute| format!(" {attribute}")).collect();
        if element.children.is_empty() {
            let self_closes = is_void(tag) || self.framework == Framework::React;
            let end = if self_closes { " />".to_owned() } else { format!("></{tag}>") };
            let line = format!("<{tag}{open}{end}");
            return if line.chars().count() <= LINE_CHARS_MAX {
                vec![line]
            } else {
                let mut lines = self.opening(tag, &attributes);
                let last = if self_closes { "/>".to_owned() } else { format!("></{tag}>") };
                lines.push(last);
                lines
            };
        }
        let inline = element.children.iter().any(|child| matches!(child, Node::Text(_)));
        let plain = element.children.iter().all(|child| matches!(child, Node::Text(_) | Node::Expression(_)));
        if inline || plain {
            let inner: String = element.children.iter().map(|child| self.node(child).concat()).collect();
            let line = format!("<{tag}{open}>{inner}</{tag}>");
            if line.chars().count() <= LINE_CHARS_MAX || inline && !plain {
                return vec![line];
            }
            return self.tall(tag, &attributes, vec![inner]);
        }
        self.tall(tag, &attributes, self.lines(&element.children))
    }

    fn tall(&self, tag: &str, attributes: &[String], inner: Vec<String>) -> Vec<String> {
        let open: String = attributes.iter().map(|attribute| format!(" {attribute}")).collect();
        let head = format!("<{tag}{open}>");
        if head.chars().count() <= LINE_CHARS_MAX {
            return block(&head, inner, &format!("</{tag}>"));
        }
        let mut lines = self.opening(tag, attributes);
        lines.push(">".into());
        lines.extend(inner.into_iter().map(|line| format!("  {line}")));
        lines.push(format!("</{tag}>"));
        lines
    }

    fn opening(&self, tag: &str, attributes: &[String]) -> Vec<String> {
        let first = std::iter::once(format!("<{tag}"));
        first.chain(attributes.iter().map(|attribute| format!("  {attribute}"))).collect()
    }

    fn jsx_if(&self, branches: &[(Option<String>, Vec<Node>)]) -> Vec<String> {
        let mut lines = Vec::new();
        let alone = branches.len() == 1;
        for (at, (condition, nodes)) in branches.iter().enumerate() {
            let inner = match &nodes[..] {
                [Node::Element(_)] => self.lines(nodes),
                _ => block("<>", self.lines(nodes), "</>"),
            };
            let test = condition.as_ref().map(|condition| self.code(condition));
            let head = match (at, test) {
                (0, Some(test)) if alone => format!("{{{test} && ("),
                (0, Some(test)) => format!("{{{test} ? ("),
                (_, Some(test)) => format!(") : {test} ? ("),
                (_, None) => ") : (".into(),
            };
            lines.push(head);
            lines.extend(inner.into_iter().map(|line| format!("  {line}")));
        }
        let complete = alone || branches.last().is_some_and(|(condition, _)| condition.is_none());
        lines.push(if complete { ")}".into() } else { ") : null}".into() });
        lines
    }

    fn svelte_if(&self, branches: &[(Option<String>, Vec<Node>)]) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, (condition, nodes)) in branches.iter().enumerate() {
            lines.push(match condition.as_ref().map(|condition| self.code(condition)) {
                Some(condition) if at == 0 => format!("{{#if {condition}}}"),
                Some(condition) => format!("{{:else if {condition}}}"),
                None => "{:else}".into(),
            });
            lines.extend(self.lines(nodes).into_iter().map(|line| format!("  {line}")));
        }
        lines.push("{/if}".into());
        lines
    }

    fn vue_if(&self, branches: &[(Option<String>, Vec<Node>)]) -> Vec<String> {
        let mut lines = Vec::new();
        for (at, (condition, nodes)) in branches.iter().enumerate() {
            let directive = match condition.as_ref().map(|condition| self.code(condition)) {
                Some(condition) if at == 0 => attribute("v-if", &condition),
                Some(condition) => attribute("v-else-if", &condition),
                None => "v-else".into(),
            };
            match &nodes[..] {
                [Node::Element(element)] => lines.extend(self.element(element, &[directive])),
                _ => {
                    lines.extend(block(&format!("<template {directive}>"), self.lines(nodes), "</template>"))
                }
            }
        }
        lines
    }

    fn attributes(&self, element: &Element) -> Vec<String> {
        let mut written = Vec::new();
        let mut styles = Vec::new();
        for given in &element.attributes {
            match given {
                Attribute::Text { name, value } => {
                    written.push(format!("{}=\"{value}\"", self.attribute_name(name)))
                }
                Attribute::Code { name, code } if code == "true" => written.push(self.attribute_name(name)),
                Attribute::Code { name, code } => {
                    let (name, code) = (self.attribute_name(name), self.code(code));
                    written.push(match self.framework {
                        Framework::Vue => attribute(&format!(":{name}"), &code),
                        _ => format!("{name}={{{code}}}"),
                    });
                }
                Attribute::On { event, code } => written.push(self.listener(event, &self.code(code))),
                Attribute::Bind { property, state } => written.extend(self.binding(property, state)),
                Attribute::Style { property, code } => styles.push((property, self.code(code))),
            }
        }
        written.extend(self.styles(&styles));
        written
    }

    fn listener(&self, event: &str, code: &str) -> String {
        match self.framework {
            Framework::Svelte => format!("on{event}={{{code}}}"),
            // What only calls needs no function around it.
            Framework::Vue => attribute(&format!("@{event}"), code.strip_prefix("() => ").unwrap_or(code)),
            Framework::React | Framework::Vanilla => format!("{}={{{code}}}", jsx_event(event)),
        }
    }

    fn binding(&self, property: &str, state: &str) -> Vec<String> {
        match self.framework {
            Framework::Svelte => vec![format!("bind:{property}={{{state}}}")],
            Framework::Vue => vec![attribute("v-model", state)],
            Framework::React | Framework::Vanilla => {
                let set = self.code(&format!("{state} = event.target.{property}"));
                vec![format!("{property}={{{state}}}"), format!("onChange={{(event) => {set}}}")]
            }
        }
    }

    fn styles(&self, styles: &[(&String, String)]) -> Vec<String> {
        let pairs = || styles.iter().map(|(property, code)| (style_name(property), code));
        match self.framework {
            _ if styles.is_empty() => Vec::new(),
            Framework::Svelte => {
                styles.iter().map(|(property, code)| format!("style:{property}={{{code}}}")).collect()
            }
            Framework::Vue => {
                let pairs: Vec<String> = pairs().map(|(name, code)| format!("{name}: {code}")).collect();
                vec![attribute(":style", &format!("{{ {} }}", pairs.join(", ")))]
            }
            Framework::React | Framework::Vanilla => {
                let pairs: Vec<String> = pairs().map(|(name, code)| format!("{name}: {code}")).collect();
                vec![format!("style={{{{ {} }}}}", pairs.join(", "))]
            }
        }
    }

    fn attribute_name(&self, name: &str) -> String {
        if self.framework != Framework::React {
            return name.to_owned();
        }
        match name {
            "class" => "className".into(),
            "for" => "htmlFor".into(),
            "tabindex" => "tabIndex".into(),
            "autocomplete" => "autoComplete".into(),
            "maxlength" => "maxLength".into(),
            "novalidate" => "noValidate".into(),
            "datetime" => "dateTime".into(),
            "inputmode" => "inputMode".into(),
            "colspan" => "colSpan".into(),
            "readonly" => "readOnly".into(),
            "spellcheck" => "spellCheck".into(),
            _ if name.starts_with("aria-") || name.starts_with("data-") || !name.contains('-') => {
                name.to_owned()
            }
            _ => camel(name),
        }
    }
}

fn style_name(property: &str) -> String {
    if property.starts_with("--") { format!("\"{property}\"") } else { camel(property) }
}

fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut chars = part.chars();
        name + &chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    })
}

fn jsx_event(event: &str) -> String {
    match event {
        "input" => "onChange".into(),
        "keydown" => "onKeyDown".into(),
        "contextmenu" => "onContextMenu".into(),
        "dragstart" => "onDragStart".into(),
        "dragover" => "onDragOver".into(),
        "dragend" => "onDragEnd".into(),
        _ => match event.strip_prefix("pointer") {
            Some(rest) => format!("onPointer{}", capitalised(rest)),
            None => format!("on{}", capitalised(event)),
        },
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// An attribute of Vue's, whose value stands in double quotes.
fn attribute(name: &str, code: &str) -> String {
    let single = code.contains('"') && !code.contains('\'');
    let code = if single { code.replace('"', "'") } else { code.replace('"', "&quot;") };
    format!("{name}=\"{code}\"")
}

fn block(head: &str, inner: Vec<String>, end: &str) -> Vec<String> {
    let mut lines = vec![head.to_owned()];
    lines.extend(inner.into_iter().map(|line| format!("  {line}")));
    lines.push(end.to_owned());
    lines
}
