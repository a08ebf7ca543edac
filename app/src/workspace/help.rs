//! The sheet of keyboard shortcuts (D10).

use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use super::shortcuts::SHORTCUTS;
use crate::components::icon::{Icon, IconView};
use crate::components::theme_switch::ThemeSwitch;

/// The sheet.
#[component]
pub(crate) fn Help(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (desk.help.get(), dialog.open()) {
            // It fails only for a dialog that is not in the document, and this one is.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    let rows = SHORTCUTS.map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! {
            <div>
                <dt>{keys}</dt>
                <dd>{what}</dd>
            </div>
        }
    });
    view! {
        <dialog
            class="question help"
            aria-label="Keyboard shortcuts"
            node_ref=dialog
            on:close=move |_| desk.help.set(false)
        >
            <header>
                <h2>"Keyboard shortcuts"</h2>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Close"
                    title="Close"
                    on:click=move |_| desk.help.set(false)
                >
                    <IconView icon=Icon::X />
                </button>
            </header>
            <dl>{rows}</dl>
            <div class="help-theme">
                <span>"Theme"</span>
                <ThemeSwitch />
            </div>
        </dialog>
    }
    .into_any()
}
