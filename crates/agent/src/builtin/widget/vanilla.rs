//! Components without a framework: custom elements, shown by the few lines of `lib/dom.js`.

use super::code::{Rewrite, indented, rewritten};
use super::written::{module, props};
use super::{Attribute, Element, Item, Node, Widget};
use crate::builtin::framework::Framework;

/// The longest line that a call may stand on as a whole, in characters.
const LINE_CHARS_MAX: usize = 110;

/// What is derived is computed when it is asked for.
struct Calls<'a>(&'a Widget);

impl Rewrite for Calls<'_> {
    fn read(&self, name: &str) -> Option<String> {
        self.0.is_derived(name).then(|| format!("{name}()"))
    }
}

pub(super) fn source(widget: &Widget, component: &str) -> String {
    let names = Calls(widget);
    let mut body = String::new();
    let mut needs: Vec<&str> = Vec::new();
    for item in &widget.items {
        let code = |code: &str| rewritten(code, &names);
        let inner = |body: &str| indented(&code(body), "  ");
        let text = match item {
            Item::State { name, initial } => format!("let {name} = {};\n", code(initial)),
            Item::Derived { name, value } => format!("const {name} = () => {};\n", code(value)),
            Item::Function { name, parameters, body } => {
                format!("\nfunction {name}({parameters}) {{\n{}\n}}\n", inner(body))
            }
            Item::Every { milliseconds, body } => {
                needs.push("every");
                format!("\nevery({milliseconds}, () => {{\n{}\n}});\n", inner(body))
            }
            Item::Listen { event, parameters, body } => {
                needs.push("listen");
                format!("\nlisten(\"{event}\", ({parameters}) => {{\n{}\n}});\n", inner(body))
            }
            Item::Effect { body, .. } => {
                needs.push("after");
                format!("\nafter(() => {{\n{}\n}});\n", inner(body))
            }
        };
        body.push_str(&text);
    }
    if widget.uses_uid {
        needs.push("uid");
    }
    let shown = match &widget.markup[..] {
        [node] => call(node, &names),
        nodes => list(nodes, &names),
    };
    let shown = format!("return () =>\n{};", indented(&shown, "  "));
    let body = if body.is_empty() { shown } else { format!("{}\n\n{shown}", body.trim()) };
    let props = props(widget);
    let needs = if needs.is_empty() { String::new() } else { format!("{{ {} }}", needs.join(", ")) };
    let parameters = match (props.is_empty(), needs.is_empty()) {
        (true, true) => String::new(),
        (false, true) => props,
        (true, false) => format!("_, {needs}"),
        (false, false) => format!("{props}, {needs}"),
    };
    let tag = Framework::Vanilla.tag(component);
    format!(
        "import {{ define, h }} from \"../lib/dom.js\";\nimport \"./{component}.css\";\n\n{}define(\"{tag}\", ({parameters}) => \
         {{\n{}\n}});\n",
        module(widget),
        indented(&body, "  "),
    )
}

fn call(node: &Node, names: &dyn Rewrite) -> String {
    match node {
        Node::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Node::Expression(code) => rewritten(code, names),
        Node::Element(element) => element_call(element, names),
        Node::If(branches) => {
            let mut text = String::new();
            for (condition, nodes) in branches {
                let shown = match &nodes[..] {
                    [node] => call(node, names),
                    nodes => list(nodes, names),
                };
                match condition {
                    Some(condition) => {
                        text.push_str(&format!(
                            "{}\n  ? {}\n  : ",
                            rewritten(condition, names),
                            indented(&shown, "    ").trim_start()
                        ));
                    }
                    None => text.push_str(&shown),
                }
            }
            if branches.last().is_some_and(|(condition, _)| condition.is_some()) {
                text.push_str("null");
            }
            text
        }
        Node::Each { list, item, index, body, .. } => {
            let parameters = index.as_ref().map_or_else(|| item.clone(), |index| format!("{item}, {index}"));
            let body = indented(&element_call(body, names), "  ");
            format!("{}.map(({parameters}) =>\n{body},\n)", rewritten(list, names))
        }
    }
}

fn list(nodes: &[Node], names: &dyn Rewrite) -> String {
    let calls: String =
        nodes.iter().map(|node| format!("{},\n", indented(&call(node, names), "  "))).collect();
    format!("[\n{calls}]")
}

fn element_call(element: &Element, names: &dyn Rewrite) -> String {
    let attributes = attributes(&element.attributes, names);
    let mut arguments = vec![format!("\"{}\"", element.tag), attributes];
    arguments.extend(element.children.iter().map(|child| call(child, names)));
    if arguments.len() == 2 && arguments[1] == "{}" {
        arguments.pop();
    }
    let line = format!("h({})", arguments.join(", "));
    if line.chars().count() <= LINE_CHARS_MAX && !line.contains('\n') {
        return line;
    }
    let rows: String = arguments.iter().map(|argument| format!("{},\n", indented(argument, "  "))).collect();
    format!("h(\n{rows})")
}

fn attributes(attributes: &[Attribute], names: &dyn Rewrite) -> String {
    let code = |code: &str| rewritten(code, names);
    let mut fields = Vec::new();
    let mut styles = String::new();
    for attribute in attributes {
        match attribute {
            Attribute::Text { name, value } => {
                fields.push(format!("{}: {}", key(name), serde_json::Value::from(value.as_str())));
            }
            Attribute::Code { name, code: value } => fields.push(format!("{}: {}", key(name), code(value))),
            Attribute::On { event, code: value } => fields.push(format!("on{event}: {}", code(value))),
            Attribute::Bind { property, state } => {
                fields.push(format!("{property}: {state}"));
                fields.push(format!("oninput: (event) => {{ {state} = event.target.{property}; }}"));
            }
            Attribute::Style { property, code: value } => {
                if !styles.is_empty() {
                    styles.push_str("; ");
                }
                styles.push_str(&format!("{property}: ${{{}}}", code(value)));
            }
        }
    }
    if !styles.is_empty() {
        fields.push(format!("style: `{styles}`"));
    }
    let line = fields.join(", ");
    if fields.is_empty() {
        "{}".into()
    } else if line.chars().count() + 4 <= LINE_CHARS_MAX {
        format!("{{ {line} }}")
    } else {
        format!("{{\n{}}}", fields.iter().map(|field| format!("  {field},\n")).collect::<String>())
    }
}

fn key(name: &str) -> String {
    if name.contains('-') { format!("\"{name}\"") } else { name.to_owned() }
}
