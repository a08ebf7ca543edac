//! One field of a form, with its label, its hint and its error.

use leptos::prelude::*;

/// A field for one line of text.
#[component]
pub(crate) fn Field(
    /// Its name in the request; with `form`, its id.
    name: &'static str,
    /// Which form it is in, where a page has several with such a field.
    #[prop(default = "")]
    form: &'static str,
    /// What is asked for.
    label: &'static str,
    /// `text`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in, as in `current-password`.
    autocomplete: &'static str,
    /// What is in it already.
    #[prop(into, default = String::new())]
    value: String,
    /// What to know beforehand.
    #[prop(default = "")]
    hint: &'static str,
    /// Whether it may stay empty.
    #[prop(default = false)]
    optional: bool,
) -> impl IntoView {
    let id = if form.is_empty() { name.to_owned() } else { format!("{form}-{name}") };
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = if hint.is_empty() { error_id.clone() } else { format!("{hint_id} {error_id}") };
    let reveal = (kind == "password").then(|| {
        view! {
            <button type="button" class="field-reveal" data-reveal=id.clone() aria-controls=id.clone() aria-pressed="false">
                "Show" <span class="visually-hidden">" password"</span>
            </button>
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="field-box">
                <input
                    id=id.clone()
                    name=name
                    r#type=kind
                    value=value
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-required=(!optional).to_string()
                    aria-describedby=described_by
                    data-optional=optional.then_some("")
                />
                {reveal}
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            <p class="field-error" id=error_id data-error-for=name></p>
        </div>
    }
    .into_any()
}
