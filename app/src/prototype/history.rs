//! Every prompt with the agent's steps, their diffs and the summary; below it the composer (B3), and what is offered once the
//! prompts are used (B5).

use domain::SessionView;
use leptos::prelude::*;

use super::body::{Bench, Pane};
use crate::client::event_stream::Link;
use crate::client::scene::Scene;
use crate::components::draft::Draft;
use crate::components::following_log::FollowingLog;
use crate::components::prompt_item::PromptItem;
use crate::components::suggestions::Suggestions;
use crate::wording::prototype::tenths;
use crate::wording::steps::at_work;

/// The history and the composer.
#[component]
pub(super) fn History(
    /// The page.
    bench: Bench,
) -> impl IntoView {
    let session = bench.session;
    let log = FollowingLog::new();
    let prompts = Memo::new(move |_| {
        session.view.with(|view| {
            let ids = view.iter().flat_map(|view| view.prompts.iter().map(|prompt| prompt.prompt_id));
            ids.collect::<Vec<_>>()
        })
    });
    Effect::new(move |seen: Option<usize>| {
        session.view.track();
        bench.pane.track();
        let count = prompts.with(Vec::len);
        let asked = seen.is_some_and(|seen| count > seen);
        log.follow(asked);
        count
    });
    let (name, note) = bench.props.agent.get_value();
    let is_over = Memo::new(move |_| matches!(bench.scene.get(), Scene::Ended(_) | Scene::Refused(_)));
    view! {
        <section class="try-history" aria-labelledby="try-history-title">
            <h2 id="try-history-title" class="try-title">"History"</h2>
            // A region that scrolls must be reachable by keyboard.
            <div class="steps" role="log" aria-label="History" tabindex="0" node_ref=log.node on:scroll=move |_| log.scrolled()>
                <div class="steps-intro">
                    <p>{move || intro(&bench.scene.get(), bench.ready_ms.get())}</p>
                    <p class="small-print">
                        <strong>{name}</strong>
                        " · "
                        {note}
                    </p>
                </div>
                <For each=move || prompts.get() key=|id| *id let(id)>
                    <PromptItem session id />
                </For>
            </div>
        </section>
        <Show when=move || !is_over.get()>
            <Composer bench />
        </Show>
    }
    .into_any()
}

/// What stands above the first prompt.
fn intro(scene: &Scene, ready_ms: Option<u64>) -> String {
    match scene {
        Scene::Opening | Scene::Starting => "The sandbox is on its way.".into(),
        Scene::Ready => match ready_ms {
            Some(ms) => format!("The app ran {} after your click. Say what should change.", tenths(ms)),
            None => "Say what should change. Each prompt stays here, with what it changed.".into(),
        },
        Scene::Ended(_) => "What was asked and done in this sandbox.".into(),
        Scene::Refused(_) => String::new(),
    }
}

/// Suggestions and the text field; in their place the ways on, once the prompts are used.
#[component]
fn Composer(bench: Bench) -> impl IntoView {
    let session = bench.session;
    let used_up = Memo::new(move |_| bench.is_used_up());
    let waiting_for =
        Memo::new(move |_| session.view.with(|view| waiting_for(&bench.scene.get(), view.as_ref())));
    let offered = Memo::new(move |_| bench.chips());
    let status = move || {
        let outcome =
            || session.view.with(|view| view.as_ref()?.prompts.last().map(|prompt| prompt.summary.clone()));
        match session.link.get() {
            Link::Open => waiting_for.get().or_else(outcome),
            Link::Interrupted | Link::Refused => {
                Some("The connection is gone. It comes back by itself.".into())
            }
        }
    };
    view! {
        <div class="composer">
            <p class="composer-status" role="status">
                <Show when=move || waiting_for.with(Option::is_some)>
                    <span class="busy-dots" aria-hidden="true"></span>
                </Show>
                <span>{status}</span>
            </p>
            <Show when=move || !used_up.get() fallback=move || view! { <Conversion bench /> }>
                <Suggestions session scene=bench.scene offered />
                <Draft session waiting_for open=Signal::derive(move || bench.scene.get() == Scene::Ready) />
            </Show>
        </div>
    }
    .into_any()
}

/// Why nothing can be sent now, if so.
fn waiting_for(scene: &Scene, view: Option<&SessionView>) -> Option<String> {
    match scene {
        Scene::Opening | Scene::Starting => Some("Starting the sandbox…".into()),
        Scene::Ready => {
            view.and_then(SessionView::prompt_in_progress).map(|prompt| format!("{}…", at_work(prompt)))
        }
        Scene::Ended(_) | Scene::Refused(_) => Some("The prototype is over".into()),
    }
}

/// The prompts are used: keep it with an account, or go on looking (B5).
#[component]
fn Conversion(bench: Bench) -> impl IntoView {
    let session = bench.session;
    let browsing = RwSignal::new(false);
    let takes_sign_ups = bench.props.takes_sign_ups;
    let browse = move |_| {
        browsing.set(true);
        bench.pane.set(Pane::Preview);
    };
    let words = if takes_sign_ups {
        "Sign up, and it goes on as it is: the same preview, files and conversation, with more time and prompts."
    } else {
        "The preview stays until the time is over; the sandbox's files go with it."
    };
    view! {
        <Show
            when=move || !browsing.get()
            fallback=move || {
                view! {
                    <p class="try-browsing" role="status">
                        "No prompts left. The preview stays until the time is over. "
                        {takes_sign_ups
                            .then(|| view! { <a href=move || session.sign_up_page()>"Sign up free"</a> " keeps it." })}
                    </p>
                }
            }
        >
            <section class="used-up" aria-labelledby="used-up-title">
                <h2 id="used-up-title">"Keep what you made"</h2>
                <p>"That was the last prompt. " {words}</p>
                <div class="used-up-ways">
                    {takes_sign_ups
                        .then(|| {
                            view! {
                                <a class="button button-primary" href=move || session.sign_up_page()>
                                    "Sign up free"
                                </a>
                            }
                        })}
                    <button type="button" class="button button-quiet" on:click=browse>
                        "Continue browsing"
                    </button>
                </div>
            </section>
        </Show>
    }
    .into_any()
}
