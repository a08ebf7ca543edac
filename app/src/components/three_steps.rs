//! How the demo goes, in three steps.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::wording::waiting::counted;

/// Click, say, watch.
#[component]
pub(crate) fn ThreeSteps(
    /// How long a session may last.
    minutes: u32,
) -> impl IntoView {
    let span = counted(minutes.into(), "minute");
    view! {
        <section class="section" id="how" aria-labelledby="how-title">
            <h2 id="how-title">"How it works"</h2>
            <ol class="three-steps">
                <li>
                    <IconView icon=Icon::MousePointerClick />
                    <h3>"Click"</h3>
                    <p>
                        "A sandbox that is already running becomes yours. There is no form, and nothing to install. The preview beside you is a real dev server."
                    </p>
                </li>
                <li>
                    <IconView icon=Icon::MessageSquareText />
                    <h3>"Say what should change"</h3>
                    <p>
                        "In your own words. An agent reads the project and edits its source files. Every change is listed, and opens as a diff."
                    </p>
                </li>
                <li>
                    <IconView icon=Icon::Hourglass />
                    <h3>"Watch it change"</h3>
                    <p>
                        "The app updates in place, without a reload. After "
                        {span}
                        " the sand has run through: the sandbox is destroyed, and its files with it."
                    </p>
                </li>
            </ol>
        </section>
    }
    .into_any()
}
