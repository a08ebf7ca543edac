//! The app's root component: where its markup is, and how elements come into and out of it.

use std::ops::Range;

use super::jsx::{self, Element};
use super::{lines, markup, script};
use crate::builtin::framework::Framework;

/// Tags that hold text or nothing, not sections of a page.
const NO_CONTAINER: [&str; 21] = [
    "a", "audio", "br", "button", "canvas", "code", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input",
    "label", "p", "pre", "span", "svg", "video",
];

/// Where an element goes in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) enum Place {
    /// First thing on the page.
    Top,
    /// In the page's content, above its heading.
    Opening,
    /// First in the page's content, below its heading.
    ContentStart,
    /// Last in the page's content.
    ContentEnd,
    /// Last thing on the page.
    Bottom,
}

/// A module whose default export is a component, and the markup it returns.
#[derive(Debug, Clone)]
pub(in crate::builtin) struct App<'a> {
    source: &'a str,
    root: Element,
    framework: Framework,
}

impl<'a> App<'a> {
    /// Finds the markup; `None` when the source does not add up or holds none.
    pub(in crate::builtin) fn of(framework: Framework, source: &'a str) -> Option<Self> {
        let root = match framework {
            Framework::React => jsx_root(source)?,
            Framework::Vue | Framework::Svelte | Framework::Vanilla => markup_root(source, framework)?,
        };
        Some(Self { source, root, framework })
    }

    /// Every element, parents first.
    pub(in crate::builtin) fn elements(&self) -> Vec<&Element> {
        self.root.descendants()
    }

    /// The first element that fits.
    pub(in crate::builtin) fn first(&self, fits: impl Fn(&Element) -> bool) -> Option<&Element> {
        self.elements().into_iter().find(|element| fits(element))
    }

    /// The names of the components on the page, in order, with repeats.
    pub(in crate::builtin) fn components(&self) -> Vec<&str> {
        let all = self.elements().into_iter();
        all.filter(|element| element.is_component()).map(|element| element.name.as_str()).collect()
    }

    /// The source with `markup` as a new element at `place`.
    pub(in crate::builtin) fn insert(&self, markup: &str, place: Place) -> String {
        let main = self.first(|element| element.name == "main" && !element.in_expression);
        let Some(container) = self.container() else {
            return self.wrap_root(markup, place);
        };
        let content = main.unwrap_or(container);
        match place {
            Place::Top => self.insert_first(container, markup),
            Place::Opening => self.insert_first(content, markup),
            Place::ContentStart => self.insert_content_start(content, markup),
            Place::ContentEnd => match self.trailing_footer(content) {
                Some(footer) => self.insert_before(footer, markup),
                None => self.insert_last(content, markup),
            },
            Place::Bottom => self.insert_last(container, markup),
        }
    }

    /// The source with `markup` as the last thing inside `element`.
    pub(in crate::builtin) fn insert_last(&self, element: &Element, markup: &str) -> String {
        let Some(body) = &element.body else {
            return self.open_up(element, markup);
        };
        let own_indent = lines::indent_at(self.source, element.span.start);
        let inner = &self.source[body.clone()];
        let kept_end = body.start + inner.trim_end().len();
        let indent = self.child_indent(element);
        let block = lines::indented(markup, &indent);
        let gap = if inner.trim().contains('\n') && element.children.len() > 1 { "\n" } else { "" };
        let tail = &self.source[body.end..];
        format!("{}\n{gap}{block}\n{own_indent}{tail}", &self.source[..kept_end])
    }

    fn insert_first(&self, element: &Element, markup: &str) -> String {
        let Some(body) = &element.body else {
            return self.open_up(element, markup);
        };
        let inner = &self.source[body.clone()];
        let indent = self.child_indent(element);
        let block = lines::indented(markup, &indent);
        let rest = inner.trim_start();
        let own_indent = lines::indent_at(self.source, element.span.start);
        let tail = &self.source[body.end - rest.len()..];
        let lead = if rest.trim().is_empty() { own_indent } else { &indent };
        format!("{}\n{block}\n{lead}{tail}", &self.source[..body.start])
    }

    /// After the opening heading or hero, so that it stays the first thing people read.
    fn insert_content_start(&self, content: &Element, markup: &str) -> String {
        let leads = |element: &&Element| {
            !element.in_expression && element.descendants().iter().any(|inner| inner.name == "h1")
        };
        match content.children.first().filter(leads) {
            Some(lead) => {
                let indent = lines::indent_at(self.source, lead.span.start);
                let block = lines::indented(markup, indent);
                format!("{}\n\n{block}{}", &self.source[..lead.span.end], &self.source[lead.span.end..])
            }
            None => self.insert_first(content, markup),
        }
    }

    fn insert_before(&self, element: &Element, markup: &str) -> String {
        let indent = lines::indent_at(self.source, element.span.start).to_owned();
        let block = lines::indented(markup, &indent);
        let start = element.span.start;
        if lines::begins_line(self.source, start) {
            let line = lines::line_start(self.source, start);
            return format!("{}{block}\n\n{}", &self.source[..line], &self.source[line..]);
        }
        format!("{}\n{block}\n{indent}{}", &self.source[..start], &self.source[start..])
    }

