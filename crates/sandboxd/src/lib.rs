//! What `sandboxd` and its clients both speak: how a sandbox is launched and how it is talked to.
//!
//! The binary of the same name has two lives. `sandboxd launch` builds the sandbox around itself and becomes its
//! process 1; as `sandboxd serve` it then does the file work, runs the commands, keeps the terminals and starts the dev
//! server. This room holds only what both sides must agree on. It must not know of providers, pools or sessions.

pub mod frame;
pub mod inside;
pub mod launch;
pub mod wire;
