//! The file tree, after the ARIA pattern for trees: one line is reached by Tab, the others by arrows (D5, D10).

use leptos::ev;
use leptos::prelude::*;

use super::actions::delete;
use super::naming::{NameField, Naming};
use crate::components::icon::{Icon, IconView};
use crate::wording::tree::{Row, parent, rows};
use crate::workspace::desk::Desk;
use crate::workspace::shortcuts::focus;

/// The tree.
#[component]
pub(super) fn Tree(
    /// The page.
    desk: Desk,
    /// Whether files may be changed.
    may_write: Memo<bool>,
) -> impl IntoView {
    let files = desk.files;
    let shown = Memo::new(move |_| {
        files.entries.with(|entries| files.unfolded.with(|unfolded| rows(entries, unfolded)))
    });
    // Tab must lead somewhere, also when nobody was in the tree yet or the line they were on is gone.
    let stop = Memo::new(move |_| {
        shown.with(|rows| {
            let here = files.cursor.with(|cursor| rows.iter().find(|row| row.path == *cursor));
            here.or(rows.first()).map(|row| row.path.clone())
        })
    });
    let empty = Memo::new(move |_| files.listed.get() && shown.with(Vec::is_empty));
    let new_at_top = move || match files.naming.get() {
        Some(Naming::New { folder }) if folder.is_empty() => Some(Naming::New { folder }),
        Some(_) | None => None,
    };
    view! {
        <div
            class="tree"
            role="tree"
            aria-label="Files"
            on:keydown=move |event| {
                if shown.with_untracked(|rows| press(desk, rows, &event, may_write.get_untracked())) {
                    event.prevent_default();
                }
            }
        >
            {move || new_at_top().map(|naming| view! { <NameField desk naming /> })}
            // A line stays the same one, and keeps the focus, while its folder is unfolded or its neighbours change.
            <For each=move || shown.get() key=|row| (row.path.clone(), row.level, row.folder.is_some(), row.plain) let(row)>
                <TreeLine desk row shown stop may_write />
            </For>
        </div>
        <Show when=move || empty.get() && files.naming.with(Option::is_none)>
            <p class="pane-empty">"There are no files yet. Ask the agent, make one, or drop some here."</p>
        </Show>
        <p class="pane-empty" role="alert">{files.failure}</p>
    }
    .into_any()
}

#[component]
fn TreeLine(
    desk: Desk,
    row: Row,
    shown: Memo<Vec<Row>>,
    stop: Memo<Option<String>>,
    may_write: Memo<bool>,
) -> impl IntoView {
    let files = desk.files;
    let name = row.name().to_owned();
    let (level, plain) = (row.level, row.plain);
    let path = StoredValue::new(row.path.clone());
    let now = Memo::new(move |before: Option<&Row>| {
        let found =
            shown.with(|rows| path.with_value(|path| rows.iter().find(|row| row.path == *path).cloned()));
        found.or_else(|| before.cloned()).unwrap_or_else(|| row.clone())
    });
    let is_stop = Memo::new(move |_| stop.with(|stop| path.with_value(|path| stop.as_ref() == Some(path))));
    let is_open = Memo::new(move |_| {
        let active = files.active.get();
        files.tabs.with(|tabs| {
            let shown = tabs.iter().find(|file| Some(file.number) == active);
            shown.is_some_and(|file| file.path.with(|open| path.with_value(|path| open.as_str() == path)))
        })
    });
    let renaming = Memo::new(move |_| {
        files.naming.with(|naming| *naming == Some(Naming::Rename { path: path.get_value() }))
    });
    let new_inside = move || {
        let inside = Naming::New { folder: path.get_value() };
        files.naming.with(|naming| naming.as_ref() == Some(&inside)).then_some(inside)
    };
    let icon = move || match now.with(|row| row.folder) {
        Some(true) => Icon::FolderOpen,
        Some(false) => Icon::Folder,
        None => Icon::File,
    };
    view! {
        <div
            class="tree-line"
            class:is-open=is_open
            class:is-odd=!plain
            role="treeitem"
            attr:aria-level=level.to_string()
            attr:aria-setsize=move || now.with(|row| row.place.1.to_string())
            attr:aria-posinset=move || now.with(|row| row.place.0.to_string())
            aria-expanded=move || now.with(|row| row.folder.map(|open| open.to_string()))
            aria-selected=move || is_open.get().to_string()
            aria-label=name.clone()
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            style:--level=level.to_string()
            on:focus=move |_| files.cursor.set(path.get_value())
            on:click=move |_| {
                files.cursor.set(path.get_value());
                choose(desk, &now.get_untracked());
            }
        >
            {move || view! { <IconView icon=icon() /> }}
            <Show
                when=move || renaming.get()
                fallback={
                    let name = name.clone();
                    move || view! { <span class="tree-name">{name.clone()}</span> }
                }
            >
                <NameField desk naming=Naming::Rename { path: path.get_value() } />
            </Show>
            <Show when=move || may_write.get() && !renaming.get()>
                <LineActions desk path />
            </Show>
        </div>
        {move || new_inside().map(|naming| view! { <NameField desk naming /> })}
    }
    .into_any()
}

