//! Keeps the Tab key inside the overlay.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the Tab key stops at.
const STOPS: &str = "a[href], button:not(:disabled), textarea, summary, iframe, [role=log]";

/// An end of the overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The first control.
    First,
    /// The last one.
    Last,
}

/// A stop at one end of the overlay that passes the focus to the other. The browser keeps the focus out of the page behind
/// a dialog, but would let it leave to its own controls.
#[component]
pub(super) fn FocusGuard(
    /// What is guarded.
    frame: NodeRef<html::Div>,
    /// Where the focus goes.
    goes_to: End,
) -> impl IntoView {
    let pass_on = move |_| {
        let stop = frame.get_untracked().and_then(|frame| stop(&frame, goes_to));
        if let Some(stop) = stop {
            // It was visible a moment ago; should it be gone now, the focus stays here and the next Tab goes on.
            let _ = stop.focus();
        }
    };
    view! { <span class="focus-guard" tabindex="0" on:focus=pass_on></span> }
}

fn stop(frame: &HtmlElement, end: End) -> Option<HtmlElement> {
    let found = frame.query_selector_all(STOPS).ok()?;
    let mut stops = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.offset_parent().is_some());
    match end {
        End::First => stops.next(),
        End::Last => stops.next_back(),
    }
}
