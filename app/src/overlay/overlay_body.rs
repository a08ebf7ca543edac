//! What the overlay holds: header, connection notice, steps, composer and preview.

use leptos::html;
use leptos::prelude::*;

use super::composer::Composer;
use super::ended::{Ended, Refused};
use super::focus_guard::{End, FocusGuard};
use super::header::OverlayHeader;
use super::preview::Preview;
use super::steps::Steps;
use crate::client::event_stream::Link;
use crate::client::scene::Scene;
use crate::components::icon::{Icon, IconView};
use crate::overlay::OverlayProps;

/// What a narrow screen shows above the composer; a wide one shows both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The running app.
    Preview,
    /// What was asked and done.
    Steps,
}

impl Pane {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Preview => "Preview",
            Self::Steps => "Steps",
        }
    }
}

/// The overlay's content, in whichever scene it is.
#[component]
pub(crate) fn OverlayBody(
    /// What the page gives the overlay.
    overlay: OverlayProps,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let OverlayProps { session, facts, offered, open, .. } = overlay;
    let scene = Memo::new(move |_| session.scene());
    let pane = RwSignal::new(Pane::Preview);
    Effect::new(move |_| {
        if open.get() {
            pane.set(Pane::Preview);
        }
    });
    let frame = NodeRef::<html::Div>::new();
    let refused = move || match scene.get() {
        Scene::Refused(failure) => Some(failure),
        Scene::Opening | Scene::Starting | Scene::Ready | Scene::Ended(_) => None,
    };
    let ended = move || match scene.get() {
        Scene::Ended(reason) => Some(reason),
        Scene::Opening | Scene::Starting | Scene::Ready | Scene::Refused(_) => None,
    };
    let nothing_asked = Memo::new(move |_| {
        session.view.with(|view| view.as_ref().is_none_or(|view| view.prompts.is_empty()))
    });
    let intro = Signal::derive(move || scene.with(|scene| intro(scene, nothing_asked.get())));
    let may_ask = Memo::new(move |_| matches!(scene.get(), Scene::Opening | Scene::Starting | Scene::Ready));
    let is_paused = Memo::new(move |_| {
        let paused = session.view.with(|view| view.as_ref().is_some_and(|view| view.oversight.paused));
        paused && may_ask.get()
    });
    let is_refused = Memo::new(move |_| refused().is_some());
    view! {
        <div class="overlay-frame" node_ref=frame tabindex="-1" data-pane=move || pane.get().name()>
            <FocusGuard frame goes_to=End::Last />
            <OverlayHeader session scene facts open close />
            <Show when=move || session.link.get() != Link::Open>
                <p class="banner" role="status">
                    <IconView icon=Icon::WifiOff />
                    "Connection lost. Reconnecting; your sandbox keeps running."
                </p>
            </Show>
            <Show when=move || is_paused.get()>
                <p class="banner" role="status">
                    <IconView icon=Icon::CircleAlert />
                    "The sandbox is paused, because it kept a whole processor busy. If it does so again, it ends."
                    <button type="button" class="button button-quiet" on:click=move |_| session.let_go_on()>
                        "Go on"
                    </button>
                </p>
            </Show>
            <Show when=move || is_refused.get()>
                <Refused failure=refused session close />
            </Show>
            <Show when=move || !is_refused.get()>
                <PaneSwitch pane />
                <div class="overlay-panes">
                    <Steps session intro facts pane />
                    <Show when=move || may_ask.get()>
                        <Composer session scene facts open />
                    </Show>
                    <section class="preview" aria-label="Preview">
                        <Show when=move || may_ask.get()>
                            <Preview session scene />
                        </Show>
                        <Show when=move || !may_ask.get()>
                            <Ended reason=ended session facts offered close />
                        </Show>
                    </section>
                </div>
            </Show>
            <FocusGuard frame goes_to=End::First />
        </div>
    }
}

/// What stands above the steps.
const fn intro(scene: &Scene, nothing_asked: bool) -> &'static str {
    match scene {
        Scene::Opening | Scene::Starting | Scene::Refused(_) => {
            "A React app is about to run in a sandbox of your own. You can already say what should change."
        }
        Scene::Ready => {
            "This React app runs in a sandbox of your own. Say what should change, and watch it change."
        }
        Scene::Ended(_) if nothing_asked => "Nothing was asked in this demo.",
        Scene::Ended(_) => "What was asked and done in this demo.",
    }
}

/// Switches between the panes where there is room for one.
#[component]
pub(crate) fn PaneSwitch(
    /// The pane that is shown.
    pane: RwSignal<Pane>,
) -> impl IntoView {
    let button = move |which: Pane| {
        view! {
            <button
                type="button"
                aria-pressed=move || (pane.get() == which).to_string()
                on:click=move |_| pane.set(which)
            >
                {which.name()}
            </button>
        }
    };
    view! {
        <div class="pane-switch" role="group" aria-label="Show">
            {button(Pane::Preview)}
            {button(Pane::Steps)}
        </div>
    }
}
