//! One prompt: what was asked, the agent's steps, and how it went.

use domain::{PromptId, PromptStatus, PromptView, SessionView, Step};
use leptos::either::Either;
use leptos::prelude::*;

use super::icon::{Icon, IconView};
use super::step_item::StepItem;
use crate::client::session::Session;
use crate::wording::steps::{at_work, outcome};

/// One prompt of the log.
#[component]
pub(crate) fn PromptItem(
    /// The page's session.
    session: Session,
    /// Which prompt.
    id: PromptId,
) -> impl IntoView {
    let prompt = Memo::new(move |_| {
        session.view.with(|view| {
            let prompts = view.as_ref().map(|view| view.prompts.iter());
            prompts.into_iter().flatten().find(|prompt| prompt.prompt_id == id).cloned()
        })
    });
    let steps = move || {
        prompt.with(|prompt| {
            let steps = prompt.iter().flat_map(|prompt| prompt.steps.iter().cloned());
            steps.enumerate().collect::<Vec<_>>()
        })
    };
    let asked = move || prompt.with(|prompt| prompt.as_ref().map(|prompt| prompt.text.clone()));
    let can_be_sent_again = Memo::new(move |_| {
        session.is_living()
            && session.view.with(|view| view.as_ref().is_some_and(|view| may_go_again(view, id)))
    });
    view! {
        <article class="prompt">
            <p class="prompt-text">
                <span class="visually-hidden">"You asked: "</span>
                {asked}
            </p>
            <ul class="step-list">
                <For each=steps key=step_key let((_, step))>
                    <StepItem session step />
                </For>
            </ul>
            {move || words_of(session, id)}
            {move || prompt.with(|prompt| prompt.as_ref().map(end))}
            <Show when=move || can_be_sent_again.get()>
                <button
                    type="button"
                    class="button button-quiet button-small"
                    disabled=move || session.sending.get()
                    on:click=move |_| session.prompt(&asked().unwrap_or_default())
                >
                    <IconView icon=Icon::RotateCw />
                    "Send again"
                </button>
            </Show>
        </article>
    }
    .into_any()
}

/// What the agent is saying while it works on a prompt. Who listens hears it once it is said.
fn words_of(session: Session, id: PromptId) -> Option<impl IntoView> {
    let words = session.words.get().filter(|words| words.prompt_id == id && !words.text.is_empty())?;
    Some(view! {
        <p class="prompt-summary prompt-words" aria-hidden="true">
            {words.text}
        </p>
    })
}

/// The newest prompt, which something broke: what it asked need not be typed anew.
fn may_go_again(view: &SessionView, id: PromptId) -> bool {
    let is_free = view.prompt_in_progress().is_none() && view.prompts_remaining() > 0;
    let newest = view.prompts.last().filter(|prompt| prompt.prompt_id == id);
    is_free && newest.is_some_and(|prompt| prompt.status == Some(PromptStatus::Failed))
}

/// A step never changes, but one: files read in a row join the last one.
fn step_key((index, step): &(usize, Step)) -> (usize, usize) {
    let size = match step {
        Step::Read(paths) => paths.len(),
        Step::Said(_)
        | Step::Saw { .. }
        | Step::Changed(_)
        | Step::Undid(_)
        | Step::Ran(_)
        | Step::OfferedDownload
        | Step::BeganRepair { .. }
        | Step::EndedRepair(_)
        | Step::BroughtBack(_) => 0,
    };
    (*index, size)
}

/// What stands under the steps: what the agent is at, or how it went.
fn end(prompt: &PromptView) -> impl IntoView + use<> {
    let Some(status) = prompt.status.filter(|_| !prompt.mending) else {
        return Either::Left(view! {
            <p class="at-work">
                <span class="busy-dots" aria-hidden="true"></span>
                {at_work(prompt)}
            </p>
        });
    };
    let icon = match status {
        PromptStatus::Completed => Icon::Check,
        PromptStatus::Refused | PromptStatus::Failed | PromptStatus::Stopped => Icon::CircleAlert,
    };
    Either::Right(view! {
        <div class="prompt-end" data-status=status_name(status)>
            <p class="prompt-summary">{prompt.summary.clone()}</p>
            <p class="prompt-outcome">
                <IconView icon />
                {outcome(prompt, status)}
            </p>
        </div>
    })
}

const fn status_name(status: PromptStatus) -> &'static str {
    match status {
        PromptStatus::Completed => "completed",
        PromptStatus::Refused => "refused",
        PromptStatus::Failed => "failed",
        PromptStatus::Stopped => "stopped",
    }
}
