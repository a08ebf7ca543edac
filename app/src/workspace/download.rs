//! The download button of header, banner and the question before the end (D9).

use leptos::prelude::*;

use super::desk::Desk;
use crate::client::archive::{Archive, download};
use crate::components::icon::{Icon, IconView};

/// A button that downloads the files, once there is a sandbox.
#[component]
pub(crate) fn DownloadButton(
    /// The page.
    desk: Desk,
    /// Whether its text gives way to the icon on narrow screens.
    #[prop(optional)]
    folds: bool,
    /// Where to say what hinders it; a toast does when absent.
    #[prop(optional)]
    refused: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let archive = RwSignal::new(Archive::Idle);
    Effect::new(move |_| match (archive.get(), refused) {
        (Archive::Refused(why), Some(refused)) => refused.set(Some(why)),
        (Archive::Refused(why), None) => desk.toasts.refuse(why),
        (Archive::Idle | Archive::Checking | Archive::UnderWay, Some(refused)) => refused.set(None),
        (Archive::Idle | Archive::Checking | Archive::UnderWay, None) => {}
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
