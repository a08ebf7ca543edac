//! Sign-up, honestly: accounts are not there yet.

use leptos::prelude::*;
use leptos_meta::Title;

/// Says that accounts come next, and leads back.
#[component]
pub(crate) fn SignupPage() -> impl IntoView {
    view! {
        <Title text="Sign up" />
        <section class="note-page">
            <h1>"Accounts come next"</h1>
            <p class="lead">
                "You can't sign up yet. When you can, an account will keep what you began in the demo: the files, the conversation and the preview."
            </p>
            <p>
                "A demo that is open in another tab goes on running. When its time is over, its files are gone, whether or not this page is open."
            </p>
            <a class="button button-quiet" href="/">"Back to the demo"</a>
        </section>
    }
}
