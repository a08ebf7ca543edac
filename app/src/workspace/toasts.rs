//! Short messages at the edge of the page: what was done, and the way back.

use leptos::prelude::*;

use crate::client::browser::after;
use crate::client::http::Failure;
use crate::components::icon::{Icon, IconView};

/// How long a message stays, in milliseconds: long enough to read it and to reach its button.
const SHOWN_MS: i32 = 10_000;
/// So many messages are shown at once; older ones go.
const TOASTS_MAX: usize = 3;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    is_failure: bool,
    /// What its button says, and does.
    act: Option<(&'static str, Callback<()>)>,
}

/// The messages that are shown; copies are the same ones.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    pub(crate) fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }

    /// Says what was done.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.add(text.into(), false, None);
    }

    /// Says what was done, with a button that takes it back.
    pub(crate) fn offer_undo(self, text: impl Into<String>, undo: Callback<()>) {
        self.add(text.into(), false, Some(("Undo", undo)));
    }

    /// Says why something is not done yet, with a button that does it all the same.
    pub(crate) fn ask(self, why: impl Into<String>, label: &'static str, act: Callback<()>) {
        self.add(why.into(), true, Some((label, act)));
    }

    /// Says what could not be done.
    pub(crate) fn fail(self, what: &str, failure: &Failure) {
        self.refuse(format!("{what} {}", failure.detail));
    }

    /// Says why something is not done.
    pub(crate) fn refuse(self, why: impl Into<String>) {
        self.add(why.into(), true, None);
    }

    fn add(self, text: String, is_failure: bool, act: Option<(&'static str, Callback<()>)>) {
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.shown.update(|shown| {
            // Said again, it stands once.
            shown.retain(|toast| toast.text != text);
            let surplus = (shown.len() + 1).saturating_sub(TOASTS_MAX);
            shown.drain(..surplus);
            shown.push(Toast { number, text, is_failure, act });
        });
        after(SHOWN_MS, move || self.drop(number));
    }

    fn drop(self, number: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// The messages.
#[component]
pub(crate) fn ToastList(
    /// Which ones.
    toasts: Toasts,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-label="Messages">
            <For each=move || toasts.shown.get() key=|toast| toast.number let(toast)>
                <ToastItem toasts toast />
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn ToastItem(toasts: Toasts, toast: Toast) -> impl IntoView {
    let Toast { number, text, is_failure, act } = toast;
    view! {
        <div class="toast" class:is-failure=is_failure>
            <IconView icon=if is_failure { Icon::CircleAlert } else { Icon::Check } />
            <p>{text}</p>
            {act.map(|(label, act)| view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| {
                        toasts.drop(number);
                        act.run(());
                    }
                >
                    {label}
                </button>
            })}
            <button
                type="button"
                class="button button-icon"
                aria-label="Dismiss"
                title="Dismiss"
                on:click=move |_| toasts.drop(number)
            >
                <IconView icon=Icon::X />
            </button>
        </div>
    }
    .into_any()
}
