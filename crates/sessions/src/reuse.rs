//! How people's sandboxes are used again, and given up for newer ones (G1).
//!
//! A workspace is one sandbox for all of its prompts. Who has as many as one may have, and asks for another, gives up the one that was
//! left longest ago: its conversation stays readable, its files go. One that somebody looks at, or in which something runs, is never
//! given up.

use domain::wire::ReuseJson;
use domain::{EndReason, SessionId, SessionKind, SessionState, SessionToken, UserId};

use crate::live::LiveSession;
use crate::{SessionError, Sessions};

/// How long nobody must have been at a sandbox before it is given up for another, in milliseconds.
const LEFT_MS_MIN: u64 = 60_000;

/// How workspaces are used again, in this process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reuse {
    /// Which share of the prompts met a sandbox that had served its session before, from 0 to 1; `None` before the first prompt.
    pub rate: Option<f64>,
    /// The age of the oldest living workspace, in milliseconds; `None` without any.
    pub oldest_age_ms: Option<u64>,
}

impl Sessions {
    /// How workspaces are used again.
    pub fn reuse(&self) -> Reuse {
        let now = self.inner.clock.now();
        let ages = self.inner.live.all().into_iter().filter(|live| is_workspace(live));
        Reuse {
            rate: self.inner.tally.reuse_rate(),
            oldest_age_ms: ages.map(|live| now.ms_since(live.record.claimed_at)).max(),
        }
    }

    /// The same for one person: those of their sandboxes that live, and those that ended within a day.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn reuse_of(
        &self,
        user: Option<UserId>,
        held: &[(SessionId, SessionToken)],
    ) -> Result<ReuseJson, SessionError> {
        let mut all = self.sessions_of(user, held).await?;
        all.retain(|session| session.kind == SessionKind::Workspace);
        let now = self.inner.clock.now();
        let living = all.iter().filter(|session| session.state != SessionState::Ended);
        let prompts: u32 = all.iter().map(|session| session.prompts_used).sum();
        let served = all.iter().filter(|session| session.prompts_used > 0).count();
        let oldest_ms = living.clone().map(|session| now.ms_since(session.claimed_at)).max();
        Ok(ReuseJson {
            sandboxes: u32::try_from(living.count()).unwrap_or(u32::MAX),
            sandboxes_max: self.inner.config.workspace.max_concurrent_per_holder,
            prompts,
            reused: prompts.saturating_sub(u32::try_from(served).unwrap_or(u32::MAX)),
            replaced: count(&all, EndReason::Replaced),
            oldest_age_seconds: oldest_ms.map(|ms| ms / 1_000),
        })
    }

    /// Gives up the workspace of a user that was left longest ago; `false` when there is none that was left. `holder` is whom limits
    /// count.
    pub(crate) async fn give_up_left(&self, holder: &str) -> bool {
        let now = self.inner.clock.now();
        let left = |live: &LiveSession| live.left_since().filter(|since| now.ms_since(*since) >= LEFT_MS_MIN);
        let all = self.inner.live.all().into_iter();
        // Of a network nobody knows whether it is one person.
        let theirs =
            all.filter(|live| live.owner().is_some() && live.holder() == holder && is_workspace(live));
        let Some((_, live)) =
            theirs.filter_map(|live| Some((left(&live)?, live))).min_by_key(|(since, _)| *since)
        else {
            return false;
        };
        self.end_if(&live, || left(&live).map(|_| EndReason::Replaced)).await
    }
}

fn is_workspace(live: &LiveSession) -> bool {
    live.look(|view| view.kind == SessionKind::Workspace)
}

fn count(sessions: &[domain::wire::SessionJson], reason: EndReason) -> u32 {
    let ended = sessions.iter().filter(|session| session.ended_reason == Some(reason)).count();
    u32::try_from(ended).unwrap_or(u32::MAX)
}