/// Rename and delete, for the pointer; keys do the same (F2, Delete).
#[component]
fn LineActions(desk: Desk, path: StoredValue<String>) -> impl IntoView {
    let name = path.with_value(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
    view! {
        <span class="tree-actions">
            <button
                type="button"
                tabindex="-1"
                aria-label=format!("Rename {name}")
                title="Rename (F2)"
                on:click=move |event| {
                    event.stop_propagation();
                    desk.files.name(Naming::Rename { path: path.get_value() });
                }
            >
                <IconView icon=Icon::Pencil />
            </button>
            <button
                type="button"
                tabindex="-1"
                aria-label=format!("Delete {name}")
                title="Delete"
                on:click=move |event| {
                    event.stop_propagation();
                    path.with_value(|path| delete(desk, path));
                }
            >
                <IconView icon=Icon::Trash />
            </button>
        </span>
    }
    .into_any()
}

/// Unfolds or folds a folder, opens a file.
fn choose(desk: Desk, row: &Row) {
    match row.folder {
        Some(true) => desk.files.unfolded.update(|unfolded| {
            unfolded.remove(&row.path);
        }),
        Some(false) => desk.files.unfold(&row.path),
        None if row.plain => {
            if let Ok(path) = row.path.parse() {
                desk.files.open(desk, &path);
            }
        }
        None => desk.toasts.refuse(format!("{} is a link or a device, and not opened.", row.name())),
    }
}

/// Does what a key asks for; gives back whether it asked for anything.
fn press(desk: Desk, rows: &[Row], event: &ev::KeyboardEvent, may_write: bool) -> bool {
    let files = desk.files;
    let cursor = files.cursor.get_untracked();
    let Some(here) = rows.iter().position(|row| row.path == cursor) else { return false };
    let row = &rows[here];
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    match event.key().as_str() {
        _ if modified => return false,
        "Enter" | " " => choose(desk, row),
        "ArrowRight" if row.folder == Some(false) => files.unfold(&row.path),
        "ArrowLeft" if row.folder == Some(true) => choose(desk, row),
        "F2" if may_write => files.name(Naming::Rename { path: row.path.clone() }),
        "Delete" if may_write => delete(desk, &row.path),
        key => {
            let Some(there) = next(rows, here, key) else { return false };
            files.cursor.set(there.to_owned());
            focus("[role=tree] [tabindex='0']");
        }
    }
    true
}

/// The line that a key leads to from line `here`. A letter leads to the next name that begins with it.
fn next<'a>(rows: &'a [Row], here: usize, key: &str) -> Option<&'a str> {
    let row = &rows[here];
    let there = match key {
        "ArrowDown" => rows.get(here + 1),
        "ArrowUp" => here.checked_sub(1).and_then(|above| rows.get(above)),
        "Home" => rows.first(),
        "End" => rows.last(),
        "ArrowRight" if row.folder == Some(true) => {
            rows.get(here + 1).filter(|below| below.level > row.level)
        }
        "ArrowLeft" => rows.iter().find(|other| other.path == parent(&row.path)),
        letter if letter.chars().count() == 1 => {
            let letter = letter.to_lowercase();
            let after = rows[here + 1..].iter().chain(&rows[..here]);
            after.into_iter().find(|other| other.name().to_lowercase().starts_with(&letter))
        }
        _ => None,
    };
    there.map(|row| row.path.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, folder: Option<bool>) -> Row {
        let level = path.matches('/').count() + 1;
        Row { path: path.into(), level, folder, plain: true, place: (1, 1) }
    }

    /// D10
    #[test]
    fn arrows_and_letters_walk_through_the_tree() {
        let rows = [
            row("src", Some(true)),
            row("src/App.jsx", None),
            row("src/main.jsx", None),
            row("index.html", None),
        ];
        assert_eq!(next(&rows, 0, "ArrowDown"), Some("src/App.jsx"));
        assert_eq!(next(&rows, 0, "ArrowUp"), None);
        assert_eq!(next(&rows, 0, "ArrowRight"), Some("src/App.jsx"));
        assert_eq!(next(&rows, 2, "ArrowLeft"), Some("src"));
        assert_eq!(next(&rows, 3, "ArrowLeft"), None);
        assert_eq!(next(&rows, 1, "End"), Some("index.html"));
        assert_eq!(next(&rows, 0, "m"), Some("src/main.jsx"));
        assert_eq!(next(&rows, 3, "S"), Some("src"));
        assert_eq!(next(&rows, 0, "Tab"), None);
    }
}
