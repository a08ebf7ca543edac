//! The one session that this page holds: asking for it and giving it back.
//!
//! This half is in what the page loads at once. The other half, [`super::following`], comes with the overlay: reading the
//! journal takes code that nobody needs before the click.

use domain::wire::{ClaimRequest, WordsJson};
use domain::{EndReason, Event, PromptId, SessionId, SessionState, SessionView, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser::{Ticker, after};
use super::event_stream::{EventStream, Link};
use super::fingerprint::fingerprint;
use super::http::{self, Failure, Reply};
use super::kept::Kept;
use super::server_clock::ServerClock;

/// How far this page is with having a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It has none.
    None,
    /// It asked for one.
    Claiming,
    /// It has one, living or ended.
    Held,
    /// It asked and was refused.
    Refused(Failure),
}

/// By which of the server's resources a session is asked for, followed and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// The live demo's (A5).
    Demo,
    /// That of `/try` and of workspaces.
    Sessions,
}

impl Door {
    /// Where one session is.
    pub(crate) fn url(self, id: SessionId) -> String {
        match self {
            Self::Demo => format!("/api/v1/demo/{id}"),
            Self::Sessions => format!("/api/v1/sessions/{id}"),
        }
    }

    /// Where one session's state is.
    pub(super) fn status_url(self, id: SessionId) -> String {
        match self {
            Self::Demo => format!("{}/status", self.url(id)),
            Self::Sessions => self.url(id),
        }
    }
}

/// The server's answer to a claim, not read yet.
#[derive(Clone)]
pub(crate) struct Answer {
    /// Which claim it answers.
    pub(super) claim: u32,
    /// What the server said.
    pub(super) result: Result<Reply, Failure>,
}

/// A handle to the page's session; copies are the same session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// How the server is asked about it.
    pub(crate) door: Door,
    /// How far it is.
    pub(crate) phase: RwSignal<Phase>,
    /// The fold of its journal.
    pub(crate) view: RwSignal<Option<SessionView>>,
    /// How its event stream is doing.
    pub(crate) link: RwSignal<Link>,
    /// The server's present, moved on four times a second while a session is held.
    pub(crate) now: RwSignal<Timestamp>,
    /// What is being typed. It stays when sending fails.
    pub(crate) draft: RwSignal<String>,
    /// What the agent is saying, as far as it has come.
    pub(crate) words: RwSignal<Option<WordsJson>>,
    /// Whether a prompt is on its way: to the server, and back in the journal.
    pub(crate) sending: RwSignal<bool>,
    /// Counts what was told that may have changed files: a page that shows them looks again.
    pub(crate) touched: RwSignal<u32>,
    /// Whether files were changed by hand or by a command since the newest version was kept.
    pub(crate) edited: RwSignal<bool>,
    /// Why the last prompt was not accepted.
    pub(crate) prompt_failure: RwSignal<Option<Failure>>,
    /// The prompt that the server has taken and the journal has not told of yet.
    pub(super) taken: StoredValue<Option<PromptId>>,
    /// What came back for a claim, until the overlay reads it.
    pub(super) answer: RwSignal<Option<Answer>>,
    /// When, by this browser's clock, the overlay began to wait for the sandbox.
    pub(super) waiting_since: RwSignal<Timestamp>,
    /// What the page had to conclude because the server could not tell it.
    pub(super) concluded: RwSignal<Option<EndReason>>,
    pub(super) clock: StoredValue<ServerClock>,
    pub(super) stream: Kept<EventStream>,
    /// Events that came and are not folded in yet.
    pub(super) heard: StoredValue<Vec<Event>>,
    pub(super) ticker: Kept<Ticker>,
    /// Counts claims, so that the answer to one that was given up is recognised.
    pub(super) claim: StoredValue<u32>,
}

