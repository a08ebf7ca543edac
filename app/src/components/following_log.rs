//! A log that stays at its newest entry.

use leptos::html;
use leptos::prelude::*;

/// Closer to the end than this many pixels, a log follows what is added.
const FOLLOW_PX: i32 = 120;

/// Keeps the newest entry of `log` in sight from the next frame on, unless the reader scrolled back; what was just asked
/// (`asked`) is always shown.
pub(crate) fn follow(log: NodeRef<html::Div>, asked: bool) {
    request_animation_frame(move || {
        // By the next frame the log may be gone.
        let Some(log) = log.try_get_untracked().flatten() else { return };
        let below = log.scroll_height() - log.scroll_top() - log.client_height();
        if asked || below < FOLLOW_PX {
            log.set_scroll_top(log.scroll_height());
        }
    });
}
