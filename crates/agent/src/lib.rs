//! The agent: models, tools, the loop between them, moderation, and the built-in agent that needs no key.
//!
//! A prompt is moderated, then a [`Model`] is asked what to do. Its tool calls are carried out, and their results
//! shown to it, until it answers with words alone. The agent reaches a sandbox only through the tools of its
//! [`ToolPolicy`]: one that is not in it does not exist for the model. This room must not know of any provider,
//! session, database or web framework; `sessions` lends it a [`Workspace`] and journals its [`AgentEvent`]s.
//!
//! ```
//! use std::sync::Arc;
//! use agent::{Agent, BuiltinModel, CancellationToken, MemoryWorkspace, RuleModerator, ToolPolicy, Turn};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! let workspace = MemoryWorkspace::new([
//!     ("src/App.jsx", "export default function App() {\n  return <h1>Hello</h1>;\n}\n"),
//!     ("src/index.css", ":root {\n  --accent: #c2410c;\n}\n"),
//! ]);
//! let policy = ToolPolicy::demo(["src/**", "public/**", "index.html"])?;
//! let agent = Agent::new(Arc::new(BuiltinModel), Arc::new(RuleModerator), policy);
//! let (events, mut seen) = tokio::sync::mpsc::channel(64);
//!
//! let outcome = agent.run(Turn::new("Add a counter"), &workspace, events, CancellationToken::new()).await;
//!
//! assert!(outcome.counted, "{}", outcome.summary);
//! assert!(workspace.text("src/components/Counter.jsx").is_some());
//! assert!(seen.recv().await.is_some());
//! # Ok::<(), agent::PolicyError>(())
//! # }).unwrap();
//! ```

mod agent;
mod builtin;
mod diff;
mod event;
mod memory;
mod model;
mod moderation;
mod policy;
mod tools;
mod turn;
mod workspace;

pub use tokio_util::sync::CancellationToken;

pub use crate::agent::{Agent, BUILT_IN};
pub use builtin::{BuiltinModel, SUGGESTIONS};
pub use diff::{DIFF_BYTES_MAX, FileDiff, compare};
pub use event::{AgentEvent, Watcher};
pub use memory::{Minutes, PastCall, PastStep};
pub use model::{
    ApiKey, ConnectionError, HostedConfig, HostedModel, Message, Model, ModelError, ModelEvent, ModelRequest,
    Protocol, ScriptedModel, ScriptedStep, ToolCall, ToolResult, ToolSpec, Usage,
};
pub use moderation::{ModelModerator, Moderator, Review, RuleModerator, Verdict, trap_sign};
pub use policy::{Limits, PathPolicy, PolicyError, Preamble, Tool, ToolPolicy};
pub use turn::{Allowance, PastTurn, Turn, TurnOutcome};
pub use workspace::{
    CommandLine, CommandOutcome, LastChange, MemoryWorkspace, PageError, Screenshot, Workspace,
    WorkspaceError,
};
