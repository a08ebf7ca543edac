//! The top line: what this is and what it is not, the time left, and what can be done with the whole (D3).

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::download::DownloadButton;
use super::history::UndoButtons;
use super::share::Share;
use crate::client::workspace::end;
use crate::components::countdown::Countdown;
use crate::components::hourglass::Hourglass;
use crate::components::icon::{Icon, IconView};

/// From here on the countdown is drawn in amber, and the banner stands (D8), in milliseconds left.
pub(crate) const WARNING_MS: u64 = 300_000;

/// The header.
#[component]
pub(crate) fn WorkspaceHeader(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let living = Memo::new(move |_| desk.session.is_living());
    view! {
        <header class="workspace-header">
            <a class="workspace-home wide-only" href="/">
                "Sandglass"
            </a>
            <Show
                when=move || living.get()
                fallback=|| view! { <Hourglass left=0.0 /> }
            >
                <Countdown session=desk.session warning_ms=WARNING_MS />
            </Show>
            <h1 class="badge">"Sandbox"</h1>
            <p class="workspace-label">
                <span>"Sandbox — ephemeral, not connected to GitHub"</span>
                <span>"Nothing is committed unless you choose."</span>
            </p>
            <div class="workspace-actions">
                <UndoButtons desk />
                <Show when=move || !desk.has_ended()>
                    <button
                        type="button"
                        class="button button-icon wide-only"
                        aria-label="Show files and terminals"
                        title="Show files and terminals (Alt + 0)"
                        aria-pressed=move || desk.layout.code_open.get().to_string()
                        on:click=move |_| desk.layout.show_code(!desk.layout.code_open.get_untracked())
                    >
                        <IconView icon=Icon::Panes />
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button-icon wide-only"
                    aria-label="Keyboard shortcuts"
                    title="Keyboard shortcuts (?)"
                    on:click=move |_| desk.help.set(true)
                >
                    <IconView icon=Icon::Question />
                </button>
                <Share desk />
                <EndButton desk />
                <DownloadButton desk folds=true />
            </div>
        </header>
    }
    .into_any()
}

/// Ends the sandbox, after asking: what is in it can't come back.
#[component]
fn EndButton(desk: Desk) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let busy = RwSignal::new(false);
    // A toast would lie behind the question.
    let refused = RwSignal::new(None::<String>);
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let ask = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // It fails only for a dialog that is not in the document, and this one is.
            let _ = dialog.show_modal();
        }
    };
    let confirm = move |_| {
        busy.set(true);
        spawn_local(async move {
            // That it ended comes as an event.
            if let Err(failure) = desk.files.give_up(end(desk.id)).await {
                desk.toasts.fail("The sandbox could not be ended.", &failure);
            }
            busy.set(false);
            close();
        });
    };
    view! {
        <button
            type="button"
            class="button button-icon"
            aria-label="End the sandbox"
            title="End the sandbox"
            disabled=move || !desk.session.is_living()
            on:click=ask
        >
            <IconView icon=Icon::Power />
        </button>
        <dialog class="question" aria-label="End the sandbox" node_ref=dialog>
            <h2>"End this sandbox?"</h2>
            <p>"Its files are gone then, for good. The conversation and what was changed stay readable for a day."</p>
            <div class="question-ways">
                <button type="button" class="button button-quiet" on:click=move |_| close()>
                    "Keep it"
                </button>
                <DownloadButton desk refused />
                <button type="button" class="button button-primary" disabled=move || busy.get() on:click=confirm>
                    "End it"
                </button>
            </div>
            <p class="question-refused" role="status">{refused}</p>
        </dialog>
    }
    .into_any()
}
