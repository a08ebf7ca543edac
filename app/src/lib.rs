//! What people see: the pages, the islands in them, and the client code that follows a session's events.
//!
//! The server renders everything (feature `ssr`); the browser runs only the islands (feature `hydrate`), which talk to
//! the REST contract like any other client. This room must not know of stores, providers or the pool.

mod client;
mod components;
mod context;
mod overlay;
#[cfg(feature = "ssr")]
mod pages;
mod prototype;
#[cfg(feature = "ssr")]
mod shell;
mod wording;
mod workspace;

pub use components::demo::Demo;
pub use components::hydrated_mark::HydratedMark;
pub use components::live_forms::LiveForms;
pub use components::project_list::ProjectList;
pub use components::prototype_island::PrototypeIsland;
pub use components::theme_switch::ThemeSwitch;
pub use components::workspace_island::WorkspaceIsland;
pub use context::{AccountFacts, DemoFacts, FrameworkFacts, PageContext, PrototypeFacts};
#[cfg(feature = "ssr")]
pub use shell::{App, shell};
#[cfg(feature = "ssr")]
pub use wording::agent::{agent_name, agent_note};
