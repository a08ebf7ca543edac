//! One prompt with what went before it, and what came of it.

use domain::PromptStatus;

use crate::{PastStep, Usage};

/// One prompt for the agent.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// What was asked.
    pub text: String,
    /// The earlier prompts of the session, oldest first.
    pub history: Vec<PastTurn>,
}

impl Turn {
    /// A first prompt.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), history: Vec::new() }
    }
}

/// An earlier prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct PastTurn {
    /// What was asked.
    pub text: String,
    /// What the agent did with its tools, and what that gave.
    pub steps: Vec<PastStep>,
    /// How it went.
    pub status: PromptStatus,
    /// What was answered.
    pub summary: String,
    /// Whether its changes were taken back.
    pub undone: bool,
}

impl PastTurn {
    /// A prompt that was answered without tools.
    pub fn answered(text: impl Into<String>, summary: impl Into<String>) -> Self {
        let (text, summary) = (text.into(), summary.into());
        Self { text, steps: Vec::new(), status: PromptStatus::Completed, summary, undone: false }
    }
}

/// What came of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnOutcome {
    /// How it went.
    pub status: PromptStatus,
    /// What was done, or why not, in plain sentences.
    pub summary: String,
    /// Prompts that would work, where this one could not be served.
    pub suggestions: Vec<String>,
    /// Whether it uses up one of the session's prompts.
    pub counted: bool,
    /// What the model consumed.
    pub usage: Usage,
}
