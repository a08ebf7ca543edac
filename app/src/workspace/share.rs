//! A link to the preview for somebody else, and taking it back (D7).

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::desk::Desk;
use crate::client::workspace::{revoke_shares, share};
use crate::components::icon::{Icon, IconView};

/// The button, and what it opens.
#[component]
pub(crate) fn Share(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let note = RwSignal::new(String::new());
    let make = move || {
        if busy.get_untracked() || link.with_untracked(Option::is_some) {
            return;
        }
        busy.set(true);
        note.set(String::new());
        spawn_local(async move {
            match share(desk.id).await {
                Ok(shared) => link.set(Some(shared.share_url)),
                Err(failure) => note.set(failure.detail),
            }
            busy.set(false);
        });
    };
    let revoke = move |_| {
        busy.set(true);
        spawn_local(async move {
            match revoke_shares(desk.id).await {
                Ok(()) => {
                    link.set(None);
                    note.set("No link works any more.".into());
                }
                Err(failure) => note.set(failure.detail),
            }
            busy.set(false);
        });
    };
    view! {
        <button
            type="button"
            class="button button-icon"
            aria-label="Share the preview"
            title="Share the preview"
            popovertarget="share"
            disabled=move || !desk.is_ready()
            on:click=move |_| make()
        >
            <IconView icon=Icon::Share />
        </button>
        <div id="share" class="popover" popover="auto" role="dialog" aria-label="Share the preview">
            <h2>"Share the preview"</h2>
            <p>"Whoever has the link sees the running app, as long as the sandbox lives. Nobody can change it."</p>
            <Show when=move || link.with(Option::is_some)>
                <LinkField desk link />
            </Show>
            <p role="status">{note}</p>
            <div class="popover-ways">
                <Show when=move || link.with(Option::is_none)>
                    <button
                        type="button"
                        class="button button-primary"
                        disabled=move || busy.get()
                        on:click=move |_| make()
                    >
                        "Make a link"
                    </button>
                </Show>
                <button type="button" class="button button-quiet" disabled=move || busy.get() on:click=revoke>
                    "Take all links back"
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn LinkField(desk: Desk, link: RwSignal<Option<String>>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copy = move |_| {
        let Some(text) = link.get_untracked() else { return };
        if let Some(field) = field.get_untracked() {
            field.select();
        }
        let copied = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            let words = match JsFuture::from(copied).await {
                Ok(_) => "The link is copied.",
                Err(_) => "The browser did not let us copy; the link is selected.",
            };
            desk.toasts.say(words);
        });
    };
    view! {
        <div class="popover-link">
            <input type="text" readonly aria-label="Link to the preview" prop:value=move || link.get() node_ref=field />
            <button type="button" class="button button-primary button-icon" aria-label="Copy the link" title="Copy the link" on:click=copy>
                <IconView icon=Icon::Copy />
            </button>
        </div>
    }
    .into_any()
}
