//! Makes the page's forms work. Their code comes when the page has forms, and not before.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::live_forms::bind_forms;

/// Brings every [`super::api_form`] of the page to life. A form that is sent before that waits for it (the document's head
/// remembers it).
#[island]
pub fn LiveForms() -> impl IntoView {
    Effect::new(|_| {
        if document().query_selector("form[data-live='']").is_ok_and(|form| form.is_some()) {
            spawn_local(async {
                // Without it the forms stay as they are; whoever reloads tries again.
                let _ = bind_forms().await;
            });
        }
    });
}
