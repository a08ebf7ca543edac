//! What the server tells the page before it renders.

use domain::TemplateName;
use domain::wire::account::{IdentityProviderJson, UserJson};
use domain::wire::{Availability, SessionJson};
use serde::{Deserialize, Serialize};

/// Everything a page needs to know. The server provides it as Leptos context, fresh for each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageContext {
    /// What the demo button offers (A4).
    pub availability: Availability,
    /// The demo's limits and suggestions.
    pub demo: DemoFacts,
    /// The living session of this visitor's cookie, so that a refresh can go on with it (F1).
    pub current: Option<SessionJson>,
    /// Who is signed in.
    pub user: Option<UserJson>,
    /// What there is for people with an account.
    pub accounts: AccountFacts,
    /// What there is to try without an account; `None` where prototypes are switched off (B1).
    pub prototypes: Option<PrototypeFacts>,
}

/// The rules of prototypes as their page words them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrototypeFacts {
    /// How long one may last, in whole minutes.
    pub minutes: u32,
    /// How many prompts one may use.
    pub prompts_max: u32,
    /// How many a network may begin within an hour; 0 is no limit.
    pub per_hour: u32,
    /// What one may be built on, the usual one first; never empty.
    pub frameworks: Vec<FrameworkFacts>,
}

/// Something to build a prototype on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkFacts {
    /// The template.
    pub template: TemplateName,
    /// Prompts that work well as a first one, best first.
    pub chips: Vec<String>,
}

/// What there is for people with an account, and on the way to one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFacts {
    /// Whether there are accounts at all.
    pub enabled: bool,
    /// Whether new ones may be made.
    pub takes_sign_ups: bool,
    /// Who else may say who people are.
    pub identity_providers: Vec<IdentityProviderJson>,
    /// Who makes sandboxes here.
    pub sandbox_providers: Vec<String>,
    /// How long a workspace lasts, in whole minutes.
    pub workspace_minutes: u32,
    /// How many workspaces one person has at once; 0 is no limit.
    pub workspaces_max: u32,
    /// What sandboxes can start from, the usual one first.
    pub templates: Vec<TemplateName>,
}

/// The demo's rules as the page words them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoFacts {
    /// How long a session may last, in whole minutes.
    pub minutes: u32,
    /// How many prompts a session may use.
    pub prompts_max: u32,
    /// Prompts that work well as a first one, best first.
    pub chips: Vec<String>,
    /// What the agent is called, as in `Built-in agent`.
    pub agent_name: String,
    /// What the agent is and what it can't do, in one or two sentences.
    pub agent_note: String,
    /// Whether sandboxes are simulated on this server, so that the page does not claim an isolation that is not there.
    pub simulated: bool,
}
