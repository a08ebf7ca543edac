//! What the workspace's page holds: header, notices, panes, and the tabs of narrow screens.

use domain::Doing;
use leptos::html;
use leptos::prelude::*;

use super::banners::Banners;
use super::chat::Chat;
use super::desk::Desk;
use super::ended::{Ended, Unseen};
use super::files::FilesPane;
use super::header::WorkspaceHeader;
use super::help::Help;
use super::layout::Pane;
use super::preview::Preview;
use super::separator::{Separator, Sizes};
use super::shortcuts;
use super::terminals::Terminals;
use super::toasts::ToastList;
use crate::client::http::Failure;
use crate::client::scene::Scene;
use crate::components::icon::{Icon, IconView};

/// The whole page.
#[component]
pub(crate) fn WorkspaceBody(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    shortcuts::listen(desk);
    let refused = Memo::new(move |_| refused(desk));
    view! {
        <div class="workspace-frame" data-pane=move || desk.layout.pane.get().name()>
            <WorkspaceHeader desk />
            <main id="main" class="workspace-main" tabindex="-1">
                <Banners desk />
                {move || match refused.get() {
                    Some(failure) => view! { <Unseen failure /> }.into_any(),
                    None => view! { <Panes desk /> }.into_any(),
                }}
            </main>
            <PaneTabs desk />
            <ToastList toasts=desk.toasts />
            <Help desk />
        </div>
    }
    .into_any()
}

/// Why the server shows this browser nothing, if so.
fn refused(desk: Desk) -> Option<Failure> {
    match desk.scene.get() {
        Scene::Refused(failure) => Some(failure),
        Scene::Opening | Scene::Starting | Scene::Ready | Scene::Ended(_) => None,
    }
}

/// The panes, side by side or one at a time.
#[component]
fn Panes(desk: Desk) -> impl IntoView {
    let layout = desk.layout;
    let panes = NodeRef::<html::Div>::new();
    for size in [layout.chat, layout.tree, layout.preview, layout.terminal] {
        Effect::new(move |_| {
            if let Some(panes) = panes.get() {
                // A number the person chose, handed to the style sheet.
                let name = format!("--{}-size", size.name);
                let _ = (*panes).style().set_property(&name, &format!("{}px", size.px.get()));
            }
        });
    }
    let ended = Memo::new(move |_| desk.has_ended());
    let has_files = Memo::new(move |_| desk.may(Doing::ReadFiles));
    let has_terminals = Memo::new(move |_| desk.may(Doing::RunCommands));
    let shows_code = Memo::new(move |_| has_files.get() && layout.code_open.get());
    view! {
        <div
            class="workspace-panes"
            class:has-code=shows_code
            class:has-terminal=move || has_terminals.get() && layout.terminal_open.get()
            class:has-terminals=has_terminals
            node_ref=panes
        >
            <Chat desk />
            <div class="between-chat">
                <Separator size=layout.chat sizes=Sizes::Left label="Resize the chat" />
            </div>
            <Show when=move || has_files.get()>
                <FilesPane desk />
                <div class="between-preview">
                    <Separator size=layout.preview sizes=Sizes::Right label="Resize the preview" />
                </div>
            </Show>
            <Show when=move || has_terminals.get()>
                <Terminals desk />
            </Show>
            <section class="preview" aria-label="Preview">
                <Show when=move || !ended.get() fallback=move || view! { <Ended desk /> }>
                    <Preview desk />
                </Show>
            </section>
        </div>
    }
    .into_any()
}

/// Switches between the panes where there is room for one.
#[component]
fn PaneTabs(desk: Desk) -> impl IntoView {
    let icon = |pane| match pane {
        Pane::Chat => Icon::MessageSquareText,
        Pane::Files => Icon::FilePenLine,
        Pane::Terminal => Icon::SquareTerminal,
        Pane::Preview => Icon::AppWindow,
    };
    let is_there = move |pane| match pane {
        Pane::Chat | Pane::Preview => true,
        Pane::Files => desk.may(Doing::ReadFiles),
        Pane::Terminal => desk.may(Doing::RunCommands),
    };
    let tabs = Pane::ALL.map(|pane| {
        view! {
            <Show when=move || is_there(pane)>
                <button
                    type="button"
                    aria-pressed=move || (desk.layout.pane.get() == pane).to_string()
                    on:click=move |_| desk.layout.show(pane)
                >
                    <IconView icon=icon(pane) />
                    {pane.name()}
                </button>
            </Show>
        }
    });
    view! {
        <nav class="pane-tabs" aria-label="Panes" hidden=move || refused(desk).is_some()>
            {tabs}
        </nav>
    }
    .into_any()
}
