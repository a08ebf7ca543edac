//! A model that answers by script, so that the loop and those who use it can be tested to the letter.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use serde_json::Value;

use super::{Model, ModelError, ModelEvent, ModelRequest, ToolCall, Usage};

/// One answer of a [`ScriptedModel`].
#[derive(Debug, Clone, PartialEq)]
pub enum ScriptedStep {
    /// Words alone: the end of the turn.
    Say(String),
    /// Words (may be empty), then tool calls by name and arguments.
    Call(String, Vec<(String, Value)>),
    /// Tool calls, then an error.
    Break(Vec<(String, Value)>, ModelError),
    /// Words, and then no end of the answer, ever.
    Begin(String),
    /// No answer, ever.
    Hang,
}

/// Gives its answers in order, whatever it is asked, and remembers what it was asked.
#[derive(Debug, Default)]
pub struct ScriptedModel {
    steps: Mutex<VecDeque<ScriptedStep>>,
    requests: Mutex<Vec<ModelRequest>>,
    context_tokens: Option<u64>,
}

impl ScriptedModel {
    /// A model with these answers. One request costs 10 input and 5 output tokens.
    pub fn new(steps: impl IntoIterator<Item = ScriptedStep>) -> Self {
        Self {
            steps: Mutex::new(steps.into_iter().collect()),
            requests: Mutex::default(),
            context_tokens: None,
        }
    }

    /// The same with so much room for a conversation, in tokens.
    #[must_use]
    pub fn with_context_tokens(self, context_tokens: u64) -> Self {
        Self { context_tokens: Some(context_tokens), ..self }
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<ModelRequest> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Model for ScriptedModel {
    fn context_tokens(&self) -> Option<u64> {
        self.context_tokens
    }

    fn stream(&self, request: ModelRequest) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let number = {
            let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
            requests.push(request);
            requests.len()
        };
        let calls = |calls: Vec<(String, Value)>| {
            calls.into_iter().zip(1..).map(move |((name, arguments), call)| {
                let id = format!("call-{number}-{call}");
                Ok(ModelEvent::ToolCall(ToolCall { id, name, arguments }))
            })
        };
        let done = Ok(ModelEvent::Done { usage: Usage { input_tokens: 10, output_tokens: 5 } });
        let step = self.steps.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let events: Vec<_> = match step {
            Some(ScriptedStep::Say(text)) => vec![Ok(ModelEvent::TextDelta(text)), done],
            Some(ScriptedStep::Call(text, wanted)) => {
                let words = (!text.is_empty()).then_some(Ok(ModelEvent::TextDelta(text)));
                words.into_iter().chain(calls(wanted)).chain([done]).collect()
            }
            Some(ScriptedStep::Break(wanted, error)) => calls(wanted).chain([Err(error)]).collect(),
            Some(ScriptedStep::Begin(text)) => {
                let begun = stream::iter([Ok(ModelEvent::TextDelta(text))]);
                return begun.chain(stream::pending()).boxed();
            }
            Some(ScriptedStep::Hang) => return stream::pending().boxed(),
            None => vec![Err(ModelError::Unavailable { reason: "the script is over".into() })],
        };
        stream::iter(events).boxed()
    }
}
