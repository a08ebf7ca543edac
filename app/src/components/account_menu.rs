//! Who is signed in, and where they can go.

use domain::wire::account::UserJson;
use leptos::prelude::*;

use super::api_form::ApiForm;
use super::icon::{Icon, IconView};

/// A button with the user's name, and a menu below it that the browser itself opens and closes.
#[component]
pub(crate) fn AccountMenu(
    /// Who is signed in.
    user: UserJson,
) -> impl IntoView {
    let called = if user.name.is_empty() { user.email.clone() } else { user.name };
    view! {
        <button type="button" class="account-button" popovertarget="account-menu">
            <IconView icon=Icon::User />
            <span class="visually-hidden">"Account of "</span>
            <span class="account-name" data-user-name="">{called}</span>
        </button>
        <div id="account-menu" class="account-menu" popover="auto">
            <p class="account-email">{user.email}</p>
            <a href="/projects">"Your sandboxes"</a>
            <a href="/settings">"Settings"</a>
            <ApiForm action="/api/v1/account/sign-out" next="/".to_owned() class="account-sign-out">
                <button type="submit">"Sign out"</button>
            </ApiForm>
        </div>
    }
    .into_any()
}
