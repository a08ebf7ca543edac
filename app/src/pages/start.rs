//! The onboarding page: a sandbox now, without an account (D1, D2).

use leptos::prelude::*;
use leptos_meta::Title;

use crate::PageContext;
use crate::components::icon::{Icon, IconView};
use crate::components::new_sandbox::NewSandbox;

/// What one gets, what to start from, and the button.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let context: PageContext = use_context().expect("the server provides it for this page");
    let minutes = context.accounts.workspace_minutes;
    let isolation = match context.demo.simulated {
        true => "On this server sandboxes are simulated: nothing really runs.",
        false => "Files, a shell, a dev server and a preview, in namespaces of their own.",
    };
    let facts = [
        (Icon::Terminal, "A real Linux sandbox".to_owned(), isolation),
        (Icon::Hourglass, format!("{minutes} minutes"), "The page shows all the time how much is left."),
        (
            Icon::Download,
            "Nothing is committed".to_owned(),
            "Nothing leaves it unless you choose. Take the files along as an archive at any time.",
        ),
    ];
    let facts = facts.map(|(icon, title, text)| {
        view! {
            <li>
                <IconView icon />
                <div>
                    <h2>{title}</h2>
                    <p>{text}</p>
                </div>
            </li>
        }
    });
    let account = match context.user {
        Some(_) => view! { <p class="aside"><a href="/projects">"Go to your sandboxes"</a></p> }.into_any(),
        None if context.accounts.enabled => {
            let sign_up = context.accounts.takes_sign_ups;
            view! {
                <p class="aside">
                    "No account needed. To find it again on another device, "
                    <a href="/sign-in">"sign in"</a>
                    {sign_up.then(|| view! { " or " <a href="/sign-up">"sign up"</a> })} "."
                </p>
            }
            .into_any()
        }
        None => ().into_any(),
    };
    view! {
        <Title text="Start" />
        <section class="start-page">
            <div class="start-words">
                <h1>"A sandbox to think in"</h1>
                <p class="lead">"Start, try something, change your mind. Keep what is worth keeping."</p>
            </div>
            <div class="start-choice">
                <NewSandbox button="Try it now" templates=context.accounts.templates />
                {account}
            </div>
            <ul class="start-facts">{facts}</ul>
        </section>
    }
    .into_any()
}
