//! `[preview]`: what a preview may take of this server (J2).

use std::time::Duration;

use ::sessions::TrafficLimits;
use serde::Deserialize;

use super::{Config, ConfigError, checks};
use crate::preview::Bounds;

/// A mebibyte, in bytes.
const MIB: u64 = 1024 * 1024;

/// `[preview]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PreviewSection {
    /// The largest body of one request, in bytes. Default 16 MiB.
    pub request_bytes_max: u64,
    /// The largest body of one answer, in bytes. Default 64 MiB.
    pub response_bytes_max: u64,
    /// Bytes a second that one session's preview may send. Default 8 MiB.
    pub bytes_per_second: u64,
    /// Bytes that one session's preview may send in all. Default 512 MiB.
    pub session_bytes_max: u64,
    /// Requests and WebSockets of one session's preview that may be open at once. Default 64.
    pub connections_max: u32,
    /// Seconds that a sandbox may take until an answer begins. Default 30.
    pub first_byte_timeout: u64,
}

impl Default for PreviewSection {
    fn default() -> Self {
        Self {
            request_bytes_max: 16 * MIB,
            response_bytes_max: 64 * MIB,
            bytes_per_second: 8 * MIB,
            session_bytes_max: 512 * MIB,
            connections_max: 64,
            first_byte_timeout: 30,
        }
    }
}

impl Config {
    pub(super) fn check_preview(&self) -> Result<(), ConfigError> {
        let preview = &self.preview;
        checks::at_least_one("preview.response_bytes_max", preview.response_bytes_max)?;
        checks::at_least_one("preview.bytes_per_second", preview.bytes_per_second)?;
        checks::at_least_one("preview.session_bytes_max", preview.session_bytes_max)?;
        checks::at_least_one("preview.connections_max", preview.connections_max.into())?;
        checks::at_least_one("preview.first_byte_timeout", preview.first_byte_timeout)
    }
}

impl PreviewSection {
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            request_bytes_max: self.request_bytes_max,
            response_bytes_max: self.response_bytes_max,
            first_byte_timeout: Duration::from_secs(self.first_byte_timeout),
            traffic: TrafficLimits {
                bytes_per_second: self.bytes_per_second,
                session_bytes_max: self.session_bytes_max,
                connections_max: self.connections_max,
            },
        }
    }
}
