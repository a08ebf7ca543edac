//! What an acquire gives, and what happens when it is let go: nothing leaks, whatever is dropped or cancelled when.

use std::fmt;

use domain::SandboxId;
use tokio::time::{Instant, timeout};

use crate::caps::CreateSlot;
use crate::{Pool, PoolError, PortError, Urgency};

/// A sandbox of the caller's own, thawed and answering. Dropping it destroys the sandbox; there is no return to the pool
/// (H3).
pub struct Lease {
    pool: Pool,
    id: SandboxId,
    kept: bool,
}

impl Lease {
    pub(crate) fn new(pool: Pool, id: SandboxId) -> Self {
        Self { pool, id, kept: false }
    }

    /// The sandbox.
    pub fn id(&self) -> SandboxId {
        self.id
    }

    /// Takes the sandbox out of the lease's care: the caller has written down whose it is, and calls [`Pool::release`] when
    /// that is over.
    pub fn keep(mut self) -> SandboxId {
        self.kept = true;
        self.id
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.kept {
            self.pool.abandon(self.id);
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lease").field(&self.id).finish()
    }
}

/// What [`Pool::acquire`] gives. Either way the sandbox is the caller's, until it is dropped or released.
#[derive(Debug)]
pub enum Acquired {
    /// A warm sandbox.
    Warm(Lease),
    /// No warm one was there; this one is made when the ticket is redeemed.
    Cold(ColdTicket),
}

impl Acquired {
    /// The sandbox.
    pub fn id(&self) -> SandboxId {
        match self {
            Self::Warm(lease) => lease.id(),
            Self::Cold(ticket) => ticket.id(),
        }
    }

    /// Whether it is there already.
    pub fn is_warm(&self) -> bool {
        matches!(self, Self::Warm(_))
    }

    /// The sandbox, which is made first when it is a cold one.
    ///
    /// # Errors
    /// Those of [`ColdTicket::redeem`].
    pub async fn ready(self) -> Result<Lease, PoolError> {
        match self {
            Self::Warm(lease) => Ok(lease),
            Self::Cold(ticket) => ticket.redeem().await,
        }
    }
}

/// A place for a sandbox that is still to be made. Dropping it gives the place back.
pub struct ColdTicket {
    lease: Lease,
    slot: CreateSlot,
    asked_at: Instant,
}

impl ColdTicket {
    pub(crate) fn new(lease: Lease, slot: CreateSlot, asked_at: Instant) -> Self {
        Self { lease, slot, asked_at }
    }

    /// The sandbox that will be made.
    pub fn id(&self) -> SandboxId {
        self.lease.id
    }

    /// Makes the sandbox, and thaws it as a warm one is at its claim. May be cancelled at any time: what was begun is
    /// destroyed then.
    ///
    /// # Errors
    /// [`PoolError::Create`], [`PoolError::ShuttingDown`] or [`PoolError::Rows`].
    pub async fn redeem(self) -> Result<Lease, PoolError> {
        let Self { lease, slot, asked_at } = self;
        let inner = &lease.pool.inner;
        lease.pool.make(lease.id, Urgency::Awaited).await?;
        let thawed = timeout(inner.config.create_timeout, inner.maker.thaw(lease.id)).await;
        thawed.map_err(PortError::from).flatten().map_err(PoolError::Create)?;
        inner.counters.acquire_cold.record(asked_at.elapsed());
        drop(slot);
        inner.nudge.notify_one();
        Ok(lease)
    }
}

impl fmt::Debug for ColdTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ColdTicket").field(&self.lease.id).finish()
    }
}
