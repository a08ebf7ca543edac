//! The app's root component: where its markup is, and how elements come into and out of it.

use std::ops::Range;

use super::imports;
use super::jsx::{self, Element};
use super::lines;

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
    /// First in the page's content.
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
}

impl<'a> App<'a> {
    /// Finds the markup; `None` when the source does not add up or returns none.
    pub(in crate::builtin) fn find(source: &'a str) -> Option<Self> {
        let body = default_component(source);
        let inside = |element: &Element| body.contains(&element.span.start);
        // An early return is smaller than the page it stands in for.
        let root =
            jsx::elements(source)?.into_iter().filter(inside).max_by_key(|element| element.span.len())?;
        Some(Self { source, root })
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
            Place::Top => (block, root),
            Place::ContentStart | Place::ContentEnd | Place::Bottom => (root, block),
        };
        let (before, after) = (&self.source[..self.root.span.start], &self.source[self.root.span.end..]);
        format!("{before}<>\n{first}\n{second}\n{indent}</>{after}")
    }

    /// The source without any `<{name} …>` on the page, and without its import when nothing else uses it.
    pub(in crate::builtin) fn remove_component(&self, name: &str) -> String {
        let mut spans: Vec<(Range<usize>, bool)> = Vec::new();
        for element in self.elements() {
            let inside_removed = spans.last().is_some_and(|(span, _)| element.span.start < span.end);
            if element.name == name && !inside_removed {
                let keeps_place = element.in_expression || element.span == self.root.span;
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
        imports::remove_unused(&text, name)
    }

    /// The source with `text` as all that `element` shows.
    pub(in crate::builtin) fn set_text(&self, element: &Element, text: &str) -> Option<String> {
        let body = element.body.clone()?;
        Some(format!("{}{}{}", &self.source[..body.start], jsx_text(text), &self.source[body.end..]))
    }

    /// The source with `element` moved to `place`.
    pub(in crate::builtin) fn move_to(&self, element: &Element, place: Place) -> Option<String> {
        if element.in_expression || element.span == self.root.span {
            return None;
        }
        let markup = unindented(self.source, element);
        let without = lines::without(self.source, element.span.start, element.span.end);
        Some(App::find(&without)?.insert(&markup, place))
    }

    fn container(&self) -> Option<&Element> {
        let root = &self.root;
        let lone_component = root.is_component() && root.body.is_none();
        let holds_sections = !lone_component && !NO_CONTAINER.contains(&root.name.as_str());
        holds_sections.then_some(root)
    }

    fn trailing_footer(&self, content: &'_ Element) -> Option<&Element> {
        let last = content.children.last()?;
        let is_footer = last.name == "footer" || last.name == "Footer";
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

/// Text as a JavaScript string in double quotes.
pub(in crate::builtin) fn js_string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// `name="value"`, or `name={"value"}` where the value needs it.
pub(in crate::builtin) fn jsx_attribute(name: &str, value: &str) -> String {
    if value.contains(['"', '&', '\\', '\n', '\r', '{', '}', '<', '>']) {
        format!("{name}={{{}}}", js_string(value))
    } else {
        format!("{name}=\"{value}\"")
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
        self.put_attribute(element, name, &jsx_attribute(name, value))
    }

    /// The source with `new`, such as `step={5}`, for the attribute `name` of `element`.
    pub(in crate::builtin) fn put_attribute(&self, element: &Element, name: &str, new: &str) -> String {
        let attributes = &self.source[element.attributes.clone()];
        let (before, after) =
            (&self.source[..element.attributes.start], &self.source[element.attributes.end..]);
        let edited = match attribute_span(attributes, name) {
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
}

impl App<'_> {
    /// The source without one element; `None` when it is the whole page.
    pub(in crate::builtin) fn remove_element(&self, element: &Element) -> Option<String> {
        let removable = !element.in_expression && element.span != self.root.span;
        removable.then(|| lines::without(self.source, element.span.start, element.span.end))
    }
}
