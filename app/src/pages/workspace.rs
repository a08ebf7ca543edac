//! A workspace's page: the frame that the server renders; what is in it comes from the session's journal in the browser.

use domain::SessionId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::not_found::NotFoundPage;
use crate::WorkspaceIsland;
use crate::components::site_frame::SiteFrame;

/// The page of one session. Who may see what is in it, the API decides; the page says nothing that the address does not.
#[component]
pub(crate) fn WorkspacePage() -> impl IntoView {
    let asked = use_params_map().with_untracked(|params| params.get("session"));
    let Some(session_id) = asked.and_then(|id| id.parse::<SessionId>().ok()) else {
        return view! { <SiteFrame><NotFoundPage /></SiteFrame> }.into_any();
    };
    view! {
        <Title text="Sandbox" />
        <WorkspaceIsland session_id />
    }
    .into_any()
}
