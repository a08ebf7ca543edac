//! Following the session: reading the claim's answer, folding its events, asking for changes.
//!
//! This half comes with the overlay; [`super::session`] is the other.

use domain::wire::{ClaimResponse, PromptAccepted, PromptRequest, SessionJson, WordsJson};
use domain::{
    EndReason, Event, EventKind, Oversight, SessionId, SessionState, SessionView, Timestamp,
    check_prompt_text,
};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser::{Ticker, after, local_time};
use super::event_stream::{EventStream, JOURNAL, Link};
use super::http::{self, Failure, Reply};
use super::scene::{Scene, scene};
use super::session::{Door, Phase, Session, release};

/// How often the countdown is redrawn, in milliseconds.
const TICK_MS: i32 = 250;
/// After a lost connection that the browser gave up, the server is asked again after this many milliseconds.
const RETRY_MS: i32 = 2_000;
/// This long after the deadline, in milliseconds, a session whose server does not answer counts as ended.
const ENDED_FOR_SURE_MS: i64 = 30_000;

impl Session {
    /// Reads the answers to claims from now on, the one that may have come already included.
    pub(crate) fn attend(self) {
        self.mind_the_network();
        Effect::new(move |_| {
            if self.phase.get() == Phase::Claiming {
                self.start_ticking();
                self.waiting_since.set(local_time());
            }
        });
        Effect::new(move |_| {
            let Some(answer) = self.answer.get() else { return };
            let given_up = self.claim.get_value() != answer.claim;
            match answer.result.and_then(|reply| claimed(&reply)) {
                Ok((session, _)) if given_up => release(self.door, session.session_id),
                Ok((session, server_time)) => self.hold(&session, server_time),
                Err(_) if given_up => {}
                Err(failure) => {
                    self.stop();
                    self.phase.set(Phase::Refused(failure));
                }
            }
        });
    }

    /// Goes on with a session that this browser already holds, for example after a refresh.
    pub(crate) fn resume(self, id: SessionId) {
        self.mind_the_network();
        self.phase.set(Phase::Held);
        self.start_ticking();
        self.follow(id);
        self.look_after(id);
    }

    /// Believes the browser when it says that the network is gone or back: a connection that was cut without a word looks open
    /// for minutes.
    fn mind_the_network(self) {
        let gone = window_event_listener(ev::offline, move |_| {
            if untrack(|| self.is_living()) {
                self.link.set(Link::Interrupted);
            }
        });
        let back = window_event_listener(ev::online, move |_| {
            if untrack(|| self.is_living())
                && let Some(id) = self.id()
            {
                self.follow(id);
            }
        });
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    }

    /// What the overlay shows.
    pub(crate) fn scene(self) -> Scene {
        self.view.with(|view| {
            let ended = self.concluded.get();
            self.phase.with(|phase| scene(phase, view.as_ref(), ended))
        })
    }

    /// Whole seconds since the overlay began to wait for the sandbox.
    pub(crate) fn waited_seconds(self) -> u64 {
        self.now.track();
        local_time().ms_since(self.waiting_since.get()) / 1_000
    }

    /// Asks for a change. The draft is cleared once the server has taken it.
    pub(crate) fn prompt(self, text: &str) {
        let Some(id) = self.id() else { return };
        let Ok(text) = check_prompt_text(text) else { return };
        if self.sending.get_untracked() {
            return;
        }
        let request = PromptRequest { text: text.to_owned() };
        self.sending.set(true);
        self.prompt_failure.set(None);
        let claim = self.claim.get_value();
        spawn_local(async move {
            let url = format!("{}/prompt", self.door.url(id));
            let body = serde_json::to_string(&request).unwrap_or_default();
            let answer = http::send("POST", &url, Some(&body)).await;
            if self.claim.get_value() != claim {
                return;
            }
            match answer.and_then(|reply| accepted(&reply)) {
                Ok(prompt) => {
                    if self.draft.with_untracked(|draft| draft.trim() == request.text) {
                        self.draft.set(String::new());
                    }
                    if prompt.queued {
                        self.sending.set(false);
                        return;
                    }
                    self.taken.set_value(Some(prompt.prompt_id));
                    self.settle_sending();
                }
                Err(failure) => {
                    self.prompt_failure.set(Some(failure));
                    self.sending.set(false);
                }
            }
        });
    }

    /// Lets a paused sandbox go on. That it does comes as an event; if it does not, the button is still there.
    pub(crate) fn let_go_on(self) {
        let Some(id) = self.id() else { return };
        spawn_local(async move {
            let _ = http::send("POST", &format!("{}/resume", self.door.url(id)), None).await;
        });
    }

