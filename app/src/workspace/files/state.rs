//! What the page knows of the files: the listing, what is unfolded, what is open.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::wire::{FileEntryJson, FileEntryKind};
use domain::{SessionId, WorkspacePath};
use futures::future::join_all;
use futures::lock::{Mutex, OwnedMutexGuard};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::naming::Naming;
use super::open_file::OpenFile;
use super::upload::Progress;
use crate::client::browser::after;
use crate::client::files::list;
use crate::wording::tree::{folders_to, parent};
use crate::workspace::desk::Desk;
use crate::workspace::memory::{keep, kept};

/// What changes in a burst is looked at once, this many milliseconds after it began.
const SETTLE_MS: i32 = 120;
/// What a terminal may have changed is looked at this often at most, in milliseconds.
const LEISURE_MS: i32 = 1_000;
/// So many files can be open at once.
const TABS_MAX: usize = 20;

/// The files of the page; copies are the same ones.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    /// Everything there is, as it was listed last.
    pub(crate) entries: RwSignal<Vec<FileEntryJson>>,
    /// Whether it was listed at all.
    pub(super) listed: RwSignal<bool>,
    /// Why it could not be listed.
    pub(super) failure: RwSignal<Option<String>>,
    /// Which folders are unfolded.
    pub(super) unfolded: RwSignal<BTreeSet<String>>,
    /// The line of the tree that the keyboard is on; none before somebody was there.
    pub(super) cursor: RwSignal<String>,
    /// What is being given a name.
    pub(super) naming: RwSignal<Option<Naming>>,
    /// The files that are open, in the order of their tabs.
    pub(super) tabs: RwSignal<Vec<OpenFile>>,
    /// Which of them is shown.
    pub(super) active: RwSignal<Option<u32>>,
    /// The upload that is under way.
    pub(super) uploading: RwSignal<Option<Progress>>,
    etag: StoredValue<Option<String>>,
    alone: StoredValue<Arc<Mutex<()>>>,
    /// Whether nobody looks at them any more, as they are about to go with their sandbox.
    given_up: StoredValue<bool>,
    opened: StoredValue<u32>,
    settling: StoredValue<bool>,
    at_leisure: StoredValue<bool>,
}

impl Files {
    pub(crate) fn new() -> Self {
        Self {
            entries: RwSignal::new(Vec::new()),
            listed: RwSignal::new(false),
            failure: RwSignal::new(None),
            unfolded: RwSignal::new(BTreeSet::from(["src".to_owned()])),
            cursor: RwSignal::new(String::new()),
            naming: RwSignal::new(None),
            tabs: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            uploading: RwSignal::new(None),
            etag: StoredValue::new(None),
            alone: StoredValue::new(Arc::default()),
            given_up: StoredValue::new(false),
            opened: StoredValue::new(0),
            settling: StoredValue::new(false),
            at_leisure: StoredValue::new(false),
        }
    }

    /// Looks again whenever something may have changed files, or somebody comes back to the page.
    pub(super) fn keep_true(self, desk: Desk) {
        Effect::new(move |_| {
            desk.session.touched.track();
            if desk.is_ready() {
                self.look_again_soon(desk);
            }
        });
        let handle = window_event_listener(ev::focus, move |_| {
            if untrack(|| desk.is_ready()) {
                self.look_again_soon(desk);
            }
        });
        on_cleanup(move || handle.remove());
        self.reopen(desk);
    }

    fn look_again_soon(self, desk: Desk) {
        self.look_again_once(desk, self.settling, SETTLE_MS);
    }

    /// Looks again when there was time for a program to do something.
    pub(crate) fn look_again_at_leisure(self, desk: Desk) {
        self.look_again_once(desk, self.at_leisure, LEISURE_MS);
    }

    fn look_again_once(self, desk: Desk, waiting: StoredValue<bool>, wait_ms: i32) {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        after(wait_ms, move || {
            waiting.set_value(false);
            if untrack(|| desk.is_ready()) {
                self.look_again(desk);
            }
        });
    }

    /// Lists the files again, and looks whether those that are open are still what is shown.
    pub(super) fn look_again(self, desk: Desk) {
        spawn_local(async move {
            let _alone = self.alone().await;
            if self.given_up.get_value() {
                return;
            }
            let known = self.etag.get_value();
            match list(desk.id, known.as_deref()).await {
                Ok(Some((entries, etag))) => {
                    self.entries.set(entries);
                    self.etag.set_value(etag);
                    self.listed.set(true);
                    self.failure.set(None);
                }
                Ok(None) => self.failure.set(None),
                Err(failure) => return self.failure.set(Some(failure.detail)),
            }
            let open = self.tabs.get_untracked();
            join_all(open.into_iter().map(|file| file.look_again(desk))).await;
        });
    }

    /// Waits until nobody looks at the files or moves any, and keeps others from it: who looked for a file while it gets another
    /// name would find it gone.
    pub(super) async fn alone(self) -> OwnedMutexGuard<()> {
        self.alone.get_value().lock_owned().await
    }

    /// Runs what ends the sandbox while nobody looks at its files; when that fails, they are looked at again.
    pub(crate) async fn give_up<E>(self, ending: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let _alone = self.alone().await;
        self.given_up.set_value(true);
        let ended = ending.await;
        self.given_up.set_value(ended.is_ok());
        ended
    }