    /// `<main />` becomes `<main>…</main>`.
    fn open_up(&self, element: &Element, markup: &str) -> String {
        let indent = lines::indent_at(self.source, element.span.start);
        let block = lines::indented(markup, &format!("{indent}  "));
        let opening = self.source[..element.attributes.end].trim_end();
        let closing = format!("{indent}</{}>", element.name);
        format!("{opening}>\n{block}\n{closing}{}", &self.source[element.span.end..])
    }

    fn wrap_root(&self, markup: &str, place: Place) -> String {
        let indent = lines::indent_at(self.source, self.root.span.start);
        let root = &self.source[self.root.span.clone()];
        let block = lines::indented(markup, &format!("{indent}  "));
        let root = format!("{indent}  {root}");
        let (first, second) = match place {
            Place::Top | Place::Opening => (block, root),
            Place::ContentStart | Place::ContentEnd | Place::Bottom => (root, block),
        };
        let (before, after) = (&self.source[..self.root.span.start], &self.source[self.root.span.end..]);
        let (open, close) =
            if self.framework == Framework::React { ("<>", "</>") } else { ("<div>", "</div>") };
        format!("{before}{open}\n{first}\n{second}\n{indent}{close}{after}")
    }

    /// The source without any element of a component, and without its import when nothing else uses it.
    pub(in crate::builtin) fn remove_component(&self, component: &str) -> String {
        let name = &self.framework.tag(component);
        let mut spans: Vec<(Range<usize>, bool)> = Vec::new();
        for element in self.elements() {
            let inside_removed = spans.last().is_some_and(|(span, _)| element.span.start < span.end);
            if element.name == *name && !inside_removed {
                let keeps_place = self.framework == Framework::React
                    && (element.in_expression || element.span == self.root.span);
                spans.push((element.span.clone(), keeps_place));
            }
        }
        let mut text = self.source.to_owned();
        for (span, keeps_place) in spans.into_iter().rev() {
            text = if keeps_place {
                format!("{}null{}", &text[..span.start], &text[span.end..])
            } else {
                lines::without(&text, span.start, span.end)
            };
        }
        script::remove_import(&text, component, self.framework)
    }

    /// The source with `text` as all that `element` shows.
    pub(in crate::builtin) fn set_text(&self, element: &Element, text: &str) -> Option<String> {
        let body = element.body.clone()?;
        Some(format!(
            "{}{}{}",
            &self.source[..body.start],
            self.framework.text(text),
            &self.source[body.end..]
        ))
    }

    /// The source with `element` moved to `place`.
    pub(in crate::builtin) fn move_to(&self, element: &Element, place: Place) -> Option<String> {
        if element.in_expression || element.span == self.root.span {
            return None;
        }
        let markup = unindented(self.source, element);
        let without = lines::without(self.source, element.span.start, element.span.end);
        Some(App::of(self.framework, &without)?.insert(&markup, place))
    }

    fn container(&self) -> Option<&Element> {
        let root = &self.root;
        let lone_component = root.is_component() && root.body.is_none();
        let holds_sections = !lone_component && !NO_CONTAINER.contains(&root.name.as_str());
        holds_sections.then_some(root)
    }

    fn trailing_footer(&self, content: &'_ Element) -> Option<&Element> {
        let last = content.children.last()?;
        let is_footer = ["footer", "Footer", "app-footer"].contains(&last.name.as_str());
        let children = self.elements();
        let found = children.into_iter().find(|element| element.span == last.span);
        found.filter(|last| is_footer && !last.in_expression)
    }

    fn child_indent(&self, element: &Element) -> String {
        let direct = element.children.iter().filter(|child| !child.in_expression);
        let on_own_line = direct.rev().find(|child| lines::begins_line(self.source, child.span.start));
        match on_own_line {
            Some(child) => lines::indent_at(self.source, child.span.start).to_owned(),
            None => format!("{}  ", lines::indent_at(self.source, element.span.start)),
        }
    }
}

/// Text as it can stand between two tags.
pub(in crate::builtin) fn jsx_text(text: &str) -> String {
    let plain = !text.contains(['{', '}', '<', '>', '&', '\n', '\r', '\\'])
        && text.trim() == text
        && !text.is_empty();
    if plain { text.to_owned() } else { format!("{{{}}}", js_string(text)) }
}

/// Text as a JavaScript string in double quotes, which may stand in a script of a page.
pub(in crate::builtin) fn js_string(text: &str) -> String {
    let string = serde_json::Value::from(text).to_string();
    string.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").replace("</", "<\\/")
}

/// The largest element that the default component returns: an early return is smaller than the page it stands in for.
fn jsx_root(source: &str) -> Option<Element> {
    let body = default_component(source);
    let inside = |element: &Element| body.contains(&element.span.start);
    jsx::elements(source)?.into_iter().filter(inside).max_by_key(|element| element.span.len())
}

