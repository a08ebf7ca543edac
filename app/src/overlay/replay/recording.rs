//! A recorded session: its journal, pictures of its preview, and how far a viewer has come.

use domain::{Event, SessionView};
use serde::Deserialize;

/// Where the recording is served.
pub(super) const ADDRESS: &str = "/recording/demo.json";
/// What stays on screen after the last event, in milliseconds, before the recording is over.
const LAST_LOOK_MS: u64 = 2_500;

/// A real session, as `make recording` wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Recording {
    /// The journal, scrubbed of addresses.
    pub(super) events: Vec<Event>,
    /// What the preview looked like, oldest first.
    pub(super) pictures: Vec<Picture>,
}

/// The preview from one event on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Picture {
    /// The event it was taken after.
    pub(super) seq: u64,
    /// Where it is served.
    pub(super) src: String,
    /// What can be seen, in words.
    pub(super) alt: String,
}

impl Recording {
    /// How long it takes, in milliseconds.
    pub(super) fn duration_ms(&self) -> u64 {
        self.events.last().map_or(0, |last| self.offset_ms(last) + LAST_LOOK_MS)
    }

    /// How many events have happened after so many milliseconds.
    pub(super) fn happened(&self, elapsed_ms: u64) -> usize {
        self.events.partition_point(|event| self.offset_ms(event) <= elapsed_ms)
    }

    /// What the session looks like after its first events.
    pub(super) fn view(&self, events: usize) -> Option<SessionView> {
        SessionView::of(&self.events[..events.min(self.events.len())])
    }

    /// What the preview looks like after the first events.
    pub(super) fn picture(&self, events: usize) -> Option<&Picture> {
        let seq = events.checked_sub(1).and_then(|last| self.events.get(last)).map_or(0, |event| event.seq);
        self.pictures.iter().rfind(|picture| picture.seq <= seq)
    }

    fn offset_ms(&self, event: &Event) -> u64 {
        self.events.first().map_or(0, |first| event.at.ms_since(first.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The recording that is served, not one made for this test.
    fn served() -> Recording {
        serde_json::from_str(include_str!("../../../../public/recording/demo.json")).unwrap()
    }

    /// C1: the recording is a whole session, and names no address of it.
    #[test]
    fn the_served_recording_is_a_whole_session() {
        let recording = served();
        let view = recording.view(recording.events.len()).unwrap();
        assert_eq!(view.prompts_used, 3);
        assert!(view.prompts.iter().all(|prompt| prompt.status == Some(domain::PromptStatus::Completed)));
        assert_eq!(view.preview_url, "");
        assert_eq!(recording.pictures.len(), 4, "the app as it came, and after each prompt");
    }

    /// C1
    #[test]
    fn time_brings_the_events_in_their_order_and_the_preview_changes_along() {
        let recording = served();
        assert_eq!(recording.happened(recording.duration_ms()), recording.events.len());
        assert!(recording.happened(0) > 0, "it begins at once");
        let shown: Vec<&str> = (1..=recording.events.len())
            .filter_map(|events| recording.picture(events))
            .map(|picture| picture.src.as_str())
            .collect();
        let mut in_order = shown.clone();
        in_order.dedup();
        let all: Vec<&str> = recording.pictures.iter().map(|picture| picture.src.as_str()).collect();
        assert_eq!(in_order, all);
    }
}
