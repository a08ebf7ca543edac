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
        <Ending sand_left=0.0 title="Your sandbox ended" again again_label="Start a new demo" session close>
            {move || reason().map(|reason| ending::sentence(reason, minutes, "demo"))}
        </Ending>
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
        <Ending role="alert" sand_left=1.0 title="No sandbox this time" again again_label="Try again" session close>
            {move || failure.with(|failure| failure.as_ref().map(|failure| failure.detail.clone()))}
            " "
            {later}
        </Ending>
    }
}

/// Says that there is no sandbox, and shows the ways on.
#[component]
fn Ending(
    /// `alert` where it comes as an answer that must be read out at once.
    #[prop(optional)]
    role: Option<&'static str>,
    /// How much sand the hourglass still holds, from 0 to 1.
    sand_left: f64,
    /// What happened, in a few words.
    title: &'static str,
    /// Whether asking again may help.
    again: Memo<bool>,
    /// The button that asks again.
    again_label: &'static str,
    /// The page's session.
    session: Session,
    /// Closes the overlay.
    close: Callback<()>,
    /// Why, in a sentence or two.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="ending" role=role>
            <Hourglass left=sand_left />
            <h2>{title}</h2>
            <p>{children()}</p>
            <div class="ending-ways">
                <Show when=move || again.get()>
                    <button type="button" class="button button-primary" on:click=move |_| session.ask()>
                        {again_label}
                    </button>
                </Show>
                <button type="button" class="button button-quiet" on:click=move |_| close.run(())>
                    "Back to the page"
                </button>
            </div>
        </div>
    }
}
