//! Play, pause, speed and progress of a recording.

use leptos::prelude::*;

use super::player::{Loaded, Player};
use crate::wording::countdown::clock_text;

/// How far an arrow key moves, in milliseconds.
const STEP_MS: u32 = 500;
/// How many times faster a recording can be watched.
const SPEEDS: [u64; 3] = [1, 2, 4];

/// The recording's controls, where a live session has its composer.
#[component]
pub(super) fn Controls(
    /// What plays.
    player: Player,
) -> impl IntoView {
    let doing = move || match (player.is_over(), player.playing.get()) {
        (true, _) => "Play again",
        (false, true) => "Pause",
        (false, false) => "Play",
    };
    let seek = move |event| {
        if let Ok(ms) = event_target_value(&event).parse() {
            player.seek(ms);
        }
    };
    let text = move || format!("{} of {}", clock_text(player.elapsed_ms()), clock_text(player.duration_ms()));
    let count = move || {
        let (events, all) = player.events();
        format!("Event {events} of {all}")
    };
    let missing = move || player.loaded.get() != Loaded::Here;
    view! {
        <div class="composer recording-controls" role="group" aria-label="Recording">
            <input
                type="range"
                class="recording-progress"
                aria-label="Progress"
                aria-valuetext=text
                min="0"
                step=STEP_MS
                max=move || player.duration_ms().to_string()
                prop:value=move || player.elapsed_ms().to_string()
                disabled=missing
                on:input=seek
            />
            <p class="recording-counts">
                <span>{text}</span>
                <span>{count}</span>
            </p>
            <div class="recording-buttons">
                <button
                    type="button"
                    class="button button-primary"
                    disabled=missing
                    on:click=move |_| player.toggle()
                >
                    {doing}
                </button>
                {SPEEDS.map(|speed| view! {
                    <button
                        type="button"
                        class="button button-quiet"
                        aria-pressed=move || (player.speed.get() == speed).to_string()
                        aria-label=format!("{speed} times as fast")
                        on:click=move |_| player.speed.set(speed)
                    >
                        {format!("{speed}×")}
                    </button>
                })}
            </div>
        </div>
    }
}
