//! Asking for a sandbox: what it starts from, and the button (D1).

use domain::TemplateName;
use leptos::prelude::*;

use super::api_form::ApiForm;
use super::icon::{Icon, IconView};
use crate::wording::templates::{TemplateWords, template_words};

/// A form that starts a sandbox and opens it.
#[component]
pub(crate) fn NewSandbox(
    /// What the button says.
    button: &'static str,
    /// What sandboxes can start from, the usual one first.
    templates: Vec<TemplateName>,
) -> impl IntoView {
    let choices: Vec<_> = templates
        .into_iter()
        .enumerate()
        .map(|(place, template)| {
            let TemplateWords { name, about } = template_words(template.as_str());
            view! {
                <label class="choice">
                    <input type="radio" name="template" value=template.to_string() checked=place == 0 />
                    <span class="choice-name">{name}</span>
                    <span class="choice-about">{about}</span>
                </label>
            }
        })
        .collect();
    view! {
        <ApiForm action="/api/v1/sessions" next="/sessions/{session_id}".to_owned() class="new-sandbox">
            <input type="hidden" name="kind" value="workspace" />
            <input type="hidden" name="fingerprint" data-fingerprint="" />
            <fieldset class="choices">
                <legend>"Start from"</legend>
                {choices}
            </fieldset>
            <button type="submit" class="button button-primary button-large">
                <span>{button}</span>
                <IconView icon=Icon::ArrowRight />
            </button>
        </ApiForm>
    }
    .into_any()
}
