//! The versions of the workspace: what each changed, bringing one back, undo and redo (D5).

use domain::wire::FileTouched;
use domain::{Doing, FileChange, VersionCause, VersionView, WorkspacePath};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::client::workspace::{restore, version_diff};
use crate::components::diff::Diff;
use crate::components::icon::{Icon, IconView};
use crate::wording::steps::verb;
use crate::wording::versions::{Steps, extent, steps, title};

/// Where undo and redo lead now.
fn steps_of(desk: Desk) -> Steps {
    let edited = desk.session.edited.get();
    desk.session.view.with(|view| view.as_ref().map(|view| steps(&view.versions, edited)).unwrap_or_default())
}

/// One version back.
pub(crate) fn undo(desk: Desk) {
    if let Some(version) = untrack(|| steps_of(desk)).undo {
        bring_back(desk, version, None);
    }
}

/// One version forth.
pub(crate) fn redo(desk: Desk) {
    if let Some(version) = untrack(|| steps_of(desk)).redo {
        bring_back(desk, version, None);
    }
}

/// Brings a version back, or one file of it. Nothing is asked first: it makes a version, and undo leads back.
fn bring_back(desk: Desk, version: u32, path: Option<WorkspacePath>) {
    spawn_local(async move {
        match restore(desk.id, version, path.as_ref()).await {
            Ok(()) => {
                let what = match path {
                    Some(path) => format!("{path} is as it was in version {version}."),
                    None => format!("The files are as they were in version {version}."),
                };
                desk.toasts.offer_undo(what, Callback::new(move |()| undo(desk)));
            }
            Err(failure) => desk.toasts.fail("The version could not be brought back.", &failure),
        }
    });
}

/// Undo and redo, for the header.
#[component]
pub(crate) fn UndoButtons(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let now = Memo::new(move |_| steps_of(desk));
    let may = move || desk.is_ready() && desk.may(Doing::Restore);
    view! {
        <button
            type="button"
            class="button button-icon"
            aria-label="Undo"
            title="Undo: one version back (Alt + Z)"
            disabled=move || now.get().undo.is_none() || !may()
            on:click=move |_| undo(desk)
        >
            <IconView icon=Icon::Undo />
        </button>
        <button
            type="button"
            class="button button-icon"
            aria-label="Redo"
            title="Redo: one version forth (Alt + Shift + Z)"
            disabled=move || now.get().redo.is_none() || !may()
            on:click=move |_| redo(desk)
        >
            <IconView icon=Icon::Redo />
        </button>
    }
    .into_any()
}

