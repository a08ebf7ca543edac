//! The live demo's overlay: header with the countdown, the agent's steps, the composer, the preview (A2).
//!
//! None of this is in what the landing page loads: it comes when somebody is about to open the overlay.

mod composer;
mod ended;
mod focus_guard;
mod header;
mod overlay_body;
mod preview;
mod replay;
mod steps;

use domain::SessionId;
use domain::wire::Availability;
use leptos::either::Either;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlElement;

use crate::DemoFacts;
use crate::client::session::Session;
use overlay_body::OverlayBody;
use replay::Replay;

/// What the page gives the overlay.
#[derive(Clone, Copy)]
pub(crate) struct OverlayProps {
    /// The page's session.
    pub(crate) session: Session,
    /// The demo's limits and suggestions.
    pub(crate) facts: StoredValue<DemoFacts>,
    /// What the server offers now.
    pub(crate) offered: RwSignal<Availability>,
    /// Whether the overlay is open.
    pub(crate) open: RwSignal<bool>,
    /// Whether it shows the recording instead of a sandbox.
    pub(crate) watching: RwSignal<bool>,
    /// The living session that this visitor held when the page was rendered.
    pub(crate) held: Option<SessionId>,
    /// Called once that session is taken up.
    pub(crate) resumed: Callback<()>,
}

/// Puts the overlay's content into `place`, for as long as the page lives.
///
/// Everything reachable only from here is split off into a file of its own and loaded by the first call; `#[lazy]` would do
/// the same, but ends the whole page when the file can't be loaded. It is mounted, not returned as a view: a view that an
/// island shows brings the code to hydrate it along, and this one is never rendered by the server.
///
/// # Errors
/// [`SplitLoaderError`] when the code can't be loaded; calling again tries again.
#[wasm_split(overlay, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn mount_overlay(
    place: HtmlElement,
    overlay: OverlayProps,
    close: Callback<()>,
) -> Result<(), SplitLoaderError> {
    let content = mount_to(place, move || {
        overlay.session.attend();
        if let Some(id) = overlay.held {
            overlay.session.resume(id);
            overlay.resumed.run(());
        }
        move || match overlay.watching.get() {
            true => Either::Left(view! { <Replay overlay close /> }),
            false => Either::Right(view! { <OverlayBody overlay close /> }),
        }
    });
    content.forget();
    Ok(())
}
