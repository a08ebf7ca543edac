//! The click: somebody asks for a sandbox and gets one of their own (A1, B1, D1).

use std::sync::Arc;

use domain::wire::{ChallengeAnswer, ClaimRequest, ClaimResponse, OpenRequest, SessionJson};
use domain::{
    EndReason, Event, EventKind, Lifetime, LifetimeKind, PreviewId, SandboxId, SessionId, SessionKind,
    SessionToken, SessionView, Timestamp, UserId,
};
use pool::{Acquired, ColdTicket};
use store::{FunnelStep, SessionRecord};
use tokio::time::Instant;

use crate::access::token_hash;
use crate::config::Rules;
use crate::live::LiveSession;
use crate::place::Place;
use crate::pools::TemplatePool;
use crate::{FINGERPRINT_CHARS_MAX, SessionError, Sessions, Visitor};

/// How much of an unknown name is repeated in the answer.
const NAME_SHOWN_CHARS_MAX: usize = 40;

/// A session that somebody asks for.
struct Wanted {
    kind: SessionKind,
    template: Option<String>,
    visitor: Visitor,
    user: Option<UserId>,
    /// What shows that a program did not ask, where the kind needs it.
    challenge: Option<ChallengeAnswer>,
}

/// A sandbox that was acquired for a session, and when the session was asked for.
struct Taken<'a> {
    home: &'a Arc<TemplatePool>,
    sandbox_id: SandboxId,
    warm: bool,
    begun: Instant,
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
        let wanted = Wanted {
            kind: SessionKind::Demo,
            template: request.template,
            visitor,
            user: None,
            challenge: None,
        };
        let outcome = self.begin(wanted).await;
        if outcome.is_ok() {
            self.count_step(FunnelStep::Claimed);
        }
        outcome
    }

    /// Opens a prototype or a workspace. A user's workspace is theirs; all else belongs to whoever has the token.
    ///
    /// # Errors
    /// Those of [`Sessions::claim`], and [`SessionError::UnknownProvider`], [`SessionError::TooManyOpen`],
    /// [`SessionError::SignInNeeded`] or, for a prototype, [`SessionError::Challenge`].
    pub async fn open(
        &self,
        request: OpenRequest,
        visitor: Visitor,
        user: Option<UserId>,
    ) -> Result<ClaimResponse, SessionError> {
        let own = self.inner.provider.name();
        let OpenRequest { kind, template, provider, challenge, .. } = request;
        if let Some(name) = provider.filter(|name| name != own) {
            let name = name.chars().take(NAME_SHOWN_CHARS_MAX).collect();
            return Err(SessionError::UnknownProvider { name, offered: own.to_owned() });
        }
        let kind = kind.into();
        let user = user.filter(|_| kind == SessionKind::Workspace);
        self.begin(Wanted { kind, template, visitor, user, challenge }).await
    }

    async fn begin(&self, wanted: Wanted) -> Result<ClaimResponse, SessionError> {
        let begun = Instant::now();
        let outcome = self.try_begin(wanted, begun).await;
        self.inner.tally.claimed(&outcome, elapsed_ms(begun));
        outcome
    }

    async fn try_begin(&self, wanted: Wanted, begun: Instant) -> Result<ClaimResponse, SessionError> {
        let inner = &self.inner;
        let Wanted { kind, template, visitor, user, challenge } = wanted;
        if !inner.config.rules(kind).enabled {
            return Err(SessionError::Disabled { kind });
        }
        if !inner.config.demo.isolated && user.is_none() {
            return Err(match kind {
                SessionKind::Demo => SessionError::Disabled { kind },
                SessionKind::Try | SessionKind::Workspace => SessionError::SignInNeeded,
            });
        }
        if inner.draining.is_cancelled() {
            return Err(SessionError::Draining);
        }
        let home = self.home(kind, template.as_deref())?;
        if visitor.fingerprint.as_ref().is_some_and(|text| text.chars().count() > FINGERPRINT_CHARS_MAX) {
            return Err(SessionError::Fingerprint { max: FINGERPRINT_CHARS_MAX });
        }
        if kind == SessionKind::Try {
            self.check_challenge(challenge.as_ref(), &visitor).await?;
        }
        let place = self.admit(kind, self.claimant(&visitor, user)).await?;
        let acquired = home.pool.acquire().await.map_err(SessionError::Unavailable)?;
        let taken = Taken { home: &home, sandbox_id: acquired.id(), warm: acquired.is_warm(), begun };
        // Until the session's row stands, the sandbox is given back by itself when something fails or the caller is gone.
        let (live, token) = self.write(place, kind, user, taken).await?;
        match acquired {
            Acquired::Warm(lease) => {
                lease.keep();
                self.begin_work(&live);
            }
            Acquired::Cold(ticket) => {
                inner.tasks.spawn(self.clone().finish_cold(Arc::clone(&live), ticket, begun));
            }
        }
        let session = live.look(|view| SessionJson::from(view));
        tracing::info!(
            session.id = %session.session_id, sandbox.id = %live.record.sandbox_id, kind = kind.word(), warm = session.warm,
            duration_ms = session.claim_ms, "a sandbox was claimed"
        );
        Ok(ClaimResponse { session, session_token: token })
    }

    /// The pool that a claim takes from.
    fn home(&self, kind: SessionKind, asked: Option<&str>) -> Result<Arc<TemplatePool>, SessionError> {
        let pools = &self.inner.pools;
        let home = match (asked, kind) {
            (None, SessionKind::Demo | SessionKind::Try) => Some(pools.demo()),
            (None, SessionKind::Workspace) => pools.of(self.inner.config.workspace_template.as_str()),
            (Some(name), _) => pools.of(name),
        };
        let fits = |one: &&Arc<TemplatePool>| one.agent_of(kind).is_some();
        home.filter(fits).map(Arc::clone).ok_or_else(|| SessionError::UnknownTemplate {
            name: asked.unwrap_or_default().chars().take(NAME_SHOWN_CHARS_MAX).collect(),
            offered: pools.all().filter(fits).map(|one| one.template.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Writes the session and its first events, and begins to hold it.
    async fn write(
        &self,
        place: Place,
        kind: SessionKind,
        owner: Option<UserId>,
        taken: Taken<'_>,
    ) -> Result<(Arc<LiveSession>, SessionToken), SessionError> {
        let inner = &self.inner;
        let Taken { home, sandbox_id, warm, begun } = taken;
        let now = inner.clock.now();
        let id = SessionId::generate(&*inner.clock, &*inner.entropy);
        let preview_id = PreviewId::generate(&*inner.entropy);
        let token = SessionToken::generate(&*inner.entropy);
        let sandbox = if warm { Some(home.maker.handle(sandbox_id).await?) } else { None };
        let rules = inner.config.rules(kind);
        let claim_ms = elapsed_ms(begun);
        let claimed = EventKind::SessionClaimed {
            session_id: id,
            kind,
            provider: inner.provider.name().to_owned(),
            template: home.template.clone(),
            warm,
            claim_ms,
            preview_url: inner.config.preview.of(&preview_id),
            prompts_max: rules.max_prompts,
            lifetime: lifetime(rules, now),
        };
        let ready = warm.then_some(EventKind::SessionReady { ready_ms: claim_ms });
        let kinds = std::iter::once(claimed).chain(ready).zip(1..);
        let events: Vec<Event> = kinds.map(|(kind, seq)| Event { seq, at: now, kind }).collect();
        let record = SessionRecord {
            id,
            kind,
            claimed_as: kind,
            owner,
            token_hash: token_hash(&token),
            preview_id,
            sandbox_id,
            visitor: place.claimant().visitor.clone(),
            network: place.claimant().network.clone(),
            claimed_at: now,
            ended_at: None,
        };
        inner.store.insert_session(&record, &events).await?;
        let view = SessionView::of(&events).ok_or(SessionError::Unknown)?;
        let (store, clock) = (Arc::clone(&inner.store), Arc::clone(&inner.clock));
        let live = Arc::new(LiveSession::new(record, view, Arc::clone(home), store, clock));
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
                    self.begin_work(&live);
                }
            }
            Err(error) => {
                tracing::warn!(session.id = %live.record.id, error = ?error, "a cold sandbox could not be made");
                self.end(&live, EndReason::SandboxLost).await;
            }
        }
    }
}

/// How long a session lasts that follows these rules from `now` on.
pub(crate) fn lifetime(rules: Rules, now: Timestamp) -> Lifetime {
    let duration_ms = i64::try_from(rules.duration.as_millis()).unwrap_or(i64::MAX);
    Lifetime { deadline: now.plus_ms(duration_ms), kind: LifetimeKind::Hard, extendable: false }
}

fn elapsed_ms(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
