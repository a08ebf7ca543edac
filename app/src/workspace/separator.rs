//! The line between two panes: dragged, or moved by keys.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::layout::Size;

/// How far one press of an arrow key moves it, in pixels.
const KEY_STEP_PX: f64 = 24.0;

/// How a separator lies, and on which side of it is the pane whose size it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sizes {
    /// It stands; the pane is on its left.
    Left,
    /// It stands; the pane is on its right.
    Right,
    /// It lies; the pane is below it.
    Below,
}

impl Sizes {
    const fn orientation(self) -> &'static str {
        match self {
            Self::Left | Self::Right => "vertical",
            Self::Below => "horizontal",
        }
    }

    /// How many pixels the pane grows when the pointer goes from one place to another.
    fn growth_px(self, from: (i32, i32), to: (i32, i32)) -> f64 {
        f64::from(match self {
            Self::Left => to.0 - from.0,
            Self::Right => from.0 - to.0,
            Self::Below => from.1 - to.1,
        })
    }

    /// How many pixels the pane grows by a key; `None` for other keys.
    fn key_px(self, key: &str) -> Option<f64> {
        let direction = match (self, key) {
            (Self::Left, "ArrowRight") | (Self::Right, "ArrowLeft") | (Self::Below, "ArrowUp") => 1.0,
            (Self::Left, "ArrowLeft") | (Self::Right, "ArrowRight") | (Self::Below, "ArrowDown") => -1.0,
            _ => return None,
        };
        Some(direction * KEY_STEP_PX)
    }
}

/// A separator. A double click, or Enter, gives the pane its usual size.
#[component]
pub(crate) fn Separator(
    /// What it changes.
    size: Size,
    /// Where the pane is.
    sizes: Sizes,
    /// What it is called: `Resize the chat`.
    label: &'static str,
) -> impl IntoView {
    let handle = NodeRef::<html::Div>::new();
    let from = StoredValue::new(None::<((i32, i32), f64)>);
    let place = |event: &ev::PointerEvent| (event.client_x(), event.client_y());
    let begin = move |event: ev::PointerEvent| {
        event.prevent_default();
        from.set_value(Some((place(&event), size.px.get_untracked())));
        if let Some(handle) = handle.get_untracked() {
            // Without capture a fast pointer, or one over the preview's frame, would lose the line.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: ev::PointerEvent| {
        if let Some((start, px)) = from.get_value() {
            size.set(px + sizes.growth_px(start, place(&event)));
        }
    };
    let by_key = move |event: ev::KeyboardEvent| {
        let px = size.px.get_untracked();
        let wanted = match event.key().as_str() {
            "Home" => Some(size.min_px),
            "End" => Some(size.max_px),
            "Enter" => Some(size.usual_px),
            key => sizes.key_px(key).map(|growth_px| px + growth_px),
        };
        if let Some(wanted) = wanted {
            event.prevent_default();
            size.set(wanted);
        }
    };
    view! {
        <div
            class="separator"
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=sizes.orientation()
            aria-valuemin=size.min_px.to_string()
            aria-valuemax=size.max_px.to_string()
            aria-valuenow=move || size.px.get().to_string()
            node_ref=handle
            on:pointerdown=begin
            on:pointermove=drag
            on:pointerup=move |_| from.set_value(None)
            on:pointercancel=move |_| from.set_value(None)
            on:dblclick=move |_| size.set(size.usual_px)
            on:keydown=by_key
        ></div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Sizes;

    /// D10: each pane grows towards the side it has room on, by pointer and by key.
    #[test]
    fn a_pane_grows_away_from_its_own_side() {
        assert_eq!(Sizes::Left.growth_px((100, 0), (130, 0)), 30.0);
        assert_eq!(Sizes::Right.growth_px((100, 0), (130, 0)), -30.0);
        assert_eq!(Sizes::Below.growth_px((0, 100), (0, 70)), 30.0);
        assert_eq!(Sizes::Right.key_px("ArrowLeft"), Some(24.0));
        assert_eq!(Sizes::Below.key_px("ArrowLeft"), None);
    }
}
