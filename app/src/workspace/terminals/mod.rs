//! Terminals: tabs of real shells in the sandbox (D6).

mod link;
mod screen;
mod state;

use domain::Doing;
use leptos::prelude::*;

use super::desk::Desk;
use super::separator::{Separator, Sizes};
use crate::components::icon::{Icon, IconView};
use screen::TerminalScreen;
use state::{TerminalTab, Terminals as Shells};

/// The pane of the terminals: folded to a line until somebody wants one.
#[component]
pub(crate) fn Terminals(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let shells = Shells::follow(desk);
    let layout = desk.layout;
    let may_open = Memo::new(move |_| desk.is_ready() && desk.may(Doing::RunCommands));
    let none = Memo::new(move |_| shells.tabs.with(Vec::is_empty));
    let unfold = move |open: bool| {
        layout.show_terminal(open);
        if open && none.get_untracked() && may_open.get_untracked() {
            shells.open(desk);
        }
    };
    view! {
        <section class="terminals" aria-label="Terminal">
            <Separator size=layout.terminal sizes=Sizes::Below label="Resize the terminal" />
            <div class="pane-bar">
                <button
                    type="button"
                    class="terminal-fold wide-only"
                    aria-expanded=move || layout.terminal_open.get().to_string()
                    on:click=move |_| unfold(!layout.terminal_open.get_untracked())
                >
                    <IconView icon=Icon::ChevronRight />
                    "Terminal"
                </button>
                <ul class="tabs" aria-label="Open terminals">
                    <For each=move || shells.tabs.get() key=|tab| tab.id let(tab)>
                        <Tab desk shells tab />
                    </For>
                </ul>
                <button
                    type="button"
                    class="button button-icon"
                    aria-label="New terminal"
                    title="New terminal"
                    disabled=move || !may_open.get() || shells.opening.get()
                    on:click=move |_| {
                        layout.show_terminal(true);
                        shells.open(desk);
                    }
                >
                    <IconView icon=Icon::Plus />
                </button>
            </div>
            <div class="terminal-stages">
                <For each=move || shells.tabs.get() key=|tab| tab.id let(tab)>
                    <TerminalScreen desk shells tab />
                </For>
                <Show when=move || none.get()>
                    <div class="pane-empty terminal-empty">
                        <p>"A shell in your sandbox. It survives a refresh, and ends with the sandbox."</p>
                        <button
                            type="button"
                            class="button button-quiet"
                            disabled=move || !may_open.get() || shells.opening.get()
                            on:click=move |_| shells.open(desk)
                        >
                            "Open a terminal"
                        </button>
                    </div>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Tab(desk: Desk, shells: Shells, tab: TerminalTab) -> impl IntoView {
    let is_shown = Memo::new(move |_| shells.shown.get() == Some(tab.id));
    let title = tab.title.get_value();
    let close_label = format!("Close {title}");
    view! {
        <li class="tab" class:is-shown=is_shown>
            <button
                type="button"
                class="tab-name"
                aria-current=move || is_shown.get().then_some("true")
                on:click=move |_| {
                    shells.shown.set(Some(tab.id));
                    desk.layout.show_terminal(true);
                }
            >
                {title}
                <Show when=move || tab.over.get()>
                    <span class="tab-note">"ended"</span>
                </Show>
            </button>
            <button
                type="button"
                class="tab-close"
                aria-label=close_label
                title="Close"
                on:click=move |_| shells.close(desk, tab)
            >
                <IconView icon=Icon::X />
            </button>
        </li>
    }
    .into_any()
}
