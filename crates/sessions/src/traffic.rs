//! How much may pass to and from a session's preview, and how many may listen at once (J2). Counting only: whoever carries
//! the bytes waits and cuts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What may pass to and from one session's preview, whatever it serves and to however many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrafficLimits {
    /// Bytes a second, after a first second's worth that may go out at once. Default 8 MiB.
    pub bytes_per_second: u64,
    /// Bytes in all, as long as the session lives. Default 512 MiB.
    pub session_bytes_max: u64,
    /// Requests and WebSockets that may be open at once, share links' up to half of them. Default 64.
    pub connections_max: u32,
}

/// All that may has passed to and from the session's preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("all that may has passed to and from the session's preview")]
pub struct TrafficSpent;

/// What has passed to and from one session's preview.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    passed: Mutex<Passed>,
    open: Mutex<Open>,
}

/// How many connections are open.
#[derive(Debug, Default)]
struct Open {
    all: u32,
    /// Those by share links among them.
    by_link: u32,
}

#[derive(Debug, Default)]
struct Passed {
    bytes: u64,
    /// When everything so far would have passed at the allowed rate.
    even_at: Option<Instant>,
}

/// A second's worth may pass at once.
const BURST: Duration = Duration::from_secs(1);

impl Traffic {
    /// Counts `bytes` that are about to pass, and answers how long they have to wait.
    ///
    /// # Errors
    /// [`TrafficSpent`] when they are too many for the session.
    pub(crate) fn take(
        &self,
        bytes: u64,
        limits: &TrafficLimits,
        now: Instant,
    ) -> Result<Duration, TrafficSpent> {
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        passed.bytes = passed.bytes.saturating_add(bytes);
        if passed.bytes > limits.session_bytes_max {
            return Err(TrafficSpent);
        }
        let micros = u128::from(bytes) * 1_000_000 / u128::from(limits.bytes_per_second.max(1));
        let takes = Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
        let even_at = passed.even_at.map_or(now, |at| at.max(now)) + takes;
        passed.even_at = Some(even_at);
        Ok(even_at.duration_since(now).saturating_sub(BURST))
    }

    /// A place among those that are open; `None` when all are taken. Those who come by a share link get half of the places
    /// at most, so that they never shut out its holder's own frame.
    pub(crate) fn open(self: &Arc<Self>, limits: &TrafficLimits, by_link: bool) -> Option<OpenConnection> {
        let mut open = self.lock_open();
        if open.all >= limits.connections_max || (by_link && open.by_link >= limits.connections_max / 2) {
            return None;
        }
        open.all += 1;
        open.by_link += u32::from(by_link);
        Some(OpenConnection { traffic: Arc::clone(self), by_link })
    }

    fn lock_open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open connection's place; dropping it gives the place back.
#[derive(Debug)]
pub struct OpenConnection {
    traffic: Arc<Traffic>,
    by_link: bool,
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        let mut open = self.traffic.lock_open();
        open.all -= 1;
        open.by_link -= u32::from(self.by_link);
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
        let (first, second) = (traffic.open(&LIMITS, false), traffic.open(&LIMITS, false));
        assert!(first.is_some() && second.is_some());
        assert!(traffic.open(&LIMITS, false).is_none());
        drop(first);
        assert!(traffic.open(&LIMITS, false).is_some());
    }

    /// J2
    #[test]
    fn those_who_come_by_a_link_leave_half_of_the_places() {
        let traffic = Arc::new(Traffic::default());
        let first = traffic.open(&LIMITS, true);
        assert!(first.is_some() && traffic.open(&LIMITS, true).is_none());
        assert!(traffic.open(&LIMITS, false).is_some(), "the rest is for its own name");
        drop(first);
        assert!(traffic.open(&LIMITS, true).is_some());
    }
}
