//! What is shown of one open file: an editor, a picture, or why neither.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::open_file::{OpenFile, Shown};
use crate::client::files::FILE_BYTES_MAX;
use crate::components::icon::{Icon, IconView};
use crate::wording::tree::size_text;
use crate::workspace::desk::Desk;
use crate::workspace::parts::{Comparison, Editor, EditorOptions};

/// One open file. It stays as it is while another one is shown.
#[component]
pub(super) fn EditorStage(
    /// The page.
    desk: Desk,
    /// Which file.
    file: OpenFile,
    /// Whether it may be changed.
    may_write: Memo<bool>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| desk.files.active.get() == Some(file.number));
    let content = move || match file.shown.get() {
        Shown::Text => view! { <TextEditor desk file may_write /> }.into_any(),
        Shown::Picture(src) => view! { <Picture file src /> }.into_any(),
        other => view! { <p class="pane-empty" role="status">{words(&other)}</p> }.into_any(),
    };
    view! {
        <div class="editor-stage" hidden=move || !is_shown.get()>
            <Overwritten desk file />
            {content}
        </div>
    }
    .into_any()
}

/// Why a file is not shown.
fn words(shown: &Shown) -> String {
    match shown {
        Shown::Text | Shown::Picture(_) | Shown::Loading => String::new(),
        Shown::Binary(bytes) => {
            format!("This file is no text. It has {}; the download contains it.", size_text(*bytes))
        }
        Shown::TooLarge(0) => {
            format!("This file is too large to show: up to {} are.", size_text(FILE_BYTES_MAX))
        }
        Shown::TooLarge(bytes) => format!(
            "This file has {}, too much to show: up to {} are. The terminal can read it.",
            size_text(*bytes),
            size_text(FILE_BYTES_MAX)
        ),
        Shown::Gone => "This file was deleted.".into(),
        Shown::Failed(why) => why.clone(),
    }
}

#[component]
fn TextEditor(desk: Desk, file: OpenFile, may_write: Memo<bool>) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let failed = RwSignal::new(false);
    let open = move || {
        let Some(place) = place.get_untracked() else { return };
        failed.set(false);
        spawn_local(async move {
            let path = file.path.get_untracked();
            let text = file.begin.get_value();
            let options =
                EditorOptions { path: path.as_str(), text: &text, read_only: !may_write.get_untracked() };
            let changed = move || file.changed(desk.id);
            match Editor::open(&place, options, changed, move || file.save(desk)).await {
                Ok(editor) => {
                    if desk.files.active.get_untracked() == Some(file.number) {
                        editor.focus();
                    }
                    file.editor.try_set_value(Some(editor));
                }
                Err(_) => failed.set(true),
            }
        });
    };
    place.on_load(move |_| open());
    on_cleanup(move || {
        if let Some(text) = file.text() {
            file.begin.set_value(text);
        }
        file.editor.set_value(None);
    });
    view! {
        <div class="editor-place" node_ref=place></div>
        <Show when=move || failed.get()>
            <div class="pane-empty" role="alert">
                <p>"The editor could not be loaded. Check your connection."</p>
                <button type="button" class="button button-quiet" on:click=move |_| open()>
                    "Try again"
                </button>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Picture(file: OpenFile, src: String) -> impl IntoView {
    view! {
        <div class="picture">
            <img src=src alt=move || file.path.with(|path| format!("The picture {path}")) />
        </div>
    }
    .into_any()
}

/// Says that somebody else changed a file with unsaved changes, and what can be done (F5).
#[component]
fn Overwritten(desk: Desk, file: OpenFile) -> impl IntoView {
    let differs = Memo::new(move |_| file.theirs.with(Option::is_some));
    let deleted = Memo::new(move |_| {
        file.theirs.with(|theirs| theirs.as_ref().is_some_and(|theirs| theirs.text.is_none()))
    });
    let comparing = RwSignal::new(false);
    Effect::new(move |_| {
        if !differs.get() {
            comparing.set(false);
        }
    });
    let words = move || match deleted.get() {
        true => "This file was deleted while you were changing it.",
        false => "This file was changed elsewhere while you were changing it.",
    };
    view! {
        <Show when=move || differs.get()>
            <div class="overwritten" role="alert">
                <IconView icon=Icon::CircleAlert />
                <p>{words}</p>
                <Show when=move || !deleted.get()>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        aria-pressed=move || comparing.get().to_string()
                        on:click=move |_| comparing.update(|comparing| *comparing = !*comparing)
                    >
                        "Show difference"
                    </button>
                </Show>
                <button type="button" class="button button-quiet button-small" on:click=move |_| file.keep_mine(desk)>
                    "Keep mine"
                </button>
                <button type="button" class="button button-quiet button-small" on:click=move |_| file.take_theirs(desk)>
                    "Take theirs"
                </button>
            </div>
        </Show>
        <Show when=move || comparing.get()>
            <Difference file />
        </Show>
    }
    .into_any()
}

/// Theirs, and what mine would make of it.
#[component]
fn Difference(file: OpenFile) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let comparison = StoredValue::new_local(None::<Comparison>);
    let path = file.path.get_untracked();
    let theirs = file.theirs.get_untracked().and_then(|theirs| theirs.text).unwrap_or_default();
    let mine = file.text().unwrap_or_default();
    place.on_load(move |place| {
        spawn_local(async move {
            if let Ok(opened) = Comparison::open(&place, path.as_str(), &theirs, &mine).await {
                comparison.try_set_value(Some(opened));
            }
        });
    });
    view! { <div class="difference" node_ref=place></div> }
}
