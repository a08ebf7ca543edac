//! One step of the agent, worded like a colleague's note.

use domain::{FaultSource, FileAction, FileChange, PromptId, REPAIRS_MAX, RepairOutcome, SessionView, Step};
use leptos::prelude::*;

use super::command_card::CommandCard;
use super::diff::Diff;
use super::download_card::DownloadCard;
use super::icon::{Icon, IconView};
use crate::client::session::Session;
use crate::wording::steps::{began_repair, ended_repair, path_list, size, verb};

/// `the page`, or another one's path.
fn page(path: String) -> AnyView {
    if path == "/" { "the page".into_any() } else { view! { <code>{path}</code> }.into_any() }
}

/// One step; a change opens its diff.
#[component]
pub(crate) fn StepItem(
    /// The page's session.
    session: Session,
    /// The step.
    step: Step,
) -> impl IntoView {
    match step {
        Step::Said(text) => view! { <li class="step step-said">{text}</li> }.into_any(),
        Step::Read(paths) => view! {
            <li class="step">
                <IconView icon=Icon::FileSearch />
                <span>"Read " <code>{path_list(&paths)}</code></span>
            </li>
        }
        .into_any(),
        Step::Saw { path, width, height } => view! {
            <li class="step">
                <IconView icon=Icon::Monitor />
                <span>"Looked at " {page(path)} {format!(" in {width} × {height}")}</span>
            </li>
        }
        .into_any(),
        Step::Changed(change) => view! { <Changed change /> }.into_any(),
        Step::Undid(id) => {
            let asked = session.view.with_untracked(|view| view.as_ref().and_then(|view| asked(view, id)));
            view! {
                <li class="step">
                    <IconView icon=Icon::Undo />
                    <span>"Took back “" {asked} "”"</span>
                </li>
            }
            .into_any()
        }
        Step::Ran(id) => view! {
            <li>
                <CommandCard session id />
            </li>
        }
        .into_any(),
        Step::OfferedDownload => view! {
            <li>
                <DownloadCard session />
            </li>
        }
        .into_any(),
        Step::BeganRepair { attempt, source, faults } => {
            view! { <BeganRepair attempt source faults /> }.into_any()
        }
        Step::EndedRepair(outcome) => {
            let icon = match outcome {
                RepairOutcome::Mended => Icon::Check,
                RepairOutcome::Broken | RepairOutcome::Abandoned => Icon::CircleAlert,
            };
            view! {
                <li class="step">
                    <IconView icon />
                    <span>{ended_repair(outcome)}</span>
                </li>
            }
            .into_any()
        }
        Step::BroughtBack(version) => view! {
            <li class="step">
                <IconView icon=Icon::Undo />
                <span>{format!("Brought version {version} back, the last one that worked")}</span>
            </li>
        }
        .into_any(),
    }
}

/// `The change does not build. Mending it (1 of 2)`, with what was wrong inside.
#[component]
fn BeganRepair(
    /// Which repair.
    attempt: u32,
    /// Where something was seen.
    source: FaultSource,
    /// What was seen.
    faults: Vec<String>,
) -> impl IntoView {
    view! {
        <li class="step-change">
            <details>
                <summary class="step">
                    <IconView icon=Icon::CircleAlert />
                    <span class="step-title">
                        {began_repair(source)} {format!(" ({attempt} of {REPAIRS_MAX})")}
                    </span>
                    <IconView icon=Icon::ChevronRight />
                </summary>
                <pre class="fault">{faults.join("\n\n")}</pre>
            </details>
        </li>
    }
    .into_any()
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
        return view! { <li class="step">{title}</li> }.into_any();
    }
    view! {
        <li class="step-change">
            <details on:toggle=move |_| opened.set(true)>
                <summary class="step">{title} <IconView icon=Icon::ChevronRight /></summary>
                <Show when=move || opened.get()>
                    <Diff diff />
                </Show>
            </details>
        </li>
    }
    .into_any()
}
