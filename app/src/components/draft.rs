//! The text field and the send button.

use domain::PROMPT_CHARS_MAX;
use leptos::prelude::*;
use leptos::{ev, html};

use super::icon::{Icon, IconView};
use crate::client::browser::has_fine_pointer;
use crate::client::session::Session;
use crate::wording::waiting::span;

/// The character count is shown from here on: earlier it would only distract.
const COUNT_SHOWN_FROM: usize = PROMPT_CHARS_MAX - 500;

/// The text field and what surrounds it.
#[component]
pub(crate) fn Draft(
    /// The page's session.
    session: Session,
    /// Why nothing can be sent now, if so.
    waiting_for: Memo<Option<String>>,
    /// Whether it is in sight: with a mouse it takes the focus then.
    #[prop(into)]
    open: Signal<bool>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get().filter(|_| open.get() && has_fine_pointer()) {
            let _ = field.focus();
        }
    });
    let chars = Memo::new(move |_| session.draft.with(|draft| draft.chars().count()));
    let blank = Memo::new(move |_| session.draft.with(|draft| draft.trim().is_empty()));
    let blocked = move || {
        waiting_for.with(Option::is_some)
            || blank.get()
            || chars.get() > PROMPT_CHARS_MAX
            || session.sending.get()
    };
    let send = move || {
        if !untrack(blocked) {
            session.prompt(&session.draft.get_untracked());
        }
    };
    view! {
        {move || session.prompt_failure.get().map(|failure| {
            let again = failure
                .retry_after_seconds
                .map(|seconds| format!(" Try again in {}.", span(seconds)));
            view! {
                <p class="composer-failure" role="alert">
                    <IconView icon=Icon::CircleAlert />
                    <span>{failure.detail} {again}</span>
                </p>
            }
        })}
        <form
            class="draft"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <textarea
                node_ref=field
                rows="2"
                aria-label="What should change?"
                aria-describedby="draft-hint"
                placeholder="What should change?"
                prop:value=move || session.draft.get()
                on:input:target=move |event| session.draft.set(event.target().value())
                on:keydown=move |event| {
                    if is_plain_enter(&event) {
                        event.prevent_default();
                        send();
                    }
                }
            ></textarea>
            <div class="draft-foot">
                <p id="draft-hint" class="draft-hint">
                    {move || hint(waiting_for.get(), session.sending.get(), chars.get())}
                </p>
                <button type="submit" class="button button-primary button-icon" aria-label="Send" title="Send" disabled=blocked>
                    <IconView icon=Icon::ArrowUp />
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The line beside the send button.
fn hint(waiting_for: Option<String>, sending: bool, chars: usize) -> String {
    if chars > COUNT_SHOWN_FROM {
        return format!("{} / {}", thousands(chars), thousands(PROMPT_CHARS_MAX));
    }
    if sending {
        return "Sending…".into();
    }
    waiting_for.unwrap_or_else(|| "Enter sends, Shift + Enter starts a new line".into())
}

/// `3,812`
fn thousands(count: usize) -> String {
    match count {
        0..1_000 => count.to_string(),
        _ => format!("{},{:03}", count / 1_000, count % 1_000),
    }
}

/// Enter alone, and not the Enter that picks a word in an input method.
fn is_plain_enter(event: &ev::KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.is_composing()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A6: near the limit, the count replaces every other hint.
    #[test]
    fn the_hint_says_what_matters_now() {
        assert_eq!(hint(Some("Reading the prompt…".into()), false, 10), "Reading the prompt…");
        assert_eq!(hint(None, true, 10), "Sending…");
        assert_eq!(hint(None, false, 3_812), "3,812 / 4,000");
        assert_eq!(hint(None, false, 0), "Enter sends, Shift + Enter starts a new line");
    }
}
