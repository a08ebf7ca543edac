//! What the app in a preview's frame tells the page that frames it, and what of that the server is told (G4).
//!
//! Another origin's page wrote it: it is believed by where it came from, bounded, and shown or passed on as what a page said.

use domain::wire::PreviewReport;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::MessageEvent;

use super::browser::after;
use super::http;
use super::session::{Door, Session};

/// So many characters of one line are kept.
const LINE_CHARS_MAX: usize = 4_000;
/// Errors of one report, as the server takes them.
const REPORTED_MAX: usize = 10;
/// How much of one error is reported, in characters, as the server takes it.
const REPORTED_CHARS_MAX: usize = 2_000;
/// How long nothing more may come before errors are reported, in milliseconds: they come in swarms.
const SETTLE_MS: i32 = 600;

/// How serious a line of a console is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Log,
    Info,
    Debug,
    Warn,
    Error,
}

/// What an app tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "sandglass", rename_all = "lowercase")]
pub(crate) enum Message {
    /// Its console has a new line.
    Console {
        /// How serious it is.
        level: Level,
        /// What it says.
        text: String,
    },
    /// It was loaded, or takes in changed files: what was said before is about something else.
    Renewed,
}

/// Listens to the app in `frame` as long as the page lives: to nobody else, and to no app that took its place.
pub(crate) fn listen(
    frame: NodeRef<html::Iframe>,
    url: Memo<Option<String>>,
    hear: impl Fn(Message) + 'static,
) {
    let handle = window_event_listener_untyped("message", move |event| {
        let Ok(event) = event.dyn_into::<MessageEvent>() else { return };
        let source = event.source().map(wasm_bindgen::JsValue::from);
        let shown = frame.get_untracked().and_then(|frame| frame.content_window());
        let is_frame = shown.is_some_and(|shown| source == Some(shown.into()));
        let is_origin = url.get_untracked().as_deref().is_some_and(|url| origin(url) == event.origin());
        if is_frame
            && is_origin
            && let Some(message) = read(&event)
        {
            hear(message);
        }
    });
    on_cleanup(move || handle.remove());
}

fn read(event: &MessageEvent) -> Option<Message> {
    let text = js_sys::JSON::stringify(&event.data()).ok()?.as_string()?;
    let mut message = serde_json::from_str(&text).ok()?;
    if let Message::Console { text, .. } = &mut message
        && let Some((cut, _)) = text.char_indices().nth(LINE_CHARS_MAX)
    {
        text.truncate(cut);
    }
    Some(message)
}

/// `http://x.preview.localhost:3000` of an address below it.
fn origin(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}

/// Errors of the app as it is now, told to the server once the agent rests: while it works, half a change may well fail.
#[derive(Clone, Copy)]
pub(crate) struct Reports {
    session: Session,
    errors: StoredValue<Vec<String>>,
    /// Counts what came, so that only the last of a swarm sends.
    heard: StoredValue<u32>,
}

impl Reports {
    /// Nothing was heard yet.
    pub(crate) fn new(session: Session) -> Self {
        let reports = Self { session, errors: StoredValue::new(Vec::new()), heard: StoredValue::new(0) };
        let is_at_work = Memo::new(move |_| is_at_work(session));
        Effect::new(move |_| {
            if !is_at_work.get() {
                reports.send_later();
            }
        });
        reports
    }

    /// Takes note of what the app told.
    pub(crate) fn hear(self, message: &Message) {
        match message {
            Message::Renewed => self.errors.update_value(Vec::clear),
            Message::Console { level: Level::Error, text } => {
                let text = text.chars().take(REPORTED_CHARS_MAX).collect();
                self.errors.update_value(|errors| {
                    if errors.len() < REPORTED_MAX {
                        errors.push(text);
                    }
                });
                self.send_later();
            }
            Message::Console { level: Level::Log | Level::Info | Level::Debug | Level::Warn, .. } => {}
        }
    }

    fn send_later(self) {
        self.heard.update_value(|heard| *heard += 1);
        let mine = self.heard.get_value();
        after(SETTLE_MS, move || {
            // The page may have left meanwhile.
            if self.heard.try_get_value() == Some(mine) && !untrack(|| is_at_work(self.session)) {
                self.send();
            }
        });
    }

    fn send(self) {
        let errors = self.errors.try_update_value(std::mem::take).unwrap_or_default();
        let Some(id) =
            self.session.id().filter(|_| !errors.is_empty() && untrack(|| self.session.is_living()))
        else {
            return;
        };
        let body = serde_json::to_string(&PreviewReport { errors }).unwrap_or_default();
        spawn_local(async move {
            // The console shows them anyway; a server that is not told mends nothing.
            let _ =
                http::send("POST", &format!("{}/preview-report", Door::Sessions.url(id)), Some(&body)).await;
        });
    }
}

fn is_at_work(session: Session) -> bool {
    session.view.with(|view| view.as_ref().is_some_and(|view| view.prompt_in_progress().is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J2: a message is believed by the origin it came from.
    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin("http://x.preview.localhost:3000/a/b"), "http://x.preview.localhost:3000");
        assert_eq!(origin("https://x.example"), "https://x.example");
    }

    /// G4
    #[test]
    fn an_app_tells_lines_and_that_it_is_new() {
        let read = |json: &str| serde_json::from_str::<Message>(json).ok();
        assert_eq!(read(r#"{"sandglass":"renewed"}"#), Some(Message::Renewed));
        let line = Message::Console { level: Level::Warn, text: "hm".into() };
        assert_eq!(read(r#"{"sandglass":"console","level":"warn","text":"hm","at":3}"#), Some(line));
        assert_eq!(read(r#"{"sandglass":"rm"}"#), None);
    }
}
