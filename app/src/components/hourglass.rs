//! The hourglass: the brand, and the clock whose sand really runs.

use leptos::prelude::*;

/// How high the sand stands in each bulb, as a share of the bulb's height.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sand {
    top: f64,
    bottom: f64,
}

/// The heights when `left` (0 to 1) of the sand is still above. The bulbs are triangles that meet at their tips, so it
/// is the areas, not the heights, that add up.
fn sand(left: f64) -> Sand {
    let top = left.clamp(0.0, 1.0).sqrt();
    Sand { top, bottom: 1.0 - top }
}

/// The neck, the bulbs' height and their half width at the far end, in the 24 units of the drawing.
const NECK: f64 = 12.0;
const BULB: f64 = 7.5;
const HALF: f64 = 5.0;

/// The sand above the neck, as the points of a polygon.
fn points_above(left: f64) -> String {
    let height = sand(left).top;
    let (y, half) = (NECK - BULB * height, HALF * height);
    format!("{NECK},{NECK} {:.2},{y:.2} {:.2},{y:.2}", NECK - half, NECK + half)
}

/// The sand below, as the points of a polygon.
fn points_below(left: f64) -> String {
    let open = 1.0 - sand(left).bottom;
    let (floor, y, half) = (NECK + BULB, NECK + BULB * open, HALF * open);
    format!(
        "{:.2},{floor:.2} {:.2},{floor:.2} {:.2},{y:.2} {:.2},{y:.2}",
        NECK - HALF,
        NECK + HALF,
        NECK + half,
        NECK - half
    )
}

/// An hourglass. A picture only: what it shows is always in words beside it.
#[component]
pub(crate) fn Hourglass(
    /// How much of the sand is still above, 0 to 1.
    #[prop(into)]
    left: Signal<f64>,
    /// Whether sand is falling.
    #[prop(into, optional)]
    running: Signal<bool>,
) -> impl IntoView {
    view! {
        <svg class="hourglass" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <polygon class="hourglass-sand" points=move || points_above(left.get())></polygon>
            <polygon class="hourglass-sand" points=move || points_below(left.get())></polygon>
            <line class="hourglass-stream" class:is-running=running x1="12" y1="12" x2="12" y2="19.5"></line>
            <path
                class="hourglass-glass"
                d="M5 2.75h14M5 21.25h14M6.25 2.75v2.1c0 .8.28 1.55.8 2.15l3.9 4.4c.3.34.3.86 0 1.2L7.05 17c-.52.6-.8 1.35-.8 2.15v2.1M17.75 2.75v2.1c0 .8-.28 1.55-.8 2.15l-3.9 4.4c-.3.34-.3.86 0 1.2l3.9 4.4c.52.6.8 1.35.8 2.15v2.1"
            ></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sand that is gone above has arrived below: areas of triangles grow with the square of their height.
    #[test]
    fn no_sand_is_lost_on_the_way_down() {
        for percent in 0..=100 {
            let left = f64::from(percent) / 100.0;
            let Sand { top, bottom } = sand(left);
            let (above, below) = (top * top, 1.0 - (1.0 - bottom) * (1.0 - bottom));
            assert!((above + below - 1.0).abs() < 1e-9, "{left}");
        }
    }

    #[test]
    fn time_beyond_its_bounds_neither_overfills_nor_empties_further() {
        assert_eq!(sand(1.2), Sand { top: 1.0, bottom: 0.0 });
        assert_eq!(sand(-0.2), Sand { top: 0.0, bottom: 1.0 });
    }
}
