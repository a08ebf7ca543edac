//! Prompts that wait for their turn, to be edited or taken out; once the session has ended, what was not worked on (G3).

use domain::QueuedPrompt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::client::workspace::{edit_queued, remove_queued};
use crate::components::icon::{Icon, IconView};

/// The waiting prompts, the next one first.
#[component]
pub(crate) fn Queue(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let session = desk.session;
    let waiting = Memo::new(move |_| {
        session.view.with(|view| view.as_ref().map(|view| view.queue.clone()).unwrap_or_default())
    });
    let title = move || if desk.has_ended() { "Not worked on: the sandbox ended first" } else { "Next" };
    view! {
        <Show when=move || waiting.with(|waiting| !waiting.is_empty())>
            <section class="queue" aria-label="Waiting prompts">
                <h3 class="queue-title">{title}</h3>
                <ol class="queue-list">
                    <For
                        each=move || waiting.get()
                        key=|waiting| (waiting.prompt_id, waiting.text.clone())
                        let(waiting)
                    >
                        <QueueItem desk waiting />
                    </For>
                </ol>
            </section>
        </Show>
    }
    .into_any()
}

/// One of them.
#[component]
fn QueueItem(desk: Desk, waiting: QueuedPrompt) -> impl IntoView {
    let QueuedPrompt { prompt_id, text } = waiting;
    let editing = RwSignal::new(None::<String>);
    let text = StoredValue::new(text);
    let save = move || {
        let Some(changed) = editing.get_untracked() else { return };
        spawn_local(async move {
            match edit_queued(desk.id, prompt_id, changed).await {
                Ok(()) => editing.set(None),
                Err(failure) => desk.toasts.fail("The prompt could not be changed.", &failure),
            }
        });
    };
    let remove = move |_| {
        spawn_local(async move {
            // That it is out comes as an event.
            if let Err(failure) = remove_queued(desk.id, prompt_id).await {
                desk.toasts.fail("The prompt could not be taken out.", &failure);
            }
        });
    };
    let shown = move || {
        view! {
            <span class="queue-text">{text.get_value()}</span>
            <Show when=move || !desk.has_ended()>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Edit waiting prompt"
                    title="Edit"
                    on:click=move |_| editing.set(Some(text.get_value()))
                >
                    <IconView icon=Icon::FilePenLine />
                </button>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Remove waiting prompt"
                    title="Remove"
                    on:click=remove
                >
                    <IconView icon=Icon::X />
                </button>
            </Show>
        }
    };
    view! {
        <li class="queue-item">
            <Show when=move || editing.with(Option::is_some) fallback=shown>
                <form
                    class="queue-form"
                    on:submit=move |event| {
                        event.prevent_default();
                        save();
                    }
                >
                    <input
                        type="text"
                        class="queue-field"
                        aria-label="Waiting prompt"
                        prop:value=move || editing.get().unwrap_or_default()
                        on:input:target=move |event| editing.set(Some(event.target().value()))
                    />
                    <button type="submit" class="button button-small">
                        "Save"
                    </button>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        on:click=move |_| editing.set(None)
                    >
                        "Cancel"
                    </button>
                </form>
            </Show>
        </li>
    }
    .into_any()
}
