//! The server's time as seen from a browser whose own clock may be wrong.

use domain::Timestamp;

/// How far the server's clock is ahead of this browser's.
///
/// Whatever time the server states was its present when it was sent, so each statement is a lower bound that the way
/// here only made smaller. The largest bound is the best estimate: stale statements (a replayed journal, a `Date` header
/// cut to the second) never spoil it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ServerClock {
    ahead_ms: Option<i64>,
}

impl ServerClock {
    /// Takes note that the server stated the time `stated`, and that it arrived at `local`.
    pub(crate) fn hear(&mut self, stated: Timestamp, local: Timestamp) {
        let bound = stated.unix_ms().saturating_sub(local.unix_ms());
        self.ahead_ms = Some(self.ahead_ms.map_or(bound, |known| known.max(bound)));
    }

    /// The server's time when this browser's clock shows `local`.
    pub(crate) fn at(self, local: Timestamp) -> Timestamp {
        local.plus_ms(self.ahead_ms.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(unix_ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(unix_ms)
    }

    /// A2: the countdown follows the server's deadline, not the visitor's clock.
    #[test]
    fn a_wrong_local_clock_is_corrected_by_what_the_server_states() {
        let mut clock = ServerClock::default();
        clock.hear(ms(1_000_000), ms(400_030));
        assert_eq!(clock.at(ms(500_000)), ms(1_099_970));
    }

    /// F1: a refresh replays the journal from its start.
    #[test]
    fn replayed_events_do_not_turn_the_clock_back() {
        let mut clock = ServerClock::default();
        clock.hear(ms(180_000), ms(180_100));
        clock.hear(ms(0), ms(180_200));
        assert_eq!(clock.at(ms(180_200)), ms(180_100));
    }
}
