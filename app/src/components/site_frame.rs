//! What is around every page of the site but the workspaces, which fill the window.

use leptos::prelude::*;

use super::site_footer::SiteFooter;
use super::site_header::SiteHeader;

/// Header and footer, with the page between them.
#[component]
pub(crate) fn SiteFrame(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <SiteHeader />
        <main id="main" tabindex="-1">
            {children()}
        </main>
        <SiteFooter />
    }
    .into_any()
}
