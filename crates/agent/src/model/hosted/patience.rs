//! How long a model is waited for, and when it is asked again. Pure: it knows no connection and no clock.

use std::time::Duration;

use domain::Entropy;

/// How often one request is made before it is given up.
pub(super) const ATTEMPTS_MAX: u32 = 4;
/// About how long is waited before the second attempt; twice as long before each further one.
const BACKOFF: Duration = Duration::from_millis(500);
/// The longest wait that a server may ask for. Whoever asks for more is given up: to come earlier than told is no help.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(30);
/// How long reaching a server may take.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer's begin may take.
pub(super) const BEGIN_TIMEOUT: Duration = Duration::from_secs(60);
/// How long an answer may pause.
pub(super) const PAUSE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a whole answer may take, from its begin: one that drips without a pause ends too.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(600);

/// How long to wait after the `attempt`th attempt (from 1) failed, whose server named `asked`; `None` when it is given up.
///
/// A part of each wait is drawn, so that those who failed together do not come back together.
pub(super) fn wait(attempt: u32, asked: Option<Duration>, entropy: &dyn Entropy) -> Option<Duration> {
    if attempt >= ATTEMPTS_MAX || asked.is_some_and(|asked| asked > RETRY_AFTER_MAX) {
        return None;
    }
    let whole = BACKOFF * 2_u32.pow(attempt.saturating_sub(1));
    let mut drawn = [0_u8; 4];
    entropy.fill(&mut drawn);
    let half = whole / 2;
    let part = half.mul_f64(f64::from(u32::from_le_bytes(drawn)) / f64::from(u32::MAX));
    Some(asked.unwrap_or(half) + part)
}

#[cfg(test)]
mod tests {
    use domain::SeededEntropy;
    use proptest::prelude::*;

    use super::*;

    /// G3: twice as long each time, between half of it and all of it, and never sooner than a server says.
    #[test]
    fn waits_double_and_no_two_are_alike() {
        let entropy = SeededEntropy::new(7);
        for (attempt, whole_ms) in [(1, 500), (2, 1_000), (3, 2_000)] {
            let whole = Duration::from_millis(whole_ms);
            let [one, other] = [(); 2].map(|()| wait(attempt, None, &entropy).unwrap());
            assert!([one, other].iter().all(|wait| (whole / 2..=whole).contains(wait)), "{one:?} {other:?}");
            assert_ne!(one, other);
        }
        assert_eq!(wait(ATTEMPTS_MAX, None, &entropy), None);
    }

    proptest! {
        #[test]
        fn a_server_is_never_asked_sooner_than_it_says(seed: u64, seconds in 0_u64..10_000, attempt in 1_u32..9) {
            let asked = Duration::from_secs(seconds);
            match wait(attempt, Some(asked), &SeededEntropy::new(seed)) {
                Some(wait) => prop_assert!(wait >= asked && wait <= RETRY_AFTER_MAX + Duration::from_secs(1)),
                None => prop_assert!(attempt >= ATTEMPTS_MAX || asked > RETRY_AFTER_MAX),
            }
        }
    }
}
