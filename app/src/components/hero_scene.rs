//! What a demo looks like, drawn with the same parts: a prompt, the agent's steps, the app that changed.

use leptos::prelude::*;

use super::hourglass::Hourglass;
use super::icon::{Icon, IconView};

/// A drawing, and said to be one. Screen readers get its caption.
#[component]
pub(crate) fn HeroScene() -> impl IntoView {
    view! {
        <figure class="scene">
            <div class="scene-window" aria-hidden="true">
                <div class="scene-bar">
                    <span class="countdown">
                        <Hourglass left=0.84 running=true />
                        <span class="countdown-time">"4:12"</span>
                    </span>
                    <span class="prompts-left">"2 prompts left"</span>
                </div>
                <div class="scene-panes">
                    <div class="scene-steps">
                        <p class="prompt-text">"Make it a page for a tea shop, green, with a price list"</p>
                        <div class="step">
                            <IconView icon=Icon::FileSearch />
                            <span>"Read " <code>"src/App.jsx"</code></span>
                        </div>
                        <div class="step">
                            <IconView icon=Icon::FilePenLine />
                            <span class="step-title">"Edited " <code>"src/App.jsx"</code></span>
                            <span class="step-size"><span class="added">"+24"</span><span class="removed">"−6"</span></span>
                        </div>
                        <div class="diff">
                            <pre>
                                <span class="diff-removed" data-marker="−">"<h1>Hello</h1>\n"</span>
                                <span class="diff-added" data-marker="+">"<h1>Leaf & Kettle</h1>\n"</span>
                                <span class="diff-added" data-marker="+">"<PriceList teas={teas} />\n"</span>
                            </pre>
                        </div>
                        <div class="step">
                            <IconView icon=Icon::FilePenLine />
                            <span class="step-title">"Edited " <code>"src/App.css"</code></span>
                            <span class="step-size"><span class="added">"+9"</span><span class="removed">"−2"</span></span>
                        </div>
                        <p class="scene-said">"The page is now a tea shop with three teas and their prices."</p>
                        <div class="scene-draft">
                            <span>"What should change?"</span>
                            <IconView icon=Icon::ArrowUp />
                        </div>
                    </div>
                    <div class="scene-preview">
                        <div class="scene-app">
                            <p class="scene-app-title">"Leaf & Kettle"</p>
                            <p class="scene-app-text">"Small harvests, poured slowly."</p>
                            <ul>
                                <li><span>"Sencha"</span><span>"€ 9"</span></li>
                                <li><span>"Oolong"</span><span>"€ 12"</span></li>
                                <li><span>"Darjeeling"</span><span>"€ 11"</span></li>
                            </ul>
                            <span class="scene-app-button">"Order a sample"</span>
                        </div>
                    </div>
                </div>
            </div>
            <figcaption>"Drawn, to show what to expect: a prompt, the files it changed, the app that follows."</figcaption>
        </figure>
    }
    .into_any()
}
