//! A server-sent event stream that closes when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// The names of the journal's events (`domain::EventKind::name`): the browser delivers only those it was asked for. What the agent
/// alone remembers is not among them.
pub(crate) const JOURNAL: &[&str] = &[
    "session.claimed",
    "session.ready",
    "session.lifetime_changed",
    "queue.added",
    "queue.edited",
    "queue.removed",
    "prompt.submitted",
    "agent.said",
    "model.used",
    "model.chosen",
    "conversation.reset",
    "repair.started",
    "repair.finished",
    "repair.restored",
    "version.checked",
    "file.read",
    "page.seen",
    "file.changed",
    "prompt.undone",
    "prompt.finished",
    "session.handed_over",
    "file.saved",
    "file.moved",
    "command.started",
    "command.output",
    "command.finished",
    "terminal.opened",
    "terminal.closed",
    "version.made",
    "download.offered",
    "session.paused",
    "session.resumed",
    "preview.flagged",
    "preview.closed",
    "preview.shares_revoked",
    "session.ended",
];

/// How the connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Events come.
    Open,
    /// The connection broke; the browser connects again by itself and resumes where it was.
    Interrupted,
    /// The server refused; the browser will not try again.
    Refused,
}

/// An open stream.
pub(crate) struct EventStream {
    source: EventSource,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_open: Closure<dyn FnMut()>,
    _on_error: Closure<dyn FnMut()>,
}

impl EventStream {
    /// Connects to `url` and hands on the name and the data of every event named in `names`, and every change of the connection.
    ///
    /// Neither callback may drop the stream it was called by; do that in a task of its own.
    pub(crate) fn open(
        url: &str,
        names: impl IntoIterator<Item = &'static str>,
        mut on_data: impl FnMut(&str, String) + 'static,
        on_link: impl Fn(Link) + Clone + 'static,
    ) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(data) = event.data().as_string() {
                on_data(&event.type_(), data);
            }
        });
        for name in names {
            source.add_event_listener_with_callback(name, on_message.as_ref().unchecked_ref()).ok()?;
        }
        let opened = on_link.clone();
        let on_open = Closure::<dyn FnMut()>::new(move || opened(Link::Open));
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        let failed = source.clone();
        let on_error = Closure::<dyn FnMut()>::new(move || {
            on_link(if failed.ready_state() == EventSource::CLOSED {
                Link::Refused
            } else {
                Link::Interrupted
            });
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { source, _on_message: on_message, _on_open: on_open, _on_error: on_error })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

#[cfg(test)]
mod tests {
    use domain::EventKind;

    use super::JOURNAL;

    /// What the agent alone remembers: nothing of it is shown.
    const NOT_SHOWN: [&str; 2] = ["agent.stepped", "conversation.compacted"];

    /// DESIGN, "HTTP contract": an event nobody listens for would be lost without a word.
    #[test]
    fn every_kind_of_event_that_is_shown_is_listened_for() {
        let unknown = serde_json::from_str::<EventKind>(r#"{"type":"no such event"}"#).unwrap_err();
        let text = unknown.to_string();
        let (_, expected) = text.split_once("expected one of ").unwrap();
        let named = expected.split('`').skip(1).step_by(2);
        let named: Vec<_> = named.filter(|name| !NOT_SHOWN.contains(name)).collect();
        assert_eq!(named, JOURNAL);
    }
}
