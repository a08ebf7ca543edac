//! What stands above every preview: its address, and the ways to load it again and to open it elsewhere.

use leptos::prelude::*;

use crate::components::icon::{Icon, IconView};
use crate::components::preview_frame::address;

/// The bar. What a page adds stands between the address and the buttons.
#[component]
pub(crate) fn PreviewBar(
    /// Where the app is served; `None` while it is not.
    url: Memo<Option<String>>,
    /// Loads the app again.
    on_reload: impl Fn() + Send + 'static,
    /// What a page adds.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_served = Memo::new(move |_| url.with(Option::is_some));
    view! {
        <div class="preview-bar">
            <span class="preview-address" title=move || url.get()>
                <span class="preview-dot" class:is-live=is_served aria-hidden="true"></span>
                {move || address(url.get().as_deref())}
            </span>
            {children.map(|children| children())}
            <button
                type="button"
                class="button button-icon"
                aria-label="Reload preview"
                title="Reload preview"
                disabled=move || !is_served.get()
                on:click=move |_| on_reload()
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
    }
    .into_any()
}
