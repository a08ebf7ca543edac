//! The running app, on an origin of its own, with what goes with it.

use leptos::html;
use leptos::prelude::*;

use super::scene::Scene;
use crate::client::session::Session;
use crate::components::icon::{Icon, IconView};

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
    Effect::new(move |_| {
        url.track();
        painted.set(false);
    });
    let is_served = Memo::new(move |_| url.with(Option::is_some));
    let reload = move |_| {
        // Another origin's frame can't be told to reload, but it can be given its address again.
        if let (Some(frame), Some(url)) = (frame.get_untracked(), url.get_untracked()) {
            painted.set(false);
            frame.set_src(&url);
        }
    };
    view! {
        <div class="preview-bar">
            <span class="preview-address" title=move || url.get()>
                <span class="preview-dot" class:is-live=is_served aria-hidden="true"></span>
                {move || address(url.get().as_deref())}
            </span>
            <button
                type="button"
                class="button button-icon"
                aria-label="Reload preview"
                title="Reload preview"
                disabled=move || !is_served.get()
                on:click=reload
            >
                <IconView icon=Icon::RotateCw />
            </button>
            <Show when=move || is_served.get()>
                <a
                    class="button button-icon"
                    href=move || url.get()
                    target="_blank"
                    rel="noopener"
                    // By this the preview knows its holder, and warns nobody.
                    referrerpolicy="origin"
                    aria-label="Open preview in a new tab"
                    title="Open preview in a new tab"
                >
                    <IconView icon=Icon::ExternalLink />
                </a>
            </Show>
        </div>
        <div class="preview-stage">
            <Show when=move || is_served.get()>
                <iframe
                    title="Live preview"
                    // The preview is another origin: its own storage is its own, and it can't navigate this page.
                    sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups"
                    // By this the preview knows its holder, also when the address is given again.
                    referrerpolicy="origin"
                    src=move || url.get()
                    node_ref=frame
                    on:load=move |_| painted.set(true)
                ></iframe>
            </Show>
            <Show when=move || !painted.get()>
                <div class="preview-wait">
                    <span class="busy-dots" aria-hidden="true"></span>
                    <p>{move || wait_text(&scene.get(), session)}</p>
                </div>
            </Show>
        </div>
    }
}

/// The preview's address without its scheme, and with its unguessable part shortened.
fn address(url: Option<&str>) -> String {
    let Some(url) = url else {
        return "Live preview".into();
    };
    let host = url.split("://").nth(1).unwrap_or(url).trim_end_matches('/');
    match host.split_once('.') {
        Some((label, rest)) if label.len() > 8 => format!("{}….{rest}", &label[..6]),
        _ => host.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_shown_short() {
        let url = "http://abcdefghijklmnopqrstuvwxyz.preview.localhost:3000/";
        assert_eq!(address(Some(url)), "abcdef….preview.localhost:3000");
        assert_eq!(address(Some("http://demo.example/")), "demo.example");
        assert_eq!(address(None), "Live preview");
    }
}
