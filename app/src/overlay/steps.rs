//! The conversation: what was asked, what the agent did, what came of it.

use leptos::prelude::*;

use super::overlay_body::Pane;
use crate::DemoFacts;
use crate::client::session::Session;
use crate::components::following_log::FollowingLog;
use crate::components::prompt_item::PromptItem;

/// The log of prompts and steps.
#[component]
pub(crate) fn Steps(
    /// The page's session.
    session: Session,
    /// What stands above the first prompt.
    #[prop(into)]
    intro: Signal<&'static str>,
    /// The demo's agent.
    facts: StoredValue<DemoFacts>,
    /// Which pane a narrow screen shows.
    pane: RwSignal<Pane>,
) -> impl IntoView {
    let log = FollowingLog::new();
    let prompts = Memo::new(move |_| {
        session.view.with(|view| {
            let ids = view.iter().flat_map(|view| view.prompts.iter().map(|prompt| prompt.prompt_id));
            ids.collect::<Vec<_>>()
        })
    });
    Effect::new(move |seen: Option<usize>| {
        session.view.track();
        let count = prompts.with(Vec::len);
        let asked = seen.is_some_and(|seen| count > seen);
        log.follow(asked);
        count
    });
    Effect::new(move |_| {
        // While it was out of sight it could not be scrolled.
        if pane.get() == Pane::Steps {
            log.follow(true);
        }
    });
    let (name, note) = facts.with_value(|facts| (facts.agent_name.clone(), facts.agent_note.clone()));
    view! {
        // A region that scrolls must be reachable by keyboard.
        <div class="steps" role="log" aria-label="Steps" tabindex="0" node_ref=log.node on:scroll=move |_| log.scrolled()>
            <div class="steps-intro">
                <p>{move || intro.get()}</p>
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
    }
}
