//! What the browser remembers of workspaces: sizes for good, what is open and unsaved until the tab is closed.
//!
//! A browser that forbids storage forgets it all with the page; nothing else depends on it.

use web_sys::Storage;

/// What is remembered under a name, for all workspaces.
pub(crate) fn recall(name: &str) -> Option<String> {
    local()?.get_item(&key(name)).ok().flatten()
}

/// Remembers it.
pub(crate) fn remember(name: &str, value: &str) {
    let _ = local().map(|storage| storage.set_item(&key(name), value));
}

/// What this tab keeps under a name.
pub(crate) fn kept(name: &str) -> Option<String> {
    of_tab()?.get_item(&key(name)).ok().flatten()
}

/// Keeps it, as long as this tab is open: over a refresh, not beyond.
pub(crate) fn keep(name: &str, value: &str) {
    let _ = of_tab().map(|storage| storage.set_item(&key(name), value));
}

/// Keeps it no longer.
pub(crate) fn drop_kept(name: &str) {
    let _ = of_tab().map(|storage| storage.remove_item(&key(name)));
}

fn key(name: &str) -> String {
    format!("sandglass.workspace.{name}")
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn of_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
