//! The click: a visitor asks for a sandbox and gets one of their own (A1).

use std::sync::Arc;

use domain::wire::{ClaimRequest, ClaimResponse, SessionJson};
use domain::{
    EndReason, Event, EventKind, Lifetime, LifetimeKind, PreviewId, SandboxId, SessionId, SessionKind,
    SessionToken, SessionView, Timestamp,
};
use pool::{Acquired, ColdTicket};
use store::{FunnelStep, SessionRecord};
use tokio::time::Instant;

use crate::access::token_hash;
use crate::admission::Refusal;
use crate::live::LiveSession;
use crate::pools::TemplatePool;
use crate::{FINGERPRINT_CHARS_MAX, SessionError, Sessions, Visitor};

/// How much of an unknown template's name is repeated in the answer.
const NAME_SHOWN_CHARS_MAX: usize = 40;

/// One claim's place among those that were let in. Dropped before it was settled, it counts for nobody.
struct Place {
    sessions: Sessions,
    visitor: String,
    network: String,
    at: Timestamp,
    settled: bool,
}

impl Place {
    /// The session has its row: from now on it counts as a living one. In one step, so that it never counts twice.
    fn settle(mut self, live: Arc<LiveSession>) {
        self.settled = true;
        let inner = &self.sessions.inner;
        let mut admissions = inner.admissions();
        inner.live.insert(live);
        admissions.settled();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.settled {
            self.sessions.inner.admissions().given_up(&self.visitor, &self.network, self.at);
        }
    }
}

impl Sessions {
    /// Claims a demo: checks the limits, takes a sandbox, opens the journal.
    ///
    /// With a warm sandbox the session is `ready`; otherwise it is `starting` and becomes ready or ends by itself.
    ///
    /// # Errors
    /// [`SessionError::Disabled`], [`SessionError::UnknownTemplate`], [`SessionError::Fingerprint`],
    /// [`SessionError::RateLimited`], [`SessionError::NetworkLimited`], [`SessionError::AtCapacity`],
    /// [`SessionError::BudgetSpent`], [`SessionError::Draining`], [`SessionError::Unavailable`] or
    /// [`SessionError::Store`].
    pub async fn claim(
        &self,
        request: ClaimRequest,
        visitor: Visitor,
    ) -> Result<ClaimResponse, SessionError> {
        let begun = Instant::now();
        let outcome = self.try_claim(request, visitor, begun).await;
        self.inner.tally.claimed(&outcome, elapsed_ms(begun));
        if outcome.is_ok() {
            self.count_step(FunnelStep::Claimed);
        }
        outcome
    }

    async fn try_claim(
        &self,
        request: ClaimRequest,
        visitor: Visitor,
        begun: Instant,
    ) -> Result<ClaimResponse, SessionError> {
        let inner = &self.inner;
        if !inner.config.demo.enabled || !inner.config.demo.isolated {
            return Err(SessionError::Disabled);
        }
        if inner.draining.is_cancelled() {
            return Err(SessionError::Draining);
        }
        let home = self.home(request.template.as_deref())?;
        if visitor.fingerprint.as_ref().is_some_and(|text| text.chars().count() > FINGERPRINT_CHARS_MAX) {
            return Err(SessionError::Fingerprint { max: FINGERPRINT_CHARS_MAX });
        }
        let place = self.admit(&visitor).await?;
        let acquired = home.pool.acquire().await.map_err(SessionError::Unavailable)?;
        let sandbox_id = acquired.id();
        // Until the session's row stands, the sandbox is given back by itself when something fails or the caller is gone.
        let (live, token) = self.open(place, &home, sandbox_id, acquired.is_warm(), begun).await?;
        match acquired {
            Acquired::Warm(lease) => {
                lease.keep();
            }
            Acquired::Cold(ticket) => {
                inner.tasks.spawn(self.clone().finish_cold(Arc::clone(&live), ticket, begun));
            }
        }
        let session = live.look(|view| SessionJson::from(view));
        tracing::info!(
            session.id = %session.session_id, sandbox.id = %sandbox_id, warm = session.warm,
            duration_ms = session.claim_ms, "a demo was claimed"
        );
        Ok(ClaimResponse { session, session_token: token })
    }

