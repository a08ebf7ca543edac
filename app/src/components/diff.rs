//! A unified diff, coloured, and readable without colours.

use leptos::prelude::*;

use crate::wording::diff::{Line, LineKind, is_cut, lines};

/// The diff of one file.
#[component]
pub(crate) fn Diff(
    /// A unified diff without file headers.
    diff: StoredValue<String>,
) -> impl IntoView {
    let drawn = diff.with_value(|diff| lines(diff).map(drawn).collect::<Vec<_>>());
    let cut = diff.with_value(|diff| is_cut(diff));
    view! {
        <div class="diff" tabindex="0" role="group" aria-label="Diff">
            <pre>{drawn}</pre>
            {cut.then_some("The rest is left out.")}
        </div>
    }
    .into_any()
}

fn drawn(line: Line<'_>) -> impl IntoView + use<> {
    let (class, marker) = match line.kind {
        LineKind::Place => ("diff-place", ""),
        LineKind::Added => ("diff-added", "+"),
        LineKind::Removed => ("diff-removed", "−"),
        LineKind::Context => ("diff-context", " "),
    };
    let text = format!("{}\n", line.text);
    view! { <span class=class data-marker=marker>{text}</span> }
}
