//! One's sandboxes, and a new one (D1).

use leptos::prelude::*;
use leptos_meta::Title;

use crate::PageContext;
use crate::components::new_sandbox::NewSandbox;
use crate::components::project_list::ProjectList;

/// `New Sandbox` first, then what there is. The server leads guests to the sign-in page.
#[component]
pub(crate) fn ProjectsPage() -> impl IntoView {
    let context: PageContext = use_context().expect("the server provides it for this page");
    let minutes = context.accounts.workspace_minutes;
    let max = context.accounts.workspaces_max;
    view! {
        <Title text="Your sandboxes" />
        <section class="projects-page">
            <h1>"Your sandboxes"</h1>
            <div class="project-grid">
                <section class="project-card project-new" aria-labelledby="new-title">
                    <h2 id="new-title">"New Sandbox"</h2>
                    <p>{format!("A Linux sandbox of your own for {minutes} minutes. Nothing is committed unless you choose.")}</p>
                    {(max > 0).then(|| view! {
                        <p class="small-print">
                            {format!("You can have {max} at once. One more takes the place of the one that you left longest ago.")}
                        </p>
                    })}
                    <NewSandbox button="New Sandbox" templates=context.accounts.templates />
                </section>
                <ProjectList />
            </div>
        </section>
    }
    .into_any()
}