    /// What a path leads to, as far as the page knows.
    pub(super) fn entry(self, path: &str) -> Option<FileEntryJson> {
        self.entries
            .with_untracked(|entries| entries.iter().find(|entry| entry.path.as_str() == path).cloned())
    }

    /// The folder that new files go to: the one that the keyboard is on, or in.
    pub(super) fn folder_in_focus(self) -> String {
        let cursor = self.cursor.get_untracked();
        match self.entry(&cursor) {
            Some(entry) if entry.kind == FileEntryKind::Directory => cursor,
            Some(_) | None => parent(&cursor).to_owned(),
        }
    }

    /// Begins to give a name.
    pub(super) fn name(self, naming: Naming) {
        if let Naming::New { folder } = &naming {
            self.unfold(folder);
        }
        self.naming.set(Some(naming));
    }

    /// Unfolds a folder, and those it lies in.
    pub(super) fn unfold(self, folder: &str) {
        if folder.is_empty() {
            return;
        }
        self.unfolded.update(|unfolded| {
            unfolded.extend(folders_to(folder).map(str::to_owned));
            unfolded.insert(folder.to_owned());
        });
    }

    /// Opens a file, or shows it if it is open.
    pub(crate) fn open(self, desk: Desk, path: &WorkspacePath) {
        let open = self.tabs.with_untracked(|tabs| {
            tabs.iter().find(|file| file.path.with_untracked(|open| open == path)).copied()
        });
        if let Some(file) = open {
            self.active.set(Some(file.number));
            return;
        }
        self.opened.update_value(|opened| *opened += 1);
        let file = OpenFile::new(self.opened.get_value(), path.clone());
        self.tabs.update(|tabs| {
            if tabs.len() == TABS_MAX {
                // The oldest one without unsaved changes makes room.
                if let Some(place) = tabs.iter().position(|file| !file.unsaved.get_untracked()) {
                    tabs.remove(place);
                }
            }
            tabs.push(file);
        });
        self.active.set(Some(file.number));
        file.load(desk);
        self.keep_tabs(desk.id);
    }

    /// Closes a file. Unsaved changes are kept in this tab of the browser, and come back when it is opened again.
    pub(super) fn close(self, desk: Desk, file: OpenFile) {
        let place = self.tabs.with_untracked(|tabs| tabs.iter().position(|open| open.number == file.number));
        self.tabs.update(|tabs| tabs.retain(|open| open.number != file.number));
        if self.active.get_untracked() == Some(file.number) {
            let next = self.tabs.with_untracked(|tabs| {
                let place = place.unwrap_or(0).min(tabs.len().saturating_sub(1));
                tabs.get(place).map(|file| file.number)
            });
            self.active.set(next);
        }
        if file.unsaved.get_untracked() {
            let path = file.path.get_untracked();
            let words = format!(
                "{} is closed. Its unsaved changes are kept as long as this tab is open.",
                path.file_name()
            );
            desk.toasts.offer_undo(words, Callback::new(move |()| self.open(desk, &path)));
        }
        self.keep_tabs(desk.id);
    }

    /// The file that is shown.
    pub(crate) fn shown(self) -> Option<OpenFile> {
        let active = self.active.get_untracked()?;
        self.tabs.with_untracked(|tabs| tabs.iter().find(|file| file.number == active).copied())
    }

    /// Open files follow what was moved; so does what is unfolded.
    pub(super) fn follow_move(self, desk: Desk, from: &str, to: &str) {
        for file in self.tabs.get_untracked() {
            file.follow_move(desk.id, from, to);
        }
        self.unfolded.update(|unfolded| {
            let moved: Vec<_> = unfolded.iter().filter_map(|path| moved(path, from, to)).collect();
            unfolded.extend(moved);
        });
        self.keep_tabs(desk.id);
    }

    fn keep_tabs(self, id: SessionId) {
        let paths: Vec<_> =
            self.tabs.with_untracked(|tabs| tabs.iter().map(|file| file.path.get_untracked()).collect());
        keep(&format!("{id}.open"), &serde_json::to_string(&paths).unwrap_or_default());
    }

    /// Opens what was open before the page was loaded again (F1).
    fn reopen(self, desk: Desk) {
        let paths = kept(&format!("{}.open", desk.id))
            .and_then(|text| serde_json::from_str::<Vec<WorkspacePath>>(&text).ok())
            .unwrap_or_default();
        for path in &paths {
            self.open(desk, path);
        }
    }
}

/// Where a path is after a file or folder was moved; `None` when it was not in it.
pub(super) fn moved(path: &str, from: &str, to: &str) -> Option<String> {
    let rest = path.strip_prefix(from)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::moved;

    /// D5: an open file goes with its folder, and not with one whose name begins the same way.
    #[test]
    fn what_lies_in_a_moved_folder_moves_with_it() {
        assert_eq!(moved("src/App.jsx", "src", "app").as_deref(), Some("app/App.jsx"));
        assert_eq!(moved("a.css", "a.css", "b.css").as_deref(), Some("b.css"));
        assert_eq!(moved("src2/App.jsx", "src", "app"), None);
    }
}