/// The list, newest first.
#[component]
pub(crate) fn History(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let versions = Memo::new(move |_| {
        desk.session.view.with(|view| {
            view.as_ref()
                .map(|view| view.versions.iter().rev().cloned().collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    view! {
        <div class="history" tabindex="0" role="region" aria-label="Versions">
            <Show when=move || versions.with(Vec::is_empty)>
                <p class="pane-empty">"Each prompt that changes files keeps a version here. You can look at it and bring it back."</p>
            </Show>
            <ol>
                <For each=move || versions.get() key=|version| version.version.version let(version)>
                    <Entry desk version />
                </For>
            </ol>
        </div>
    }
    .into_any()
}

#[component]
fn Entry(desk: Desk, version: VersionView) -> impl IntoView {
    let number = version.version.version;
    let opened = RwSignal::new(false);
    let words = desk
        .session
        .view
        .with_untracked(|view| title(&version, view.as_ref().map_or(&[][..], |view| &view.prompts)));
    let extent = extent(&version);
    let at = StoredValue::new(version.at.to_string());
    let is_newest = Memo::new(move |_| {
        desk.session.view.with(|view| {
            view.as_ref()
                .and_then(|view| view.versions.last())
                .is_some_and(|last| last.version.version == number)
        })
    });
    let may_restore = Memo::new(move |_| {
        let changed = !is_newest.get() || desk.session.edited.get();
        desk.is_ready() && desk.may(Doing::Restore) && changed
    });
    let is_start = version.version.cause == VersionCause::Start;
    let files = StoredValue::new(version.version.files);
    view! {
        <li class="version" class:is-newest=is_newest>
            <details on:toggle=move |_| opened.set(true)>
                <summary>
                    <span class="version-number">{number}</span>
                    <span class="version-words">
                        <span class="version-title">{words}</span>
                        <span class="version-extent">
                            {extent} " · " <time datetime=at.get_value()>{clock(&at.get_value())}</time>
                        </span>
                    </span>
                    <IconView icon=Icon::ChevronRight />
                </summary>
                <div class="version-body">
                    <Show when=move || opened.get()>
                        <Changes desk number files is_newest is_start may_restore />
                    </Show>
                    <Show when=move || may_restore.get()>
                        <button
                            type="button"
                            class="button button-quiet button-small"
                            on:click=move |_| bring_back(desk, number, None)
                        >
                            <IconView icon=Icon::Undo />
                            "Bring this version back"
                        </button>
                    </Show>
                </div>
            </details>
        </li>
    }
    .into_any()
}

/// `14:05`, in the browser's time zone.
fn clock(rfc3339: &str) -> String {
    let date = js_sys::Date::new(&rfc3339.into());
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// What a version changed, or what changed since.
#[component]
fn Changes(
    desk: Desk,
    number: u32,
    files: StoredValue<Vec<FileTouched>>,
    is_newest: Memo<bool>,
    is_start: bool,
    may_restore: Memo<bool>,
) -> impl IntoView {
    let since = RwSignal::new(is_start);
    let shown = RwSignal::new(None::<Result<Vec<FileChange>, String>>);
    let newest = move || {
        desk.session.view.with_untracked(|view| {
            view.as_ref().and_then(|view| view.versions.last()).map_or(number, |last| last.version.version)
        })
    };
    Effect::new(move |_| {
        let (version, from) = if since.get() { (newest(), Some(number)) } else { (number, None) };
        shown.set(None);
        spawn_local(async move {
            let answer = version_diff(desk.id, version, from).await;
            shown.set(Some(answer.map_err(|failure| failure.detail)));
        });
    });
    let choice = move |label: &'static str, of_since: bool| {
        view! {
            <button
                type="button"
                aria-pressed=move || (since.get() == of_since).to_string()
                on:click=move |_| since.set(of_since)
            >
                {label}
            </button>
        }
    };
    view! {
        <Show when=move || !is_start && !is_newest.get()>
            <div class="compare" role="group" aria-label="Compare">
                {choice("What it changed", false)}
                {choice("What changed since", true)}
            </div>
        </Show>
        {move || match shown.get() {
            None => view! { <p class="small-print">{waiting_words(files)}</p> }.into_any(),
            Some(Err(why)) => view! { <p class="small-print" role="alert">{why}</p> }.into_any(),
            Some(Ok(changes)) if changes.is_empty() => {
                view! { <p class="small-print">"No difference."</p> }.into_any()
            }
            Some(Ok(changes)) => {
                let changes = changes.into_iter().map(|change| view! { <FileDiff desk number change may_restore /> });
                view! { <ul class="version-files">{changes.collect_view()}</ul> }.into_any()
            }
        }}
    }
    .into_any()
}

/// What is known before the differences have arrived.
fn waiting_words(files: StoredValue<Vec<FileTouched>>) -> String {
    let names: Vec<_> = files.with_value(|files| files.iter().map(|file| file.path.to_string()).collect());
    names.join(", ")
}

#[component]
fn FileDiff(desk: Desk, number: u32, change: FileChange, may_restore: Memo<bool>) -> impl IntoView {
    let path = StoredValue::new(change.path.clone());
    let has_diff = !change.diff.is_empty();
    let diff = StoredValue::new(change.diff);
    view! {
        <li>
            <p class="version-file">
                <span>{verb(change.action)} " " <code>{change.path.to_string()}</code></span>
                <Show when=move || may_restore.get()>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        on:click=move |_| bring_back(desk, number, Some(path.get_value()))
                    >
                        "Bring this file back"
                    </button>
                </Show>
            </p>
            {has_diff.then(|| view! { <Diff diff /> })}
        </li>
    }
    .into_any()
}
