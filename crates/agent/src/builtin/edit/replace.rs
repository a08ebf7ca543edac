//! Replaces a text where it is shown, and leaves code, imports and class names alone.

use super::app::{js_string, jsx_text};
use super::jsx::{self, Text, TextKind};
use super::{imports, markup, script};
use crate::builtin::framework::{Framework, escaped as html};

/// Attributes whose text is shown or read out.
const SHOWN_ATTRIBUTES: [&str; 10] =
    ["title", "label", "text", "placeholder", "alt", "aria-label", "brand", "button", "note", "action"];

/// The source with `to` for every shown `from`, and how often that was.
pub(in crate::builtin) fn everywhere(source: &str, path: &str, from: &str, to: &str) -> (String, usize) {
    let framework = Framework::ALL.into_iter().find(|framework| path.ends_with(framework.ending()));
    let markup_in = match framework {
        Some(Framework::React | Framework::Vanilla) => None,
        Some(Framework::Vue | Framework::Svelte) => framework,
        None => Some(Framework::Vanilla),
    };
    let mut texts =
        markup_in.map_or_else(|| code_texts(source, 0), |framework| mixed_texts(source, framework));
    texts.retain(|text| is_shown(source, text));
    texts.sort_by_key(|text| text.span.start);
    let (mut edited, mut times) = (source.to_owned(), 0);
    for text in texts.iter().rev() {
        let shown = &source[text.span.clone()];
        let found = shown.matches(from).count();
        if found > 0 && !from.is_empty() {
            times += found;
            edited.replace_range(
                text.span.clone(),
                &shown.replace(from, &escaped(source, text, to, markup_in)),
            );
        }
    }
    (edited, times)
}

/// The texts of JavaScript, without those of its imports.
fn code_texts(code: &str, offset: usize) -> Vec<Text> {
    let imported = imports::imports(code).last().map_or(0, |import| import.span.end);
    let mut texts = jsx::texts(code);
    texts.retain(|text| text.span.start >= imported);
    for text in &mut texts {
        text.span = text.span.start + offset..text.span.end + offset;
    }
    texts
}

/// The texts of markup and of the script beside it.
fn mixed_texts(source: &str, framework: Framework) -> Vec<Text> {
    let mut texts = framework.dialect().map(|dialect| markup::texts(source, dialect)).unwrap_or_default();
    if let Some(body) = script::block(source, "script", framework) {
        texts.extend(code_texts(&source[body.clone()], body.start));
    }
    texts
}

fn is_shown(source: &str, text: &Text) -> bool {
    let content = &source[text.span.clone()];
    match text.kind {
        TextKind::Tags => true,
        TextKind::Attribute => {
            let before = source[..text.span.start - 1].trim_end_matches(['=', ' ']);
            let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next();
            name.is_some_and(|name| SHOWN_ATTRIBUTES.contains(&name.trim_start_matches("data-")))
        }
        // A string in code is text for people when it reads like it.
        TextKind::String => content.starts_with(char::is_uppercase) || content.contains(' '),
    }
}

fn escaped(source: &str, text: &Text, to: &str, markup_in: Option<Framework>) -> String {
    match text.kind {
        TextKind::Tags if matches!(markup_in, Some(Framework::Vue | Framework::Vanilla)) => html(to),
        TextKind::Tags if to.trim() == to => jsx_text(to),
        TextKind::Tags => to.replace(['{', '}', '<', '>', '&'], ""),
        TextKind::Attribute => to.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;"),
        TextKind::String => {
            let string = js_string(to);
            let inner = &string[1..string.len() - 1];
            let single = source[..text.span.start].ends_with('\'');
            if single { inner.replace('\'', "\\'") } else { inner.to_owned() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::everywhere;

    #[test]
    fn shown_texts_change_and_code_does_not() {
        let source = "import Pro from \"./Pro.jsx\";\nconst plans = [\"Pro\", \"pro\"];\nexport default () => (\n  <p className=\"Pro\" title=\"Pro plan\">Go Pro {Pro}</p>\n);\n";
        let expected = "import Pro from \"./Pro.jsx\";\nconst plans = [\"A \\\"B\\\"\", \"pro\"];\nexport default () => (\n  <p className=\"Pro\" title=\"A &quot;B&quot; plan\">Go A \"B\" {Pro}</p>\n);\n";
        assert_eq!(everywhere(source, "src/App.jsx", "Pro", "A \"B\""), (expected.to_owned(), 3));
    }
}
