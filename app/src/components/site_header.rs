//! The line on top of every page.

use leptos::prelude::*;

use super::account_menu::AccountMenu;
use super::hourglass::Hourglass;
use super::theme_switch::ThemeSwitch;
use crate::PageContext;

/// Wordmark, links, the way to an account or the account's menu, theme.
#[component]
pub(crate) fn SiteHeader() -> impl IntoView {
    let context = use_context::<PageContext>();
    let prototypes = context.as_ref().is_some_and(|context| context.prototypes.is_some());
    let account = context.map(|context| match context.user {
        Some(user) => view! { <AccountMenu user /> }.into_any(),
        None if context.accounts.enabled => {
            let sign_up = context.accounts.takes_sign_ups;
            view! {
                <a class="nav-link" href="/sign-in">"Sign in"</a>
                {sign_up.then(|| view! { <a class="nav-link wide-only" href="/sign-up">"Sign up"</a> })}
            }
            .into_any()
        }
        None => ().into_any(),
    });
    view! {
        <header class="site-header">
            <a class="wordmark" href="/" aria-label="Sandglass, front page">
                <Hourglass left=0.6 />
                <span>"Sandglass"</span>
            </a>
            <nav aria-label="Site">
                {prototypes.then(|| view! { <a class="nav-link" href="/try">"Try"</a> })}
                <a class="nav-link wide-only" href="/#how">"How it works"</a>
                // `rel="external"`: the browser loads it, no router.
                <a class="nav-link wide-only" href="/api/docs" rel="external">"API"</a>
                {account}
            </nav>
            <ThemeSwitch />
        </header>
    }
    .into_any()
}
