//! What a project is written with, and how that spells things.

use super::edit::app::{js_string, jsx_text};
use super::edit::markup::Dialect;

/// What a project is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framework {
    React,
    Vue,
    Svelte,
    Vanilla,
}

impl Framework {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::React, Self::Vue, Self::Svelte, Self::Vanilla];

    /// The framework of a project with these files; `None` when there is no page to begin with.
    pub(super) fn of(exists: impl Fn(&str) -> bool) -> Option<Self> {
        Self::ALL.into_iter().find(|framework| exists(framework.root()) && exists(framework.imports()))
    }

    /// The file that holds the page's markup.
    pub(super) const fn root(self) -> &'static str {
        match self {
            Self::React => "src/App.jsx",
            Self::Vue => "src/App.vue",
            Self::Svelte => "src/App.svelte",
            Self::Vanilla => "index.html",
        }
    }

    /// The file that imports the page's components.
    pub(super) const fn imports(self) -> &'static str {
        match self {
            Self::React | Self::Vue | Self::Svelte => self.root(),
            Self::Vanilla => "src/main.js",
        }
    }

    /// The ending of a component's file, with its dot.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::React => ".jsx",
            Self::Vue => ".vue",
            Self::Svelte => ".svelte",
            Self::Vanilla => ".js",
        }
    }

    /// How its markup treats braces; `None` for JSX, which has a scanner of its own.
    pub(super) const fn dialect(self) -> Option<Dialect> {
        match self {
            Self::React => None,
            Self::Svelte => Some(Dialect::Svelte),
            Self::Vue | Self::Vanilla => Some(Dialect::Html),
        }
    }

    /// The name of the element that shows a component: `PricingTable`, or `app-pricing-table` where HTML has the word.
    pub(super) fn tag(self, component: &str) -> String {
        if self != Self::Vanilla {
            return component.to_owned();
        }
        let mut tag = "app".to_owned();
        for c in component.chars() {
            if c.is_ascii_uppercase() {
                tag.push('-');
            }
            tag.push(c.to_ascii_lowercase());
        }
        tag
    }

    /// An element without content.
    pub(super) fn element(self, component: &str, attributes: &[String]) -> String {
        let tag = self.tag(component);
        let attributes: String = attributes.iter().map(|attribute| format!(" {attribute}")).collect();
        if self == Self::Vanilla {
            format!("<{tag}{attributes}></{tag}>")
        } else {
            format!("<{tag}{attributes} />")
        }
    }

    /// The attribute for classes.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::React => "className",
            Self::Vue | Self::Svelte | Self::Vanilla => "class",
        }
    }

    /// Text as it can stand between two tags.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::React | Self::Svelte => jsx_text(text),
            Self::Vue | Self::Vanilla => escaped(text),
        }
    }

    /// The text that markup shows; `None` where it is more than a text.
    pub(super) fn shown_text(self, markup: &str) -> Option<String> {
        let markup = markup.trim();
        if let Some(string) = markup.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            return serde_json::from_str(&string.replace("<\\/", "</")).ok();
        }
        let marks = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#123;", "{"),
            ("&#125;", "}"),
            ("&amp;", "&"),
        ];
        let plain = !markup.contains(['<', '{']) && !markup.is_empty();
        plain.then(|| marks.iter().fold(markup.to_owned(), |text, (mark, sign)| text.replace(mark, sign)))
    }

    /// A property of a component that is a text.
    pub(super) fn text_property(self, name: &str, value: &str) -> String {
        let odd = value.contains(['"', '&', '\\', '\n', '\r', '{', '}', '<', '>']);
        match self {
            Self::React | Self::Svelte if odd => format!("{name}={{{}}}", js_string(value)),
            Self::React | Self::Svelte => format!("{name}=\"{value}\""),
            Self::Vue => format!("{name}=\"{}\"", escaped(value)),
            Self::Vanilla => format!("data-{name}=\"{}\"", escaped(value)),
        }
    }

    /// A property of a component that is no text, given as a JavaScript literal and as JSON.
    pub(super) fn code_property(self, name: &str, literal: &str, json: &str) -> String {
        match self {
            Self::React | Self::Svelte => format!("{name}={{{literal}}}"),
            Self::Vue if literal.contains('\'') => format!(":{name}=\"{}\"", escaped(literal)),
            Self::Vue => {
                format!(":{name}=\"{}\"", escaped(&literal.replace("\\\"", "\\x22").replace('"', "'")))
            }
            Self::Vanilla => format!("data-{name}='{}'", json.replace('&', "&amp;").replace('\'', "&#39;")),
        }
    }

    /// Every way in which a property can be spelled in a tag.
    pub(super) fn spellings(self, name: &str) -> Vec<String> {
        match self {
            Self::React | Self::Svelte => vec![name.to_owned()],
            Self::Vue => vec![name.to_owned(), format!(":{name}")],
            Self::Vanilla => vec![format!("data-{name}"), name.to_owned()],
        }
    }
}

/// Text as HTML and Vue take it, braces included.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            other => out.push(other),
        }
    }
    out
}
