//! The running app: as wide as a phone, a tablet or the pane, with its console below it (D7).

mod console;

use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use crate::client::preview_messages::{Reports, listen};
use crate::client::scene::Scene;
use crate::components::icon::{Icon, IconView};
use crate::components::preview_bar::PreviewBar;
use crate::components::preview_frame::{PreviewFrame, reload};
use console::{Console, ConsoleList};

/// How wide the app is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Device {
    Full,
    Tablet,
    Phone,
}

impl Device {
    const ALL: [Self; 3] = [Self::Full, Self::Tablet, Self::Phone];

    const fn icon(self) -> Icon {
        match self {
            Self::Full => Icon::Monitor,
            Self::Tablet => Icon::Tablet,
            Self::Phone => Icon::Smartphone,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Full => "As wide as the pane",
            Self::Tablet => "As wide as a tablet (768 px)",
            Self::Phone => "As wide as a phone (390 px)",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }
}

/// The preview, its toolbar and its console.
#[component]
pub(crate) fn Preview(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let session = desk.session;
    let frame = NodeRef::<html::Iframe>::new();
    let painted = RwSignal::new(false);
    let device = RwSignal::new(Device::Full);
    let url = Memo::new(move |_| match desk.scene.get() {
        Scene::Ready => session.view.with(|view| view.as_ref().map(|view| view.preview_url.clone())),
        Scene::Opening | Scene::Starting | Scene::Ended(_) | Scene::Refused(_) => None,
    });
    let (console, reports) = (Console::new(), Reports::new(session));
    listen(frame, url, move |message| {
        reports.hear(&message);
        console.hear(message);
    });
    let wait = Signal::derive(move || match desk.scene.get() {
        Scene::Opening => "Looking for the sandbox".to_owned(),
        Scene::Starting => "Making a sandbox and starting what is in it".to_owned(),
        Scene::Ready => "Loading the app".to_owned(),
        Scene::Ended(_) | Scene::Refused(_) => String::new(),
    });
    let devices = Device::ALL.map(|which| {
        view! {
            <button
                type="button"
                class="button button-icon"
                aria-label=which.label()
                title=which.label()
                aria-pressed=move || (device.get() == which).to_string()
                on:click=move |_| device.set(which)
            >
                <IconView icon=which.icon() />
            </button>
        }
    });
    view! {
        <PreviewBar
            url
            on_reload=move || {
                console.clear();
                reload(frame, url, painted);
            }
        >
            <div class="preview-devices" role="group" aria-label="Width of the preview">
                {devices}
            </div>
        </PreviewBar>
        <div class="preview-stage" data-device=move || device.get().word()>
            <PreviewFrame url frame painted wait />
        </div>
        <ConsoleList console />
    }
    .into_any()
}
