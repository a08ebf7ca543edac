//! The conversation with the agent (D4).

use domain::{SessionKind, SessionView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::history::History;
use super::layout::Pane;
use super::model::{AgentNote, Consumed, ModelChoiceList};
use super::queue::Queue;
use crate::client::scene::Scene;
use crate::client::workspace::{reset_conversation, stop_agent};
use crate::components::command_card::CommandCard;
use crate::components::draft::Draft;
use crate::components::following_log::FollowingLog;
use crate::components::icon::{Icon, IconView};
use crate::components::prompt_item::PromptItem;
use crate::wording::feed::{Part, feed};
use crate::wording::steps::at_work;

/// Conversation and composer, or the versions in their place.
#[component]
pub(crate) fn Chat(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let history = desk.layout.history;
    let choice = move |label: &'static str, icon: Icon, of_history: bool| {
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || (history.get() == of_history).to_string()
                on:click=move |_| history.set(of_history)
            >
                <IconView icon />
                {label}
            </button>
        }
    };
    view! {
        <section class="chat" aria-label="Chat">
            <div class="pane-bar" role="tablist" aria-label="Conversation or versions">
                {choice("Chat", Icon::MessageSquareText, false)}
                {choice("Versions", Icon::History, true)}
            </div>
            <Show when=move || history.get() fallback=move || view! { <Conversation desk /> }>
                <History desk />
            </Show>
            <Queue desk />
            <Show when=move || !desk.has_ended()>
                <Composer desk />
            </Show>
        </section>
    }
    .into_any()
}

/// What was asked and done, newest last.
#[component]
fn Conversation(desk: Desk) -> impl IntoView {
    let session = desk.session;
    let log = FollowingLog::new();
    let parts = Memo::new(move |_| session.view.with(|view| view.as_ref().map(feed).unwrap_or_default()));
    Effect::new(move |seen: Option<usize>| {
        session.view.track();
        let count = parts.with(Vec::len);
        let asked = seen.is_none_or(|seen| count > seen);
        log.follow(asked);
        count
    });
    Effect::new(move |_| {
        // While it was out of sight it could not be scrolled.
        if desk.layout.pane.get() == Pane::Chat {
            log.follow(true);
        }
    });
    view! {
        // A region that scrolls must be reachable by keyboard.
        <div class="steps" role="log" aria-label="Conversation" tabindex="0" node_ref=log.node on:scroll=move |_| log.scrolled()>
            <div class="steps-intro">
                <p>{move || intro(&desk.scene.get())}</p>
                <AgentNote desk />
            </div>
            <For each=move || parts.get() key=|part| *part let(part)>
                {match part {
                    Part::Prompt(id) => view! { <PromptItem session id /> }.into_any(),
                    Part::Command(id) => view! { <CommandCard session id /> }.into_any(),
                    Part::FreshStart(_) => view! {
                        <p class="fresh-start" role="separator">
                            "Fresh start: the agent no longer remembers what is above"
                        </p>
                    }
                    .into_any(),
                }}
            </For>
        </div>
    }
    .into_any()
}

/// What stands above the conversation.
const fn intro(scene: &Scene) -> &'static str {
    match scene {
        Scene::Opening | Scene::Starting => {
            "The sandbox is being made. You can already say what you have in mind."
        }
        Scene::Ready => {
            "Say what you would like to try. The agent edits files, runs commands and looks at the app; you can do all of that beside it."
        }
        Scene::Ended(_) => "What was asked and done in this sandbox.",
        Scene::Refused(_) => "",
    }
}

/// What the agent is at, with a way to stop it, and the text field.
#[component]
fn Composer(desk: Desk) -> impl IntoView {
    let session = desk.session;
    let waiting_for = Memo::new(move |_| {
        let scene = desk.scene.get();
        session.view.with(|view| waiting_for(&scene, view.as_ref()))
    });
    let works = Memo::new(move |_| {
        session.view.with(|view| view.as_ref().is_some_and(|view| view.prompt_in_progress().is_some()))
    });
    let at_work = Memo::new(move |_| {
        session.view.with(|view| {
            let prompt = view.as_ref().and_then(SessionView::prompt_in_progress);
            prompt.map(|prompt| format!("{}…", at_work(prompt)))
        })
    });
    let others_wait = Memo::new(move |_| {
        session.view.with(|view| view.as_ref().is_some_and(|view| !view.queue.is_empty()))
    });
    let can_forget = Memo::new(move |_| {
        desk.is_ready()
            && !others_wait.get()
            && session.view.with(|view| view.as_ref().is_some_and(can_forget))
    });
    let forget = move |_| {
        spawn_local(async move {
            // The line in the conversation comes as an event.
            if let Err(failure) = reset_conversation(desk.id).await {
                desk.toasts.fail("The conversation could not be started afresh.", &failure);
            }
        });
    };
    let stopping = RwSignal::new(false);
    let stop = move |all: bool| {
        stopping.set(true);
        spawn_local(async move {
            // That it stopped comes as an event.
            if let Err(failure) = stop_agent(desk.id, all).await {
                desk.toasts.fail("The agent could not be stopped.", &failure);
            }
            stopping.set(false);
        });
    };
    view! {
        <div class="composer">
            <Show when=move || works.get()>
                <div class="at-work-line">
                    <span class="busy-dots" aria-hidden="true"></span>
                    <span role="status">{at_work}</span>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        disabled=move || stopping.get()
                        on:click=move |_| stop(false)
                    >
                        <IconView icon=Icon::Square />
                        "Stop"
                    </button>
                    <Show when=move || others_wait.get()>
                        <button
                            type="button"
                            class="button button-quiet button-small"
                            disabled=move || stopping.get()
                            on:click=move |_| stop(true)
                        >
                            "Stop all"
                        </button>
                    </Show>
                </div>
            </Show>
            <div class="composer-tools">
                <ModelChoiceList desk />
                <Show when=move || can_forget.get()>
                    <button
                        type="button"
                        class="button button-quiet button-small forget"
                        title="The agent forgets the conversation; files stay"
                        on:click=forget
                    >
                        <IconView icon=Icon::RotateCw />
                        "Fresh start"
                    </button>
                </Show>
                <Consumed desk />
            </div>
            <Draft session waiting_for open=Signal::stored(true) />
        </div>
    }
    .into_any()
}

/// Whether the agent remembers something and is free.
fn can_forget(view: &SessionView) -> bool {
    view.prompt_in_progress().is_none() && (!view.remembered().is_empty() || view.recollection.is_some())
}

/// Why nothing can be sent now, if so. What is sent while the agent works waits for its turn in a workspace.
fn waiting_for(scene: &Scene, view: Option<&SessionView>) -> Option<String> {
    match scene {
        Scene::Opening | Scene::Starting => Some("Starting the sandbox…".into()),
        Scene::Ready => view
            .filter(|view| view.kind != SessionKind::Workspace)
            .and_then(SessionView::prompt_in_progress)
            .map(|prompt| format!("{}…", at_work(prompt))),
        Scene::Ended(_) | Scene::Refused(_) => Some("The sandbox is gone".into()),
    }
}
