//! Prompts to begin or go on with, one tap each (A2, B3).

use leptos::prelude::*;

use crate::client::scene::Scene;
use crate::client::session::Session;
use crate::wording::steps::suggestions;

/// The chips above the composer, while something can be asked. A tap asks at once.
#[component]
pub(crate) fn Suggestions(
    /// The page's session.
    session: Session,
    /// What the page shows.
    scene: Memo<Scene>,
    /// What is offered: those among them that were not asked yet are shown.
    #[prop(into)]
    offered: Signal<Vec<String>>,
) -> impl IntoView {
    let chips = Memo::new(move |_| match scene.get() {
        Scene::Ready => session.view.with(|view| {
            view.as_ref().map(|view| offered.with(|offered| suggestions(view, offered))).unwrap_or_default()
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
    .into_any()
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
