//! Where people say what should change: what is going on, suggestions, and the text field.

use domain::SessionView;
use leptos::prelude::*;

use crate::DemoFacts;
use crate::client::scene::Scene;
use crate::client::session::Session;
use crate::components::draft::Draft;
use crate::components::suggestions::Suggestions;
use crate::wording::steps::at_work;

/// Suggestions, text field and send button; a way on once the prompts are used.
#[component]
pub(crate) fn Composer(
    /// The page's session.
    session: Session,
    /// What the overlay shows.
    scene: Memo<Scene>,
    /// The demo's limits and suggestions.
    facts: StoredValue<DemoFacts>,
    /// Whether the overlay is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let used_up = Memo::new(move |_| {
        session.view.with(|view| {
            view.as_ref()
                .is_some_and(|view| view.prompts_remaining() == 0 && view.prompt_in_progress().is_none())
        })
    });
    let offered = Signal::stored(facts.with_value(|facts| facts.chips.clone()));
    let waiting_for = Memo::new(move |_| session.view.with(|view| waiting_for(&scene.get(), view.as_ref())));
    view! {
        <div class="composer">
            <Status session waiting_for />
            <Show when=move || used_up.get()>
                <div class="used-up">
                    <p>
                        "That was the last prompt. The preview stays until the time is over; the sandbox's files go with it."
                    </p>
                    <a class="button button-primary" href=move || session.sign_up_page() target="_blank" rel="noopener">
                        "Go on with an account"
                    </a>
                </div>
            </Show>
            <Show when=move || !used_up.get()>
                <Suggestions session scene offered />
                <Draft session waiting_for open />
            </Show>
        </div>
    }
}

/// Where the steps are out of sight, this says what they would.
#[component]
fn Status(
    /// The page's session.
    session: Session,
    /// Why nothing can be sent now, if so.
    waiting_for: Memo<Option<String>>,
) -> impl IntoView {
    let text = move || {
        let outcome = || session.view.with(|view| newest_outcome(view.as_ref()));
        waiting_for.get().or_else(outcome)
    };
    view! {
        <p class="composer-status" role="status">
            <Show when=move || waiting_for.with(Option::is_some)>
                <span class="busy-dots" aria-hidden="true"></span>
            </Show>
            <span>{text}</span>
        </p>
    }
}

/// Why nothing can be sent now, if so.
fn waiting_for(scene: &Scene, view: Option<&SessionView>) -> Option<String> {
    match scene {
        Scene::Opening | Scene::Starting => Some("Starting demo…".into()),
        Scene::Ready => {
            view.and_then(SessionView::prompt_in_progress).map(|prompt| format!("{}…", at_work(prompt)))
        }
        Scene::Ended(_) | Scene::Refused(_) => Some("The demo is over".into()),
    }
}

/// What came of the last prompt.
fn newest_outcome(view: Option<&SessionView>) -> Option<String> {
    let prompt = view?.prompts.last()?;
    Some(prompt.summary.clone())
}
