//! `/try`: what to build on, what to ask first, and the prototype itself (B).

use domain::{PROMPT_CHARS_MAX, SessionId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::not_found::NotFoundPage;
use crate::components::icon::{Icon, IconView};
use crate::wording::prototype::{rules, unknown_framework, wanted_framework};
use crate::wording::templates::template_words;
use crate::{FrameworkFacts, PageContext, PrototypeFacts, PrototypeIsland};

/// The form, which needs no script to be read, and below it the place where the prototype appears.
///
/// `?framework=` chooses, `?prompt=` fills the text in, `?session=` goes on with a prototype that was opened before (F1).
#[component]
pub(crate) fn PrototypePage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let context: PageContext = use_context().expect("the server provides it for this page");
    let Some(facts) = context.prototypes else {
        return view! { <NotFoundPage /> }.into_any();
    };
    let held = query.get("session").and_then(|id| id.parse::<SessionId>().ok());
    let asked = query.get("framework").filter(|asked| !asked.is_empty());
    let found = asked.as_deref().map(|asked| wanted_framework(asked, &facts.frameworks));
    let chosen = found.flatten().unwrap_or(0);
    let note = (found == Some(None)).then(|| {
        let usual = template_words(facts.frameworks[chosen].template.as_str()).name;
        unknown_framework(&usual)
    });
    let prompt: String = query.get("prompt").unwrap_or_default().chars().take(PROMPT_CHARS_MAX).collect();
    let agent = (context.demo.agent_name, context.demo.agent_note);
    let given = serde_json::to_string(&(&facts, agent)).unwrap_or_default();
    let takes_sign_ups = context.accounts.takes_sign_ups || context.user.is_some();
    view! {
        <Title text="Try" />
        <div id="try" class="try-page" class:is-open=held.is_some()>
            <section class="try-setup">
                <div class="try-words">
                    <h1>"Try an idea on a running app"</h1>
                    <p class="lead">
                        "Choose what to build on and say what it should become. An agent edits the files, and the app changes in front of you."
                    </p>
                    <p class="try-rules">{rules(&facts)}</p>
                </div>
                <Setup facts chosen note prompt />
            </section>
            <PrototypeIsland facts=given takes_sign_ups held />
        </div>
    }
    .into_any()
}

/// The form: plain HTML, made to work by the island's code.
#[component]
fn Setup(
    /// The rules, and what can be built on.
    facts: PrototypeFacts,
    /// Which framework is chosen.
    chosen: usize,
    /// What to say about the choice.
    note: Option<String>,
    /// What is written in the text field.
    prompt: String,
) -> impl IntoView {
    let cards: Vec<_> =
        facts.frameworks.iter().enumerate().map(|(place, one)| card(one, place == chosen)).collect();
    let chips: Vec<_> =
        facts.frameworks.into_iter().enumerate().map(|(place, one)| chips(one, place == chosen)).collect();
    view! {
        // `data-live`: one that is sent before its code has arrived waits for it.
        <form id="try-form" class="try-form" method="get" action="/try" data-live="try">
            {note.map(|note| view! { <p class="try-note" role="status">{note}</p> })}
            <fieldset class="choices try-frameworks">
                <legend>"Build on"</legend>
                {cards}
            </fieldset>
            <div class="try-ask">
                <label for="try-prompt">"What should change first?"</label>
                <textarea
                    id="try-prompt"
                    name="prompt"
                    rows="3"
                    maxlength=PROMPT_CHARS_MAX.to_string()
                    aria-describedby="try-hint"
                    placeholder="Add a pricing table with three plans"
                >
                    {prompt}
                </textarea>
                <p id="try-hint" class="field-hint">
                    "It is sent once the app runs. Leave it empty to look around first."
                </p>
                {chips}
            </div>
            <button type="submit" class="button button-primary button-large">
                <span>"Start"</span>
                <IconView icon=Icon::ArrowRight />
            </button>
            <noscript>
                <p class="form-problem">
                    "Starting a sandbox needs JavaScript, which this browser does not run."
                </p>
            </noscript>
        </form>
    }
    .into_any()
}

fn card(one: &FrameworkFacts, checked: bool) -> impl IntoView + use<> {
    let words = template_words(one.template.as_str());
    view! {
        <label class="choice">
            <input type="radio" name="framework" value=one.template.to_string() checked=checked />
            <span class="choice-name">{words.name}</span>
        </label>
    }
}

/// What to ask for on this framework. A tap writes it into the text field.
fn chips(one: FrameworkFacts, shown: bool) -> impl IntoView {
    let chips = one.chips.into_iter().map(|chip| {
        view! {
            <li>
                <button type="button" class="chip" data-chip="">
                    {chip}
                </button>
            </li>
        }
    });
    view! {
        <ul class="suggestions" aria-label="Suggestions" data-for=one.template.to_string() hidden=!shown>
            {chips.collect::<Vec<_>>()}
        </ul>
    }
}
