//! The workspace on its page: what stands there until the workspace's code has arrived, and then the workspace.

use domain::SessionId;
use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::hourglass::Hourglass;
use crate::workspace::{WorkspaceProps, mount_workspace};

/// The workspace of one session (D).
#[island]
pub fn WorkspaceIsland(
    /// Whose workspace.
    session_id: SessionId,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let arrived = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let props = WorkspaceProps { session_id };
    // The content's signals and effects live as long as this component, whenever their code arrives.
    let owner = Owner::current();
    let load = Callback::new(move |()| {
        let (Some(owner), Some(place)) = (&owner, place.get_untracked()) else { return };
        failed.set(false);
        let mount = async move {
            let mounted = mount_workspace(place.into(), props).await.is_ok();
            arrived.set(mounted);
            failed.set(!mounted);
        };
        spawn_local(owner.with(|| ScopedFuture::new_untracked(mount)));
    });
    Effect::new(move |_| load.run(()));
    view! {
        <div class="workspace" node_ref=place></div>
        <Show when=move || !arrived.get()>
            <div class="workspace-wait">
                <header class="workspace-header">
                    <a class="workspace-home wide-only" href="/">
                        "Sandglass"
                    </a>
                    <Hourglass left=1.0 />
                    <h1 class="badge">"Sandbox"</h1>
                </header>
                <p id="main" class="workspace-notice" role="status" tabindex="-1">
                    {move || failed.get().then_some("The workspace could not be loaded. Check your connection.")}
                </p>
                <Show when=move || failed.get()>
                    <button type="button" class="button button-quiet" on:click=move |_| load.run(())>
                        "Try again"
                    </button>
                </Show>
            </div>
        </Show>
    }
    .into_any()
}
