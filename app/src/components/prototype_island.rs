//! The place where a prototype is built. What fills it comes in code of its own.

use domain::SessionId;
use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use crate::prototype::{Given, mount_prototype};

/// Makes the page's form work and shows what it opens (B).
#[island]
pub fn PrototypeIsland(
    /// The rules and what can be built on, and the agent with what it can't do, as JSON.
    facts: String,
    /// Whether one can sign up here.
    takes_sign_ups: bool,
    /// The session that the address names.
    held: Option<SessionId>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let failed = RwSignal::new(false);
    let owner = Owner::current();
    Effect::new(move |_| {
        let (Some(owner), Some(place)) = (&owner, place.get()) else { return };
        let given = Given { facts: facts.clone(), takes_sign_ups, held };
        let mount = async move { failed.set(mount_prototype(place.into(), given).await.is_err()) };
        spawn_local(owner.with(|| ScopedFuture::new_untracked(mount)));
    });
    view! {
        <div class="try-place" node_ref=place></div>
        <p class="form-problem" role="alert">
            {move || failed.get().then_some("The page could not be loaded whole. Please reload it.")}
        </p>
    }
    .into_any()
}
