//! The one way out of a sandbox that may have one: a proxy that leads to names on a list, and nowhere else (J1).
//!
//! A sandbox has no network. Where the operator allows some, each of its connections is carried to [`Proxy::serve`], which
//! takes `CONNECT name:443` and nothing else. A name must be on the list; the addresses it resolves to must be public and
//! not this host's own, and the very address that was checked is the one that is dialled; the TLS handshake that follows
//! must be for the same name, so that a name that shares its address with others does not lead to them. Bytes are counted
//! against a limit for the session, and every wait has an end.
//!
//! This room must not know sandboxes, sessions or settings: it serves byte streams.

mod address;
mod allow;
mod carry;
mod hello;
mod network;
mod proxy;
mod request;

pub use address::is_public;
pub use allow::{AllowList, AllowListError};
pub use carry::Allowance;
pub use hello::{HELLO_BYTES_MAX, ServerName, server_name};
pub use network::{Network, Stream, SystemNetwork};
pub use proxy::{Closed, Proxy};
