//! The frame that shows a running app, on an origin of its own.

use leptos::html;
use leptos::prelude::*;

/// The frame, once there is an address to show; until the app has answered, `wait` stands in its place.
#[component]
pub(crate) fn PreviewFrame(
    /// Where the app is served; `None` while it is not.
    url: Memo<Option<String>>,
    /// The frame itself.
    frame: NodeRef<html::Iframe>,
    /// Whether the app has answered.
    painted: RwSignal<bool>,
    /// What is going on meanwhile.
    #[prop(into)]
    wait: Signal<String>,
) -> impl IntoView {
    Effect::new(move |_| {
        url.track();
        painted.set(false);
    });
    let is_served = Memo::new(move |_| url.with(Option::is_some));
    view! {
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
                <p>{wait}</p>
            </div>
        </Show>
    }
    .into_any()
}

/// Loads the app again. Another origin's frame can't be told to, but it can be given its address again.
pub(crate) fn reload(frame: NodeRef<html::Iframe>, url: Memo<Option<String>>, painted: RwSignal<bool>) {
    if let (Some(frame), Some(url)) = (frame.get_untracked(), url.get_untracked()) {
        painted.set(false);
        frame.set_src(&url);
    }
}

/// The preview's address without its scheme, and with its unguessable part shortened.
pub(crate) fn address(url: Option<&str>) -> String {
    let Some(url) = url else {
        return "Live preview".into();
    };
    let host = url.split("://").nth(1).unwrap_or(url).trim_end_matches('/');
    match host.split_once('.') {
        Some((label, rest)) if label.len() > 8 => format!("{}….{rest}", &label[..6]),
        _ => host.to_owned(),
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
