//! Brings what is to what should be: reads the rows, plans, acts. Takes no input but a nudge, and may be run again at any
//! moment: an action that failed is simply planned again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::SandboxId;

use crate::inventory::Question;
use crate::planner::{Action, DestroyReason, PoolState, plan, rests_for};
use crate::{MemberState, Pool, PoolError, PortError, lock, tasks};

/// How long a look at the pool is left alone after the store failed it.
const STORE_RETRY: Duration = Duration::from_millis(500);
/// The shortest time between two looks: what happens in between is seen together.
const LOOK_INTERVAL_MIN: Duration = Duration::from_millis(10);

/// Runs until the pool stops.
pub(crate) async fn run(pool: Pool) {
    let inner = &pool.inner;
    let mut freed = inner.caps.freed();
    loop {
        let wait = match look(&pool).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(error = %error, "the pool could not be looked after; trying again");
                STORE_RETRY
            }
        };
        tokio::select! {
            () = inner.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_INTERVAL_MIN) => {}
        }
        tokio::select! {
            () = inner.stop.cancelled() => return,
            () = inner.nudge.notified() => {}
            // The bounds live as long as the pool, so this never fails.
            _ = freed.changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// One look: read, plan, act. Answers how long nothing will have to be done. Rows are written before the acting begins, so
/// the next look counts what is under way.
async fn look(pool: &Pool) -> Result<Duration, PortError> {
    let inner = &pool.inner;
    let now = inner.clock.now();
    let demand = pool.demand(now).await;
    for id in inner.books.abandoned() {
        inner.rows.condemn(id).await?;
        tasks::remove(pool, id);
    }
    let template_hash = inner.maker.template_hash();
    let supply = pool.supply();
    let question = Question::at(now, template_hash.as_ref(), demand.wanted, &inner.config, &supply);
    let state = PoolState {
        inventory: inner.rows.look(question).await?,
        template_ready: template_hash.is_some(),
        circuit: *lock(&inner.circuit),
        room: inner.caps.room(),
        checking: inner.checking.load(Ordering::SeqCst),
    };
    pool.publish(&state.inventory, &demand);
    let actions = plan(now, &state, &inner.config, &demand);
    let acts = !actions.is_empty();
    for action in actions {
        match action {
            Action::Create => create(pool).await?,
            Action::Destroy(id, reason) => destroy(pool, id, reason).await?,
            Action::Check(id) => tasks::check(pool, id),
        }
    }
    if acts {
        pool.publish(&inner.rows.look(question).await?, &demand);
    }
    let falls_at = lock(&inner.demand).falls_at(now, &inner.config);
    Ok(rests_for(now, &state, &inner.config, &demand, falls_at))
}

async fn create(pool: &Pool) -> Result<(), PortError> {
    let Some(hash) = pool.inner.maker.template_hash() else { return Ok(()) };
    match pool.record_new(MemberState::Creating, hash).await {
        Ok((lease, slot)) => tasks::create(pool, lease, slot),
        // Another pool or a claim was faster.
        Err(PoolError::Exhausted) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

async fn destroy(pool: &Pool, id: SandboxId, reason: DestroyReason) -> Result<(), PortError> {
    if reason != DestroyReason::Released {
        // A claim may have taken it since the plan was made; then it is left alone.
        if !pool.inner.rows.retire(id).await? {
            return Ok(());
        }
        tracing::debug!(sandbox.id = %id, reason = ?reason, "a warm sandbox is removed");
        pool.inner.counters.count_removal(reason);
    }
    tasks::remove(pool, id);
    Ok(())
}
