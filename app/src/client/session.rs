//! The one session that this page holds: claiming it, following its events, asking for changes, giving it back.

use domain::wire::{ClaimRequest, ClaimResponse, PromptRequest, SessionJson};
use domain::{EndReason, Event, SessionId, SessionState, SessionView, Timestamp, check_prompt_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser::{Ticker, after, local_time};
use super::event_stream::{EventStream, JOURNAL, Link};
use super::fingerprint::fingerprint;
use super::http::{self, Failure, Reply};
use super::server_clock::ServerClock;
use crate::overlay::scene::{Scene, scene};

/// How often the countdown is redrawn, in milliseconds.
const TICK_MS: i32 = 250;
/// After a lost connection that the browser gave up, the server is asked again after this many milliseconds.
const RETRY_MS: i32 = 2_000;
/// This long after the deadline, in milliseconds, a session whose server does not answer counts as ended.
const ENDED_FOR_SURE_MS: i64 = 30_000;

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

/// A handle to the page's session; copies are the same session.
#[derive(Clone, Copy)]
pub(crate) struct Session {
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
    /// Whether a prompt is on its way to the server.
    pub(crate) sending: RwSignal<bool>,
    /// Why the last prompt was not accepted.
    pub(crate) prompt_failure: RwSignal<Option<Failure>>,
    /// When the claim was made.
    asked_at: RwSignal<Timestamp>,
    /// What the page had to conclude because the server could not tell it.
    concluded: RwSignal<Option<EndReason>>,
    clock: StoredValue<ServerClock>,
    stream: StoredValue<Option<EventStream>, LocalStorage>,
    ticker: StoredValue<Option<Ticker>, LocalStorage>,
    /// Counts claims, so that the answer to one that was given up is recognised.
    claim: StoredValue<u32>,
}

impl Session {
    /// No session yet.
    pub(crate) fn new() -> Self {
        let nothing = Timestamp::from_unix_ms(0);
        Self {
            phase: RwSignal::new(Phase::None),
            view: RwSignal::new(None),
            link: RwSignal::new(Link::Open),
            now: RwSignal::new(nothing),
            draft: RwSignal::new(String::new()),
            sending: RwSignal::new(false),
            prompt_failure: RwSignal::new(None),
            asked_at: RwSignal::new(nothing),
            concluded: RwSignal::new(None),
            clock: StoredValue::new(ServerClock::default()),
            stream: StoredValue::new_local(None),
            ticker: StoredValue::new_local(None),
            claim: StoredValue::new(0),
        }
    }

    /// What the overlay shows.
    pub(crate) fn scene(self) -> Scene {
        self.view.with(|view| {
            let ended = self.concluded.get();
            self.phase.with(|phase| scene(phase, view.as_ref(), ended))
        })
    }

    /// Milliseconds until the deadline; `None` before there is one.
    pub(crate) fn remaining_ms(self) -> Option<u64> {
        let deadline = self.view.with(|view| view.as_ref().map(|view| view.lifetime.deadline))?;
        Some(deadline.ms_since(self.now.get()))
    }

    /// Whole seconds since the claim was made.
    pub(crate) fn waited_seconds(self) -> u64 {
        self.now.get().ms_since(self.asked_at.get()) / 1_000
    }

    /// Asks for a sandbox.
    pub(crate) fn claim(self) {
        self.forget();
        self.phase.set(Phase::Claiming);
        self.start_ticking();
        self.asked_at.set(self.now.get_untracked());
        let claim = self.claim.get_value();
        spawn_local(async move {
            let answer = request_claim().await;
            let given_up = self.claim.get_value() != claim;
            match answer {
                Ok((session, _)) if given_up => release(session.session_id),
                Ok((session, server_time)) => self.hold(&session, server_time),
                Err(_) if given_up => {}
                Err(failure) => {
                    self.stop_ticking();
                    self.phase.set(Phase::Refused(failure));
                }
            }
        });
    }

    /// Goes on with a session that this browser already holds, for example after a refresh.
    pub(crate) fn resume(self, session: &SessionJson) {
        let id = session.session_id;
        self.phase.set(Phase::Held);
        self.start_ticking();
        self.follow(id);
        self.look_after(id);
    }

    /// Gives the sandbox back at once. What was shown stays for `shown_ms` milliseconds, while the overlay leaves.
    pub(crate) fn leave(self, shown_ms: i32) {
        if let Some(id) = self.id().filter(|_| !self.has_ended()) {
            release(id);
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

    /// Whether the session that is held is over.
    pub(crate) fn has_ended(self) -> bool {
        let told = self
            .view
            .with_untracked(|view| view.as_ref().is_some_and(|view| view.state == SessionState::Ended));
        told || self.concluded.get_untracked().is_some()
    }

    /// Whether the session that is held still lives.
    pub(crate) fn is_living(self) -> bool {
        let ended =
            self.view.with(|view| view.as_ref().is_some_and(|view| view.state == SessionState::Ended));
        self.phase.get() == Phase::Held && !ended && self.concluded.get().is_none()
    }

    /// Asks for a change. The draft is cleared once the server has taken it.
    pub(crate) fn prompt(self, text: &str) {
        let Some(id) = self.id() else { return };
        if self.sending.get_untracked() {
            return;
        }
        let text = match check_prompt_text(text) {
            Ok(text) => text.to_owned(),
            Err(_) => return,
        };
        self.sending.set(true);
        self.prompt_failure.set(None);
        spawn_local(async move {
            let url = format!("/api/v1/demo/{id}/prompt");
            let request = PromptRequest { text };
            let body = serde_json::to_string(&request).unwrap_or_default();
            match http::send("POST", &url, Some(&body)).await {
                Ok(_) => {
                    if self.draft.with_untracked(|draft| draft.trim() == request.text) {
                        self.draft.set(String::new());
                    }
                }
                Err(failure) => self.prompt_failure.set(Some(failure)),
            }
            self.sending.set(false);
        });
    }

    fn id(self) -> Option<SessionId> {
        self.view.with_untracked(|view| view.as_ref().map(|view| view.session_id))
    }

    fn hold(self, session: &SessionJson, server_time: Option<Timestamp>) {
        self.hear(server_time);
        self.hear(Some(session.claimed_at));
        self.view.set(Some(view_of_claim(session)));
        self.phase.set(Phase::Held);
        self.follow(session.session_id);
    }

    /// Opens the event stream. It begins with the first event; the fold passes over those it knows.
    fn follow(self, id: SessionId) {
        let stream = EventStream::open(
            &format!("/api/v1/demo/{id}/events"),
            JOURNAL,
            move |data| self.fold(&data),
            move |link| {
                self.link.set(link);
                if link == Link::Refused {
                    self.look_after(id);
                }
            },
        );
        self.stream.set_value(stream);
    }

    fn fold(self, data: &str) {
        let Ok(event) = serde_json::from_str::<Event>(data) else {
            return;
        };
        self.hear(Some(event.at));
        self.view.update(|view| match view {
            Some(view) => view.apply(&event),
            None => *view = SessionView::begin(&event),
        });
        if self.has_ended() {
            // We are inside the stream's own callback: it must return before the stream may go.
            spawn_local(async move { self.stop() });
        }
    }

    /// Asks the server how the session is, where the stream can't say.
    fn look_after(self, id: SessionId) {
        let claim = self.claim.get_value();
        spawn_local(async move {
            let answer = http::send("GET", &format!("/api/v1/demo/{id}/status"), None).await;
            if self.claim.get_value() != claim {
                return;
            }
            match answer {
                Ok(reply) => {
                    self.hear(reply.server_time);
                    match serde_json::from_str::<SessionJson>(&reply.body) {
                        Ok(session) if session.state == SessionState::Ended => {
                            self.conclude(session.ended_reason.unwrap_or(EndReason::SandboxLost));
                        }
                        _ => self.follow_again(id),
                    }
                }
                Err(failure) if failure.is_gone() => self.conclude(EndReason::SandboxLost),
                Err(_) if self.is_over_for_sure() => self.conclude(EndReason::Deadline),
                Err(_) => {
                    self.link.set(Link::Interrupted);
                    after(RETRY_MS, move || {
                        if self.claim.get_value() == claim {
                            self.look_after(id);
                        }
                    });
                }
            }
        });
    }

    fn follow_again(self, id: SessionId) {
        if self.link.get_untracked() == Link::Open {
            return;
        }
        let claim = self.claim.get_value();
        after(RETRY_MS, move || {
            if self.claim.get_value() == claim {
                self.follow(id);
            }
        });
    }

    fn is_over_for_sure(self) -> bool {
        let now = self.clock.get_value().at(local_time());
        self.view.with_untracked(|view| {
            view.as_ref().is_some_and(|view| now > view.lifetime.deadline.plus_ms(ENDED_FOR_SURE_MS))
        })
    }

    fn conclude(self, reason: EndReason) {
        self.concluded.set(Some(reason));
        self.stop();
    }

    fn hear(self, stated: Option<Timestamp>) {
        let Some(stated) = stated else { return };
        self.clock.update_value(|clock| clock.hear(stated, local_time()));
    }

    fn start_ticking(self) {
        let tick = move || self.now.set(self.clock.get_value().at(local_time()));
        tick();
        self.ticker.set_value(Ticker::every(TICK_MS, tick));
    }

    fn stop_ticking(self) {
        self.ticker.set_value(None);
    }

    fn stop(self) {
        self.stream.set_value(None);
        self.stop_ticking();
        self.link.set(Link::Open);
    }

    fn forget(self) {
        self.claim.update_value(|claim| *claim += 1);
        self.stop();
        self.phase.set(Phase::None);
        self.view.set(None);
        self.concluded.set(None);
        self.draft.set(String::new());
        self.prompt_failure.set(None);
    }
}

async fn request_claim() -> Result<(SessionJson, Option<Timestamp>), Failure> {
    let request = ClaimRequest { template: None, fingerprint: fingerprint() };
    let body = serde_json::to_string(&request).unwrap_or_default();
    let Reply { body, server_time } = http::send("POST", "/api/v1/demo/claim", Some(&body)).await?;
    let claimed: ClaimResponse = serde_json::from_str(&body).map_err(|_| Failure::unreadable(201))?;
    Ok((claimed.session, server_time))
}

/// Gives a sandbox back. The answer does not matter: the server ends a session nobody follows by itself.
fn release(id: SessionId) {
    spawn_local(async move {
        let _ = http::send("DELETE", &format!("/api/v1/demo/{id}"), None).await;
    });
}

/// The view of a session that was claimed just now, so that its preview need not wait for the stream. It has folded in
/// no event yet; the stream's first ones bring nothing that it does not say already.
fn view_of_claim(session: &SessionJson) -> SessionView {
    SessionView {
        session_id: session.session_id,
        kind: session.kind,
        state: session.state,
        warm: session.warm,
        claim_ms: session.claim_ms,
        provider: session.provider.clone(),
        template: session.template.clone(),
        preview_url: session.preview_url.clone(),
        prompts_used: session.prompts_used,
        prompts_max: session.prompts_max,
        claimed_at: session.claimed_at,
        lifetime: session.lifetime,
        ended_reason: session.ended_reason,
        prompts: Vec::new(),
        last_seq: 0,
    }
}
