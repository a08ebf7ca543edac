//! The download button of header and banner (D9).

use leptos::prelude::*;

use super::desk::Desk;
use crate::client::archive::{Archive, download};
use crate::components::icon::{Icon, IconView};

/// A button that downloads the files, once there is a sandbox. What hinders it is said in a toast.
#[component]
pub(crate) fn DownloadButton(
    /// The page.
    desk: Desk,
    /// Whether its text gives way to the icon on narrow screens.
    #[prop(optional)]
    folds: bool,
) -> impl IntoView {
    let archive = RwSignal::new(Archive::Idle);
    Effect::new(move |_| {
        if let Archive::Refused(why) = archive.get() {
            desk.toasts.say(why);
        }
    });
    view! {
        <button
            type="button"
            class="button button-quiet download"
            aria-label="Download the files"
            title="Download the files (.tar.gz)"
            disabled=move || !desk.is_ready() || archive.with(|archive| *archive == Archive::Checking)
            on:click=move |_| download(desk.session, archive)
        >
            <IconView icon=Icon::Download />
            <span class:folds=folds>"Download"</span>
        </button>
    }
    .into_any()
}
