//! Sign-in.

use domain::own_path;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::PageContext;
use crate::components::api_form::ApiForm;
use crate::components::field::Field;
use crate::components::other_sign_ins::OtherSignIns;
use crate::pages::sign_up::{NoAccounts, in_query};
use crate::wording::sign_in_problem::sign_in_problem;

/// Address and password, or somebody else's word. `?return_to=` says where to go afterwards, `?problem=` what went wrong.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let accounts = use_context::<PageContext>().map(|context| context.accounts).unwrap_or_default();
    if !accounts.enabled {
        return view! { <NoAccounts /> }.into_any();
    }
    let wanted = query.get("return_to");
    let next = wanted.as_deref().and_then(own_path).unwrap_or("/projects").to_owned();
    let problem = query.get("problem").and_then(|kind| sign_in_problem(&kind));
    let sign_up = format!("/sign-up?return_to={}", in_query(&next));
    view! {
        <Title text="Sign in" />
        <section class="account-page">
            <h1>"Sign in"</h1>
            {problem.map(|problem| view! { <p class="form-problem" role="alert">{problem}</p> })}
            <OtherSignIns providers=accounts.identity_providers return_to=in_query(&next) />
            <ApiForm action="/api/v1/account/sign-in" next>
                <Field name="email" label="Email" kind="email" autocomplete="username" />
                <Field name="password" label="Password" kind="password" autocomplete="current-password" />
                <button type="submit" class="button button-primary button-large">"Sign in"</button>
            </ApiForm>
            {accounts
                .takes_sign_ups
                .then(|| view! { <p class="aside">"No account yet? " <a href=sign_up>"Sign up"</a></p> })}
            <p class="aside">"Just looking? " <a href="/start">"Try a sandbox without an account"</a></p>
        </section>
    }
    .into_any()
}
