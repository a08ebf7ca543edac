//! A log that stays at its newest entry.

use leptos::html;
use leptos::prelude::*;

/// Closer to the end than this many pixels, a reader is at the end.
const AT_END_PX: i32 = 120;

/// A log and whether its reader is at its end; copies are the same log.
#[derive(Clone, Copy)]
pub(crate) struct FollowingLog {
    /// The log itself.
    pub(crate) node: NodeRef<html::Div>,
    /// What is added, or takes room away from it, is not the reader's doing: only who scrolls back leaves the end.
    at_end: StoredValue<bool>,
    /// How far it was scrolled last, in pixels.
    top: StoredValue<i32>,
}

impl FollowingLog {
    /// At its end.
    pub(crate) fn new() -> Self {
        Self { node: NodeRef::new(), at_end: StoredValue::new(true), top: StoredValue::new(0) }
    }

    /// It was scrolled.
    pub(crate) fn scrolled(self) {
        let Some(log) = self.node.get_untracked() else { return };
        let (top, before) = (log.scroll_top(), self.top.get_value());
        self.top.set_value(top);
        if log.scroll_height() - top - log.client_height() < AT_END_PX {
            self.at_end.set_value(true);
        } else if top < before {
            self.at_end.set_value(false);
        }
    }

    /// Keeps the newest entry in sight from the next frame on, unless the reader scrolled back; what was just asked (`asked`) is
    /// always shown.
    pub(crate) fn follow(self, asked: bool) {
        request_animation_frame(move || {
            // By the next frame the log may be gone.
            let Some(log) = self.node.try_get_untracked().flatten() else { return };
            if asked || self.at_end.try_get_value() == Some(true) {
                log.set_scroll_top(log.scroll_height());
            }
        });
    }
}
