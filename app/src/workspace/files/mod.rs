//! The files: a tree, and an editor with those that are open (D5).

mod actions;
mod editor;
mod naming;
mod open_file;
mod state;
mod tabs;
mod tree;
mod upload;

use domain::Doing;
use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use super::separator::{Separator, Sizes};
use crate::components::icon::{Icon, IconView};
use editor::EditorStage;
use naming::Naming;
pub(crate) use state::Files;
use tabs::FileTabs;
use tree::Tree;
use upload::{UploadProgress, upload};

/// Tree and editor.
#[component]
pub(crate) fn FilesPane(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    desk.files.keep_true(desk);
    let files = desk.files;
    let over = RwSignal::new(false);
    let may_write = Memo::new(move |_| desk.is_ready() && desk.may(Doing::WriteFiles));
    let drop_files = move |event: leptos::ev::DragEvent| {
        over.set(false);
        let Some(list) = event.data_transfer().and_then(|data| data.files()) else { return };
        if list.length() > 0 && may_write.get_untracked() {
            event.prevent_default();
            upload(desk, &list);
        }
    };
    let has_open = Memo::new(move |_| files.tabs.with(|tabs| !tabs.is_empty()));
    view! {
        <section
            class="files"
            class:is-over=over
            class:has-open=move || files.active.get().is_some()
            aria-label="Files"
            on:dragover=move |event| {
                if may_write.get_untracked() {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=drop_files
        >
            <div class="tree-side">
                <TreeBar desk may_write />
                <UploadProgress files />
                <Tree desk may_write />
            </div>
            <div class="between-tree">
                <Separator size=desk.layout.tree sizes=Sizes::Left label="Resize the file tree" />
            </div>
            <div class="editor-side">
                <Show
                    when=move || has_open.get()
                    fallback=|| view! { <p class="pane-empty">"Choose a file to read or change it."</p> }
                >
                    <FileTabs desk />
                    <For each=move || files.tabs.get() key=|file| file.number let(file)>
                        <EditorStage desk file may_write />
                    </For>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// What can be done in the tree as a whole.
#[component]
fn TreeBar(desk: Desk, may_write: Memo<bool>) -> impl IntoView {
    let files = desk.files;
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |_| {
        let Some(chooser) = chooser.get_untracked() else { return };
        if let Some(list) = chooser.files() {
            upload(desk, &list);
        }
        // The same file can be chosen again.
        chooser.set_value("");
    };
    view! {
        <div class="pane-bar">
            <h2>"Files"</h2>
            <Show when=move || may_write.get()>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="New file"
                    title="New file"
                    on:click=move |_| files.name(Naming::New { folder: files.folder_in_focus() })
                >
                    <IconView icon=Icon::FilePlus />
                </button>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Upload files"
                    title="Upload files, or drop them here"
                    on:click=choose
                >
                    <IconView icon=Icon::Upload />
                </button>
                <input type="file" multiple hidden aria-label="Files to upload" node_ref=chooser on:change=chosen />
            </Show>
        </div>
    }
    .into_any()
}
