//! Prompts to begin with, one tap each (A2).

use leptos::prelude::*;

use crate::DemoFacts;
use crate::client::scene::Scene;
use crate::client::session::Session;
use crate::wording::steps::suggestions;

/// The chips above the composer. A tap asks at once.
#[component]
pub(crate) fn Suggestions(
    /// The page's session.
    session: Session,
    /// What the overlay shows.
    scene: Memo<Scene>,
    /// The demo's suggestions.
    facts: StoredValue<DemoFacts>,
) -> impl IntoView {
    let chips = Memo::new(move |_| match scene.get() {
        Scene::Ready => session.view.with(|view| {
            view.as_ref()
                .map(|view| facts.with_value(|facts| suggestions(view, &facts.chips)))
                .unwrap_or_default()
        }),
        Scene::Opening | Scene::Starting | Scene::Ended(_) | Scene::Refused(_) => Vec::new(),
    });
    view! {
        <Show when=move || chips.with(|chips| !chips.is_empty())>
            <ul class="suggestions" aria-label="Suggestions">
                <For each=move || chips.get() key=Clone::clone let(chip)>
                    <li>
                        <Chip session chip />
                    </li>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Chip(session: Session, chip: String) -> impl IntoView {
    let text = chip.clone();
    view! {
        <button
            type="button"
            class="chip"
            disabled=move || session.sending.get()
            on:click=move |_| session.prompt(&text)
        >
            {chip}
        </button>
    }
}
