//! How long a sign-in lasts, and when its token changes: a pure decision (J3).
//!
//! ```text
//! token in force ── a day old, shown ──> a new one in force, this one the previous
//! previous ── shown while nobody has shown the new one ──> holds: the answer that carried it may be lost
//! new one shown for the first time ──> the previous holds for a minute: requests may be under way
//! previous, after that ──> somebody has a copy: the sign-in ends
//! ```

use domain::{Timestamp, TokenHash};
use store::{PreviousToken, SignInRecord};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// After so many days without use a sign-in is over.
pub const IDLE_DAYS_MAX: i64 = 30;
/// After so many days it is over however much it is used.
const AGE_DAYS_MAX: i64 = 180;
/// How old a token becomes before it is changed.
const ROTATE_AFTER_MS: i64 = DAY_MS;
/// How long the previous token holds once the newer one was shown; and how long a newer one has to be shown before
/// it is taken to be lost.
const OVERLAP_MS: i64 = MINUTE_MS;
/// To within how many milliseconds the last use is known.
const USE_KNOWN_MS: i64 = 5 * MINUTE_MS;

/// What is to be done about a sign-in whose token was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Course {
    /// It is good as it is.
    Good,
    /// It is good, and this is to be kept.
    Keep(SignInRecord),
    /// It is good, and gets a new token.
    Rotate,
    /// It is over by age.
    Over,
    /// It ends: somebody has a copy of a token that was changed long ago.
    Copied,
}

/// What is to be done about `sign_in`, of which `shown` is the token in force or the one before.
pub(crate) fn course(sign_in: &SignInRecord, shown: &TokenHash, now: Timestamp) -> Course {
    if now >= sign_in.began_at.plus_ms(AGE_DAYS_MAX * DAY_MS)
        || now >= sign_in.used_at.plus_ms(IDLE_DAYS_MAX * DAY_MS)
    {
        return Course::Over;
    }
    if *shown != sign_in.token_hash {
        let until = sign_in.previous.as_ref().and_then(|previous| previous.until);
        return match until {
            Some(until) if now >= until => Course::Copied,
            Some(_) => Course::Good,
            None if now >= sign_in.rotated_at.plus_ms(OVERLAP_MS) => Course::Rotate,
            None => Course::Good,
        };
    }
    if now >= sign_in.rotated_at.plus_ms(ROTATE_AFTER_MS) {
        return Course::Rotate;
    }
    match &sign_in.previous {
        Some(previous) if previous.until.is_none() => Course::Keep(SignInRecord {
            previous: Some(PreviousToken { until: Some(now.plus_ms(OVERLAP_MS)), ..previous.clone() }),
            used_at: now,
            ..sign_in.clone()
        }),
        _ if now >= sign_in.used_at.plus_ms(USE_KNOWN_MS) => {
            Course::Keep(SignInRecord { used_at: now, ..sign_in.clone() })
        }
        _ => Course::Good,
    }
}

/// The sign-in with `token` in force, after `shown` was.
pub(crate) fn rotated(
    sign_in: &SignInRecord,
    shown: &TokenHash,
    token: TokenHash,
    now: Timestamp,
) -> SignInRecord {
    SignInRecord {
        token_hash: token,
        previous: Some(PreviousToken { token_hash: shown.clone(), until: None }),
        rotated_at: now,
        used_at: now,
        ..sign_in.clone()
    }
}

/// The moments before which sign-ins that began, or that were last used, are over.
pub(crate) fn horizon(now: Timestamp) -> (Timestamp, Timestamp) {
    (now.plus_ms(-AGE_DAYS_MAX * DAY_MS), now.plus_ms(-IDLE_DAYS_MAX * DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ManualClock, SeededEntropy, SignInId, UserId};

    fn at(unix_ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(unix_ms)
    }

    fn token(number: u8) -> TokenHash {
        TokenHash::from_digest(&[number; 32])
    }

    fn begun() -> SignInRecord {
        let (clock, entropy) = (ManualClock::new(at(0)), SeededEntropy::new(1));
        SignInRecord {
            id: SignInId::generate(&clock, &entropy),
            user_id: UserId::generate(&clock, &entropy),
            token_hash: token(1),
            previous: None,
            began_at: at(0),
            rotated_at: at(0),
            used_at: at(0),
        }
    }

    /// J3
    #[test]
    fn a_sign_in_is_over_after_a_month_without_use_and_after_half_a_year_with() {
        let sign_in = begun();
        assert_eq!(course(&sign_in, &token(1), at(30 * DAY_MS - 1)), Course::Rotate);
        assert_eq!(course(&sign_in, &token(1), at(30 * DAY_MS)), Course::Over);
        let used = SignInRecord { used_at: at(179 * DAY_MS), rotated_at: at(179 * DAY_MS), ..sign_in };
        assert_eq!(course(&used, &token(1), at(179 * DAY_MS)), Course::Good);
        assert_eq!(course(&used, &token(1), at(180 * DAY_MS)), Course::Over);
    }

    /// J3
    #[test]
    fn the_last_use_is_known_without_a_write_for_each() {
        let sign_in = begun();
        assert_eq!(course(&sign_in, &token(1), at(USE_KNOWN_MS - 1)), Course::Good);
        let kept = SignInRecord { used_at: at(USE_KNOWN_MS), ..sign_in.clone() };
        assert_eq!(course(&sign_in, &token(1), at(USE_KNOWN_MS)), Course::Keep(kept));
    }

    /// J3: two requests at the same moment, or a lost answer, sign nobody out.
    #[test]
    fn the_previous_token_holds_until_a_minute_after_the_new_one_was_shown() {
        let day = at(DAY_MS);
        assert_eq!(course(&begun(), &token(1), day), Course::Rotate);
        let changed = rotated(&begun(), &token(1), token(2), day);
        assert_eq!(course(&changed, &token(1), day.plus_ms(1)), Course::Good, "a request beside it");
        assert_eq!(
            course(&changed, &token(1), day.plus_ms(OVERLAP_MS)),
            Course::Rotate,
            "the answer was lost"
        );
        let Course::Keep(seen) = course(&changed, &token(2), day.plus_ms(10)) else { panic!("it was shown") };
        assert_eq!(course(&seen, &token(1), day.plus_ms(OVERLAP_MS + 9)), Course::Good);
        assert_eq!(course(&seen, &token(2), day.plus_ms(OVERLAP_MS + 9)), Course::Good);
        assert_eq!(course(&seen, &token(1), day.plus_ms(OVERLAP_MS + 10)), Course::Copied);
    }
}
