//! How much one preview may take of this server.

use std::time::Duration;

use sessions::TrafficLimits;

/// The headers of an answer together, in bytes.
pub(super) const HEADER_BYTES_MAX: usize = 64 * 1024;
/// How many headers an answer may have.
pub(super) const HEADERS_MAX: usize = 100;

/// The bounds on what passes between browsers and a sandbox (J2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The largest body of one request, in bytes.
    pub(crate) request_bytes_max: u64,
    /// The largest body of one answer, in bytes.
    pub(crate) response_bytes_max: u64,
    /// How long a sandbox may take until an answer begins.
    pub(crate) first_byte_timeout: Duration,
    /// What may pass to and from a session's preview in all.
    pub(crate) traffic: TrafficLimits,
}
