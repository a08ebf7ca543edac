//! `Watch Demo`: a recorded session plays with the renderer that live ones use (A4, C1).

mod controls;
mod player;
mod recording;

use domain::Tier;
use leptos::prelude::*;

use super::focus_guard::{End, FocusGuard};
use super::overlay_body::{Pane, PaneSwitch};
use super::steps::Steps;
use crate::client::session::{Door, Session};
use crate::components::icon::{Icon, IconView};
use crate::overlay::OverlayProps;
use controls::Controls;
use leptos::html;
use player::{Loaded, Player};

/// What stands above the recorded steps.
const INTRO: &str =
    "Somebody's demo, as it was: a React app in a sandbox, three prompts, and what came of them.";

/// The overlay while it shows the recording.
#[component]
pub(crate) fn Replay(
    /// What the page gives the overlay.
    overlay: OverlayProps,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let OverlayProps { session, facts, offered, open, watching, .. } = overlay;
    let recorded = Session::new(Door::Demo);
    let player = Player::new(recorded.view);
    let pane = RwSignal::new(Pane::Preview);
    Effect::new(move |_| player.play_while(open.get()));
    let free =
        Memo::new(move |_| matches!(offered.with(|offered| offered.tier), Tier::Instant | Tier::Starting));
    let try_live = move |_| {
        watching.set(false);
        session.ask();
    };
    let frame = NodeRef::<html::Div>::new();
    view! {
        <div class="overlay-frame" node_ref=frame tabindex="-1" data-pane=move || pane.get().name()>
            <FocusGuard frame goes_to=End::Last />
            <header class="overlay-header">
                <span class="recording-badge">"This is a real recording"</span>
                <Show when=move || free.get()>
                    <button type="button" class="button button-primary overlay-signup" on:click=try_live>
                        "Try it live"
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button-icon overlay-close"
                    aria-label="Close recording"
                    title="Close recording"
                    on:click=move |_| close.run(())
                >
                    <IconView icon=Icon::X />
                </button>
            </header>
            <PaneSwitch pane />
            <div class="overlay-panes">
                <Steps session=recorded intro=Signal::stored(INTRO) facts pane />
                <Controls player />
                <section class="preview" aria-label="Preview">
                    <div class="preview-stage recording-stage">{move || stage(player)}</div>
                </section>
            </div>
            <FocusGuard frame goes_to=End::First />
        </div>
    }
}

/// The preview as it was, or why it can't be shown.
fn stage(player: Player) -> AnyView {
    match player.loaded.get() {
        Loaded::UnderWay => {
            view! { <p class="preview-wait" role="status">"Loading the recording…"</p> }.into_any()
        }
        Loaded::Failed => view! {
            <div class="preview-wait" role="alert">
                <p>"The recording could not be loaded. Check your connection and try again."</p>
                <button type="button" class="button button-quiet" on:click=move |_| player.load()>
                    "Try again"
                </button>
            </div>
        }
        .into_any(),
        Loaded::Here => {
            let picture = Memo::new(move |_| player.picture());
            view! {
                {move || picture.get().map(|picture| view! { <img src=picture.src alt=picture.alt /> })}
            }
            .into_any()
        }
    }
}
