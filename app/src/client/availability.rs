//! Keeps what the landing page offers true while it is open (A4).

use domain::wire::Availability;
use leptos::prelude::*;

use super::browser::{after, is_visible};
use super::event_stream::{EventStream, Link};
use super::kept::Kept;

/// After the server refused the stream, it is asked again after this many milliseconds.
const RETRY_MS: i32 = 10_000;

/// Follows the server's offer into `offered` while `wanted` holds and the tab is in front: a browser opens few
/// connections to one server, and a page nobody sees needs none.
pub(crate) fn follow_availability(offered: RwSignal<Availability>, wanted: Signal<bool>) {
    let visible = RwSignal::new(true);
    let attempt = RwSignal::new(0_u32);
    let stream = Kept::<EventStream>::new();
    Effect::new(move |_| {
        let changed = window_event_listener_untyped("visibilitychange", move |_| visible.set(is_visible()));
        on_cleanup(move || changed.remove());
    });
    Effect::new(move |_| {
        attempt.track();
        let open = (wanted.get() && visible.get()).then(|| connect(offered, attempt));
        stream.set(open.flatten());
    });
}

fn connect(offered: RwSignal<Availability>, attempt: RwSignal<u32>) -> Option<EventStream> {
    EventStream::open(
        "/api/v1/demo/availability/stream",
        ["availability"],
        move |_, data| {
            if let Ok(availability) = serde_json::from_str(&data) {
                offered.set(availability);
            }
        },
        move |link| {
            if link == Link::Refused {
                after(RETRY_MS, move || attempt.update(|count| *count += 1));
            }
        },
    )
}
