//! Handing a session over to the user whom its visitor has become (A9), and the sessions a user has.

use std::collections::BTreeMap;

use domain::wire::SessionJson;
use domain::{EndReason, EventKind, SessionId, SessionKind, SessionToken, UserId};
use store::FunnelStep;

use crate::access::By;
use crate::claim::lifetime;
use crate::{Access, SessionError, Sessions, Visitor};

/// How long a session that has ended is still listed.
const LISTED_AFTER_END_MS: i64 = 86_400_000;
/// How many of a user's sessions are listed.
const LISTED_MAX: u32 = 30;

impl Sessions {
    /// Gives a session to a user: from now on it is a workspace and theirs. Sandbox, files, preview, conversation and token stay,
    /// and a prompt that is worked on goes on. Giving it to its owner again changes nothing.
    ///
    /// # Errors
    /// [`SessionError::Ended`], [`SessionError::Owned`], [`SessionError::TooManyOpen`], [`SessionError::AtCapacity`],
    /// [`SessionError::BudgetSpent`] or [`SessionError::Store`].
    pub async fn hand_over(
        &self,
        access: &Access,
        visitor: &Visitor,
        user: UserId,
    ) -> Result<SessionJson, SessionError> {
        const KIND: SessionKind = SessionKind::Workspace;
        let live = access.live()?;
        if live.owner() == Some(user) {
            return Ok(live.look(|view| SessionJson::from(view)));
        }
        let began_as = live.look(|view| view.kind);
        let place = self.reserve(KIND, self.claimant(visitor, Some(user))).await?;
        let rules = self.inner.config.rules(KIND);
        let lifetime = lifetime(rules, self.inner.clock.now());
        let handed = live.hand_over(user, KIND, |view| {
            let prompts_max = view.prompts_used.saturating_add(rules.max_prompts);
            Ok(vec![EventKind::HandedOver { kind: KIND, prompts_max, lifetime }])
        });
        if !handed.await? {
            // Asked for twice at once: the other one did it all.
            return Ok(live.look(|view| SessionJson::from(view)));
        }
        place.settle_held();
        live.lifetime_moved.notify_one();
        self.inner.publish_running();
        self.begin_work(live);
        if began_as == SessionKind::Demo {
            self.count_step(FunnelStep::SignedUp);
        }
        tracing::info!(session.id = %live.record.id, kind = began_as.word(), "a session was handed over");
        Ok(live.look(|view| SessionJson::from(view)))
    }

    /// A user's sessions and those that the tokens belong to, newest first: those that live, and those that ended within a day.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn sessions_of(
        &self,
        user: Option<UserId>,
        held: &[(SessionId, SessionToken)],
    ) -> Result<Vec<SessionJson>, SessionError> {
        let since = self.inner.clock.now().plus_ms(-LISTED_AFTER_END_MS);
        let mut accesses: BTreeMap<SessionId, Access> = BTreeMap::new();
        if let Some(user) = user {
            for record in self.inner.store.sessions_of(user, since, LISTED_MAX).await? {
                let live = self.inner.live.by_id(record.id);
                accesses.insert(record.id, Access { record, live });
            }
        }
        for (id, token) in held {
            match self.find(*id, Some(token), user, By::Browser).await {
                Ok(access) if access.record.ended_at.is_none_or(|at| at > since) => {
                    accesses.insert(*id, access);
                }
                Ok(_) | Err(SessionError::Unknown | SessionError::NotYours) => {}
                Err(error) => return Err(error),
            }
        }
        // One after the other: of those that have ended, the whole journal is read.
        let mut all = Vec::with_capacity(accesses.len());
        for access in accesses.values() {
            all.push(self.status(access).await?);
        }
        all.sort_by_key(|session| std::cmp::Reverse(session.claimed_at));
        Ok(all)
    }

    /// Ends every living session of a user: their account is about to go.
    pub async fn end_sessions_of(&self, user: UserId) {
        for live in self.inner.live.of_owner(user) {
            self.end(&live, EndReason::Closed).await;
        }
    }
}
