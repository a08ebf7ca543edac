//! Imports of components, wherever a framework keeps its imports.

use std::ops::Range;

use super::{imports, lines, markup};
use crate::builtin::framework::Framework;

/// The source with an import of a component's file.
pub(in crate::builtin) fn add_import(source: &str, component: &str, framework: Framework) -> String {
    let from = format!("./components/{component}{}", framework.ending());
    match framework {
        Framework::React => imports::add_default(source, component, &from),
        Framework::Vanilla => imports::add_effect(source, &from),
        Framework::Vue | Framework::Svelte => match block(source, "script", framework) {
            Some(body) => {
                let inner = &source[body.clone()];
                let first = inner.lines().find(|line| !line.trim().is_empty());
                let indent = first.map_or("", |line| &line[..line.len() - line.trim_start().len()]);
                let edited = imports::add_default(&unindented(inner, indent), component, &from);
                let edited = lines::indented(edited.trim(), indent);
                format!("{}\n{edited}\n{}", &source[..body.start], &source[body.end..])
            }
            None if framework == Framework::Vue => {
                format!("<script setup>\nimport {component} from \"{from}\";\n</script>\n\n{source}")
            }
            None => format!("<script>\n  import {component} from \"{from}\";\n</script>\n\n{source}"),
        },
    }
}

/// The source without a component's import, where nothing uses it any more.
pub(super) fn remove_import(source: &str, component: &str, framework: Framework) -> String {
    match framework {
        Framework::React => imports::remove_unused(source, component),
        Framework::Vanilla => source.to_owned(),
        Framework::Vue | Framework::Svelte => {
            let Some(body) = block(source, "script", framework) else {
                return source.to_owned();
            };
            let shown = [&source[..body.start], &source[body.end..]].concat();
            if imports::words(&shown).any(|word| word == component) {
                return source.to_owned();
            }
            let edited = imports::remove_unused(&source[body.clone()], component);
            if !edited.trim().is_empty() {
                return format!("{}{edited}{}", &source[..body.start], &source[body.end..]);
            }
            let Some(open) = source[..body.start].rfind('<') else {
                return source.to_owned();
            };
            let end = source[body.end..].find('>').map_or(source.len(), |end| body.end + end + 1);
            format!("{}{}", &source[..open], source[end..].trim_start())
        }
    }
}

/// What stands in a block of a component's file, such as `<style>`.
pub(in crate::builtin) fn block(source: &str, name: &str, framework: Framework) -> Option<Range<usize>> {
    let elements = markup::elements(source, framework.dialect()?)?;
    elements.into_iter().find(|element| element.name == name)?.body
}

fn unindented(text: &str, indent: &str) -> String {
    text.lines().map(|line| line.strip_prefix(indent).unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
