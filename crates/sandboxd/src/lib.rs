//! What travels between a sandbox and its host.
