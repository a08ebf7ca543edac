//! What the reconciler sets going: one task a sandbox, each ending with a nudge, so that what it changed is planned for at
//! once.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::SandboxId;
use tokio::time::timeout;

use crate::caps::CreateSlot;
use crate::lease::Lease;
use crate::make::DESTROY_TIMEOUT;
use crate::metrics::count;
use crate::{Pool, PoolError, PortError, Urgency};

/// How long a sandbox that could not be removed is left alone.
const REMOVE_RETRY: Duration = Duration::from_millis(500);
/// How long freezing one may take before it counts as failed.
const FREEZE_TIMEOUT: Duration = Duration::from_secs(5);

fn spawn(pool: &Pool, task: impl Future<Output = ()> + Send + 'static) {
    let nudged = pool.clone();
    pool.inner.tasks.spawn(async move {
        task.await;
        nudged.nudge();
    });
}

/// Makes a warm sandbox and freezes it.
pub(crate) fn create(pool: &Pool, lease: Lease, slot: CreateSlot) {
    let making = pool.clone();
    spawn(pool, async move {
        let made = making.make(lease.id(), Urgency::InAdvance).await;
        drop(slot);
        match made {
            Ok(()) => {}
            // Nothing is wrong with a sandbox that is not wanted any more.
            Err(PoolError::ShuttingDown) => return,
            Err(error) => {
                let error = PortError::from(error);
                let source = error.source().map(ToString::to_string).unwrap_or_default();
                tracing::warn!(sandbox.id = %lease.id(), error = %error, source, "a warm sandbox could not be made");
                return;
            }
        }
        let id = lease.keep();
        making.nudge();
        if let Err(error) = freeze_if_ready(&making, id).await {
            tracing::warn!(sandbox.id = %id, error = %error, "a warm sandbox could not be frozen and stays awake");
        }
    });
}

/// Removes a sandbox and its row, unless that is under way or has to wait for its making to end.
pub(crate) fn remove(pool: &Pool, id: SandboxId) {
    if !pool.inner.books.begin_removing(id) {
        return;
    }
    let removing = pool.clone();
    spawn(pool, async move {
        let removed = remove_now(&removing, id).await;
        if let Err(error) = &removed {
            tracing::warn!(sandbox.id = %id, error = %error, "a sandbox could not be removed; trying again");
            tokio::select! {
                () = tokio::time::sleep(REMOVE_RETRY) => {}
                () = removing.inner.stop.cancelled() => {}
            }
        }
        removing.inner.books.end_removing(id, removed.is_ok());
    });
}

pub(crate) async fn remove_now(pool: &Pool, id: SandboxId) -> Result<(), PortError> {
    let _one_of_few = pool.inner.removals.acquire().await?;
    timeout(DESTROY_TIMEOUT, pool.inner.maker.destroy(id)).await??;
    pool.inner.rows.remove(id).await
}

/// Thaw, probe, freeze, while the sandbox stays claimable (H7). One at a time.
pub(crate) fn check(pool: &Pool, id: SandboxId) {
    pool.inner.checking.store(true, Ordering::SeqCst);
    let checking = pool.clone();
    spawn(pool, async move {
        if let Err(error) = probe_and_freeze(&checking, id).await {
            tracing::warn!(sandbox.id = %id, error = %error, "a health check could not be finished");
        }
        checking.inner.checking.store(false, Ordering::SeqCst);
    });
}

/// Probes a ready sandbox and freezes it again. One that does not answer is retired.
pub(crate) async fn probe_and_freeze(pool: &Pool, id: SandboxId) -> Result<(), PortError> {
    let inner = &pool.inner;
    let Some(freezing) = inner.books.begin_freezing(id) else { return Ok(()) };
    if !inner.rows.is_ready(id).await? {
        return Ok(());
    }
    let probe = async {
        inner.maker.thaw(id).await?;
        inner.maker.probe(id).await
    };
    let answered = matches!(timeout(inner.config.claim_probe_timeout, probe).await, Ok(Ok(())));
    if freezing.claimed() {
        return Ok(());
    }
    if answered {
        inner.rows.checked(id, inner.clock.now()).await?;
        drop(freezing);
        return freeze_if_ready(pool, id).await;
    }
    if inner.rows.retire(id).await? {
        tracing::warn!(sandbox.id = %id, "a warm sandbox does not answer any more; it is replaced");
        count(&inner.counters.health_removals);
    }
    Ok(())
}

/// Freezes a sandbox unless a claim has taken it. A claim never waits for this: when it comes while the freezing is under
/// way, the sandbox is thawed again.
async fn freeze_if_ready(pool: &Pool, id: SandboxId) -> Result<(), PortError> {
    let inner = &pool.inner;
    let Some(freezing) = inner.books.begin_freezing(id) else { return Ok(()) };
    if !inner.rows.is_ready(id).await? || freezing.claimed() {
        return Ok(());
    }
    let frozen = timeout(FREEZE_TIMEOUT, inner.maker.freeze(id)).await;
    if freezing.claimed() {
        return inner.maker.thaw(id).await;
    }
    frozen?
}
