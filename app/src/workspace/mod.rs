//! The workspace: chat, files, terminals and preview of one session, on a page of its own (D3 to D10).
//!
//! None of this is in what other pages load: it comes with the workspace's page. Editor and terminal are JavaScript of their own,
//! which comes when somebody opens a file or a terminal (`parts`). What the page shows is the fold of the session's journal;
//! what is in files is asked of the sandbox.

mod banners;
mod body;
mod chat;
mod desk;
mod download;
mod ended;
mod files;
mod header;
mod help;
mod history;
mod layout;
mod memory;
mod model;
mod parts;
mod preview;
mod queue;
mod separator;
mod share;
mod shortcuts;
mod terminals;
mod toasts;

use domain::SessionId;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlElement;

use body::WorkspaceBody;
use desk::Desk;

/// What the page gives the workspace.
#[derive(Clone, Copy)]
pub(crate) struct WorkspaceProps {
    /// Whose workspace.
    pub(crate) session_id: SessionId,
}

/// Puts the workspace into `place`, for as long as the page lives.
///
/// # Errors
/// [`SplitLoaderError`] when the code can't be loaded; calling again tries again.
#[wasm_split(workspace, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn mount_workspace(place: HtmlElement, props: WorkspaceProps) -> Result<(), SplitLoaderError> {
    let content = mount_to(place, move || {
        let desk = Desk::open(props);
        view! { <WorkspaceBody desk /> }
    });
    content.forget();
    Ok(())
}
