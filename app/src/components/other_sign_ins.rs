//! The ways to an account by somebody else's word.

use domain::wire::account::IdentityProviderJson;
use leptos::prelude::*;

/// A link for each provider; nothing where there is none.
#[component]
pub(crate) fn OtherSignIns(
    /// Who may say who people are.
    providers: Vec<IdentityProviderJson>,
    /// Where to go afterwards, fit for a query.
    return_to: String,
) -> impl IntoView {
    let links: Vec<_> = providers
        .into_iter()
        .map(|IdentityProviderJson { name, label }| {
            let start = format!("/api/v1/account/oidc/{name}/start?return_to={return_to}");
            view! { <a class="button button-quiet" href=start rel="external">"Continue with " {label}</a> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <div class="other-sign-ins">
                {links}
                <p class="divider">
                    <span>"or with a password"</span>
                </p>
            </div>
        }
    })
}
