//! The time left: an hourglass, `4:12`, and what screen readers hear (A2).

use leptos::prelude::*;

use super::hourglass::Hourglass;
use crate::client::session::Session;
use crate::wording::countdown::{announcement, clock_text};

/// The countdown. Before there is a deadline it shows the full time, standing still.
#[component]
pub(crate) fn Countdown(
    /// The page's session.
    session: Session,
    /// From here on it is drawn in amber, in milliseconds left.
    warning_ms: u64,
    /// How long a session may last, in milliseconds, until the server says so.
    #[prop(optional)]
    assumed_ms: u64,
) -> impl IntoView {
    let full_ms = move || {
        let stated = session
            .view
            .with(|view| view.as_ref().map(|view| view.lifetime.deadline.ms_since(view.claimed_at)));
        stated.unwrap_or(assumed_ms)
    };
    let left_ms = move || session.remaining_ms().unwrap_or_else(full_ms);
    #[expect(clippy::cast_precision_loss, reason = "a share for a drawing")]
    let left = Signal::derive(move || left_ms() as f64 / full_ms().max(1) as f64);
    let text = Memo::new(move |_| clock_text(left_ms()));
    let warns = Memo::new(move |_| left_ms() <= warning_ms);
    let running = Signal::derive(move || session.is_living());
    let heard = RwSignal::new("");
    Effect::new(move |before: Option<u64>| {
        let now = left_ms();
        if let Some(words) = announcement(before.unwrap_or(u64::MAX), now) {
            heard.set(words);
        }
        now
    });
    view! {
        <div class="countdown" class:is-warning=warns>
            <Hourglass left running />
            <span class="countdown-time" role="timer" aria-label="Time left" aria-live="off">
                {text}
            </span>
            <span class="visually-hidden" role="status">
                {heard}
            </span>
        </div>
    }
    .into_any()
}
