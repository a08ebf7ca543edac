//! The running app, on an origin of its own, with what goes with it.

use leptos::html;
use leptos::prelude::*;

use crate::client::preview_messages::{Reports, listen};
use crate::client::scene::Scene;
use crate::client::session::Session;
use crate::components::preview_bar::PreviewBar;
use crate::components::preview_frame::{PreviewFrame, reload};

/// The preview and its toolbar. Until the app answers, what is going on stands in its place.
#[component]
pub(crate) fn Preview(
    /// The page's session.
    session: Session,
    /// What the overlay shows.
    scene: Memo<Scene>,
) -> impl IntoView {
    let frame = NodeRef::<html::Iframe>::new();
    let painted = RwSignal::new(false);
    let url = Memo::new(move |_| match scene.get() {
        Scene::Ready => session.view.with(|view| view.as_ref().map(|view| view.preview_url.clone())),
        Scene::Opening | Scene::Starting | Scene::Ended(_) | Scene::Refused(_) => None,
    });
    let reports = Reports::new(session);
    listen(frame, url, move |message| reports.hear(&message));
    let wait = Signal::derive(move || wait_text(&scene.get(), session));
    view! {
        <PreviewBar url on_reload=move || reload(frame, url, painted) />
        <div class="preview-stage">
            <PreviewFrame url frame painted wait />
        </div>
    }
}

/// What is going on, with the seconds it takes where it takes any.
fn wait_text(scene: &Scene, session: Session) -> String {
    let doing = match scene {
        Scene::Opening => "Starting demo…",
        Scene::Starting => "Making a sandbox and starting the app in it",
        Scene::Ready => "Loading the app",
        Scene::Ended(_) | Scene::Refused(_) => "",
    };
    match session.waited_seconds() {
        0 => doing.to_owned(),
        seconds => format!("{doing} · {seconds} s"),
    }
}
