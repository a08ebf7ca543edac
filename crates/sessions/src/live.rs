//! A session that has not ended, as this process holds it.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use domain::wire::WordsJson;
use domain::{Clock, EndReason, Event, EventKind, SessionKind, SessionView, Timestamp, UserId, VersionCause};
use sandbox::Sandbox;
use store::{SessionRecord, Store};
use tokio::sync::{Mutex as AsyncMutex, Notify, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use crate::SessionError;
use crate::archive::ARCHIVES_AT_ONCE_MAX;
use crate::commands::Commands;
use crate::guard::Reports;
use crate::journal::{EVENTS_MAX, is_asked_for};
use crate::pools::TemplatePool;
use crate::traffic::Traffic;
use crate::versions::Kept;

/// A session that has not ended. Its journal is the truth; this keeps the fold at hand and tells who listens.
pub(crate) struct LiveSession {
    pub(crate) record: SessionRecord,
    /// The pool its sandbox came from.
    pub(crate) home: Arc<TemplatePool>,
    /// Cancelled once the session has ended: whatever works for it stops.
    pub(crate) ended: CancellationToken,
    /// Set once the sandbox serves.
    pub(crate) sandbox: OnceLock<Arc<dyn Sandbox>>,
    /// Told when the deadline has moved.
    pub(crate) lifetime_moved: Notify,
    /// Told to stop the agent that works on a prompt.
    pub(crate) work: Mutex<CancellationToken>,
    /// What the agent is saying right now.
    pub(crate) words: watch::Sender<Option<WordsJson>>,
    /// How many reports of its page came.
    pub(crate) reports: Mutex<Reports>,
    /// Held while what a page reported is mended.
    pub(crate) mending: AsyncMutex<()>,
    /// Commands that run now.
    pub(crate) commands: Commands,
    /// Held while its files are changed by hand or brought back, so that none of it meets the other half done.
    pub(crate) files: AsyncMutex<()>,
    /// Held while versions are compared, which takes a processor.
    pub(crate) comparing: AsyncMutex<()>,
    /// Whether its connections are led out.
    pub(crate) led_out: AtomicBool,
    /// Bytes of its commands' output that are kept beside the journal.
    pub(crate) output_kept_bytes: AtomicU64,
    /// Places for archives in the making.
    pub(crate) archives: Arc<Semaphore>,
    /// What is kept of its files; held while a version is made.
    pub(crate) versions: AsyncMutex<Kept>,
    /// What its preview has sent.
    pub(crate) traffic: Arc<Traffic>,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    writing: AsyncMutex<()>,
    view: Mutex<SessionView>,
    last_seq: watch::Sender<u64>,
    presence: Presence,
    changed: AtomicBool,
    /// When the newest prompt was finished, if nobody else has changed files since; 0 otherwise.
    prompt_finished_ms: AtomicI64,
    owner: OnceLock<UserId>,
}

/// Whether anybody is there: open event streams, and the last request.
#[derive(Default)]
struct Presence {
    streams: AtomicU32,
    /// 0 until a stream was opened: clients that never listen are not taken to be away.
    watched_since_ms: AtomicI64,
    last_seen_ms: AtomicI64,
}

impl LiveSession {
    pub(crate) fn new(
        record: SessionRecord,
        view: SessionView,
        home: Arc<TemplatePool>,
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let presence = Presence::default();
        presence.last_seen_ms.store(clock.now().unix_ms(), Ordering::Relaxed);
        let owner = record.owner.map_or_else(OnceLock::new, OnceLock::from);
        Self {
            record,
            home,
            owner,
            work: Mutex::default(),
            words: watch::Sender::default(),
            reports: Mutex::default(),
            mending: AsyncMutex::default(),
            commands: Commands::default(),
            files: AsyncMutex::default(),
            comparing: AsyncMutex::default(),
            led_out: AtomicBool::new(false),
            output_kept_bytes: AtomicU64::new(0),
            archives: Arc::new(Semaphore::new(ARCHIVES_AT_ONCE_MAX)),
            versions: AsyncMutex::default(),
            ended: CancellationToken::new(),
            sandbox: OnceLock::new(),
            lifetime_moved: Notify::new(),
            traffic: Arc::default(),
            store,
            clock,
            writing: AsyncMutex::default(),
            last_seq: watch::Sender::new(view.last_seq),
            view: Mutex::new(view),
            presence,
            changed: AtomicBool::new(false),
            prompt_finished_ms: AtomicI64::new(0),
        }
    }

    /// The user it belongs to; `None` while it belongs to whoever has its token.
    pub(crate) fn owner(&self) -> Option<UserId> {
        self.owner.get().copied()
    }

    /// Who has it, as limits count it.
    pub(crate) fn holder(&self) -> String {
        self.owner().map_or_else(|| self.record.network.clone(), |user| user.to_string())
    }

    /// Milliseconds from the claim to now when the session's files change for the first time; `None` later.
    pub(crate) fn first_change(&self) -> Option<u64> {
        let before = self.changed.swap(true, Ordering::Relaxed);
        (!before).then(|| self.clock.now().ms_since(self.record.claimed_at))
    }

    /// The present fold.
    pub(crate) fn view(&self) -> SessionView {
        self.lock_view().clone()
    }

    /// Looks at the present fold without copying it.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&SessionView) -> T) -> T {
        at(&self.lock_view())
    }

    /// The number of the newest event, and every later one.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.last_seq.subscribe()
    }

    /// Appends what `decide` answers, having shown it the present fold. Nobody writes in between, so what it checked
    /// still holds when the events are kept.
    pub(crate) async fn record(
        &self,
        decide: impl FnOnce(&SessionView) -> Result<Vec<EventKind>, SessionError>,
    ) -> Result<(), SessionError> {
        let _alone = self.writing.lock().await;
        let at = self.clock.now();
        let (kinds, last_seq) = self.look(|view| {
            if view.ended_reason.is_some() {
                return Err(SessionError::Ended);
            }
            let kinds = decide(view)?;
            if view.last_seq >= EVENTS_MAX && kinds.iter().any(is_asked_for) {
                return Err(SessionError::Exhausted);
            }
            Ok((kinds, view.last_seq))
        })?;
        let numbered = kinds.into_iter().zip(last_seq + 1..);
        let events: Vec<Event> = numbered.map(|(kind, seq)| Event { seq, at, kind }).collect();
        self.store.append(self.record.id, &events).await?;
        self.fold_in(&events);
        Ok(())
    }

    /// Refuses to begin what its journal has no room for.
    pub(crate) fn may_begin(&self) -> Result<(), SessionError> {
        if self.look(|view| view.last_seq >= EVENTS_MAX) { Err(SessionError::Exhausted) } else { Ok(()) }
    }

    /// Gives the session to a user, with the events that `decide` answers, in one step; refused when
    /// somebody else has it. `false` when this user has it already.
    pub(crate) async fn hand_over(
        &self,
        owner: UserId,
        kind: SessionKind,
        decide: impl FnOnce(&SessionView) -> Result<Vec<EventKind>, SessionError>,
    ) -> Result<bool, SessionError> {
        let _alone = self.writing.lock().await;
        let view = self.view();
        if view.ended_reason.is_some() {
            return Err(SessionError::Ended);
        }
        if self.owner() == Some(owner) {
            return Ok(false);
        }
        let at = self.clock.now();
        let numbered = decide(&view)?.into_iter().zip(view.last_seq + 1..);
        let events: Vec<Event> = numbered.map(|(kind, seq)| Event { seq, at, kind }).collect();
        if !self.store.hand_over(self.record.id, owner, kind, &events).await? {
            return Err(SessionError::Owned);
        }
        // Set once: the store gives a session to nobody else.
        let _ = self.owner.set(owner);
        self.fold_in(&events);
        Ok(true)
    }

    /// Ends the session for the reason that `decide` finds once nobody else writes, and writes its last event.
    pub(crate) async fn record_end(
        &self,
        decide: impl FnOnce() -> Option<EndReason>,
    ) -> Result<Ending, SessionError> {
        let _alone = self.writing.lock().await;
        let view = self.view();
        if view.ended_reason.is_some() {
            return Ok(Ending::Before);
        }
        let Some(reason) = decide() else { return Ok(Ending::Not) };
        self.ended.cancel();
        let kind = EventKind::SessionEnded { reason };
        let last = Event { seq: view.last_seq + 1, at: self.clock.now(), kind };
        let ended = self.store.end_session(self.record.id, &last).await?;
        self.fold_in(&[last]);
        Ok(if ended { Ending::Now(reason) } else { Ending::Before })
    }

    fn fold_in(&self, events: &[Event]) {
        let last_seq = {
            let mut view = self.lock_view();
            events.iter().for_each(|event| view.apply(event));
            view.last_seq
        };
        for event in events {
            self.note_change(event);
        }
        self.last_seq.send_replace(last_seq);
    }

    /// Notes whose doing the workspace is now.
    fn note_change(&self, event: &Event) {
        let at = match &event.kind {
            EventKind::PromptFinished { .. } => event.at.unix_ms(),
            EventKind::FileSaved { .. }
            | EventKind::FileMoved { .. }
            | EventKind::CommandStarted { prompt_id: None, .. } => 0,
            EventKind::VersionMade { version } if version.cause == VersionCause::Restore => 0,
            _ => return,
        };
        self.prompt_finished_ms.store(at, Ordering::Relaxed);
    }

    /// When the newest prompt was finished, if the workspace is as it left it and this process was there.
    pub(crate) fn prompt_finished_at(&self) -> Option<Timestamp> {
        let at = self.prompt_finished_ms.load(Ordering::Relaxed);
        (at > 0).then(|| Timestamp::from_unix_ms(at))
    }

    /// Notes that its holder asked for something.
    pub(crate) fn seen(&self) {
        self.presence.last_seen_ms.store(self.clock.now().unix_ms(), Ordering::Relaxed);
    }

    /// Counts an open event stream until the answer is dropped.
    pub(crate) fn arrive(self: &Arc<Self>) -> PresenceGuard {
        self.presence.streams.fetch_add(1, Ordering::SeqCst);
        self.presence.watched_since_ms.store(self.clock.now().unix_ms().max(1), Ordering::Relaxed);
        self.seen();
        PresenceGuard(Arc::clone(self))
    }

    /// Since when nobody has been there; `None` while somebody is, or when nobody ever listened.
    pub(crate) fn away_since(&self) -> Option<Timestamp> {
        let watched = self.presence.watched_since_ms.load(Ordering::Relaxed) > 0;
        if watched { self.left_since() } else { None }
    }

    /// Since when nobody has been there and nothing has been going on, whether anybody ever listened or not; `None` while somebody is
    /// there, the agent works or a command runs.
    pub(crate) fn left_since(&self) -> Option<Timestamp> {
        let alone = self.presence.streams.load(Ordering::SeqCst) == 0;
        let working = self.look(|view| {
            view.prompt_in_progress().is_some() || view.commands.iter().any(|command| command.exit.is_none())
        });
        (alone && !working)
            .then(|| Timestamp::from_unix_ms(self.presence.last_seen_ms.load(Ordering::Relaxed)))
    }

    /// A panic elsewhere leaves the fold intact: it is only ever replaced by whole events.
    fn lock_view(&self) -> MutexGuard<'_, SessionView> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What came of ending a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It has ended, for this reason.
    Now(EndReason),
    /// It had ended before.
    Before,
    /// It goes on: what was to end it does not hold any more.
    Not,
}

/// Somebody listens as long as this lives.
pub(crate) struct PresenceGuard(Arc<LiveSession>);

impl Drop for PresenceGuard {
    fn drop(&mut self) {
        self.0.seen();
        self.0.presence.streams.fetch_sub(1, Ordering::SeqCst);
    }
}
