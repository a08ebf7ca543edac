//! What the overlay holds: header, connection notice, steps, composer and preview.

use domain::wire::Availability;
use leptos::html;
use leptos::prelude::*;

use super::composer::Composer;
use super::ended::{Ended, Refused};
use super::header::OverlayHeader;
use super::preview::Preview;
use super::scene::Scene;
use super::steps::Steps;
use crate::DemoFacts;
use crate::client::event_stream::Link;
use crate::client::session::Session;
use crate::components::icon::{Icon, IconView};

/// What a narrow screen shows above the composer; a wide one shows both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The running app.
    Preview,
    /// What was asked and done.
    Steps,
}

impl Pane {
    const fn name(self) -> &'static str {
        match self {
            Self::Preview => "Preview",
            Self::Steps => "Steps",
        }
    }
}

/// The overlay's content, in whichever scene it is.
#[component]
pub(crate) fn OverlayBody(
    /// The page's session.
    session: Session,
    /// The demo's limits and suggestions.
    facts: StoredValue<DemoFacts>,
    /// What the server offers now.
    offered: RwSignal<Availability>,
    /// Closes the overlay.
    close: Callback<()>,
) -> impl IntoView {
    let scene = Memo::new(move |_| session.scene());
    let pane = RwSignal::new(Pane::Preview);
    let first = NodeRef::<html::Div>::new();
    let refused = move || match scene.get() {
        Scene::Refused(failure) => Some(failure),
        Scene::Opening | Scene::Starting | Scene::Ready | Scene::Ended(_) => None,
    };
    let ended = move || match scene.get() {
        Scene::Ended(reason) => Some(reason),
        Scene::Opening | Scene::Starting | Scene::Ready | Scene::Refused(_) => None,
    };
    let may_ask = Memo::new(move |_| matches!(scene.get(), Scene::Opening | Scene::Starting | Scene::Ready));
    let is_refused = Memo::new(move |_| refused().is_some());
    view! {
        <div class="overlay-frame" node_ref=first tabindex="-1" data-pane=move || pane.get().name()>
            <OverlayHeader session scene facts close />
            <Show when=move || session.link.get() != Link::Open>
                <p class="banner" role="status">
                    <IconView icon=Icon::WifiOff />
                    "Connection lost. Reconnecting; your sandbox keeps running."
                </p>
            </Show>
            <Show when=move || !is_refused.get() fallback=move || view! { <Refused failure=refused session close /> }>
                <PaneSwitch pane />
                <div class="overlay-panes">
                    <Steps session scene facts />
                    <Show when=move || may_ask.get()>
                        <Composer session scene facts />
                    </Show>
                    <section class="preview" aria-label="Preview">
                        <Show
                            when=move || may_ask.get()
                            fallback=move || view! { <Ended reason=ended session facts offered close /> }
                        >
                            <Preview session scene />
                        </Show>
                    </section>
                </div>
            </Show>
            <FocusGuard target=first />
        </div>
    }
    .into_any()
}

/// Switches between the panes where there is room for one.
#[component]
fn PaneSwitch(
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

/// The last stop of the Tab key: passes the focus to the overlay's beginning. The browser keeps the focus out of the
/// page behind, but would let it leave to its own controls.
#[component]
fn FocusGuard(
    /// Where the focus goes.
    target: NodeRef<html::Div>,
) -> impl IntoView {
    view! {
        <span
            class="focus-guard"
            tabindex="0"
            on:focus=move |_| {
                if let Some(target) = target.get_untracked() {
                    let _ = target.focus();
                }
            }
        ></span>
    }
}
