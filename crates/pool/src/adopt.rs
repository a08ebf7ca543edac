//! The start: what an earlier run left is taken over where it is good, and removed where it is not (H11).

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use domain::SandboxId;

use crate::tasks::{probe_and_freeze, remove_now};
use crate::{MemberState, Pool, PortError, lock};

/// How many sandboxes are removed or probed at once.
const AT_ONCE_MAX: usize = 16;

/// Takes over warm sandboxes that still answer and those that belong to sessions; removes every other, known to a row or
/// only to the maker. What can't be removed now is tried again by the reconciler.
///
/// Sandboxes without a row are looked for here only: later one might be in the making.
pub(crate) async fn adopt(pool: &Pool, claimed: &HashSet<SandboxId>) -> Result<(), PortError> {
    let inner = &pool.inner;
    let mut unknown: HashSet<SandboxId> = inner.maker.list().await?.into_iter().collect();
    let (mut ready, mut gone) = (Vec::new(), Vec::new());
    for member in inner.rows.all().await? {
        inner.books.hold(member.id, inner.caps.hold());
        let exists = unknown.remove(&member.id);
        match member.state {
            MemberState::Ready if exists => ready.push(member.id),
            MemberState::Claimed if claimed.contains(&member.id) => {
                if member.ready_at.is_none() {
                    // It got ready, or its session would not live: only the note of it was lost.
                    inner.rows.made(member.id, inner.clock.now()).await?;
                }
            }
            MemberState::Creating | MemberState::Ready | MemberState::Claimed | MemberState::Destroying => {
                gone.push(member.id);
            }
        }
    }
    gone.extend(unknown);
    let (adopted, removed) = (ready.len(), gone.len());
    each(pool, gone, remove).await;
    each(pool, ready, probe).await;
    if adopted + removed > 0 {
        tracing::info!(adopted, removed, claimed = claimed.len(), "took over what an earlier run left");
    }
    Ok(())
}

/// Ends what this run has made: everything, or all but the warm ones and those of sessions.
pub(crate) async fn leave(pool: &Pool, keep: bool) -> Result<(), PortError> {
    let inner = &pool.inner;
    let mut gone: HashSet<SandboxId> = inner.books.abandoned().into_iter().collect();
    let kept = |state| keep && matches!(state, MemberState::Ready | MemberState::Claimed);
    gone.extend(inner.rows.all().await?.iter().filter(|member| !kept(member.state)).map(|member| member.id));
    let removed = gone.len();
    each(pool, gone.into_iter().collect(), remove).await;
    tracing::info!(removed, "the pool has stopped");
    Ok(())
}

async fn remove(pool: Pool, id: SandboxId) {
    let removed = remove_now(&pool, id).await;
    if let Err(error) = &removed {
        tracing::warn!(sandbox.id = %id, error = %error, "a sandbox could not be removed");
        pool.inner.books.abandon(id);
    }
    pool.inner.books.end_removing(id, removed.is_ok());
}

async fn probe(pool: Pool, id: SandboxId) {
    if let Err(error) = probe_and_freeze(&pool, id).await {
        tracing::warn!(sandbox.id = %id, error = %error, "a sandbox of an earlier run could not be taken over");
        pool.abandon(id);
    }
}

/// Does something for each, a few at once.
async fn each<T>(
    pool: &Pool,
    ids: Vec<SandboxId>,
    what: impl Fn(Pool, SandboxId) -> T + Clone + Send + 'static,
) where
    T: Future<Output = ()> + Send,
{
    let queue = Arc::new(Mutex::new(ids.into_iter()));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE_MAX {
        let (pool, queue, what) = (pool.clone(), Arc::clone(&queue), what.clone());
        workers.spawn(async move {
            while let Some(id) = next(&queue) {
                what(pool.clone(), id).await;
            }
        });
    }
    while workers.join_next().await.is_some() {}
}

fn next(queue: &Mutex<std::vec::IntoIter<SandboxId>>) -> Option<SandboxId> {
    lock(queue).next()
}