impl Session {
    /// No session yet.
    pub(crate) fn new(door: Door) -> Self {
        let nothing = Timestamp::from_unix_ms(0);
        Self {
            door,
            phase: RwSignal::new(Phase::None),
            view: RwSignal::new(None),
            link: RwSignal::new(Link::Open),
            now: RwSignal::new(nothing),
            draft: RwSignal::new(String::new()),
            words: RwSignal::new(None),
            sending: RwSignal::new(false),
            touched: RwSignal::new(0),
            edited: RwSignal::new(false),
            prompt_failure: RwSignal::new(None),
            taken: StoredValue::new(None),
            answer: RwSignal::new(None),
            waiting_since: RwSignal::new(nothing),
            concluded: RwSignal::new(None),
            clock: StoredValue::new(ServerClock::default()),
            stream: Kept::new(),
            heard: StoredValue::new(Vec::new()),
            ticker: Kept::new(),
            claim: StoredValue::new(0),
        }
    }

    /// Milliseconds until the deadline; `None` before there is one.
    pub(crate) fn remaining_ms(self) -> Option<u64> {
        let deadline = self.view.with(|view| view.as_ref().map(|view| view.lifetime.deadline))?;
        Some(deadline.ms_since(self.now.get()))
    }

    /// Whether the session that is held is over.
    pub(crate) fn has_ended(self) -> bool {
        let told = self.view.with(|view| view.as_ref().is_some_and(|view| view.state == SessionState::Ended));
        told || self.concluded.with(Option::is_some)
    }

    /// Whether the session that is held still lives.
    pub(crate) fn is_living(self) -> bool {
        self.phase.with(|phase| *phase == Phase::Held) && !self.has_ended()
    }

    /// Asks for a sandbox. The overlay, which may still be loading, reads the answer.
    pub(crate) fn ask(self) {
        self.forget();
        self.phase.set(Phase::Claiming);
        let claim = self.claim.get_value();
        spawn_local(async move {
            let request = ClaimRequest { template: None, fingerprint: fingerprint() };
            let body = serde_json::to_string(&request).unwrap_or_default();
            let result = http::send("POST", "/api/v1/demo/claim", Some(&body)).await;
            self.answer.set(Some(Answer { claim, result }));
        });
    }

    /// Gives the sandbox back at once. What was shown stays for `shown_ms` milliseconds, while the overlay leaves.
    pub(crate) fn leave(self, shown_ms: i32) {
        if !untrack(|| self.has_ended())
            && let Some(id) = self.id()
        {
            release(self.door, id);
        }
        self.stop();
        self.phase.set(Phase::None);
        self.claim.update_value(|claim| *claim += 1);
        let claim = self.claim.get_value();
        after(shown_ms, move || {
            if self.claim.get_value() == claim {
                self.forget();
            }
        });
    }

    /// Where to sign up, and keep the session that is held (A9).
    pub(crate) fn sign_up_page(self) -> String {
        let held = self.view.with(|view| view.as_ref().map(|view| view.session_id));
        let living = held.filter(|_| !self.has_ended());
        living.map_or("/sign-up".into(), |id| format!("/sign-up?adopt={id}"))
    }

    /// The session that is held.
    pub(crate) fn id(self) -> Option<SessionId> {
        self.view.with_untracked(|view| view.as_ref().map(|view| view.session_id))
    }

    /// Ends what runs for the session: its event stream and its countdown.
    pub(super) fn stop(self) {
        self.stream.set(None);
        self.heard.set_value(Vec::new());
        self.ticker.set(None);
        self.link.set(Link::Open);
    }

    pub(super) fn forget(self) {
        self.claim.update_value(|claim| *claim += 1);
        self.stop();
        self.phase.set(Phase::None);
        self.view.set(None);
        self.concluded.set(None);
        self.draft.set(String::new());
        self.words.set(None);
        self.sending.set(false);
        self.taken.set_value(None);
        self.prompt_failure.set(None);
    }
}

/// Gives a sandbox back. The answer does not matter: the server ends a session nobody follows by itself.
pub(super) fn release(door: Door, id: SessionId) {
    spawn_local(async move {
        let _ = http::send("DELETE", &door.url(id), None).await;
    });
}
