//! The line at the end of every page.

use leptos::prelude::*;

/// What this is, and where the machine-readable side is.
#[component]
pub(crate) fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>"Sandglass. A little time, a lot of play."</p>
            <nav aria-label="For machines">
                <a href="/api/docs" rel="external">"API documentation"</a>
                <a href="/api/openapi.json" rel="external">"OpenAPI"</a>
            </nav>
        </footer>
    }
}
