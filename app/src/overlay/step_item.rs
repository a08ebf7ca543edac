//! One step of the agent, worded like a colleague's note.

use domain::{CommandId, FileAction, FileChange, PromptId, SessionView, Step};
use leptos::either::{Either, EitherOf6};
use leptos::prelude::*;

use super::diff::Diff;
use crate::client::session::Session;
use crate::components::icon::{Icon, IconView};
use crate::wording::steps::{path_list, size, verb};

/// One step; a change opens its diff.
#[component]
pub(crate) fn StepItem(
    /// The page's session.
    session: Session,
    /// The step.
    step: Step,
) -> impl IntoView {
    match step {
        Step::Said(text) => EitherOf6::A(view! { <li class="step step-said">{text}</li> }),
        Step::Read(paths) => EitherOf6::B(view! {
            <li class="step">
                <IconView icon=Icon::FileSearch />
                <span>"Read " <code>{path_list(&paths)}</code></span>
            </li>
        }),
        Step::Changed(change) => EitherOf6::C(view! { <Changed change /> }),
        Step::Undid(id) => {
            let asked = session.view.with_untracked(|view| view.as_ref().and_then(|view| asked(view, id)));
            EitherOf6::D(view! {
                <li class="step">
                    <IconView icon=Icon::Undo />
                    <span>"Took back “" {asked} "”"</span>
                </li>
            })
        }
        Step::Ran(id) => {
            let command = move || session.view.with(|view| view.as_ref().and_then(|view| line(view, id)));
            EitherOf6::E(view! {
                <li class="step">
                    <IconView icon=Icon::SquareTerminal />
                    <span>"Ran " <code>{command}</code></span>
                </li>
            })
        }
        Step::OfferedDownload => EitherOf6::F(view! {
            <li class="step">
                <IconView icon=Icon::Download />
                <span>"Offered the files as a download"</span>
            </li>
        }),
    }
}

fn line(view: &SessionView, id: CommandId) -> Option<String> {
    view.command(id).map(|command| command.command.clone())
}

fn asked(view: &SessionView, id: PromptId) -> Option<String> {
    let prompt = view.prompts.iter().find(|prompt| prompt.prompt_id == id)?;
    Some(prompt.text.clone())
}

/// `Edited src/App.jsx +12 −3`, with the diff inside. The diff is drawn when it is first opened: it may be long.
#[component]
fn Changed(
    /// What happened to the file.
    change: FileChange,
) -> impl IntoView {
    let icon = match change.action {
        FileAction::Created => Icon::FilePlus,
        FileAction::Edited => Icon::FilePenLine,
        FileAction::Deleted => Icon::FileX,
    };
    let (added, removed) = size(&change);
    let opened = RwSignal::new(false);
    let diff = StoredValue::new(change.diff);
    let has_diff = diff.with_value(|diff| !diff.is_empty());
    let title = view! {
        <IconView icon />
        <span class="step-title">
            {verb(change.action)} " " <code>{change.path.to_string()}</code>
        </span>
        <span class="step-size">
            <span class="added">{added}</span>
            <span class="removed">{removed}</span>
        </span>
    };
    if !has_diff {
        return Either::Left(view! { <li class="step">{title}</li> });
    }
    Either::Right(view! {
        <li class="step-change">
            <details on:toggle=move |_| opened.set(true)>
                <summary class="step">{title} <IconView icon=Icon::ChevronRight /></summary>
                <Show when=move || opened.get()>
                    <Diff diff />
                </Show>
            </details>
        </li>
    })
}
