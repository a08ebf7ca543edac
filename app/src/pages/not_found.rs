//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

/// Says so, and leads back. The answer carries the status 404.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <section class="note-page">
            <h1>"There is no page here"</h1>
            <p class="lead">"The address may be mistyped, or what was here is gone."</p>
            <a class="button button-quiet" href="/">"To the front page"</a>
        </section>
    }
}
