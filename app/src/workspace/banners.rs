//! Lines below the header that say what can't wait: the connection, a pause, the end coming near (D8).

use leptos::prelude::*;

use super::desk::Desk;
use super::download::DownloadButton;
use super::header::WARNING_MS;
use crate::client::event_stream::Link;
use crate::components::icon::{Icon, IconView};
use crate::wording::countdown::clock_text;

/// The lines that hold now.
#[component]
pub(crate) fn Banners(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let session = desk.session;
    let living = Memo::new(move |_| session.is_living());
    let lost = Memo::new(move |_| session.link.get() != Link::Open && living.get());
    let paused = Memo::new(move |_| {
        living.get() && session.view.with(|view| view.as_ref().is_some_and(|view| view.oversight.paused))
    });
    let near =
        Memo::new(move |_| living.get() && session.remaining_ms().is_some_and(|left| left <= WARNING_MS));
    let hidden = RwSignal::new(false);
    view! {
        <Show when=move || lost.get()>
            <p class="banner" role="status">
                <IconView icon=Icon::WifiOff />
                "Connection lost. Reconnecting; your sandbox keeps running."
            </p>
        </Show>
        <Show when=move || paused.get()>
            <p class="banner" role="status">
                <IconView icon=Icon::CircleAlert />
                <span>"The sandbox is paused, because it kept a whole processor busy. If it does so again, it ends."</span>
                <button type="button" class="button button-quiet" on:click=move |_| session.let_go_on()>
                    "Go on"
                </button>
            </p>
        </Show>
        <Show when=move || near.get() && !hidden.get()>
            <div class="banner expiry">
                <IconView icon=Icon::Hourglass />
                // The countdown says aloud how much time is left; this line would say it every second.
                <p>
                    "This sandbox ends in "
                    <strong class="countdown-time">{move || session.remaining_ms().map(clock_text)}</strong>
                    ". Its files go with it, unless you download them."
                </p>
                <DownloadButton desk />
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="Hide this line"
                    title="Hide this line"
                    on:click=move |_| hidden.set(true)
                >
                    <IconView icon=Icon::X />
                </button>
            </div>
        </Show>
    }
    .into_any()
}
