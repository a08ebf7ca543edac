//! Making one sandbox: tries, waits between them, and the books about how it went (H6).

use std::time::Duration;

use domain::SandboxId;
use tokio::time::{Instant, timeout};

use crate::circuit::{Circuit, CircuitState, backoff, draw};
use crate::error::CreateFailure;
use crate::metrics::count;
use crate::{Pool, PoolError, PortError, Urgency, lock};

/// The wait before the second try; each further one doubles it.
const RETRY_FIRST_MS: u64 = 250;
/// How long the end of one sandbox may take before it is tried again.
pub(crate) const DESTROY_TIMEOUT: Duration = Duration::from_secs(30);

impl Pool {
    /// Makes a sandbox whose row exists. Ends early when the row is given up or the pool stops.
    pub(crate) async fn make(&self, id: SandboxId, urgency: Urgency) -> Result<(), PoolError> {
        let inner = &self.inner;
        let making = inner.books.begin_making(id, &inner.stop);
        let made = tokio::select! {
            made = self.tries(id, urgency) => made,
            () = making.given_up.cancelled() => {
                let stopped = inner.stop.is_cancelled();
                let given_up = || PoolError::Create(CreateFailure::GivenUp.into());
                return Err(if stopped { PoolError::ShuttingDown } else { given_up() });
            }
        };
        self.note_creation(made.is_ok());
        made.map_err(PoolError::Create)?;
        // Its row may have been given up, even removed, in the last moment.
        if inner.rows.made(id, inner.clock.now()).await.map_err(PoolError::Rows)? {
            return Ok(());
        }
        Err(PoolError::Create(CreateFailure::GivenUp.into()))
    }

    /// Tries as often as the settings say.
    async fn tries(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError> {
        let inner = &self.inner;
        let mut tried = 0;
        loop {
            let begun = Instant::now();
            let Err(error) = self.try_once(id, urgency).await else {
                inner.counters.count_create(begun.elapsed());
                return Ok(());
            };
            count(&inner.counters.failed_creates);
            tried += 1;
            if tried >= inner.config.create_retries {
                return Err(error);
            }
            tracing::debug!(sandbox.id = %id, tried, error = %error, "a sandbox was not made; trying again");
            // The next try begins from nothing, also after one that was cut off or lied.
            if let Ok(Err(error)) = timeout(DESTROY_TIMEOUT, inner.maker.destroy(id)).await {
                return Err(error);
            }
            tokio::time::sleep(backoff(tried - 1, RETRY_FIRST_MS, draw(&*inner.entropy))).await;
        }
    }

    /// One try, which counts only when the sandbox really answers.
    async fn try_once(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError> {
        let inner = &self.inner;
        let within = inner.config.create_timeout;
        let made = timeout(within, inner.maker.create(id, urgency)).await;
        made.map_err(|_| CreateFailure::TimedOut(within))??;
        match timeout(inner.config.claim_probe_timeout, inner.maker.probe(id)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(CreateFailure::Lied.into()),
        }
    }

    fn note_creation(&self, worked: bool) {
        let inner = &self.inner;
        let now = inner.clock.now();
        let mut circuit = lock(&inner.circuit);
        let before = *circuit;
        *circuit = if worked {
            Circuit::default()
        } else {
            before.failed(now, draw(&*inner.entropy), &inner.config)
        };
        let was_closed = before.state(now, &inner.config) == CircuitState::Closed;
        let is_closed = circuit.state(now, &inner.config) == CircuitState::Closed;
        match (was_closed, is_closed) {
            (true, false) => {
                tracing::error!(failures = circuit.failures, "creation keeps failing and is stopped for now");
            }
            (false, true) => tracing::info!("creation works again"),
            (true, true) | (false, false) => {}
        }
    }
}
