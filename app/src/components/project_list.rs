//! The place of one's sandboxes. What fills it comes in code of its own.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::projects::mount_projects;

/// One card for each sandbox, kept true by asking the server again and again.
#[island]
pub fn ProjectList() -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let failed = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        spawn_local(async move {
            failed.set(mount_projects(place.into()).await.is_err());
        });
    });
    view! {
        <div class="project-list" node_ref=place></div>
        <p class="project-note" role="status">
            {move || failed.get().then_some("Your sandboxes could not be loaded. Please reload the page.")}
        </p>
    }
}
