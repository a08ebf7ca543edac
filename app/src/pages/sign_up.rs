//! Sign-up, and keeping what was begun without an account (A9).

use domain::{SessionId, own_path};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::PageContext;
use crate::components::api_form::ApiForm;
use crate::components::field::Field;
use crate::components::other_sign_ins::OtherSignIns;

/// What is said when somebody has signed up and the sandbox did not come along.
const HALF_DONE: (&str, &str) = (
    "Your account is made, and you are signed in. The sandbox did not come along yet.",
    "Try again to keep it",
);

/// Address, password, name. `?adopt=` names a session that becomes the new user's, `?return_to=` where to go afterwards.
#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let context = use_context::<PageContext>();
    let (user, accounts) = context.map(|context| (context.user, context.accounts)).unwrap_or_default();
    if !accounts.enabled {
        return view! { <NoAccounts /> }.into_any();
    }
    let adopted = query.get("adopt").and_then(|id| id.parse::<SessionId>().ok());
    if let (Some(id), Some(user)) = (adopted, user) {
        return view! { <KeepSandbox id email=user.email /> }.into_any();
    }
    if !accounts.takes_sign_ups {
        return view! { <SignUpClosed /> }.into_any();
    }
    let wanted = query.get("return_to");
    let wanted = wanted.as_deref().and_then(own_path).unwrap_or("/projects");
    let next = adopted.map_or(wanted.to_owned(), |id| format!("/sessions/{id}"));
    // Who goes another way comes back here, and keeps the sandbox then.
    let back = adopted.map_or(wanted.to_owned(), |id| format!("/sign-up?adopt={id}"));
    let sign_in = format!("/sign-in?return_to={}", in_query(&back));
    let lead = match adopted {
        Some(_) => "Your sandbox comes along as it is: the files, the conversation, the preview.",
        None => "With an account, sandboxes stay yours on every device for as long as they run.",
    };
    view! {
        <Title text="Sign up" />
        <section class="account-page">
            <h1>{if adopted.is_some() { "Keep building" } else { "Sign up" }}</h1>
            <p class="account-lead">{lead}</p>
            <OtherSignIns providers=accounts.identity_providers return_to=in_query(&back) />
            <ApiForm action="/api/v1/account/sign-up" next then=adopted.map(adopt) half_done=Some(HALF_DONE)>
                <Field
                    name="email"
                    label="Email"
                    kind="email"
                    autocomplete="username"
                    hint="To sign in with. We send no mail."
                />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A few words in a row do well."
                />
                <Field name="name" label="Name, if you like" autocomplete="name" optional=true />
                <button type="submit" class="button button-primary button-large">
                    {if adopted.is_some() { "Sign up and keep it" } else { "Sign up" }}
                </button>
            </ApiForm>
            <p class="aside">"Have an account? " <a href=sign_in>"Sign in"</a></p>
        </section>
    }
    .into_any()
}

/// For somebody who is signed in already.
#[component]
fn KeepSandbox(
    /// What to keep.
    id: SessionId,
    /// Whose it becomes.
    email: String,
) -> impl IntoView {
    view! {
        <Title text="Keep building" />
        <section class="account-page">
            <h1>"Keep building"</h1>
            <p class="account-lead">
                "You are signed in as " <strong>{email}</strong>
                ". Your sandbox comes along as it is: the files, the conversation, the preview."
            </p>
            <ApiForm action=adopt(id) next=format!("/sessions/{id}")>
                <button type="submit" class="button button-primary button-large">"Keep it in my account"</button>
            </ApiForm>
        </section>
    }
}

/// The server has accounts, and takes no new ones.
#[component]
fn SignUpClosed() -> impl IntoView {
    view! {
        <Title text="Sign up" />
        <section class="note-page">
            <h1>"No new accounts here"</h1>
            <p class="lead">"Whoever runs this server takes no sign-ups. You can try a sandbox without an account."</p>
            <a class="button button-quiet" href="/start">"Try it now"</a>
        </section>
    }
}

/// The server has no accounts.
#[component]
pub(crate) fn NoAccounts() -> impl IntoView {
    view! {
        <Title text="No accounts" />
        <section class="note-page">
            <h1>"No accounts here"</h1>
            <p class="lead">"This server works without accounts. You can try a sandbox right away."</p>
            <a class="button button-quiet" href="/start">"Try it now"</a>
        </section>
    }
}

fn adopt(id: SessionId) -> String {
    format!("/api/v1/sessions/{id}/adopt")
}

/// A path as the value of a parameter; paths that people are sent on to hold no other characters that mean something there.
pub(crate) fn in_query(path: &str) -> String {
    [("%", "%25"), ("&", "%26"), ("+", "%2B"), ("#", "%23"), ("?", "%3F"), ("=", "%3D")]
        .into_iter()
        .fold(path.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped))
}
