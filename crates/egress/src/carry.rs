//! Carrying bytes both ways, within what a session may still use.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

/// Bytes that are in flight in one direction.
const BUFFER_BYTES: usize = 16 * 1024;

/// What a session may still carry, both directions together. Shared by all its connections.
#[derive(Debug)]
pub struct Allowance {
    left_bytes: AtomicU64,
}

impl Allowance {
    /// So many bytes.
    pub fn new(bytes_max: u64) -> Self {
        Self { left_bytes: AtomicU64::new(bytes_max) }
    }

    /// Bytes that may still be carried.
    pub fn left_bytes(&self) -> u64 {
        self.left_bytes.load(Ordering::Relaxed)
    }

    /// Uses some; `false`, and nothing is left, when there were fewer.
    pub(crate) fn spend(&self, bytes: usize) -> bool {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let spent = self
            .left_bytes
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        if spent.is_err() {
            self.left_bytes.store(0, Ordering::Relaxed);
        }
        spent.is_ok()
    }
}

/// Why carrying ended, when it did not end by itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing moved for too long.
    Idle,
    /// The session has used all it may.
    Spent,
    /// One side broke off.
    Broken(io::ErrorKind),
}

/// When bytes last moved on a connection, in either direction.
struct LastMoved(Mutex<Instant>);

impl LastMoved {
    fn at(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }
}

/// Carries bytes both ways until both sides are done, or one is cut.
pub(crate) async fn both_ways(
    inside: impl AsyncRead + AsyncWrite + Unpin,
    outside: impl AsyncRead + AsyncWrite + Unpin,
    allowance: &Allowance,
    idle: Duration,
) -> Result<(), Cut> {
    let (inside_read, inside_write) = tokio::io::split(inside);
    let (outside_read, outside_write) = tokio::io::split(outside);
    let moved = LastMoved(Mutex::new(Instant::now()));
    tokio::try_join!(
        one_way(inside_read, outside_write, allowance, idle, &moved),
        one_way(outside_read, inside_write, allowance, idle, &moved),
    )?;
    Ok(())
}

async fn one_way(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    allowance: &Allowance,
    idle: Duration,
    moved: &LastMoved,
) -> Result<(), Cut> {
    let broken = |error: io::Error| Cut::Broken(error.kind());
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = timeout_at(moved.at() + idle, from.read(&mut buffer)).await;
        let Ok(read) = read else {
            // The other direction may have moved meanwhile.
            if moved.at().elapsed() < idle {
                continue;
            }
            return Err(Cut::Idle);
        };
        let count = read.map_err(broken)?;
        moved.now();
        if count == 0 {
            return to.shutdown().await.map_err(broken);
        }
        if !allowance.spend(count) {
            return Err(Cut::Spent);
        }
        timeout(idle, to.write_all(&buffer[..count])).await.map_err(|_| Cut::Idle)?.map_err(broken)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J1: exact over all of a session's connections.
    #[test]
    fn an_allowance_is_spent_once() {
        let allowance = Allowance::new(10);
        assert!(allowance.spend(4) && allowance.spend(6));
        assert!(!allowance.spend(1));
        let allowance = Allowance::new(10);
        assert!(!allowance.spend(11));
        assert_eq!(allowance.left_bytes(), 0, "who asks for too much gets nothing more");
    }

    /// J1: a long download, in which only one side has something to say.
    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_one_side_listens_is_carried_to_its_end() {
        let (inside, mut inside_end) = tokio::io::duplex(64);
        let (outside, mut outside_end) = tokio::io::duplex(64);
        let idle = Duration::from_secs(60);
        let carrying = async { both_ways(inside, outside, &Allowance::new(1_000), idle).await };
        let downloading = async move {
            for _ in 0..5 {
                tokio::time::advance(Duration::from_secs(40)).await;
                outside_end.write_all(b"x").await.unwrap();
                inside_end.read_u8().await.unwrap();
            }
        };
        let (carried, ()) = tokio::join!(carrying, downloading);
        assert_eq!(carried, Ok(()));
    }

    /// J1
    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_moves_is_cut() {
        let (inside, _inside_end) = tokio::io::duplex(64);
        let (outside, _outside_end) = tokio::io::duplex(64);
        let carried = both_ways(inside, outside, &Allowance::new(1_000), Duration::from_secs(60)).await;
        assert_eq!(carried, Err(Cut::Idle));
    }
}
