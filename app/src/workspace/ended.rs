//! There is no sandbox: it ended (D8), or this browser may not see it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::client::http::Failure;
use crate::client::scene::Scene;
use crate::client::workspace::new_workspace;
use crate::components::hourglass::Hourglass;
use crate::wording::ending;

/// What stands in the place of files and preview after the end.
#[component]
pub(crate) fn Ended(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let sentence = move || {
        let Scene::Ended(reason) = desk.scene.get() else { return None };
        Some(ending::sentence(reason, minutes(desk), "sandbox"))
    };
    view! {
        <div class="ending">
            <Hourglass left=0.0 />
            <h2>"Your sandbox ended"</h2>
            <p>{sentence}</p>
            <p>"The conversation and what was changed stay readable here for a day."</p>
            <StartAgain />
        </div>
    }
    .into_any()
}

/// How long the session was meant to last, in whole minutes.
fn minutes(desk: Desk) -> u32 {
    let lasted_ms = desk
        .session
        .view
        .with(|view| view.as_ref().map_or(0, |view| view.lifetime.deadline.ms_since(view.claimed_at)));
    u32::try_from(lasted_ms.div_ceil(60_000)).unwrap_or(u32::MAX)
}

/// What stands in the place of everything when the server shows this browser nothing.
#[component]
pub(crate) fn Unseen(
    /// Why.
    failure: Failure,
) -> impl IntoView {
    let (title, words) = match failure.status {
        401 | 403 => (
            "This sandbox is not yours to see",
            "It was opened in another browser, or by somebody else. Sign in if it belongs to your account."
                .to_owned(),
        ),
        404 | 410 => (
            "There is no such sandbox",
            "The address may be mistyped, or it ended more than a day ago.".to_owned(),
        ),
        _ => ("The sandbox can't be shown", failure.detail),
    };
    view! {
        <div class="ending" role="alert">
            <Hourglass left=0.0 />
            <h2>{title}</h2>
            <p>{words}</p>
            <StartAgain />
        </div>
    }
    .into_any()
}

/// `Start a new sandbox`, and why not where it can't be.
#[component]
fn StartAgain() -> impl IntoView {
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let start = move |_| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let opened =
                new_workspace().await.map(|id| window().location().assign(&format!("/sessions/{id}")));
            if let Err(failure) = opened {
                refused.set(Some(failure.detail));
                busy.set(false);
            }
        });
    };
    view! {
        <div class="ending-ways">
            <button type="button" class="button button-primary" disabled=move || busy.get() on:click=start>
                {move || if busy.get() { "Starting…" } else { "Start a new sandbox" }}
            </button>
            <a class="button button-quiet" href="/">
                "To the front page"
            </a>
        </div>
        <p role="status">{refused}</p>
    }
    .into_any()
}
