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

mod config;
mod member;
mod planner;
mod pool;
mod ports;
mod reconciler;

pub use config::PoolConfig;
pub use member::{Member, MemberState};
pub use planner::{Action, Backoff, DestroyReason, PoolState, plan};
pub use pool::{Acquired, ColdTicket, Pool, PoolSnapshot};
pub use ports::{Maker, PoolError, PortError, Rows};
