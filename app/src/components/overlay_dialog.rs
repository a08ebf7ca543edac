//! The dialog around the overlay, and the wait for the overlay's code.

use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::icon::{Icon, IconView};
use crate::overlay::{OverlayProps, mount_overlay};

/// How far the page is with loading the overlay's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loading {
    /// Nobody wanted it yet.
    Idle,
    /// It is on its way.
    UnderWay,
    /// It is here, and its content is in the dialog.
    Done,
    /// It could not be loaded; opening the overlay tries again.
    Failed,
}

/// The dialog. The browser makes the page behind it inert, keeps the focus inside and closes it on Esc.
///
/// It opens at once, whatever the network does; its content is loaded when somebody is about to want it.
#[component]
pub(crate) fn OverlayDialog(
    /// What the content needs.
    overlay: OverlayProps,
    /// Whether somebody is about to open it.
    wanted: RwSignal<bool>,
    /// Called after it was closed.
    left: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if overlay.open.get() && !dialog.open() {
            // It fails only for a dialog that is not in the document, and this one is.
            let _ = dialog.show_modal();
        }
    });

    let loading = RwSignal::new(Loading::Idle);
    let place = NodeRef::<html::Div>::new();
    // The content's signals and effects live as long as this component, whenever their code arrives.
    let owner = Owner::current();
    Effect::new(move |_| {
        let (opened, wanted) = (overlay.open.get(), wanted.get());
        let due = match loading.get_untracked() {
            Loading::Idle => opened || wanted,
            Loading::Failed => opened,
            Loading::UnderWay | Loading::Done => false,
        };
        if !due {
            return;
        }
        loading.set(Loading::UnderWay);
        if let (Some(owner), Some(place)) = (&owner, place.get_untracked()) {
            let load = async move {
                let loaded = mount_overlay(place.into(), overlay, close).await;
                loading.set(if loaded.is_ok() { Loading::Done } else { Loading::Failed });
            };
            spawn_local(owner.with(|| ScopedFuture::new_untracked(load)));
        }
    });
    view! {
        <dialog class="overlay" aria-label="Live demo" node_ref=dialog on:close=move |_| left.run(())>
            <div class="overlay-content" node_ref=place></div>
            <Show when=move || loading.get() != Loading::Done>
                <Waiting failed=Signal::derive(move || loading.get() == Loading::Failed) close />
            </Show>
        </dialog>
    }
    .into_any()
}

/// What the overlay shows while its code is on the way.
#[component]
fn Waiting(
    /// Whether it can't be loaded.
    failed: Signal<bool>,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let text = move || {
        if failed.get() {
            "The demo could not be loaded. Check your connection, close this and try again."
        } else {
            "Starting demo…"
        }
    };
    view! {
        <div class="overlay-frame">
            <header class="overlay-header">
                <span class="overlay-title">"Live demo"</span>
                <button
                    type="button"
                    class="button button-icon overlay-close"
                    aria-label="Close demo"
                    on:click=move |_| close.run(())
                >
                    <IconView icon=Icon::X />
                </button>
            </header>
            <p class="overlay-waiting" role="status">
                {text}
            </p>
        </div>
    }
}
