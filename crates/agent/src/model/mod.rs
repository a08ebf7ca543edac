//! What the agent asks of a model, whoever answers: a hosted one, the built-in one, a scripted one.

mod hosted;
mod scripted;

use bytes::Bytes;
use futures::stream::BoxStream;
use serde_json::Value;

pub use hosted::{ApiKey, ConnectionError, HostedConfig, HostedModel, Protocol};
pub use scripted::{ScriptedModel, ScriptedStep};

/// Answers requests with words and tool calls, as they come.
pub trait Model: Send + Sync + 'static {
    /// Streams the answer to one request; it ends with [`ModelEvent::Done`] or an error.
    fn stream(&self, request: ModelRequest) -> BoxStream<'static, Result<ModelEvent, ModelError>>;

    /// How much it can be shown at once, in tokens; `None` when it looks at prompts alone and needs nothing in short.
    fn context_tokens(&self) -> Option<u64> {
        None
    }

    /// Whether it makes anything of being told that its change does not work (G4).
    fn can_mend(&self) -> bool {
        true
    }
}

/// Everything a model knows when it answers: it keeps nothing between requests.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelRequest {
    /// Who it is and what it must heed.
    pub system: String,
    /// The conversation so far, ending with what it has to react to.
    pub messages: Vec<Message>,
    /// The tools it has; there are no others.
    pub tools: Vec<ToolSpec>,
}

/// One entry of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// What the person wrote.
    User(String),
    /// What the model answered.
    Assistant {
        /// Its words.
        text: String,
        /// The tools it called.
        calls: Vec<ToolCall>,
    },
    /// What a tool call gave.
    Tool(ToolResult),
}

/// A model wants a tool to be used.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// Pairs the call with its result.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its arguments, meant to fit the tool's schema; unchecked.
    pub arguments: Value,
}

/// What a tool call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolResult {
    /// The call's id.
    pub call_id: String,
    /// The result, or what went wrong.
    pub content: String,
    /// A picture that belongs to it, as PNG.
    pub picture: Option<Bytes>,
    /// Whether the call failed.
    pub is_error: bool,
}

/// A tool as a model is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolSpec {
    /// Its name.
    pub name: &'static str,
    /// What it does and when to use it.
    pub description: &'static str,
    /// JSON schema of its arguments.
    pub parameters: Value,
}

/// A piece of a model's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelEvent {
    /// More words.
    TextDelta(String),
    /// A complete tool call.
    ToolCall(ToolCall),
    /// The answer is complete.
    Done {
        /// What it consumed.
        usage: Usage,
    },
}

/// What a model consumed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
}

impl Usage {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            input_tokens: self.input_tokens.saturating_add(other.input_tokens),
            output_tokens: self.output_tokens.saturating_add(other.output_tokens),
        }
    }
}

/// A model could not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It can't be reached or broke off. Asking again later may help.
    #[error("the model is not available: {reason}")]
    Unavailable {
        /// Why, for the operator.
        reason: String,
    },
    /// It does not take the request: a wrong key, name or account. Asking again will not help.
    #[error("the model does not take the request: it answered {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
}
