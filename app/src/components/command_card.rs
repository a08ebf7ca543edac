//! A command that was run: its line, what it writes as it writes it, how it ended (D4, E8).

use domain::{CommandId, CommandView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Icon, IconView};
use crate::client::session::Session;
use crate::client::workspace::{command_output, stop_command};
use crate::wording::output::{is_cut_short, last_lines, outcome, plain, went_well, written};

/// So many lines of output are shown before `Show all`.
const LINES_SHOWN: usize = 12;

/// One command.
#[component]
pub(crate) fn CommandCard(
    /// The page's session.
    session: Session,
    /// Which command.
    id: CommandId,
) -> impl IntoView {
    let command = Memo::new(move |_| {
        session.view.with(|view| view.as_ref().and_then(|view| view.command(id)).cloned())
    });
    let line = move || command.with(|command| command.as_ref().map(|command| command.command.clone()));
    let runs = Memo::new(move |_| command.with(|command| command.as_ref().is_some_and(|c| c.exit.is_none())));
    let living = Memo::new(move |_| !session.has_ended());
    let stopping = RwSignal::new(false);
    let stop = move |_| {
        let Some(session_id) = session.id() else { return };
        stopping.set(true);
        spawn_local(async move {
            // That it stopped comes as an event; if it did not, the button is there again.
            let _ = stop_command(session_id, id).await;
            stopping.set(false);
        });
    };
    view! {
        <div class="command" class:is-running=runs>
            <p class="command-line">
                <IconView icon=Icon::SquareTerminal />
                <code>{line}</code>
                <Show when=move || runs.get() && living.get()>
                    <button
                        type="button"
                        class="button button-quiet button-small"
                        disabled=move || stopping.get()
                        on:click=stop
                    >
                        <IconView icon=Icon::Square />
                        "Stop"
                    </button>
                </Show>
            </p>
            <Output session id command />
            <p class="command-end">{move || command.with(|command| command.as_ref().map(end))}</p>
        </div>
    }
    .into_any()
}

/// What it wrote: the last lines, or all that was kept.
#[component]
fn Output(session: Session, id: CommandId, command: Memo<Option<CommandView>>) -> impl IntoView {
    let all = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<String>);
    let text = Memo::new(move |_| command.with(|command| command.as_ref().map(written).unwrap_or_default()));
    let shown =
        move || all.get().unwrap_or_else(|| text.with(|text| last_lines(text, LINES_SHOWN).0.to_owned()));
    let truncated = move || {
        command.with(|command| {
            command.as_ref().and_then(|command| command.exit).is_some_and(|exit| exit.truncated)
        })
    };
    let is_cut = Memo::new(move |_| {
        all.with(Option::is_none) && (truncated() || text.with(|text| last_lines(text, LINES_SHOWN).1))
    });
    let ends_early = Memo::new(move |_| {
        all.with(Option::is_none) && command.with(|command| command.as_ref().is_some_and(is_cut_short))
    });
    let empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let show_all = move |_| {
        let Some(session_id) = session.id() else { return };
        spawn_local(async move {
            match command_output(session_id, id).await {
                Ok(output) => all.set(Some(plain(&output))),
                // The journal's share of it is better than nothing.
                Err(failure) => {
                    all.set(Some(text.get_untracked()));
                    failed.set(Some(failure.detail));
                }
            }
        });
    };
    view! {
        <Show when=move || !empty.get()>
            <div class="command-output" tabindex="0" role="group" aria-label="Output">
                <Show when=move || is_cut.get()>
                    <button type="button" class="command-more" on:click=show_all>
                        "Show all"
                    </button>
                </Show>
                <pre>{shown}</pre>
                <Show when=move || ends_early.get()>
                    <p>"It wrote more than this. “Show all” has the rest."</p>
                </Show>
            </div>
            <p class="command-note">{failed}</p>
        </Show>
    }
}

/// `Exit code 0 · 4.1 s`, or that it runs.
fn end(command: &CommandView) -> impl IntoView + use<> {
    let (class, text) = match &command.exit {
        None => ("command-runs", "Running".to_owned()),
        Some(exit) if went_well(exit) => ("command-well", outcome(exit)),
        Some(exit) => ("command-badly", outcome(exit)),
    };
    view! { <span class=class>{text}</span> }
}
