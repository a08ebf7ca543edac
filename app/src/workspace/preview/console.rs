//! What the app in the preview wrote to its console (D7).

use std::collections::VecDeque;

use leptos::prelude::*;

use crate::client::preview_messages::{Level, Message};
use crate::components::icon::{Icon, IconView};
use crate::wording::waiting::counted;

/// So many lines are kept; older ones go.
const LINES_MAX: usize = 300;

const fn word(level: Level) -> &'static str {
    match level {
        Level::Log | Level::Info | Level::Debug => "log",
        Level::Warn => "warning",
        Level::Error => "error",
    }
}

/// One line, as the preview's script reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    level: Level,
    text: String,
    number: u32,
}

/// What was written since the app was loaded; copies are the same console.
#[derive(Clone, Copy)]
pub(super) struct Console {
    lines: RwSignal<VecDeque<Line>>,
    count: StoredValue<u32>,
}

impl Console {
    /// Nothing was written yet.
    pub(super) fn new() -> Self {
        Self { lines: RwSignal::new(VecDeque::new()), count: StoredValue::new(0) }
    }

    /// Takes note of what the app told.
    pub(super) fn hear(self, message: Message) {
        let Message::Console { level, text } = message else { return };
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.lines.update(|lines| {
            if lines.len() == LINES_MAX {
                lines.pop_front();
            }
            lines.push_back(Line { level, text, number });
        });
    }

    pub(super) fn clear(self) {
        self.lines.update(VecDeque::clear);
    }
}

/// The lines, folded away until somebody wants them.
#[component]
pub(super) fn ConsoleList(
    /// Which ones.
    console: Console,
) -> impl IntoView {
    let errors = Memo::new(move |_| {
        console.lines.with(|lines| lines.iter().filter(|line| line.level == Level::Error).count())
    });
    let count = Memo::new(move |_| console.lines.with(VecDeque::len));
    let summary = move || match (errors.get(), count.get()) {
        (0, 0) => "Nothing written".to_owned(),
        (0, lines) => counted(lines as u64, "line"),
        (errors, _) => counted(errors as u64, "error"),
    };
    view! {
        <details class="console">
            <summary>
                <IconView icon=Icon::ChevronRight />
                "Console"
                <span class="console-count" class:is-bad=move || { errors.get() > 0 }>
                    {summary}
                </span>
            </summary>
            <div class="console-lines" tabindex="0" role="log" aria-label="Console of the preview">
                <For each=move || console.lines.get() key=|line| line.number let(line)>
                    <p data-level=word(line.level)>{line.text}</p>
                </For>
            </div>
            <button
                type="button"
                class="button button-quiet button-small"
                disabled=move || count.get() == 0
                on:click=move |_| console.clear()
            >
                "Clear"
            </button>
        </details>
    }
    .into_any()
}
