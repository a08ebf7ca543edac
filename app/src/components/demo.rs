//! The demo on the landing page: the button, what it says, and the overlay it opens (A1 to A4).

use domain::wire::{Availability, SessionJson};
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::DemoFacts;
use crate::client::availability::follow_availability;
use crate::client::browser::{after, root};
use crate::client::session::{Phase, Session};
use crate::overlay::OverlayBody;
use crate::wording::countdown::clock_text;
use crate::wording::offer::{Offer, building_now, offer};
use crate::wording::waiting::counted;

/// The overlay takes this many milliseconds to leave (`--leave` in style/tokens.css); its content stays until then.
const LEAVE_MS: i32 = 200;

/// The button, the line under it, and the overlay.
#[island]
pub fn Demo(
    /// What the server offered when it rendered the page.
    availability: Availability,
    /// The demo's limits and suggestions.
    facts: DemoFacts,
    /// The session this visitor holds already.
    current: Option<SessionJson>,
) -> impl IntoView {
    let session = Session::new();
    let open = RwSignal::new(false);
    let held = StoredValue::new(current.clone());
    let living = Memo::new(move |_| session.is_living());
    let offered = RwSignal::new(availability);
    follow_availability(offered, Signal::derive(move || !living.get()));
    // On the server, and until the browser has taken the session up, the living session is the one it was given.
    let resumable = RwSignal::new(current.is_some());
    let shown = Memo::new(move |_| {
        let claiming = session.phase.get() == Phase::Claiming;
        offer(&offered.get(), claiming, living.get() || resumable.get())
    });

    Effect::new(move |_| {
        if let Some(current) = held.get_value() {
            session.resume(&current);
            resumable.set(false);
        }
        if take_early_click() {
            start(session, open);
        }
    });

    let button = NodeRef::<html::Button>::new();
    let left = Callback::new(move |()| {
        open.set(false);
        session.leave(LEAVE_MS);
        // The button may have been disabled while the overlay was open; it can be focused once it is drawn again.
        after(0, move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    });
    let facts = StoredValue::new(facts);

    view! {
        <div class="offer">
            <Show when=move || has_button(&shown.get())>
                <button
                    type="button"
                    class="button button-primary button-large"
                    data-demo=""
                    node_ref=button
                    disabled=move || shown.get() == Offer::Busy
                    on:click=move |_| start(session, open)
                >
                    <span>{move || label(&shown.get())}</span>
                    <IconView icon=Icon::ArrowRight />
                </button>
            </Show>
            <p class="offer-note" role="status">
                {move || note(&shown.get(), session, facts)}
            </p>
            <p class="offer-people" role="status">
                {move || offered.with(|offered| building_now(offered.building_now))}
            </p>
        </div>
        <OverlayDialog session open facts offered left />
    }
    .into_any()
}

/// The dialog. The browser makes the page behind it inert, keeps the focus inside and closes it on Esc.
#[component]
fn OverlayDialog(
    /// The page's session.
    session: Session,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The demo's limits and suggestions.
    facts: StoredValue<DemoFacts>,
    /// What the server offers now.
    offered: RwSignal<Availability>,
    /// Called after it was closed.
    left: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // It fails only for a dialog that is not in the document, and this one is.
            let _ = dialog.show_modal();
        }
    });
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    let filled = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            filled.set(true);
        } else {
            after(LEAVE_MS, move || filled.set(open.get_untracked()));
        }
    });
    view! {
        <dialog class="overlay" aria-label="Live demo" node_ref=dialog on:close=move |_| left.run(())>
            <Show when=move || filled.get()>
                <OverlayBody session facts offered close />
            </Show>
        </dialog>
    }
    .into_any()
}

fn start(session: Session, open: RwSignal<bool>) {
    if !untrack(|| session.is_living()) {
        session.claim();
    }
    open.set(true);
}

/// Whether the button was clicked before this island was live (the document's head remembers it).
fn take_early_click() -> bool {
    let Some(root) = root() else { return false };
    let clicked = root.has_attribute("data-early");
    let _ = root.remove_attribute("data-early");
    clicked
}

const fn has_button(offer: &Offer) -> bool {
    matches!(offer, Offer::Start { .. } | Offer::Busy | Offer::Resume)
}

fn label(offer: &Offer) -> String {
    match offer {
        Offer::Start { label } => label.clone(),
        Offer::Busy => "Starting demo…".into(),
        Offer::Resume => "Back to your demo".into(),
        Offer::Full { .. } | Offer::Nothing => String::new(),
    }
}

/// The line under the button.
fn note(offer: &Offer, session: Session, facts: StoredValue<DemoFacts>) -> String {
    match offer {
        Offer::Start { .. } | Offer::Busy => facts.with_value(|facts| {
            let (minutes, prompts) = (facts.minutes.into(), facts.prompts_max.into());
            format!("{}, {}, no sign-up", counted(minutes, "minute"), counted(prompts, "prompt"))
        }),
        Offer::Resume => match session.remaining_ms() {
            Some(remaining_ms) => format!("It runs for another {}", clock_text(remaining_ms)),
            None => "It is still running".into(),
        },
        Offer::Full { notice } => notice.clone(),
        Offer::Nothing => String::new(),
    }
}
