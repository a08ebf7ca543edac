//! The way to a sandbox: a warm one that answers, else a place to make one.

use std::pin::{Pin, pin};
use std::task::Poll;

use domain::{SandboxId, TemplateHash, Timestamp};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::circuit::CircuitState;
use crate::error::CreationStopped;
use crate::inventory::unclaimable_since;
use crate::lease::{Acquired, ColdTicket, Lease};
use crate::metrics::count;
use crate::{DestroyReason, Member, MemberState, OnEmpty, Pool, PoolError, lock};

/// Dead warm sandboxes that one claim meets before it is given a cold one: each may take `claim_probe_timeout`.
const DEAD_PER_CLAIM_MAX: u32 = 8;

/// A row that this claim has taken.
struct Taken {
    lease: Lease,
    ready_at: Option<Timestamp>,
}

impl Pool {
    /// A sandbox of the caller's own: a warm one that answers, else a place to make one. May be cancelled at any time.
    ///
    /// # Errors
    /// [`PoolError::Exhausted`], [`PoolError::NoTemplate`], [`PoolError::ShuttingDown`], [`PoolError::Create`] while
    /// creation is stopped, or [`PoolError::Rows`].
    pub async fn acquire(&self) -> Result<Acquired, PoolError> {
        let inner = &self.inner;
        if inner.stop.is_cancelled() {
            return Err(PoolError::ShuttingDown);
        }
        let asked_at = Instant::now();
        let mut dead = 0;
        while dead < DEAD_PER_CLAIM_MAX {
            let Some(Taken { lease, ready_at }) = self.take().await? else { break };
            if ready_at <= Some(unclaimable_since(inner.clock.now(), &inner.config)) {
                // Its session would outlast it. Dropping the lease removes it, and all that are older.
                inner.counters.count_removal(DestroyReason::Old);
                continue;
            }
            if self.wake(lease.id()).await {
                count(&inner.counters.acquires_warm);
                inner.counters.acquire_warm.record(asked_at.elapsed());
                inner.nudge.notify_one();
                return Ok(Acquired::Warm(lease));
            }
            count(&inner.counters.health_removals);
            dead += 1;
        }
        let ticket = self.reserve(asked_at).await?;
        count(&inner.counters.acquires_cold);
        inner.nudge.notify_one();
        Ok(Acquired::Cold(ticket))
    }

    /// Takes the oldest ready row. What is taken while nobody waits any more is let go again.
    async fn take(&self) -> Result<Option<Taken>, PoolError> {
        let pool = self.clone();
        let hash = self.template()?;
        let taking = async move {
            let taken = pool.inner.rows.take(&hash, pool.inner.clock.now()).await;
            let taken = taken.map_err(PoolError::Rows)?;
            Ok(taken.map(|member| Taken { lease: Lease::new(pool, member.id), ready_at: member.ready_at }))
        };
        self.to_the_end(Box::pin(taking)).await
    }

    /// Runs something to its end even when the caller is cancelled. What is answered at once costs no task.
    async fn to_the_end<T: Send + 'static>(
        &self,
        mut work: Pin<Box<dyn Future<Output = Result<T, PoolError>> + Send>>,
    ) -> Result<T, PoolError> {
        if let Poll::Ready(done) = at_once(work.as_mut()).await {
            return done;
        }
        let (sender, receiver) = oneshot::channel();
        self.inner.tasks.spawn(async move {
            // Nobody listens any more: what comes back is dropped, and with it let go.
            let _ = sender.send(work.await);
        });
        receiver.await.unwrap_or(Err(PoolError::ShuttingDown))
    }

    /// Thaws a sandbox and waits until it answers; `false` when it does not.
    async fn wake(&self, id: SandboxId) -> bool {
        let inner = &self.inner;
        inner.books.note_claim(id);
        let mut woken = pin!(async {
            inner.maker.thaw(id).await?;
            inner.maker.probe(id).await
        });
        let answer = match at_once(woken.as_mut()).await {
            Poll::Ready(answer) => Ok(answer),
            Poll::Pending => timeout(inner.config.claim_probe_timeout, woken).await,
        };
        match answer {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(sandbox.id = %id, error = %error, "a warm sandbox did not answer; the next is taken");
                false
            }
            Err(_) => {
                tracing::warn!(sandbox.id = %id, "a warm sandbox did not answer in time; the next is taken");
                false
            }
        }
    }

    /// A place for a sandbox that is made for the caller.
    async fn reserve(&self, asked_at: Instant) -> Result<ColdTicket, PoolError> {
        let inner = &self.inner;
        match inner.config.on_empty {
            OnEmpty::Create => {}
            OnEmpty::Fail => return Err(PoolError::Exhausted),
        }
        let circuit = *lock(&inner.circuit);
        let state = circuit.state(inner.clock.now(), &inner.config);
        if let Some(retry_at) = circuit.retry_at
            && (state == CircuitState::Open || (state == CircuitState::Trial && inner.books.making() > 0))
        {
            let stopped = CreationStopped { failures: circuit.failures, retry_at };
            return Err(PoolError::Create(stopped.into()));
        }
        let (lease, slot) = self.record_new(MemberState::Claimed, self.template()?).await?;
        Ok(ColdTicket::new(lease, slot, asked_at))
    }

    fn template(&self) -> Result<TemplateHash, PoolError> {
        self.inner.maker.template_hash().ok_or(PoolError::NoTemplate)
    }

    /// Reserves a place for a sandbox and writes its row.
    pub(crate) async fn record_new(
        &self,
        state: MemberState,
        template_hash: TemplateHash,
    ) -> Result<(Lease, crate::caps::CreateSlot), PoolError> {
        let inner = &self.inner;
        let (place, slot) = inner.caps.reserve().ok_or(PoolError::Exhausted)?;
        let id = SandboxId::generate(&*inner.clock, &*inner.entropy);
        inner.books.hold(id, place);
        let lease = Lease::new(self.clone(), id);
        let created_at = inner.clock.now();
        let member = Member { id, state, template_hash, created_at, ready_at: None, checked_at: None };
        // Whether the row is there is unknown after an error or a cancellation; the lease has it removed either way.
        inner.rows.insert(&member).await.map_err(PoolError::Rows)?;
        Ok((lease, slot))
    }
}

/// Polls once: what is answered at once needs neither a task nor a timer.
async fn at_once<T>(mut work: Pin<&mut (dyn Future<Output = T> + Send)>) -> Poll<T> {
    std::future::poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await
}
