//! Who answers the prompts of a workspace: what they are, and the choice where there is one (G3).

use domain::SessionView;
use domain::wire::{ModelChoiceJson, ModelJson};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::client::workspace::{choose_model, models};
use crate::wording::agent::{agent_name, agent_note, consumed_of};

/// Who answers, and who may; copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Answering {
    /// As the server told it; `None` before.
    told: RwSignal<Option<ModelChoiceJson>>,
    /// Who answers the next prompt.
    current: Memo<Option<ModelJson>>,
}

impl Answering {
    pub(crate) fn new(view: RwSignal<Option<SessionView>>) -> Self {
        let told = RwSignal::new(None::<ModelChoiceJson>);
        // The journal is newer: whoever chooses in another tab is seen here, too.
        let chosen = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.model.clone())));
        let current = Memo::new(move |_| {
            told.with(|told| {
                let told = told.as_ref()?;
                let name = chosen.get().unwrap_or_else(|| told.model.clone());
                told.models.iter().find(|model| model.name == name).cloned()
            })
        });
        Self { told, current }
    }

    /// Asks the server, once the session can be asked.
    pub(crate) fn ask(self, desk: Desk) {
        let is_ready = Memo::new(move |_| desk.is_ready());
        Effect::new(move |_| {
            if is_ready.get() && self.told.with_untracked(Option::is_none) {
                spawn_local(async move {
                    // Without an answer the page says nothing of it; prompts work all the same.
                    self.told.set(models(desk.id).await.ok());
                });
            }
        });
    }
}

/// What the agent is called and what it is.
#[component]
pub(crate) fn AgentNote(desk: Desk) -> impl IntoView {
    let current = desk.answering.current;
    view! {
        {move || {
            current.get().map(|model| view! {
                <p class="small-print">
                    <strong>{agent_name(&model.name, model.is_language_model)}</strong>
                    " · "
                    {agent_note(model.is_language_model)}
                </p>
            })
        }}
    }
    .into_any()
}

/// Who shall answer, where there is a choice.
#[component]
pub(crate) fn ModelChoiceList(desk: Desk) -> impl IntoView {
    let Answering { told, current } = desk.answering;
    let models = Memo::new(move |_| {
        told.with(|told| told.as_ref().map(|told| told.models.clone()).unwrap_or_default())
    });
    let choose = move |name: String| {
        spawn_local(async move {
            // That it answers from now on comes as an event.
            if let Err(failure) = choose_model(desk.id, name).await {
                desk.toasts.fail("The model could not be changed.", &failure);
            }
        });
    };
    let option = move |model: ModelJson| {
        let shown = agent_name(&model.name, model.is_language_model);
        let value = model.name.clone();
        let is_current = move || current.with(|current| current.as_ref() == Some(&model));
        view! {
            <option value=value selected=is_current>
                {shown}
            </option>
        }
    };
    view! {
        <Show when=move || models.with(|models| models.len() > 1)>
            <select
                class="model-choice"
                aria-label="Who answers"
                prop:value=move || current.get().map(|model| model.name)
                on:change:target=move |change| choose(change.target().value())
            >
                <For each=move || models.get() key=|model| model.name.clone() children=option />
            </select>
        </Show>
    }
    .into_any()
}

/// What language models consumed in this session, of its budget.
#[component]
pub(crate) fn Consumed(desk: Desk) -> impl IntoView {
    let told = desk.answering.told;
    let consumed = Memo::new(move |_| {
        let used = desk.session.view.with(|view| view.as_ref().map(SessionView::model_use))?;
        told.with(|told| consumed_of(used, told.as_ref().map(|told| told.budget).unwrap_or_default()))
    });
    view! {
        <Show when=move || consumed.with(Option::is_some)>
            <p class="consumed">{consumed}</p>
        </Show>
    }
    .into_any()
}
