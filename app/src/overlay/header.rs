//! The overlay's top line: time left, prompts left, sign-up, close (A2).

use leptos::html;
use leptos::prelude::*;

use crate::DemoFacts;
use crate::client::browser::has_fine_pointer;
use crate::client::scene::Scene;
use crate::client::session::Session;
use crate::components::countdown::Countdown;
use crate::components::icon::{Icon, IconView};
use crate::wording::waiting::prompts_left;

/// From here on the countdown is drawn in amber, in milliseconds left.
const WARNING_MS: u64 = 60_000;

/// The overlay's header.
#[component]
pub(crate) fn OverlayHeader(
    /// The page's session.
    session: Session,
    /// What the overlay shows.
    scene: Memo<Scene>,
    /// The demo's limits.
    facts: StoredValue<DemoFacts>,
    /// Whether the overlay is open.
    open: RwSignal<bool>,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let left = Memo::new(move |_| {
        let left = session.view.with(|view| view.as_ref().map(|view| view.prompts_remaining()));
        prompts_left(left.unwrap_or_else(|| facts.with_value(|facts| facts.prompts_max)))
    });
    let assumed_ms = facts.with_value(|facts| u64::from(facts.minutes) * 60_000);
    let counts = Memo::new(move |_| !matches!(scene.get(), Scene::Refused(_) | Scene::Ended(_)));
    let close_button = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        // With a mouse the composer takes the focus; on a phone that would raise the keyboard over the preview.
        if let Some(button) = close_button.get().filter(|_| open.get() && !has_fine_pointer()) {
            let _ = button.focus();
        }
    });
    view! {
        <header class="overlay-header">
            <Show when=move || !counts.get()>
                <span class="overlay-title">"Live demo"</span>
            </Show>
            <Show when=move || counts.get()>
                <Countdown session warning_ms=WARNING_MS assumed_ms />
                <span class="prompts-left">{left}</span>
            </Show>
            <a
                class="button button-quiet overlay-signup"
                href=move || session.sign_up_page()
                target="_blank"
                rel="noopener"
            >
                <span>"Sign up"<span class="wide-only">" to keep building"</span></span>
            </a>
            <button
                type="button"
                class="button button-icon overlay-close"
                aria-label="Close demo"
                title="Close demo"
                node_ref=close_button
                on:click=move |_| close.run(())
            >
                <IconView icon=Icon::X />
            </button>
        </header>
    }
}