    /// A prompt is sent once the journal tells of it: between the server's answer and that, another could only be refused.
    fn settle_sending(self) {
        let Some(taken) = self.taken.get_value() else { return };
        let told = |view: &SessionView| view.prompts.iter().any(|prompt| prompt.prompt_id == taken);
        if self.view.with_untracked(|view| view.as_ref().is_some_and(told)) {
            self.taken.set_value(None);
            self.sending.set(false);
        }
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
            &format!("{}/events", self.door.url(id)),
            JOURNAL.iter().copied().chain([WordsJson::EVENT]),
            move |name, data| match name {
                WordsJson::EVENT => self.words.set(serde_json::from_str(&data).ok()),
                _ => self.take(&data),
            },
            move |link| {
                self.link.set(link);
                if link == Link::Refused {
                    self.look_after(id);
                }
            },
        );
        self.stream.set(stream);
    }

    /// Takes an event. A journal that comes at once is folded in at once: everything is drawn anew for each fold.
    fn take(self, data: &str) {
        let Ok(event) = serde_json::from_str::<Event>(data) else {
            return;
        };
        let is_first = self.heard.with_value(Vec::is_empty);
        self.heard.update_value(|heard| heard.push(event));
        if is_first {
            after(0, move || self.fold());
        }
    }

    fn fold(self) {
        let events = self.heard.try_update_value(std::mem::take).unwrap_or_default();
        // The session was left meanwhile.
        let Some(last) = events.last() else { return };
        self.hear(Some(last.at));
        self.view.update(|view| {
            for event in &events {
                match view {
                    Some(view) => view.apply(event),
                    None => *view = SessionView::begin(event),
                }
            }
        });
        for event in &events {
            self.note_files(&event.kind);
            self.note_words(&event.kind);
        }
        self.settle_sending();
        if untrack(|| self.has_ended()) {
            self.stop();
        }
    }

    /// What was said is not being said any more.
    fn note_words(self, kind: &EventKind) {
        if matches!(kind, EventKind::AgentSaid { .. } | EventKind::PromptFinished { .. }) {
            self.words.set(None);
        }
    }

    /// Takes note of what may have changed files.
    fn note_files(self, kind: &EventKind) {
        match kind {
            EventKind::VersionMade { .. } => self.edited.set(false),
            EventKind::FileSaved { .. } | EventKind::FileMoved { .. } | EventKind::CommandFinished { .. } => {
                self.edited.set(true);
            }
            EventKind::FileChanged { .. }
            | EventKind::PromptUndone { .. }
            | EventKind::RepairRestored { .. } => {}
            EventKind::SessionClaimed { .. }
            | EventKind::SessionReady { .. }
            | EventKind::LifetimeChanged { .. }
            | EventKind::QueueAdded { .. }
            | EventKind::QueueEdited { .. }
            | EventKind::QueueRemoved { .. }
            | EventKind::PromptSubmitted { .. }
            | EventKind::AgentSaid { .. }
            | EventKind::AgentStepped { .. }
            | EventKind::ModelUsed { .. }
            | EventKind::ModelChosen { .. }
            | EventKind::ConversationReset
            | EventKind::ConversationCompacted { .. }
            | EventKind::RepairStarted { .. }
            | EventKind::RepairFinished { .. }
            | EventKind::VersionChecked { .. }
            | EventKind::FileRead { .. }
            | EventKind::PageSeen { .. }
            | EventKind::PromptFinished { .. }
            | EventKind::HandedOver { .. }
            | EventKind::CommandStarted { .. }
            | EventKind::CommandOutput { .. }
            | EventKind::TerminalOpened { .. }
            | EventKind::TerminalClosed { .. }
            | EventKind::DownloadOffered { .. }
            | EventKind::SessionPaused
            | EventKind::SessionResumed
            | EventKind::PreviewFlagged { .. }
            | EventKind::PreviewClosed { .. }
            | EventKind::SharesRevoked
            | EventKind::SessionEnded { .. } => return,
        }
        self.touched.update(|count| *count += 1);
    }

    /// Asks the server how the session is, where the stream can't say.
    fn look_after(self, id: SessionId) {
        let claim = self.claim.get_value();
        spawn_local(async move {
            let answer = http::send("GET", &self.door.status_url(id), None).await;
            if self.claim.get_value() != claim {
                return;
            }
            match answer {
                Ok(reply) => {
                    self.hear(reply.server_time);
                    match serde_json::from_str::<SessionJson>(&reply.body) {
                        // An open stream tells of all that was, and of the end last.
                        Ok(session)
                            if session.state == SessionState::Ended
                                && self.link.get_untracked() != Link::Open =>
                        {
                            self.conclude(session.ended_reason.unwrap_or(EndReason::SandboxLost));
                        }
                        _ => self.follow_again(id),
                    }
                }
                Err(failure) if failure.is_gone() && self.door == Door::Sessions && self.id().is_none() => {
                    self.stop();
                    self.phase.set(Phase::Refused(failure));
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
        self.ticker.set(Ticker::every(TICK_MS, tick));
    }
}

/// The session that a claim gave, and the server's time.
fn claimed(reply: &Reply) -> Result<(SessionJson, Option<Timestamp>), Failure> {
    let response: ClaimResponse = serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(201))?;
    Ok((response.session, reply.server_time))
}

/// The prompt that the server has taken.
fn accepted(reply: &Reply) -> Result<PromptAccepted, Failure> {
    serde_json::from_str(&reply.body).map_err(|_| Failure::unreadable(202))
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
        oversight: Oversight { paused: session.paused, ..Oversight::default() },
        prompts: Vec::new(),
        queue: Vec::new(),
        fresh_starts: Vec::new(),
        recollection: None,
        model: None,
        commands: Vec::new(),
        terminals: Vec::new(),
        versions: Vec::new(),
        last_seq: 0,
    }
}
