//! The line on top: what it is built on, time and prompts left, the files, the way to an account.

use leptos::prelude::*;

use super::body::Bench;
use crate::client::scene::Scene;
use crate::client::workspace::archive_url;
use crate::components::countdown::Countdown;
use crate::components::icon::{Icon, IconView};
use crate::wording::templates::template_words;
use crate::wording::waiting::prompts_left;

/// From here on the countdown is drawn in amber, in milliseconds left.
const WARNING_MS: u64 = 120_000;

/// The header.
#[component]
pub(super) fn Header(
    /// The page.
    bench: Bench,
) -> impl IntoView {
    let session = bench.session;
    let facts = bench.props.facts;
    let (minutes, prompts_max) = facts.with_value(|facts| (facts.minutes, facts.prompts_max));
    let left = Memo::new(move |_| {
        let left = session.view.with(|view| view.as_ref().map(|view| view.prompts_remaining()));
        prompts_left(left.unwrap_or(prompts_max))
    });
    let counts = Memo::new(move |_| !matches!(bench.scene.get(), Scene::Refused(_) | Scene::Ended(_)));
    let is_ready = Memo::new(move |_| bench.scene.get() == Scene::Ready);
    let framework = Memo::new(move |_| {
        session.view.track();
        session.phase.track();
        bench.template().map(|template| template_words(&template).name)
    });
    let archive = move || {
        is_ready
            .get()
            .then(|| session.view.with(|view| view.as_ref().map(|view| archive_url(view.session_id))))
            .flatten()
    };
    view! {
        <header class="try-header">
            <a class="workspace-home wide-only" href="/">
                "Sandglass"
            </a>
            <h1 class="badge">"Prototype"</h1>
            <span class="try-framework">{framework}</span>
            <Show when=move || counts.get()>
                <Countdown session warning_ms=WARNING_MS assumed_ms=u64::from(minutes) * 60_000 />
                <span class="prompts-left">{left}</span>
            </Show>
            <Show when=move || is_ready.get()>
                <a
                    class="button button-icon"
                    href=archive
                    download=""
                    aria-label="Download the files"
                    title="Download the files"
                >
                    <IconView icon=Icon::Download />
                </a>
            </Show>
            <Show when=move || bench.props.takes_sign_ups && is_ready.get()>
                <a class="button button-quiet" href=move || session.sign_up_page()>
                    <span>"Sign up"<span class="wide-only">" to keep building"</span></span>
                </a>
            </Show>
        </header>
    }
    .into_any()
}
