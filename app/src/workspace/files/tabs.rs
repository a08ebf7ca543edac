//! The open files as tabs, with what can be done to the one that is shown.

use domain::Doing;
use leptos::prelude::*;

use super::open_file::{OpenFile, Shown};
use crate::components::icon::{Icon, IconView};
use crate::workspace::desk::Desk;
use crate::workspace::parts::Editor;

/// The tabs.
#[component]
pub(super) fn FileTabs(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let files = desk.files;
    let shown = move || {
        let active = files.active.get();
        files.tabs.with(|tabs| tabs.iter().find(|file| Some(file.number) == active).copied())
    };
    let is_text = Memo::new(move |_| shown().is_some_and(|file| file.shown.get() == Shown::Text));
    let unsaved = Memo::new(move |_| shown().is_some_and(|file| file.unsaved.get()));
    let saving = Memo::new(move |_| shown().is_some_and(|file| file.saving.get()));
    let find = move |_| {
        if let Some(file) = files.shown() {
            file.editor.with_value(|editor| editor.as_ref().map(Editor::find));
        }
    };
    let save = move |_| {
        if let Some(file) = files.shown() {
            file.save(desk);
        }
    };
    view! {
        <div class="pane-bar file-bar">
            <button
                type="button"
                class="button button-icon narrow-only"
                aria-label="All files"
                title="All files"
                on:click=move |_| files.active.set(None)
            >
                <IconView icon=Icon::Folder />
            </button>
            <ul class="tabs" aria-label="Open files">
                <For each=move || files.tabs.get() key=|file| file.number let(file)>
                    <FileTab desk file />
                </For>
            </ul>
            <Show when=move || is_text.get()>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Find in the file"
                    title="Find in the file (Ctrl / ⌘ + F)"
                    on:click=find
                >
                    <IconView icon=Icon::Search />
                </button>
                <Show when=move || desk.may(Doing::WriteFiles)>
                    <button
                        type="button"
                        class="button button-icon"
                        aria-label="Save"
                        title="Save (Ctrl / ⌘ + S)"
                        disabled=move || !unsaved.get() || saving.get()
                        on:click=save
                    >
                        <IconView icon=Icon::Save />
                    </button>
                </Show>
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn FileTab(desk: Desk, file: OpenFile) -> impl IntoView {
    let files = desk.files;
    let is_shown = Memo::new(move |_| files.active.get() == Some(file.number));
    let name = move || file.path.with(|path| path.file_name().to_owned());
    view! {
        <li class="tab" class:is-shown=is_shown>
            <button
                type="button"
                class="tab-name"
                aria-current=move || is_shown.get().then_some("true")
                title=move || file.path.get().to_string()
                on:click=move |_| files.active.set(Some(file.number))
                on:auxclick=move |event| {
                    if event.button() == 1 {
                        files.close(desk, file);
                    }
                }
            >
                {name}
                <Show when=move || file.unsaved.get()>
                    <span class="unsaved-mark">
                        <span class="visually-hidden">", not saved"</span>
                    </span>
                </Show>
            </button>
            <button
                type="button"
                class="tab-close"
                aria-label=move || format!("Close {}", name())
                title="Close"
                on:click=move |_| files.close(desk, file)
            >
                <IconView icon=Icon::X />
            </button>
        </li>
    }
    .into_any()
}