    /// The pool that a claim takes from.
    fn home(&self, asked: Option<&str>) -> Result<Arc<TemplatePool>, SessionError> {
        let pools = &self.inner.pools;
        let home = match asked {
            None => Some(pools.demo()),
            Some(name) => pools.of(name),
        };
        home.map(Arc::clone).ok_or_else(|| SessionError::UnknownTemplate {
            name: asked.unwrap_or_default().chars().take(NAME_SHOWN_CHARS_MAX).collect(),
            offered: pools.all().map(|one| one.template.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Lets a claim in when no limit is in the way, and holds its place until its row stands.
    async fn admit(&self, visitor: &Visitor) -> Result<Place, SessionError> {
        let key = &self.inner.config.visitor_key;
        let (visitor, network) = (visitor.hash(key), visitor.network_hash(key));
        match self.try_admit(&visitor, &network) {
            // The books may say that less was spent than has to be assumed between two readings.
            Ok(None) | Err(Refusal::Budget) => {
                let now = self.inner.clock.now();
                self.inner.budget.refresh(now).await?;
            }
            Ok(Some(at)) => return Ok(self.place(visitor, network, at)),
            Err(refusal) => return Err(self.refused(refusal)),
        }
        match self.try_admit(&visitor, &network) {
            Ok(Some(at)) => Ok(self.place(visitor, network, at)),
            Ok(None) => Err(self.refused(Refusal::Budget)),
            Err(refusal) => Err(self.refused(refusal)),
        }
    }

    /// When the claim was let in; `None` when the books are another day's.
    fn try_admit(&self, visitor: &str, network: &str) -> Result<Option<Timestamp>, Refusal> {
        let inner = &self.inner;
        let mut admissions = inner.admissions();
        let now = inner.clock.now();
        let Some(present) = inner.present(now) else { return Ok(None) };
        admissions.admit(&inner.limits(), &present, visitor, network)?;
        Ok(Some(now))
    }

    fn place(&self, visitor: String, network: String, at: Timestamp) -> Place {
        Place { sessions: self.clone(), visitor, network, at, settled: false }
    }

    /// What a refused visitor is told.
    fn refused(&self, refusal: Refusal) -> SessionError {
        let inner = &self.inner;
        let demo = &inner.config.demo;
        let now = inner.clock.now();
        let seconds_to = |at: Timestamp| at.ms_since(now).div_ceil(1_000).max(1);
        match refusal {
            Refusal::Visitor { count, free_at } => SessionError::RateLimited {
                count,
                max: demo.sessions_per_visitor_per_hour,
                retry_after_seconds: seconds_to(free_at),
            },
            Refusal::Network { free_at } => {
                SessionError::NetworkLimited { retry_after_seconds: seconds_to(free_at) }
            }
            Refusal::Capacity => SessionError::AtCapacity {
                max: demo.max_concurrent_demos,
                retry_after_seconds: seconds_to(inner.live.deadlines().into_iter().min().unwrap_or(now)),
            },
            Refusal::Budget => {
                let (retry_after_seconds, starts_again) = inner.budget.next(now);
                SessionError::BudgetSpent { starts_again, retry_after_seconds }
            }
        }
    }

    /// Writes the session and its first events, and begins to hold it.
    async fn open(
        &self,
        place: Place,
        home: &Arc<TemplatePool>,
        sandbox_id: SandboxId,
        warm: bool,
        begun: Instant,
    ) -> Result<(Arc<LiveSession>, SessionToken), SessionError> {
        let inner = &self.inner;
        let now = inner.clock.now();
        let id = SessionId::generate(&*inner.clock, &*inner.entropy);
        let preview_id = PreviewId::generate(&*inner.entropy);
        let token = SessionToken::generate(&*inner.entropy);
        let sandbox = if warm { Some(home.maker.handle(sandbox_id).await?) } else { None };
        let demo = &inner.config.demo;
        let duration_ms = i64::try_from(demo.max_session_duration.as_millis()).unwrap_or(i64::MAX);
        let claim_ms = elapsed_ms(begun);
        let claimed = EventKind::SessionClaimed {
            session_id: id,
            kind: SessionKind::Demo,
            provider: inner.provider.name().to_owned(),
            template: home.template.clone(),
            warm,
            claim_ms,
            preview_url: inner.config.preview.of(&preview_id),
            prompts_max: demo.max_prompts,
            lifetime: Lifetime {
                deadline: now.plus_ms(duration_ms),
                kind: LifetimeKind::Hard,
                extendable: false,
            },
        };
        let ready = warm.then_some(EventKind::SessionReady { ready_ms: claim_ms });
        let kinds = std::iter::once(claimed).chain(ready).zip(1..);
        let events: Vec<Event> = kinds.map(|(kind, seq)| Event { seq, at: now, kind }).collect();
        let record = SessionRecord {
            id,
            kind: SessionKind::Demo,
            claimed_as: SessionKind::Demo,
            owner: None,
            token_hash: token_hash(&token),
            preview_id,
            sandbox_id,
            visitor: place.visitor.clone(),
            network: place.network.clone(),
            claimed_at: now,
            ended_at: None,
        };
        inner.store.insert_session(&record, &events).await?;
        let view = SessionView::of(&events).ok_or(SessionError::Unknown)?;
        let live = LiveSession::new(
            record,
            view,
            Arc::clone(home),
            Arc::clone(&inner.store),
            Arc::clone(&inner.clock),
        );
        let live = Arc::new(live);
        if let Some(sandbox) = sandbox {
            // Nobody else holds the session yet, so the cell is empty.
            let _ = live.sandbox.set(sandbox);
        }
        place.settle(Arc::clone(&live));
        self.watch_over(Arc::clone(&live));
        Ok((live, token))
    }

    /// Makes the sandbox that a cold session waits for.
    async fn finish_cold(self, live: Arc<LiveSession>, ticket: ColdTicket, begun: Instant) {
        let made = async {
            let lease = ticket.redeem().await.map_err(SessionError::Unavailable)?;
            let sandbox = live.home.maker.handle(lease.id()).await?;
            Ok::<_, SessionError>((lease, sandbox))
        };
        let made = tokio::select! {
            made = made => made,
            // What is made of the sandbox goes when the making is dropped.
            () = live.ended.cancelled() => return,
        };
        match made {
            Ok((lease, sandbox)) => {
                // Set once, here: a cold session has no other way to its sandbox.
                let _ = live.sandbox.set(sandbox);
                let ready_ms = elapsed_ms(begun);
                // A session that ended meanwhile takes no more events, and its sandbox goes with the lease.
                if live.record(|_| Ok(vec![EventKind::SessionReady { ready_ms }])).await.is_ok() {
                    lease.keep();
                }
            }
            Err(error) => {
                tracing::warn!(session.id = %live.record.id, error = ?error, "a cold sandbox could not be made");
                self.end(&live, EndReason::SandboxLost).await;
            }
        }
    }
}

fn elapsed_ms(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
