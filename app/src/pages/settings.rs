//! Settings of one's account (J3, E6).

use domain::wire::account::{ThemeChoice, UserJson};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::PageContext;
use crate::components::api_form::ApiForm;
use crate::components::field::Field;

const ACCOUNT: &str = "/api/v1/account";

/// One section for each thing that can be changed. The server leads everybody else to the sign-in page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let PageContext { user, accounts, .. } = use_context().expect("the server provides it for this page");
    let user: UserJson = user.expect("the server leads guests elsewhere");
    let role = if user.is_admin { " You run this server." } else { "" };
    view! {
        <Title text="Settings" />
        <div class="settings-page">
            <h1>"Settings"</h1>
            <section class="setting" aria-labelledby="profile-title">
                <div>
                    <h2 id="profile-title">"You"</h2>
                    <p>"You sign in as " <strong>{user.email.clone()}</strong> "." {role}</p>
                </div>
                <ApiForm action=ACCOUNT method="PATCH" done="Saved.">
                    <Field name="name" label="Name" autocomplete="name" value=user.name.clone() optional=true />
                    <button type="submit" class="button button-quiet">"Save the name"</button>
                </ApiForm>
            </section>
            <Look theme=user.theme />
            <Providers chosen=user.default_provider.clone() there_are=accounts.sandbox_providers />
            <Password has_password=user.has_password />
            <section class="setting" aria-labelledby="browsers-title">
                <div>
                    <h2 id="browsers-title">"Signed-in browsers"</h2>
                    <p>"Ends every sign-in, this one included. Your sandboxes go on."</p>
                </div>
                <ApiForm action="/api/v1/account/sign-out" next="/sign-in".to_owned()>
                    <input type="hidden" name="everywhere" data-flag="" />
                    <button type="submit" class="button button-quiet">"Sign out everywhere"</button>
                </ApiForm>
            </section>
            <Leave has_password=user.has_password />
        </div>
    }
    .into_any()
}

/// Light, dark, or as the system says.
#[component]
fn Look(
    /// What is chosen.
    theme: ThemeChoice,
) -> impl IntoView {
    let choices = ThemeChoice::ALL.map(|choice| {
        let (word, name) = match choice {
            ThemeChoice::System => ("system", "As the system"),
            ThemeChoice::Light => ("light", "Light"),
            ThemeChoice::Dark => ("dark", "Dark"),
        };
        view! { <Choice name="theme" value=word.to_owned() label=name.to_owned() checked=choice == theme /> }
    });
    view! {
        <section class="setting" aria-labelledby="look-title">
            <div>
                <h2 id="look-title">"Look"</h2>
                <p>"On every device where you have not chosen otherwise."</p>
            </div>
            <ApiForm action=ACCOUNT method="PATCH" done="Saved.">
                <fieldset class="choices">
                    <legend>"Theme"</legend>
                    {choices}
                </fieldset>
                <button type="submit" class="button button-quiet">"Save the look"</button>
            </ApiForm>
        </section>
    }
    .into_any()
}

/// Who makes one's sandboxes.
#[component]
fn Providers(
    /// Who was chosen; `None` for the server's default.
    chosen: Option<String>,
    /// Who there is.
    there_are: Vec<String>,
) -> impl IntoView {
    let choices: Vec<_> = there_are
        .into_iter()
        .map(|provider| {
            let checked = chosen.as_ref() == Some(&provider);
            let label = provider_name(&provider);
            view! { <Choice name="default_provider" value=provider label checked /> }
        })
        .collect();
    view! {
        <section class="setting" aria-labelledby="provider-title">
            <div>
                <h2 id="provider-title">"Sandboxes"</h2>
                <p>"Who makes your sandboxes, unless you say otherwise when you start one."</p>
            </div>
            <ApiForm action=ACCOUNT method="PATCH" done="Saved.">
                <fieldset class="choices">
                    <legend>"Provider"</legend>
                    <Choice
                        name="default_provider"
                        value=String::new()
                        label="The server's choice".to_owned()
                        checked=chosen.is_none()
                    />
                    {choices}
                </fieldset>
                <button type="submit" class="button button-quiet">"Save the provider"</button>
            </ApiForm>
        </section>
    }
    .into_any()
}

/// A provider as people know it.
fn provider_name(provider: &str) -> String {
    match provider {
        "local" => "Linux on this server".to_owned(),
        "sim" => "Simulated".to_owned(),
        other => other.to_owned(),
    }
}

/// A new password.
#[component]
fn Password(
    /// Whether there is one.
    has_password: bool,
) -> impl IntoView {
    let about = match has_password {
        true => "A new password signs out every other browser.",
        false => {
            "You sign in with somebody else's word. You can add a password within ten minutes after that."
        }
    };
    let current = has_password.then(|| {
        view! { <Field name="current" label="Current password" kind="password" autocomplete="current-password" /> }
    });
    view! {
        <section class="setting" aria-labelledby="password-title">
            <div>
                <h2 id="password-title">"Password"</h2>
                <p>{about}</p>
            </div>
            <ApiForm action="/api/v1/account/password" done="The password is changed. Other browsers are signed out.">
                {current}
                <Field
                    name="new"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A few words in a row do well."
                />
                <button type="submit" class="button button-quiet">"Change the password"</button>
            </ApiForm>
        </section>
    }
    .into_any()
}

/// The end of the account.
#[component]
fn Leave(
    /// Whether a password can be asked for.
    has_password: bool,
) -> impl IntoView {
    let password = has_password.then(|| {
        view! {
            <Field name="password" form="leave" label="Your password" kind="password" autocomplete="current-password" />
        }
    });
    view! {
        <section class="setting" aria-labelledby="leave-title">
            <div>
                <h2 id="leave-title">"Delete the account"</h2>
                <p>
                    "Signs out every browser at once and forgets your address, your name and your settings. This can't be undone."
                </p>
            </div>
            <ApiForm action=ACCOUNT method="DELETE" next="/".to_owned()>
                {password}
                <button type="submit" class="button button-danger">"Delete my account"</button>
            </ApiForm>
        </section>
    }
    .into_any()
}

/// One of several, of which one is chosen.
#[component]
fn Choice(
    /// The field's name.
    name: &'static str,
    /// What is sent.
    value: String,
    /// What is read.
    label: String,
    /// Whether it is the chosen one.
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked />
            <span class="choice-name">{label}</span>
        </label>
    }
}
