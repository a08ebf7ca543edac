//! Which terminals there are: those of the journal, and those whose shell is over but whose last words are still read.

use domain::{TerminalId, TerminalView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::workspace::{close_terminal, open_terminal};
use crate::workspace::desk::Desk;

/// The size of a terminal until its place on the page is known, in characters.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// One terminal on the page; copies are the same one.
#[derive(Clone, Copy)]
pub(crate) struct TerminalTab {
    /// Which one.
    pub(crate) id: TerminalId,
    /// What its tab is called.
    pub(crate) title: StoredValue<String>,
    /// Whether its shell is over.
    pub(crate) over: RwSignal<bool>,
}

/// The terminals of the page; copies are the same ones.
#[derive(Clone, Copy)]
pub(crate) struct Terminals {
    /// All of them, oldest first.
    pub(crate) tabs: RwSignal<Vec<TerminalTab>>,
    /// Which one is shown.
    pub(crate) shown: RwSignal<Option<TerminalId>>,
    /// Whether one is being opened.
    pub(crate) opening: RwSignal<bool>,
    /// Those that were closed here: the journal tells it a moment later.
    closed: StoredValue<Vec<TerminalId>>,
}

impl Terminals {
    /// Follows the journal.
    pub(crate) fn follow(desk: Desk) -> Self {
        let shells = Self {
            tabs: RwSignal::new(Vec::new()),
            shown: RwSignal::new(None),
            opening: RwSignal::new(false),
            closed: StoredValue::new(Vec::new()),
        };
        let told = Memo::new(move |_| {
            desk.session
                .view
                .with(|view| view.as_ref().map(|view| view.terminals.clone()).unwrap_or_default())
        });
        Effect::new(move |_| told.with(|told| shells.hear(told)));
        shells
    }

    fn hear(self, told: &[TerminalView]) {
        let closed = self.closed.get_value();
        let news: Vec<_> = self.tabs.with_untracked(|tabs| {
            let is_new = |view: &&TerminalView| {
                !closed.contains(&view.terminal_id) && tabs.iter().all(|tab| tab.id != view.terminal_id)
            };
            told.iter().filter(is_new).map(tab_of).collect()
        });
        for tab in self.tabs.get_untracked() {
            if told.iter().all(|view| view.terminal_id != tab.id) {
                tab.over.set(true);
            }
        }
        let Some(first) = news.first().map(|tab| tab.id) else { return };
        self.tabs.update(|tabs| tabs.extend(news));
        if self.shown.get_untracked().is_none() {
            self.shown.set(Some(first));
        }
    }

    /// Opens one more, and shows it.
    pub(crate) fn open(self, desk: Desk) {
        if self.opening.get_untracked() {
            return;
        }
        self.opening.set(true);
        spawn_local(async move {
            match open_terminal(desk.id, USUAL_SIZE.0, USUAL_SIZE.1).await {
                // Its tab comes with the event.
                Ok(id) => self.shown.set(Some(id)),
                Err(failure) => desk.toasts.fail("The terminal could not be opened.", &failure),
            }
            self.opening.set(false);
        });
    }

    /// Closes one, and ends what runs in it.
    pub(crate) fn close(self, desk: Desk, tab: TerminalTab) {
        self.closed.update_value(|closed| closed.push(tab.id));
        self.tabs.update(|tabs| tabs.retain(|other| other.id != tab.id));
        if self.shown.get_untracked() == Some(tab.id) {
            self.shown.set(self.tabs.with_untracked(|tabs| tabs.last().map(|tab| tab.id)));
        }
        if !tab.over.get_untracked() {
            spawn_local(async move {
                if let Err(failure) = close_terminal(desk.id, tab.id).await {
                    desk.toasts.fail("The terminal could not be closed.", &failure);
                }
            });
        }
    }
}

fn tab_of(view: &TerminalView) -> TerminalTab {
    TerminalTab {
        id: view.terminal_id,
        title: StoredValue::new(view.title.clone()),
        over: RwSignal::new(false),
    }
}
