//! A form that asks the REST contract and shows its answer. It is plain HTML; [`super::live_forms`] makes it work.

use leptos::prelude::*;

/// A form whose named fields are sent as one JSON object.
#[component]
pub(crate) fn ApiForm(
    /// The address it asks.
    #[prop(into)]
    action: String,
    /// The method it asks with.
    #[prop(default = "POST")]
    method: &'static str,
    /// What is asked for afterwards, by `POST` and without fields.
    #[prop(into, default = None)]
    then: Option<String>,
    /// What is said when it is done and what comes afterwards is not, and what the button says then.
    #[prop(into, default = None)]
    half_done: Option<(&'static str, &'static str)>,
    /// Where to go when it is done; `{name}` stands for a text of the answer. Without it, the page stays.
    #[prop(into, default = None)]
    next: Option<String>,
    /// What is said when it is done and the page stays.
    #[prop(default = "")]
    done: &'static str,
    /// How it looks.
    #[prop(default = "form")]
    class: &'static str,
    /// Its fields and its button.
    children: Children,
) -> impl IntoView {
    view! {
        // `post`, so that nothing that is typed gets into an address before the form is live.
        <form
            class=class
            method="post"
            action=action
            novalidate=true
            data-live=""
            data-method=method
            data-then=then
            data-half-done-note=half_done.map(|(note, _)| note)
            data-half-done-button=half_done.map(|(_, button)| button)
            data-next=next
            data-done=done
        >
            {children()}
            <p class="form-problem" role="alert" data-problem=""></p>
            <p class="form-done" role="status" data-done-note=""></p>
            <noscript>
                <p class="form-problem">"This needs JavaScript, which this browser does not run."</p>
            </noscript>
        </form>
    }
    .into_any()
}
