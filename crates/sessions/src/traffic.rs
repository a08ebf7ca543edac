//! How much a session's preview may send and how many may listen at once (J2). Counting only: whoever carries the bytes
//! waits and cuts.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What one session's preview may send, whatever it serves and to however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrafficLimits {
    /// Bytes a second, after a first second's worth that may go out at once. Default 8 MiB.
    pub bytes_per_second: u64,
    /// Bytes in all, as long as the session lives. Default 512 MiB.
    pub session_bytes_max: u64,
    /// Requests and WebSockets that may be open at once. Default 64.
    pub connections_max: u32,
}

/// The session's preview has sent all it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the session's preview has sent all it may")]
pub struct TrafficSpent;

/// What one session's preview has sent.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    sent: Mutex<Sent>,
    open: AtomicU32,
}

#[derive(Debug, Default)]
struct Sent {
    bytes: u64,
    /// When everything sent so far would have gone out at the allowed rate.
    even_at: Option<Instant>,
}

/// A second's worth may go out at once.
const BURST: Duration = Duration::from_secs(1);

impl Traffic {
    /// Counts `bytes` that are about to go out, and answers how long they have to wait.
    ///
    /// # Errors
    /// [`TrafficSpent`] when they are too many for the session.
    pub(crate) fn take(
        &self,
        bytes: u64,
        limits: &TrafficLimits,
        now: Instant,
    ) -> Result<Duration, TrafficSpent> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.bytes = sent.bytes.saturating_add(bytes);
        if sent.bytes > limits.session_bytes_max {
            return Err(TrafficSpent);
        }
        let micros = u128::from(bytes) * 1_000_000 / u128::from(limits.bytes_per_second.max(1));
        let takes = Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
        let even_at = sent.even_at.map_or(now, |at| at.max(now)) + takes;
        sent.even_at = Some(even_at);
        Ok(even_at.duration_since(now).saturating_sub(BURST))
    }

    /// A place among those that are open; `None` when all are taken.
    pub(crate) fn open(self: &Arc<Self>, limits: &TrafficLimits) -> Option<OpenConnection> {
        let more = |open: u32| (open < limits.connections_max).then_some(open + 1);
        self.open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(OpenConnection(Arc::clone(self)))
    }
}

/// One open connection's place; dropping it gives the place back.
#[derive(Debug)]
pub struct OpenConnection(Arc<Traffic>);

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: TrafficLimits =
        TrafficLimits { bytes_per_second: 1_000, session_bytes_max: 10_000, connections_max: 2 };

    /// J2
    #[test]
    fn a_seconds_worth_goes_out_at_once_and_the_rest_at_the_allowed_rate() {
        let (traffic, begin) = (Traffic::default(), Instant::now());
        let wait = |bytes, after_ms| {
            let now = begin + Duration::from_millis(after_ms);
            traffic.take(bytes, &LIMITS, now).map(|wait| wait.as_millis())
        };
        assert_eq!(wait(1_000, 0), Ok(0));
        assert_eq!(wait(500, 0), Ok(500));
        assert_eq!(wait(500, 500), Ok(500));
        assert_eq!(wait(1_000, 10_000), Ok(0), "what was not used does not add up beyond a second");
        assert_eq!(wait(1_000, 10_000), Ok(1_000));
        assert_eq!(wait(6_000, 20_000), Ok(5_000));
        assert_eq!(wait(1, 90_000), Err(TrafficSpent));
    }

    /// J2
    #[test]
    fn a_place_is_given_back_when_its_connection_is_over() {
        let traffic = Arc::new(Traffic::default());
        let (first, second) = (traffic.open(&LIMITS), traffic.open(&LIMITS));
        assert!(first.is_some() && second.is_some());
        assert!(traffic.open(&LIMITS).is_none());
        drop(first);
        assert!(traffic.open(&LIMITS).is_some());
    }
}