/// The one element around the page, or what stands for it.
fn markup_root(source: &str, framework: Framework) -> Option<Element> {
    let all = markup::elements(source, framework.dialect()?)?;
    let outer = match framework {
        Framework::Vue => all.into_iter().find(|element| element.name == "template")?,
        Framework::Vanilla => {
            let html = all.into_iter().find(|element| element.name == "html")?;
            html.children.into_iter().find(|element| element.name == "body")?
        }
        Framework::React | Framework::Svelte => {
            let blocks = |name: &str| ["script", "style"].contains(&name) || name.starts_with("svelte:");
            let children: Vec<Element> = all.into_iter().filter(|element| !blocks(&element.name)).collect();
            let span = children.first()?.span.start..children.last()?.span.end;
            let (name, attributes) = (String::new(), span.start..span.start);
            Element { name, body: Some(span.clone()), span, attributes, children, in_expression: false }
        }
    };
    let mut shown = outer.children.iter().filter(|element| element.name != "script");
    let only = shown.next().filter(|_| shown.next().is_none());
    let holds = |element: &&Element| {
        element.body.is_some() && !NO_CONTAINER.contains(&element.name.as_str()) && !element.is_component()
    };
    match only.filter(holds) {
        Some(only) => Some(only.clone()),
        None => Some(outer),
    }
}

/// Where the component that the module exports by default is declared; the whole source when that is unclear.
fn default_component(source: &str) -> Range<usize> {
    let Some(export) = source.find("export default") else {
        return 0..source.len();
    };
    let exported = source[export + "export default".len()..].trim_start();
    let inline = ["function", "class", "async", "(", "memo(", "React.memo(", "forwardRef("];
    if inline.iter().any(|start| exported.starts_with(start)) || exported.contains("=>") {
        return export..jsx::statement_end(source, export);
    }
    let name: String =
        exported.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '$').collect();
    for keyword in ["function ", "const ", "let ", "var ", "class "] {
        let declared = source.match_indices(&format!("{keyword}{name}")).find(|(at, text)| {
            let next = source[at + text.len()..].chars().next();
            next.is_some_and(|c| !c.is_alphanumeric() && c != '_' && c != '$')
        });
        if let Some((at, _)) = declared {
            return at..jsx::statement_end(source, at);
        }
    }
    0..source.len()
}

/// An element's markup as if it began at the start of a line.
fn unindented(source: &str, element: &Element) -> String {
    let indent = lines::indent_at(source, element.span.start);
    let text = &source[element.span.clone()];
    text.lines().map(|line| line.strip_prefix(indent).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

impl App<'_> {
    /// The source with an attribute of `element` set to a text.
    pub(in crate::builtin) fn set_attribute(&self, element: &Element, name: &str, value: &str) -> String {
        self.put_attribute(element, name, &self.framework.text_property(name, value))
    }

    /// The source with `new`, such as `step={5}`, for the attribute `name` of `element`.
    pub(in crate::builtin) fn put_attribute(&self, element: &Element, name: &str, new: &str) -> String {
        let attributes = &self.source[element.attributes.clone()];
        let (before, after) =
            (&self.source[..element.attributes.start], &self.source[element.attributes.end..]);
        let spellings = self.framework.spellings(name);
        let edited = match spellings.iter().find_map(|name| attribute_span(attributes, name)) {
            Some(span) => format!("{}{new}{}", &attributes[..span.start], &attributes[span.end..]),
            None => {
                let kept = attributes.trim_end();
                format!("{kept} {new}{}", &attributes[kept.len()..])
            }
        };
        format!("{before}{edited}{after}")
    }
}

/// Where `name="…"` or `name={…}` stands among attributes.
fn attribute_span(attributes: &str, name: &str) -> Option<Range<usize>> {
    let with_equals = format!("{name}=");
    let is_whole = |at: &usize| attributes[..*at].ends_with(|c: char| c.is_whitespace());
    let start = attributes.match_indices(&with_equals).map(|(at, _)| at).find(is_whole)?;
    let value = start + with_equals.len();
    let rest = &attributes[value..];
    let length = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].find(quote)? + 2,
        '{' => {
            let mut depth = 0_usize;
            let end = rest.char_indices().find(|(_, c)| {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            end?.0 + 1
        }
        _ => return None,
    };
    Some(start..value + length)
}

impl<'a> App<'a> {
    /// The module's source.
    pub(in crate::builtin) const fn source(&self) -> &'a str {
        self.source
    }

    /// What it is written with.
    pub(in crate::builtin) const fn framework(&self) -> Framework {
        self.framework
    }
}

impl App<'_> {
    /// The source without one element; `None` when it is the whole page.
    pub(in crate::builtin) fn remove_element(&self, element: &Element) -> Option<String> {
        let removable = !element.in_expression && element.span != self.root.span;
        removable.then(|| lines::without(self.source, element.span.start, element.span.end))
    }
}
