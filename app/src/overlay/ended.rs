//! What the overlay says when there is no sandbox: because it ended (A8), or because none was given (A6).

use domain::wire::Availability;
use domain::{EndReason, Tier};
use leptos::prelude::*;

use crate::DemoFacts;
use crate::client::http::Failure;
use crate::client::session::Session;
use crate::components::hourglass::Hourglass;
use crate::wording::ending;
use crate::wording::waiting::span;

/// The sandbox is gone: why, and how to go on.
#[component]
pub(crate) fn Ended<F: Fn() -> Option<EndReason> + Send + Sync + 'static>(
    /// Why, if it did.
    reason: F,
    /// The page's session.
    session: Session,
    /// The demo's limits.
    facts: StoredValue<DemoFacts>,
    /// What the server offers now.
    offered: RwSignal<Availability>,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let minutes = facts.with_value(|facts| facts.minutes);
    let again =
        Memo::new(move |_| matches!(offered.with(|offered| offered.tier), Tier::Instant | Tier::Starting));
    view! {
        <div class="ending">
            <Hourglass left=0.0 />
            <h2>"Your sandbox ended"</h2>
            <p>{move || reason().map(|reason| ending::sentence(reason, minutes))}</p>
            <div class="ending-ways">
                <Show when=move || again.get()>
                    <button type="button" class="button button-primary" on:click=move |_| session.ask()>
                        "Start a new demo"
                    </button>
                </Show>
                <button type="button" class="button button-quiet" on:click=move |_| close.run(())>
                    "Back to the page"
                </button>
            </div>
        </div>
    }
}

/// The server gave no sandbox: its reason, and when to try again.
#[component]
pub(crate) fn Refused<F: Fn() -> Option<Failure> + Send + Sync + 'static>(
    /// Why, if it was refused.
    failure: F,
    /// The page's session.
    session: Session,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let failure = Memo::new(move |_| failure());
    let later = move || {
        let seconds = failure.with(|failure| failure.as_ref()?.retry_after_seconds)?;
        Some(format!("It works again in {}.", span(seconds)))
    };
    let again = Memo::new(move |_| {
        failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.retry_after_seconds.is_none()))
    });
    view! {
        <div class="ending" role="alert">
            <Hourglass left=1.0 />
            <h2>"No sandbox this time"</h2>
            <p>{move || failure.with(|failure| failure.as_ref().map(|failure| failure.detail.clone()))} " " {later}</p>
            <div class="ending-ways">
                <Show when=move || again.get()>
                    <button type="button" class="button button-primary" on:click=move |_| session.ask()>
                        "Try again"
                    </button>
                </Show>
                <button type="button" class="button button-quiet" on:click=move |_| close.run(())>
                    "Back to the page"
                </button>
            </div>
        </div>
    }
}
