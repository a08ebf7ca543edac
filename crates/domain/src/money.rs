//! Money as whole micro-dollars, so that sums are exact.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

/// Milliseconds in an hour, the unit that prices are for.
const HOUR_MS: u128 = 3_600_000;
/// Micro-dollars in a dollar.
const DOLLAR: f64 = 1_000_000.0;

/// An amount of money in millionths of a US dollar; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MicroDollars(u64);

impl MicroDollars {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// `micro` millionths of a dollar.
    pub const fn new(micro: u64) -> Self {
        Self(micro)
    }

    /// How many millionths of a dollar.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The nearest amount to so many dollars; `None` when that is negative, no number, or beyond 64 bits.
    pub fn from_dollars(dollars: f64) -> Option<Self> {
        let micro = (dollars * DOLLAR).round();
        // 2^63 and all below it that is whole can be told apart from infinity and converted without loss of sign.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the guard leaves whole numbers between 0 and 2^63"
        )]
        (0.0..9_223_372_036_854_775_808.0).contains(&micro).then_some(Self(micro as u64))
    }

    /// In dollars, as near as a float comes; for showing, not for counting.
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 2^53 micro-dollars nobody looks at the last digit"
    )]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / DOLLAR
    }

    /// With this as an hour's price: what `sandbox_ms` milliseconds cost, rounded up, so that no bound states too little.
    #[must_use]
    pub fn for_time(self, sandbox_ms: u64) -> Self {
        let micro = (u128::from(self.0) * u128::from(sandbox_ms)).div_ceil(HOUR_MS);
        Self(u64::try_from(micro).unwrap_or(u64::MAX))
    }

    /// Both together; stays at the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left of it after `other` was taken away; nothing when that is more.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for MicroDollars {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for MicroDollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${:.2}", self.dollars())
    }
}

#[cfg(test)]
mod tests {
    use super::MicroDollars;
    use proptest::prelude::*;

    /// H9
    #[test]
    fn dollars_become_whole_micro_dollars_or_nothing() {
        assert_eq!(MicroDollars::from_dollars(0.05), Some(MicroDollars::new(50_000)));
        assert_eq!(MicroDollars::from_dollars(0.0), Some(MicroDollars::ZERO));
        for impossible in [-0.01, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(MicroDollars::from_dollars(impossible), None, "{impossible}");
        }
    }

    proptest! {
        /// H9: what an hour costs, an hour costs, and parts of it never sum to less.
        #[test]
        fn time_is_priced_by_the_hour_and_rounded_up(price in 0_u64..1_000_000_000, ms in 0_u64..86_400_000) {
            let price = MicroDollars::new(price);
            prop_assert_eq!(price.for_time(3_600_000), price);
            let (whole, parts) = (price.for_time(ms), price.for_time(ms / 3).plus(price.for_time(ms - ms / 3)));
            prop_assert!(whole <= parts && parts.minus(whole) <= MicroDollars::new(1));
        }
    }
}
