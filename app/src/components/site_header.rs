//! The line on top of every page.

use leptos::prelude::*;

use super::hourglass::Hourglass;
use super::theme_switch::ThemeSwitch;

/// Wordmark, theme, API documentation, sign-up.
#[component]
pub(crate) fn SiteHeader() -> impl IntoView {
    view! {
        <header class="site-header">
            <a class="wordmark" href="/" aria-label="Sandglass, front page">
                <Hourglass left=0.6 />
                <span>"Sandglass"</span>
            </a>
            <nav aria-label="Site">
                <a class="nav-link wide-only" href="/#how">"How it works"</a>
                // `rel="external"`: the browser loads it, no router.
                <a class="nav-link wide-only" href="/api/docs" rel="external">"API"</a>
                <a class="nav-link" href="/signup">"Sign up"</a>
            </nav>
            <ThemeSwitch />
        </header>
    }
    .into_any()
}
