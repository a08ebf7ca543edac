//! The running app; before it the steps of its opening, after it why it is gone (B1, B4).

use domain::EndReason;
use leptos::html;
use leptos::prelude::*;

use super::body::Bench;
use crate::client::http::Failure;
use crate::client::scene::Scene;
use crate::components::hourglass::Hourglass;
use crate::components::icon::{Icon, IconView};
use crate::components::preview_bar::PreviewBar;
use crate::components::preview_frame::{PreviewFrame, reload};
use crate::wording::ending;
use crate::wording::prototype::{Progress, opening_steps};
use crate::wording::waiting::span;

/// What the stage shows; which one it is changes seldom, what is in it often.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Opening,
    App,
    Ended(EndReason),
    Refused(Failure),
}

/// The right side of the page.
#[component]
pub(super) fn Stage(
    /// The page.
    bench: Bench,
) -> impl IntoView {
    let shown = Memo::new(move |_| match bench.scene.get() {
        Scene::Opening | Scene::Starting => Shown::Opening,
        Scene::Ready => Shown::App,
        Scene::Ended(reason) => Shown::Ended(reason),
        Scene::Refused(failure) => Shown::Refused(failure),
    });
    view! {
        <section class="preview" aria-label="Preview">
            {move || match shown.get() {
                Shown::Opening => view! { <OpeningSteps bench /> }.into_any(),
                Shown::App => view! { <App bench /> }.into_any(),
                Shown::Ended(reason) => view! { <Ended bench reason /> }.into_any(),
                Shown::Refused(failure) => view! { <Refused bench failure /> }.into_any(),
            }}
            <div
                class="try-widget"
                hidden=move || shown.get() != Shown::Opening
                node_ref=bench.widget
            ></div>
        </section>
    }
    .into_any()
}

/// What has to happen until the app runs.
#[component]
fn OpeningSteps(bench: Bench) -> impl IntoView {
    let session = bench.session;
    let steps = Memo::new(move |_| {
        let given = session.view.with(|view| view.as_ref().map(|view| (view.warm, view.claim_ms)));
        opening_steps(bench.opening.get(), given, session.waited_seconds())
    });
    let step = move |place: usize| {
        let progress = Memo::new(move |_| steps.with(|steps| steps[place].0));
        view! {
            <li data-progress=move || progress.get().word()>
                <span class="opening-mark" aria-hidden="true">
                    <Show when=move || progress.get() == Progress::Done>
                        <IconView icon=Icon::Check />
                    </Show>
                    <Show when=move || progress.get() == Progress::Now>
                        <span class="busy-dots"></span>
                    </Show>
                </span>
                <span>
                    {move || steps.with(|steps| steps[place].1.clone())}
                    <span class="visually-hidden">{move || format!(" ({})", progress.get().word())}</span>
                </span>
            </li>
        }
    };
    // Read out are the steps, not each second and each thousand tries.
    let heard = Memo::new(move |_| {
        match steps.with(|steps| steps.iter().filter(|(progress, _)| *progress == Progress::Done).count()) {
            0 => "Checking",
            1 => "Asking for a sandbox",
            _ => "Starting the app",
        }
    });
    view! {
        <div class="opening">
            <Hourglass left=1.0 />
            <h2>"Getting your sandbox ready"</h2>
            <ol aria-label="Progress">{[step(0), step(1), step(2)]}</ol>
            <p class="visually-hidden" role="status">
                {heard}
            </p>
        </div>
    }
    .into_any()
}

/// The app in its frame.
#[component]
fn App(bench: Bench) -> impl IntoView {
    let session = bench.session;
    let frame = NodeRef::<html::Iframe>::new();
    let painted = RwSignal::new(false);
    let url =
        Memo::new(move |_| session.view.with(|view| view.as_ref().map(|view| view.preview_url.clone())));
    view! {
        <PreviewBar url on_reload=move || reload(frame, url, painted) />
        <div class="preview-stage">
            <PreviewFrame url frame painted wait=Signal::stored("Loading the app".to_owned()) />
        </div>
    }
    .into_any()
}

/// The sandbox is gone. The history stays.
#[component]
fn Ended(bench: Bench, reason: EndReason) -> impl IntoView {
    let minutes = bench.props.facts.with_value(|facts| facts.minutes);
    let again = bench.template().map_or("/try".to_owned(), |template| format!("/try?framework={template}"));
    view! {
        <div class="ending">
            <Hourglass left=0.0 />
            <h2>"Your sandbox ended"</h2>
            <p>{ending::sentence(reason, minutes, "prototype")} " What was asked and done stays in the history."</p>
            <div class="ending-ways">
                <a class="button button-primary" href=again>
                    "Start a new one"
                </a>
                <a class="button button-quiet" href="/">
                    "Front page"
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// The server gave no sandbox: its reason, and when to try again.
#[component]
fn Refused(bench: Bench, failure: Failure) -> impl IntoView {
    let later = failure.retry_after_seconds.map(|seconds| format!(" It works again in {}.", span(seconds)));
    let may_ask = failure.retry_after_seconds.is_none() && bench.wish.with_value(Option::is_some);
    let gone = bench.wish.with_value(Option::is_none);
    let title = if gone { "This prototype is not here" } else { "No sandbox this time" };
    view! {
        <div class="ending" role="alert">
            <Hourglass left=1.0 />
            <h2>{title}</h2>
            <p>{failure.detail} {later}</p>
            <div class="ending-ways">
                {may_ask
                    .then(|| {
                        view! {
                            <button type="button" class="button button-primary" on:click=move |_| bench.again()>
                                "Try again"
                            </button>
                        }
                    })}
                {gone.then(|| view! { <a class="button button-primary" href="/try">"Start a new one"</a> })}
                <a class="button button-quiet" href="/">
                    "Front page"
                </a>
            </div>
        </div>
    }
    .into_any()
}
