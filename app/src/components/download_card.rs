//! The agent's offer to take the files along (D4, D9).

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::client::archive::{Archive, download};
use crate::client::session::Session;

/// A card with a download button.
#[component]
pub(crate) fn DownloadCard(
    /// The page's session.
    session: Session,
) -> impl IntoView {
    let archive = RwSignal::new(Archive::Idle);
    view! {
        <div class="download-card">
            <IconView icon=Icon::Download />
            <div>
                <p>"The files, as an archive"</p>
                <p class="small-print">
                    {move || archive.with(Archive::words).unwrap_or_else(|| "Without node_modules, .git and build results".into())}
                </p>
            </div>
            <button
                type="button"
                class="button button-quiet"
                disabled=move || session.has_ended() || archive.with(|archive| *archive == Archive::Checking)
                on:click=move |_| download(session, archive)
            >
                "Download"
            </button>
        </div>
    }
    .into_any()
}
