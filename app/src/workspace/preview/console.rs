//! What the app in the preview wrote to its console (D7).

use std::collections::VecDeque;

use leptos::html;
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::MessageEvent;

use crate::components::icon::{Icon, IconView};
use crate::wording::waiting::counted;

/// So many lines are kept; older ones go.
const LINES_MAX: usize = 300;
/// So many characters of one line are kept.
const LINE_CHARS_MAX: usize = 4_000;

/// How serious a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Log,
    Info,
    Debug,
    Warn,
    Error,
}

impl Level {
    const fn word(self) -> &'static str {
        match self {
            Self::Log | Self::Info | Self::Debug => "log",
            Self::Warn => "warning",
            Self::Error => "error",
        }
    }
}

/// One line, as the preview's script reports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Line {
    level: Level,
    text: String,
    #[serde(skip)]
    number: u32,
}

/// What was written since the app was loaded; copies are the same console.
#[derive(Clone, Copy)]
pub(super) struct Console {
    lines: RwSignal<VecDeque<Line>>,
    count: StoredValue<u32>,
}

impl Console {
    /// Listens to the app in `frame` as long as the page lives: to nobody else, and to no app that took its place.
    pub(super) fn listen(frame: NodeRef<html::Iframe>, url: Memo<Option<String>>) -> Self {
        let console = Self { lines: RwSignal::new(VecDeque::new()), count: StoredValue::new(0) };
        let handle = window_event_listener_untyped("message", move |event| {
            let Ok(event) = event.dyn_into::<MessageEvent>() else { return };
            let source = event.source().map(wasm_bindgen::JsValue::from);
            let shown = frame.get_untracked().and_then(|frame| frame.content_window());
            let is_frame = shown.is_some_and(|shown| source == Some(shown.into()));
            let is_origin = url.get_untracked().as_deref().is_some_and(|url| origin(url) == event.origin());
            if is_frame && is_origin {
                console.hear(&event);
            }
        });
        on_cleanup(move || handle.remove());
        console
    }

    fn hear(self, event: &MessageEvent) {
        let data = event.data();
        let about = js_sys::Reflect::get(&data, &"sandglass".into()).ok().and_then(|value| value.as_string());
        if about.as_deref() != Some("console") {
            return;
        }
        let text = js_sys::JSON::stringify(&data).ok().and_then(|text| text.as_string()).unwrap_or_default();
        let Ok(mut line) = serde_json::from_str::<Line>(&text) else { return };
        if let Some((cut, _)) = line.text.char_indices().nth(LINE_CHARS_MAX) {
            line.text.truncate(cut);
        }
        self.count.update_value(|count| *count += 1);
        line.number = self.count.get_value();
        self.lines.update(|lines| {
            if lines.len() == LINES_MAX {
                lines.pop_front();
            }
            lines.push_back(line);
        });
    }

    pub(super) fn clear(self) {
        self.lines.update(VecDeque::clear);
    }
}

/// `http://x.preview.localhost:3000` of an address below it.
fn origin(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
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
                    <p data-level=line.level.word()>{line.text}</p>
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

#[cfg(test)]
mod tests {
    use super::origin;

    /// J2: a message is believed by the origin it came from.
    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin("http://x.preview.localhost:3000/a/b"), "http://x.preview.localhost:3000");
        assert_eq!(origin("https://x.example"), "https://x.example");
    }
}
