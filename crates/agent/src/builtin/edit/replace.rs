//! Replaces a text where it is shown, and leaves code, imports and class names alone.

use super::app::{js_string, jsx_text};
use super::imports;
use super::jsx::{self, Text, TextKind};

/// Attributes whose text is shown or read out.
const SHOWN_ATTRIBUTES: [&str; 10] =
    ["title", "label", "text", "placeholder", "alt", "aria-label", "brand", "button", "note", "action"];

/// The source with `to` for every shown `from`, and how often that was.
pub(in crate::builtin) fn everywhere(source: &str, from: &str, to: &str) -> (String, usize) {
    let imported = imports::imports(source).last().map_or(0, |import| import.span.end);
    let mut texts = jsx::texts(source);
    texts.retain(|text| text.span.start >= imported && is_shown(source, text));
    texts.sort_by_key(|text| text.span.start);
    let (mut edited, mut times) = (source.to_owned(), 0);
    for text in texts.iter().rev() {
        let shown = &source[text.span.clone()];
        let found = shown.matches(from).count();
        if found > 0 && !from.is_empty() {
            times += found;
            edited.replace_range(text.span.clone(), &shown.replace(from, &escaped(source, text, to)));
        }
    }
    (edited, times)
}

fn is_shown(source: &str, text: &Text) -> bool {
    let content = &source[text.span.clone()];
    match text.kind {
        TextKind::Tags => true,
        TextKind::Attribute => {
            let before = source[..text.span.start - 1].trim_end_matches(['=', ' ']);
            let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next();
            name.is_some_and(|name| SHOWN_ATTRIBUTES.contains(&name))
        }
        // A string in code is text for people when it reads like it.
        TextKind::String => content.starts_with(char::is_uppercase) || content.contains(' '),
    }
}

fn escaped(source: &str, text: &Text, to: &str) -> String {
    match text.kind {
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
        assert_eq!(everywhere(source, "Pro", "A \"B\""), (expected.to_owned(), 3));
    }
}
