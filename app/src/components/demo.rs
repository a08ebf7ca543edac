//! The demo on the landing page: the button, what it says, and the overlay it opens (A1 to A4).

use domain::SessionId;
use domain::wire::Availability;
use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconView};
use super::overlay_dialog::OverlayDialog;
use crate::DemoFacts;
use crate::client::availability::follow_availability;
use crate::client::browser::{after, root};
use crate::client::session::{Door, Phase, Session};
use crate::overlay::OverlayProps;
use crate::wording::countdown::clock_text;
use crate::wording::offer::{Offer, building_now, offer};
use crate::wording::waiting::counted;

/// The overlay takes this many milliseconds to leave (`--leave` in style/base/tokens.css); its content stays until then.
const LEAVE_MS: i32 = 200;

/// The button, the line under it, and the overlay.
#[island]
pub fn Demo(
    /// What the server offered when it rendered the page.
    availability: Availability,
    /// The demo's limits and suggestions.
    facts: DemoFacts,
    /// The living session that this visitor holds already.
    held: Option<SessionId>,
    /// Whether there is a page for those who would have to wait for a demo (A4, B1).
    prototypes: bool,
) -> impl IntoView {
    let session = Session::new(Door::Demo);
    let offered = RwSignal::new(availability);
    let living = Memo::new(move |_| session.is_living());
    follow_availability(offered, Signal::derive(move || !living.get()));
    // Until the overlay's code has taken the held session up, it counts as living.
    let waiting_to_resume = RwSignal::new(held.is_some());
    let shown = Memo::new(move |_| {
        let claiming = session.phase.get() == Phase::Claiming;
        offer(&offered.get(), claiming, living.get() || waiting_to_resume.get())
    });

    let overlay = OverlayProps {
        session,
        facts: StoredValue::new(facts),
        offered,
        open: RwSignal::new(false),
        watching: RwSignal::new(false),
        held,
        resumed: Callback::new(move |()| waiting_to_resume.set(false)),
    };
    let wanted = RwSignal::new(false);
    let start = move || {
        if prototypes && untrack(|| shown.get()).is_slow() {
            // The same button all along: what it leads to may change while it has the focus.
            let _ = window().location().assign("/try");
            return;
        }
        let watches = untrack(|| matches!(shown.get(), Offer::Watch { .. }));
        overlay.watching.set(watches);
        if !watches && !untrack(|| living.get() || waiting_to_resume.get()) {
            session.ask();
        }
        wanted.set(true);
        overlay.open.set(true);
    };
    Effect::new(move |_| {
        if held.is_some() {
            wanted.set(true);
        }
        if take_early_click() {
            start();
        }
    });

    let button = NodeRef::<html::Button>::new();
    let left = Callback::new(move |()| {
        overlay.open.set(false);
        session.leave(LEAVE_MS);
        // The button may have been disabled while the overlay was open; it can be focused once it is drawn again.
        after(0, move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    });

    view! {
        <div class="offer">
            <Show when=move || has_button(&shown.get())>
                <button
                    type="button"
                    class="button button-primary button-large"
                    data-demo=""
                    node_ref=button
                    disabled=move || shown.get() == Offer::Busy
                    on:pointerenter=move |_| wanted.set(true)
                    on:focus=move |_| wanted.set(true)
                    on:click=move |_| start()
                >
                    <span>{move || label(&shown.get())}</span>
                    <IconView icon=Icon::ArrowRight />
                </button>
            </Show>
            <p class="offer-note">{move || note(&shown.get(), session, overlay.facts)}</p>
            <p class="offer-note" role="status">
                {move || notice(&shown.get())}
            </p>
            <p class="offer-people">{move || offered.with(|offered| building_now(offered.building_now))}</p>
        </div>
        <OverlayDialog overlay wanted left />
    }
    .into_any()
}

/// Whether the button was clicked before this island was live (the document's head remembers it).
fn take_early_click() -> bool {
    let Some(root) = root() else { return false };
    let clicked = root.has_attribute("data-early");
    let _ = root.remove_attribute("data-early");
    clicked
}

const fn has_button(offer: &Offer) -> bool {
    matches!(offer, Offer::Start { .. } | Offer::Watch { .. } | Offer::Busy | Offer::Resume)
}

fn label(offer: &Offer) -> String {
    match offer {
        Offer::Start { label, .. } => label.clone(),
        Offer::Busy => "Starting demo…".into(),
        Offer::Resume => "Back to your demo".into(),
        Offer::Watch { .. } => "Watch Demo".into(),
        Offer::Nothing => String::new(),
    }
}

/// What stands beside the button.
fn note(offer: &Offer, session: Session, facts: StoredValue<DemoFacts>) -> Option<String> {
    match offer {
        Offer::Start { .. } | Offer::Busy => facts.with_value(|facts| {
            let minutes = counted(facts.minutes.into(), "minute");
            let prompts = counted(facts.prompts_max.into(), "prompt");
            Some(format!("{minutes}, {prompts}, no sign-up"))
        }),
        Offer::Resume => Some(match session.remaining_ms() {
            Some(remaining_ms) => format!("It runs for another {}", clock_text(remaining_ms)),
            None => "It is still running".into(),
        }),
        Offer::Watch { .. } | Offer::Nothing => None,
    }
}

/// What stands below the button, and is read out when it comes.
fn notice(offer: &Offer) -> Option<String> {
    match offer {
        Offer::Watch { notice } => Some(notice.clone()),
        Offer::Start { .. } | Offer::Busy | Offer::Resume | Offer::Nothing => None,
    }
}
