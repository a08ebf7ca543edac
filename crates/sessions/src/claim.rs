//! The click: a visitor asks for a sandbox and gets one of their own (A1).

use std::collections::HashMap;
use std::sync::Arc;

use domain::wire::{ClaimRequest, ClaimResponse, SessionJson};
use domain::{
    EndReason, Event, EventKind, Lifetime, LifetimeKind, PreviewId, SandboxId, SessionId, SessionKind,
    SessionToken, SessionView, TemplateName,
};
use pool::{Acquired, ColdTicket};
use store::SessionRecord;
use tokio::time::Instant;

use crate::access::token_hash;
use crate::live::LiveSession;
use crate::{FINGERPRINT_CHARS_MAX, SessionError, Sessions, Visitor};

/// The window of the limit per visitor.
const HOUR_MS: i64 = 3_600_000;
/// How much of an unknown template's name is repeated in the answer.
const NAME_SHOWN_CHARS_MAX: usize = 40;

/// Claims that were let in and have no row yet; without them two claims at once would pass a limit together.
#[derive(Default)]
pub(crate) struct Admissions {
    by_visitor: HashMap<String, u32>,
    total: u32,
}

/// One claim's place in [`Admissions`].
struct Admission {
    sessions: Sessions,
    visitor: String,
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut pending = self.sessions.inner.admissions();
        pending.total = pending.total.saturating_sub(1);
        if let Some(count) = pending.by_visitor.get_mut(&self.visitor) {
            *count -= 1;
            if *count == 0 {
                pending.by_visitor.remove(&self.visitor);
            }
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
    /// [`SessionError::RateLimited`], [`SessionError::AtCapacity`], [`SessionError::Unavailable`] or
    /// [`SessionError::Store`].
    pub async fn claim(
        &self,
        request: ClaimRequest,
        visitor: Visitor,
    ) -> Result<ClaimResponse, SessionError> {
        let begun = Instant::now();
        let inner = &self.inner;
        if !inner.config.demo.enabled {
            return Err(SessionError::Disabled);
        }
        let template = self.template(request.template.as_deref())?;
        if visitor.fingerprint.as_ref().is_some_and(|text| text.chars().count() > FINGERPRINT_CHARS_MAX) {
            return Err(SessionError::Fingerprint { max: FINGERPRINT_CHARS_MAX });
        }
        let admission = self.admit(visitor.hash(&inner.config.visitor_key)).await?;
        let acquired = inner.pool.acquire().await.map_err(SessionError::Unavailable)?;
        let sandbox_id = acquired.id();
        // Until the session's row stands, the sandbox is given back by itself when something fails or the caller is gone.
        let opened = self.open(&admission.visitor, template, sandbox_id, acquired.is_warm(), begun).await;
        let (live, token) = opened?;
        drop(admission);
        match acquired {
            Acquired::Warm(lease) => {
                lease.keep();
            }
            Acquired::Cold(ticket) => {
                inner.tasks.spawn(self.clone().finish_cold(Arc::clone(&live), ticket, begun));
            }
        }
        inner.tasks.spawn(self.clone().supervise(Arc::clone(&live)));
        let session = live.look(|view| SessionJson::from(view));
        tracing::info!(
            session.id = %session.session_id, sandbox.id = %sandbox_id, warm = session.warm,
            duration_ms = session.claim_ms, "a demo was claimed"
        );
        Ok(ClaimResponse { session, session_token: token })
    }

    fn template(&self, asked: Option<&str>) -> Result<TemplateName, SessionError> {
        let offered = &self.inner.config.demo.template;
        match asked {
            None => Ok(offered.clone()),
            Some(name) if name == offered.as_str() => Ok(offered.clone()),
            Some(name) => Err(SessionError::UnknownTemplate {
                name: name.chars().take(NAME_SHOWN_CHARS_MAX).collect(),
                offered: offered.to_string(),
            }),
        }
    }

    /// Lets a claim in when no limit is in the way, and holds its place until its row stands.
    async fn admit(&self, visitor: String) -> Result<Admission, SessionError> {
        let inner = &self.inner;
        let demo = &inner.config.demo;
        // One at a time from counting to holding the place.
        let _alone = inner.admitting.lock().await;
        let now = inner.clock.now();
        if demo.sessions_per_visitor_per_hour > 0 {
            let claims = inner.store.claims_since(&visitor, now.plus_ms(-HOUR_MS)).await?;
            let pending = inner.admissions().by_visitor.get(&visitor).copied().unwrap_or(0);
            let count = claims.count + pending;
            if count >= demo.sessions_per_visitor_per_hour {
                let free_at = claims.first.unwrap_or(now).plus_ms(HOUR_MS);
                let retry_after_seconds = free_at.ms_since(now).div_ceil(1_000).max(1);
                let max = demo.sessions_per_visitor_per_hour;
                return Err(SessionError::RateLimited { count, max, retry_after_seconds });
            }
        }
        let demos = *inner.demos.borrow() + inner.admissions().total;
        if demos >= demo.max_concurrent_demos {
            let deadline = inner.live.first_deadline().unwrap_or(now);
            let retry_after_seconds = deadline.ms_since(now).div_ceil(1_000).max(1);
            return Err(SessionError::AtCapacity { max: demo.max_concurrent_demos, retry_after_seconds });
        }
        {
            let mut pending = inner.admissions();
            pending.total += 1;
            *pending.by_visitor.entry(visitor.clone()).or_default() += 1;
        }
        Ok(Admission { sessions: self.clone(), visitor })
    }

    /// Writes the session and its first events, and begins to hold it.
    async fn open(
        &self,
        visitor: &str,
        template: TemplateName,
        sandbox_id: SandboxId,
        warm: bool,
        begun: Instant,
    ) -> Result<(Arc<LiveSession>, SessionToken), SessionError> {
        let inner = &self.inner;
        let now = inner.clock.now();
        let id = SessionId::generate(&*inner.clock, &*inner.entropy);
        let preview_id = PreviewId::generate(&*inner.entropy);
        let token = SessionToken::generate(&*inner.entropy);
        let sandbox = if warm { Some(inner.maker.handle(sandbox_id).await?) } else { None };
        let demo = &inner.config.demo;
        let duration_ms = i64::try_from(demo.max_session_duration.as_millis()).unwrap_or(i64::MAX);
        let claim_ms = elapsed_ms(begun);
        let claimed = EventKind::SessionClaimed {
            session_id: id,
            kind: SessionKind::Demo,
            provider: inner.provider.name().to_owned(),
            template,
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
            token_hash: token_hash(&token),
            preview_id,
            sandbox_id,
            visitor: visitor.to_owned(),
            claimed_at: now,
            ended_at: None,
        };
        inner.store.insert_session(&record, &events).await?;
        let view = SessionView::of(&events).ok_or(SessionError::Unknown)?;
        let live = LiveSession::new(record, view, Arc::clone(&inner.store), Arc::clone(&inner.clock));
        let live = Arc::new(live);
        if let Some(sandbox) = sandbox {
            // Nobody else holds the session yet, so the cell is empty.
            let _ = live.sandbox.set(sandbox);
        }
        inner.live.insert(Arc::clone(&live));
        inner.publish_demos();
        Ok((live, token))
    }

    /// Makes the sandbox that a cold session waits for.
    async fn finish_cold(self, live: Arc<LiveSession>, ticket: ColdTicket, begun: Instant) {
        let made = async {
            let lease = ticket.redeem().await.map_err(SessionError::Unavailable)?;
            let sandbox = self.inner.maker.handle(lease.id()).await?;
            Ok::<_, SessionError>((lease, sandbox))
        };
        match made.await {
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
