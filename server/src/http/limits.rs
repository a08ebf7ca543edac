//! How often one network may ask, whatever it asks for.
//!
//! Networks are sorted into a fixed number of buckets by a hash that nobody outside can compute, so the memory is bounded by
//! construction. Two that share a bucket share its rate, which is far above what people need.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::problem::ProblemResponse;

/// Reports of previews that one network may make in a minute.
const REPORTS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// A steady rate and what may come at once above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    /// Requests a second; 0 is no limit.
    pub(crate) per_second: u32,
    /// Requests at once.
    pub(crate) burst: u32,
}

/// The limits of one server.
pub(crate) struct RateLimits {
    app: Option<Buckets>,
    previews: Option<Buckets>,
    reports: Buckets,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Any address of the app.
    App,
    /// Anything of a preview.
    Preview,
    /// That somebody looks at a preview.
    Report,
}

/// A network asks too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    retry_after: Duration,
}

impl RateLimits {
    pub(crate) fn new(app: Rate, previews: Rate) -> Self {
        Self {
            app: Buckets::of(app),
            previews: Buckets::of(previews),
            reports: Buckets::new(Quota::per_minute(REPORTS_PER_MINUTE)),
        }
    }

    /// Counts one request of a network.
    ///
    /// # Errors
    /// [`TooOften`] when it is one too many.
    pub(crate) fn check(&self, asked: Asked, network: IpAddr) -> Result<(), TooOften> {
        let buckets = match asked {
            Asked::App => self.app.as_ref(),
            Asked::Preview => self.previews.as_ref(),
            Asked::Report => Some(&self.reports),
        };
        buckets.map_or(Ok(()), |buckets| buckets.check(network))
    }
}

struct Buckets {
    limiter: RateLimiter<u16, HashMapStateStore<u16>, DefaultClock>,
    clock: DefaultClock,
    hash: RandomState,
}

impl Buckets {
    fn of(rate: Rate) -> Option<Self> {
        let quota = Quota::per_second(NonZeroU32::new(rate.per_second)?);
        Some(Self::new(quota.allow_burst(NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN))))
    }

    fn new(quota: Quota) -> Self {
        let clock = DefaultClock::default();
        let limiter = RateLimiter::new(quota, HashMapStateStore::default(), clock.clone());
        Self { limiter, clock, hash: RandomState::new() }
    }

    fn check(&self, network: IpAddr) -> Result<(), TooOften> {
        let [high, low, ..] = self.hash.hash_one(network).to_be_bytes();
        let bucket = u16::from_be_bytes([high, low]);
        self.limiter
            .check_key(&bucket)
            .map_err(|until| TooOften { retry_after: until.wait_time_from(self.clock.now()) })
    }
}

impl TooOften {
    pub(crate) fn into_problem(self) -> ProblemResponse {
        let detail = "Too many requests come from your network. Please try again shortly.";
        let seconds = self.retry_after.as_secs() + 1;
        ProblemResponse::new(StatusCode::TOO_MANY_REQUESTS, "rate-limit", detail).retry_after(seconds)
    }

    pub(crate) fn into_response(self) -> Response {
        self.into_problem().into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        std::net::Ipv4Addr::from_bits(number).into()
    }

    /// A6
    #[test]
    fn a_network_has_its_burst_and_others_are_not_held_up_by_it() {
        let none = Rate { per_second: 0, burst: 0 };
        let limits = RateLimits::new(Rate { per_second: 1, burst: 3 }, none);
        let ask = |number| limits.check(Asked::App, address(number)).is_ok();
        assert_eq!([ask(1), ask(1), ask(1), ask(1)], [true, true, true, false]);
        // Another network shares the bucket once in 65,536 times; not both of these do.
        assert!(ask(2) || ask(3));
        assert!((0..9_999).all(|_| limits.check(Asked::Preview, address(1)).is_ok()), "no limit is none");
    }

    /// A6: however many networks come, the buckets do not become more.
    #[test]
    fn memory_is_bounded_by_the_buckets() {
        let limits = RateLimits::new(Rate { per_second: 1, burst: 1 }, Rate { per_second: 0, burst: 0 });
        for number in 0..200_000 {
            // Some share a bucket and are refused; that is not looked at here.
            let _ = limits.check(Asked::App, address(number));
        }
        assert!(limits.app.unwrap().limiter.len() <= usize::from(u16::MAX) + 1);
    }
}
