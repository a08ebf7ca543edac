//! Brings what is to what should be: reads the rows, plans, acts. Takes no input but a nudge, and may be run again at any
//! moment: an action that failed is simply planned again.

use std::collections::HashSet;

use domain::SandboxId;
use tokio::time::timeout;

use crate::planner::{Action, DestroyReason, PoolState, plan};
use crate::pool::{Pool, lock};
use crate::{MemberState, PortError};

/// How long a look at the pool is left alone after the store failed it.
const STORE_RETRY: std::time::Duration = std::time::Duration::from_millis(500);

/// Runs until the pool stops.
pub(crate) async fn run(pool: Pool) {
    let inner = &pool.inner;
    loop {
        let wait = match look(&pool).await {
            Ok(()) => inner.config.replenish_interval.min(next_try(&pool)),
            Err(error) => {
                tracing::warn!(error = %error, "the pool could not be looked after; trying again");
                STORE_RETRY
            }
        };
        tokio::select! {
            () = inner.stop.cancelled() => return,
            () = inner.nudge.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// One look: read, plan, act. Rows are written before the acting begins, so the next look counts what is under way.
async fn look(pool: &Pool) -> Result<(), PortError> {
    let inner = &pool.inner;
    let state = PoolState {
        members: inner.rows.all().await?,
        template_hash: inner.maker.template_hash(),
        backoff: *lock(&inner.backoff),
    };
    pool.publish(&state.members);
    for action in plan(inner.clock.now(), &state, &inner.config) {
        match action {
            Action::Create => {
                let id = pool.record_new(MemberState::Creating).await?;
                spawn(pool, create(pool.clone(), id));
            }
            Action::Destroy(id, _) | Action::Check(id) if lock(&inner.busy).contains(&id) => {}
            Action::Destroy(id, reason) => {
                // A claim may have taken it since the plan was made; then it is left alone.
                if reason == DestroyReason::Released || inner.rows.retire(id).await? {
                    tracing::debug!(sandbox.id = %id, reason = ?reason, "a sandbox is removed");
                    spawn_for(pool, id, destroy(pool.clone(), id));
                }
            }
            Action::Check(id) => spawn_for(pool, id, check(pool.clone(), id)),
        }
    }
    pool.publish(&inner.rows.all().await?);
    Ok(())
}

/// Each task ends with a nudge: what it changed is planned for at once.
fn spawn(pool: &Pool, task: impl Future<Output = ()> + Send + 'static) {
    let nudged = pool.clone();
    pool.inner.tasks.spawn(async move {
        task.await;
        nudged.nudge();
    });
}

/// A task that has the sandbox to itself as far as planning goes.
fn spawn_for(pool: &Pool, id: SandboxId, task: impl Future<Output = ()> + Send + 'static) {
    lock(&pool.inner.busy).insert(id);
    let done = pool.clone();
    spawn(pool, async move {
        task.await;
        lock(&done.inner.busy).remove(&id);
    });
}

async fn create(pool: Pool, id: SandboxId) {
    let inner = &pool.inner;
    let made = tokio::select! {
        made = pool.make(id) => made.map_err(PortError::from),
        () = inner.stop.cancelled() => Err("the pool is shutting down".into()),
    };
    if let Err(error) = made {
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        tracing::warn!(sandbox.id = %id, error = %error, source, "a warm sandbox could not be made");
        pool.release(id).await;
        return;
    }
    if let Err(error) = freeze_if_ready(&pool, id).await {
        tracing::warn!(sandbox.id = %id, error = %error, "a warm sandbox could not be frozen and stays awake");
    }
}

async fn destroy(pool: Pool, id: SandboxId) {
    let removed = async {
        pool.inner.maker.destroy(id).await?;
        pool.inner.rows.remove(id).await
    };
    if let Err(error) = removed.await {
        tracing::warn!(sandbox.id = %id, error = %error, "a sandbox could not be removed; trying again");
        tokio::time::sleep(STORE_RETRY).await;
    }
    pool.forget_handling(id);
}

/// Thaw, probe, freeze, while the sandbox stays claimable (H7).
async fn check(pool: Pool, id: SandboxId) {
    let inner = &pool.inner;
    let handling = pool.handling(id);
    let answered = {
        let _alone = handling.lock().await;
        match inner.rows.is_ready(id).await {
            Ok(true) => {}
            Ok(false) | Err(_) => return,
        }
        let probe = async {
            inner.maker.thaw(id).await?;
            inner.maker.probe(id).await
        };
        matches!(timeout(inner.config.claim_probe_timeout, probe).await, Ok(Ok(())))
    };
    let outcome = if answered {
        match inner.rows.checked(id, inner.clock.now()).await {
            Ok(()) => freeze_if_ready(&pool, id).await,
            Err(error) => Err(error),
        }
    } else {
        tracing::warn!(sandbox.id = %id, "a warm sandbox does not answer any more; it is replaced");
        inner.rows.retire(id).await.map(|_| ())
    };
    if let Err(error) = outcome {
        tracing::warn!(sandbox.id = %id, error = %error, "a health check could not be finished");
    }
}

/// Freezes a sandbox unless a claim has taken it: the claim thaws under the same lock, so it always has the last word.
async fn freeze_if_ready(pool: &Pool, id: SandboxId) -> Result<(), PortError> {
    let handling = pool.handling(id);
    let _alone = handling.lock().await;
    if pool.inner.rows.is_ready(id).await? {
        pool.inner.maker.freeze(id).await?;
    }
    Ok(())
}

/// Removes every sandbox there is but `claimed`, known to a row or not: at the start what an earlier run left behind (H11),
/// at the end what this one made.
pub(crate) async fn remove_everything(pool: &Pool, claimed: &HashSet<SandboxId>) -> Result<(), PortError> {
    let inner = &pool.inner;
    let mut ids: HashSet<SandboxId> = inner.rows.all().await?.iter().map(|member| member.id).collect();
    ids.extend(inner.maker.list().await?);
    ids.retain(|id| !claimed.contains(id));
    for &id in &ids {
        inner.maker.destroy(id).await?;
        inner.rows.remove(id).await?;
    }
    if !ids.is_empty() {
        tracing::info!(count = ids.len(), "removed every sandbox that was there");
    }
    Ok(())
}

/// How long until creation may be tried again, or the next probe is due.
fn next_try(pool: &Pool) -> std::time::Duration {
    let now = pool.inner.clock.now();
    let retry = lock(&pool.inner.backoff).retry_at.map(|at| at.ms_since(now).max(1));
    let retry = retry.map_or(pool.inner.config.replenish_interval, std::time::Duration::from_millis);
    retry.min(pool.inner.config.health_check_interval)
}
