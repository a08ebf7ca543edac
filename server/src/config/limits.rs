//! `[limits]`: how often one network may ask (A6).

use serde::Deserialize;

use crate::http::{Rate, RateLimits};

/// `[limits]`. A network is an IPv4 address or an IPv6 /64, as far as `server.trusted_proxy_hops` lets it be known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsSection {
    /// Requests a second to the app, from one network; 0 is no limit. Default 100.
    pub requests_per_second: u32,
    /// Requests at once above that. Default 500.
    pub requests_burst: u32,
    /// Requests a second to previews, from one network; 0 is no limit. Default 500: an app's page asks for each of its modules.
    pub preview_requests_per_second: u32,
    /// Requests at once above that. Default 2,000.
    pub preview_requests_burst: u32,
}

impl Default for LimitsSection {
    fn default() -> Self {
        Self {
            requests_per_second: 100,
            requests_burst: 500,
            preview_requests_per_second: 500,
            preview_requests_burst: 2_000,
        }
    }
}

impl LimitsSection {
    pub(crate) fn rates(&self) -> RateLimits {
        RateLimits::new(
            Rate { per_second: self.requests_per_second, burst: self.requests_burst },
            Rate { per_second: self.preview_requests_per_second, burst: self.preview_requests_burst },
        )
    }
}
