//! One terminal on the page: its screen, and the connection that comes back by itself (D6, F1).

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::link::{Heard, Link};
use super::state::{TerminalTab, Terminals};
use crate::client::browser::after;
use crate::client::workspace::terminal_path;
use crate::components::icon::{Icon, IconView};
use crate::workspace::desk::Desk;
use crate::workspace::parts::Screen;

/// How long to wait before the first and the last of a row of new connections, in milliseconds.
const RETRY_MS_MIN: i32 = 250;
const RETRY_MS_MAX: i32 = 5_000;

/// What a screen is connected with; copies are the same one.
#[derive(Clone, Copy)]
struct Wire {
    desk: Desk,
    tab: TerminalTab,
    screen: StoredValue<Option<Screen>, LocalStorage>,
    link: StoredValue<Option<Link>, LocalStorage>,
    retry_ms: StoredValue<i32>,
    lost: RwSignal<bool>,
    exit_code: RwSignal<Option<i32>>,
}

impl Wire {
    fn connect(self) {
        let path = terminal_path(self.desk.id, self.tab.id);
        let link = Link::open(&path, move |heard| self.hear(heard));
        let _ = self.link.try_set_value(link);
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Opened => {
                self.lost.set(false);
                self.retry_ms.set_value(RETRY_MS_MIN);
                // The whole scrollback comes again.
                self.on_screen(Screen::reset);
                self.tell_size();
            }
            Heard::Bytes(bytes) => {
                self.on_screen(|screen| screen.write(&bytes));
                // What was typed may have changed files, and nothing else tells.
                self.desk.files.look_again_at_leisure(self.desk);
            }
            Heard::Exited(code) => {
                self.exit_code.set(code);
                self.tab.over.set(true);
            }
            Heard::Lost => self.connect_again(),
        }
    }

    /// After a lost connection: soon, then ever later, as long as there is a shell to come back to.
    fn connect_again(self) {
        let over = self.tab.over.try_get_untracked().unwrap_or(true);
        if over || !untrack(|| self.desk.session.is_living()) {
            return;
        }
        self.lost.set(true);
        let wait_ms = self.retry_ms.get_value();
        self.retry_ms.set_value((wait_ms * 2).min(RETRY_MS_MAX));
        after(wait_ms, move || {
            // The tab may have been closed meanwhile, or be connected again.
            if self.tab.over.try_get_untracked() == Some(false)
                && self.lost.try_get_untracked() == Some(true)
                && self.screen.try_with_value(|_| ()).is_some()
            {
                self.connect();
            }
        });
    }

    /// Believes the browser when it says that the network is gone or back, as the session's stream does.
    fn mind_the_network(self) {
        let has_shell = move || {
            let connected = self.link.try_with_value(Option::is_some).unwrap_or_default();
            connected && self.tab.over.try_get_untracked() == Some(false)
        };
        let gone = window_event_listener(ev::offline, move |_| {
            if has_shell() {
                self.lost.set(true);
            }
        });
        let back = window_event_listener(ev::online, move |_| {
            if has_shell() {
                self.connect();
            }
        });
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    }

    fn on_screen(self, act: impl FnOnce(&Screen)) {
        self.screen.try_with_value(|screen| screen.as_ref().map(act));
    }

    fn tell_size(self) {
        let size = self.screen.try_with_value(|screen| screen.as_ref().map(Screen::size)).flatten();
        self.link.try_with_value(|link| link.as_ref().zip(size).map(|(link, size)| link.resize(size)));
    }

    fn send(self, bytes: &[u8]) {
        self.link.try_with_value(|link| link.as_ref().map(|link| link.send(bytes)));
    }
}

/// One terminal. It is drawn when it is shown for the first time, and stays while another one is shown.
#[component]
pub(super) fn TerminalScreen(
    /// The page.
    desk: Desk,
    /// All terminals.
    shells: Terminals,
    /// Which one.
    tab: TerminalTab,
) -> impl IntoView {
    let wire = Wire {
        desk,
        tab,
        screen: StoredValue::new_local(None),
        link: StoredValue::new_local(None),
        retry_ms: StoredValue::new(RETRY_MS_MIN),
        lost: RwSignal::new(false),
        exit_code: RwSignal::new(None),
    };
    wire.mind_the_network();
    let failed = RwSignal::new(false);
    let place = NodeRef::<html::Div>::new();
    let is_shown = Memo::new(move |_| shells.shown.get() == Some(tab.id));
    let begun = StoredValue::new(false);
    let begin = move || {
        let Some(place) = place.get_untracked() else { return };
        begun.set_value(true);
        failed.set(false);
        spawn_local(async move {
            let label = tab.title.get_value();
            let opened =
                Screen::open(&place, &label, move |bytes| wire.send(&bytes), move |_, _| wire.tell_size())
                    .await;
            match opened {
                Ok(screen) => {
                    screen.focus();
                    if wire.screen.try_set_value(Some(screen)).is_none() {
                        wire.connect();
                    }
                }
                Err(_) => failed.set(true),
            }
        });
    };
    Effect::new(move |_| {
        let visible = is_shown.get() && desk.layout.terminal_open.get() && place.get().is_some();
        match (visible, begun.get_value()) {
            (true, false) => request_animation_frame(begin),
            (true, true) => wire.on_screen(Screen::focus),
            (false, _) => {}
        }
    });
    view! {
        <div class="terminal-stage" hidden=move || !is_shown.get()>
            <div class="terminal-place" node_ref=place></div>
            <Show when=move || wire.lost.get() && !tab.over.get()>
                <p class="terminal-note" role="status">
                    <IconView icon=Icon::WifiOff />
                    "Connection lost. Reconnecting; what runs keeps running."
                </p>
            </Show>
            <Show when=move || tab.over.get()>
                <p class="terminal-note" role="status">
                    {move || ended_words(wire.exit_code.get())}
                    <button type="button" class="button button-quiet button-small" on:click=move |_| shells.open(desk)>
                        "New terminal"
                    </button>
                </p>
            </Show>
            <Show when=move || failed.get()>
                <p class="terminal-note" role="alert">
                    "The terminal could not be loaded. Check your connection."
                    <button type="button" class="button button-quiet button-small" on:click=move |_| begin()>
                        "Try again"
                    </button>
                </p>
            </Show>
        </div>
    }
    .into_any()
}

fn ended_words(exit_code: Option<i32>) -> String {
    match exit_code {
        Some(code) => format!("The shell ended with exit code {code}."),
        None => "The shell ended.".into(),
    }
}
