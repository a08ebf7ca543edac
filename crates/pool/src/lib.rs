//! Warm sandboxes, ready before anybody asks: a pure planner and a reconciler that carries its plans out.
//!
//! ```text
//!            create          take                 release
//! (nothing) ───────> creating ─────> ready ─────> claimed ─────> destroying ─────> (nothing)
//!                        │  made       │ dead, old,                  ^
//!                        └─────────────┴ outdated ───────────────────┘
//! ```
//!
//! This room plans over plain values. It must not know of any provider, database, session or person: those come in
//! through the ports [`Rows`] and [`Maker`].
//!
//! A pool on a maker of one's own; `examples/sim.rs` has one on the simulated provider.
//!
//! ```
//! # use std::{collections::HashSet, sync::{Arc, Mutex}, time::Duration};
//! # use domain::{ManualClock, SandboxId, SeededEntropy, TemplateHash, Timestamp};
//! use pool::{Caps, CapsConfig, Maker, MemoryRows, Parts, Pool, PoolConfig, PortError, Shutdown, Urgency};
//!
//! /// Makes sandboxes that are a name in a list.
//! #[derive(Default)]
//! struct Names(Mutex<HashSet<SandboxId>>);
//!
//! #[async_trait::async_trait]
//! impl Maker for Names {
//!     fn template_hash(&self) -> Option<TemplateHash> {
//!         Some(TemplateHash::new("the template's content"))
//!     }
//!     async fn create(&self, id: SandboxId, _urgency: Urgency) -> Result<(), PortError> {
//!         self.0.lock().unwrap().insert(id);
//!         Ok(())
//!     }
//!     async fn destroy(&self, id: SandboxId) -> Result<(), PortError> {
//!         self.0.lock().unwrap().remove(&id);
//!         Ok(())
//!     }
//!     async fn freeze(&self, _id: SandboxId) -> Result<(), PortError> { Ok(()) }
//!     async fn thaw(&self, _id: SandboxId) -> Result<(), PortError> { Ok(()) }
//!     async fn probe(&self, _id: SandboxId) -> Result<(), PortError> { Ok(()) }
//!     async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
//!         Ok(self.0.lock().unwrap().iter().copied().collect())
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), PortError> {
//! let maker = Arc::new(Names::default());
//! let pool = Pool::start(Parts {
//!     rows: Arc::new(MemoryRows::default()),
//!     maker: maker.clone(),
//!     clock: Arc::new(ManualClock::new(Timestamp::from_unix_ms(0))),
//!     entropy: Arc::new(SeededEntropy::new(1)),
//!     config: PoolConfig { target_ready: 2, ..PoolConfig::default() },
//!     caps: Caps::new(CapsConfig::default()),
//!     claimed: HashSet::new(),
//! })
//! .await?;
//! pool.warm_up(Duration::from_secs(10)).await?;
//!
//! // Warm or made now: `ready` waits for either. Dropping a lease destroys its sandbox.
//! let lease = pool.acquire().await?.ready().await?;
//! // A sandbox that somebody has written down is kept, and released when that is over.
//! let id = lease.keep();
//! pool.release(id).await;
//!
//! pool.shutdown(Shutdown::Destroy).await;
//! assert_eq!(pool.metrics().acquires_from_pool, 1);
//! assert!(maker.list().await?.is_empty());
//! # Ok(())
//! # }
//! ```

mod acquire;
mod adopt;
mod books;
mod caps;
mod circuit;
mod config;
mod demand;
mod error;
mod forecast;
mod histogram;
mod inventory;
mod lease;
mod make;
mod member;
mod memory;
mod metrics;
mod planner;
mod pool;
mod ports;
mod reconciler;
mod scaling;
pub mod simulator;
mod table;
mod tasks;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use caps::{Caps, CapsConfig, Room};
pub use circuit::{Circuit, CircuitState};
pub use config::{OnEmpty, PoolConfig, SettingError};
pub use demand::Budget;
pub use error::PoolError;
pub use forecast::{Aim, Forecast, Supply};
pub use histogram::{Histogram, HistogramSnapshot};
pub use inventory::{Inventory, LISTED_MAX, Question};
pub use lease::{Acquired, ColdTicket, Lease};
pub use member::{Member, MemberState};
pub use memory::MemoryRows;
pub use metrics::{Alert, PoolMetrics, PoolSnapshot};
pub use planner::{Action, Demand, DestroyReason, PoolState, plan};
pub use pool::{Parts, Pool, Shutdown};
pub use ports::{Maker, PortError, Rows, Urgency};
pub use scaling::Scaling;

/// A panic elsewhere leaves these plain values intact, so a poisoned lock is still good.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
