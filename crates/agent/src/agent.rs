//! The loop: ask the model, carry out its tool calls, show it the results, until it answers with words alone.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::{BudgetOf, ModelUse, PromptStatus, TokenPrice};
use futures::StreamExt;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::memory::conversation;
use crate::tools::{Given, Toolbox, specs};
use crate::{
    AgentEvent, Allowance, Message, Model, ModelError, ModelEvent, ModelRequest, Moderator, PastCall,
    PastStep, Review, ToolCall, ToolPolicy, ToolResult, Turn, TurnOutcome, Usage, Verdict, Watcher,
    Workspace,
};

/// An agent: a model with tools, behind moderation.
#[derive(Clone)]
pub struct Agent {
    name: Arc<str>,
    price: TokenPrice,
    model: Arc<dyn Model>,
    moderator: Arc<dyn Moderator>,
    policy: ToolPolicy,
}

/// What the agent is called that asks no language model.
pub const BUILT_IN: &str = "built-in";

/// How the loop came to its end.
enum End {
    Answered(String),
    Declined,
    Stopped,
    Failed(Failure),
}

/// What people are told is [`std::fmt::Display`].
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("the model could not answer")]
    Model(#[source] ModelError),
    #[error("the model sent more than an answer may hold")]
    AnswerTooLong,
    #[error("it took {}", .0.words())]
    OverBudget(BudgetOf),
    #[error("the work took more than {0} steps")]
    TooManySteps(u32),
    #[error("the work took more than {0} seconds")]
    TooSlow(u64),
}

impl Agent {
    /// An agent that works by this policy. It has the built-in one's name until it is given another, and costs nothing.
    pub fn new(model: Arc<dyn Model>, moderator: Arc<dyn Moderator>, policy: ToolPolicy) -> Self {
        Self { name: BUILT_IN.into(), price: TokenPrice::default(), model, moderator, policy }
    }

    /// The same agent with the name of its model in the settings, and what that model's tokens cost.
    #[must_use]
    pub fn named(self, name: &str, price: TokenPrice) -> Self {
        Self { name: name.into(), price, ..self }
    }

    /// What its model is called in the settings.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it asks a language model, whose tokens are counted.
    pub fn is_metered(&self) -> bool {
        self.model.context_tokens().is_some()
    }

    /// Whether its model's tokens cost nothing.
    pub fn is_free(&self) -> bool {
        self.price == TokenPrice::default()
    }

    /// What tokens of its model cost.
    pub(crate) fn priced(&self, usage: Usage) -> ModelUse {
        self.price.of(usage.input_tokens, usage.output_tokens)
    }

    pub(crate) fn model(&self) -> &dyn Model {
        &*self.model
    }

    /// Whether it makes anything of being told that its change does not work (G4).
    pub fn can_mend(&self) -> bool {
        self.model.can_mend()
    }

    /// Works on one prompt. Files change while it works; when it fails, they are put back.
    ///
    /// `watcher` is told of its steps as they happen. `stop` ends the work and keeps what was done: a model that answers and a
    /// command that runs are broken off, a file that is being written is written first.
    pub async fn run(
        &self,
        turn: Turn,
        workspace: &dyn Workspace,
        watcher: impl Watcher,
        stop: CancellationToken,
    ) -> TurnOutcome {
        if !turn.is_report
            && let Verdict::Refused { reason } = self.reviewed(&turn.text, &watcher).await
        {
            return TurnOutcome {
                status: PromptStatus::Refused,
                summary: reason,
                suggestions: Vec::new(),
                counted: false,
            };
        }
        let mut toolbox = Toolbox::new(&self.policy, workspace, &watcher, &stop);
        let deadline = Instant::now() + self.policy.limits.turn_time_max;
        let end = timeout_at(deadline, self.converse(turn, &mut toolbox, &stop))
            .await
            .unwrap_or(End::Failed(Failure::TooSlow(self.policy.limits.turn_time_max.as_secs())));
        self.conclude(end, toolbox).await
    }

    /// Whether the prompt may be worked on at all.
    async fn reviewed(&self, text: &str, watcher: &impl Watcher) -> Verdict {
        let Review { verdict, used } = self.moderator.review(text).await;
        if let Some((model, used)) = used {
            watcher.tell(AgentEvent::Used { model, used }).await;
        }
        verdict
    }

    async fn converse(&self, turn: Turn, toolbox: &mut Toolbox<'_>, stop: &CancellationToken) -> End {
        let prompt = Allowance { of: BudgetOf::Prompt, left: self.policy.limits.budget };
        let allowances: Vec<Allowance> = turn.allowances.iter().copied().chain([prompt]).collect();
        let mut used = ModelUse::default();
        let mut messages = conversation(turn);
        for _ in 0..self.policy.limits.steps_max {
            let request = ModelRequest {
                system: self.policy.preamble.text().into(),
                messages: messages.clone(),
                tools: specs(&self.policy),
            };
            let answer = tokio::select! {
                biased;
                () = stop.cancelled() => return End::Stopped,
                answer = self.ask(request, toolbox) => answer,
            };
            let answer = match answer {
                Ok(answer) => answer,
                Err(failure) => return End::Failed(failure),
            };
            let consumed = self.priced(answer.usage);
            if consumed != ModelUse::default() {
                let model = self.name.to_string();
                toolbox.tell(AgentEvent::Used { model, used: consumed }).await;
            }
            used = used.plus(consumed);
            let text = answer.text.trim().to_owned();
            if answer.calls.is_empty() {
                return End::Answered(text);
            }
            if let Some(over) = allowances.iter().find(|allowance| allowance.left.is_spent_by(used)) {
                return End::Failed(Failure::OverBudget(over.of));
            }
            if !text.is_empty() {
                toolbox.tell(AgentEvent::Said(text.clone())).await;
            }
            let (mut results, mut done) = (Vec::with_capacity(answer.calls.len()), Vec::new());
            let carried_out = toolbox.call_all(&answer.calls, |call, result| {
                let is_error = result.is_err();
                let Given { text: content, picture } = result.unwrap_or_else(Given::from);
                let (name, arguments) = (call.name.clone(), call.arguments.clone());
                done.push(PastCall { name, arguments, result: content.clone(), is_error });
                results.push(Message::Tool(ToolResult {
                    call_id: call.id.clone(),
                    content,
                    picture,
                    is_error,
                }));
            });
            carried_out.await;
            let over = match toolbox.declined() {
                // What it was told of its declining is nobody's memory.
                Some(_) => {
                    done.pop();
                    Some(End::Declined)
                }
                None if done.len() < answer.calls.len() => Some(End::Stopped),
                None => None,
            };
            if !done.is_empty() {
                let step = PastStep { text: text.clone(), calls: done };
                toolbox.tell(AgentEvent::Stepped(step.bounded())).await;
            }
            if let Some(end) = over {
                return end;
            }
            let calls = answer.calls;
            messages.push(Message::Assistant { text, calls });
            messages.extend(results);
        }
        End::Failed(Failure::TooManySteps(self.policy.limits.steps_max))
    }

    async fn ask(&self, request: ModelRequest, toolbox: &Toolbox<'_>) -> Result<Answer, Failure> {
        let limits = &self.policy.limits;
        let mut answer = Answer::default();
        let mut events = self.model.stream(request);
        while let Some(event) = events.next().await {
            match event.map_err(Failure::Model)? {
                ModelEvent::TextDelta(delta) => {
                    answer.text.push_str(&delta);
                    toolbox.let_hear(&answer.text);
                }
                ModelEvent::ToolCall(call) => answer.calls.push(call),
                ModelEvent::Done { usage } => {
                    answer.usage = usage;
                    return Ok(answer);
                }
            }
            if answer.text.len() > limits.text_bytes_max || answer.calls.len() > limits.calls_per_step_max {
                return Err(Failure::AnswerTooLong);
            }
        }
        let reason = "the answer broke off".into();
        Err(Failure::Model(ModelError::Unavailable { reason }))
    }

    async fn conclude(&self, end: End, mut toolbox: Toolbox<'_>) -> TurnOutcome {
        let changed = changed_files(&toolbox);
        if let (End::Answered(_) | End::Stopped, Some(prompt_id)) = (&end, toolbox.undid()) {
            toolbox.tell(AgentEvent::Undid { prompt_id }).await;
        }
        let mut suggestions = Vec::new();
        let (status, summary) = match end {
            End::Answered(text) if !text.is_empty() => (PromptStatus::Completed, text),
            End::Answered(_) => {
                let summary = changed.as_ref().map(|files| format!("Changed {files}."));
                (PromptStatus::Completed, summary.unwrap_or_else(|| "Nothing changed.".into()))
            }
            End::Declined => {
                let declined = toolbox.declined().cloned();
                let (reason, offered) = declined.map(|d| (d.reason, d.suggestions)).unwrap_or_default();
                suggestions = offered;
                (PromptStatus::Refused, reason)
            }
            End::Stopped => {
                let kept =
                    changed.as_ref().map(|files| format!("Stopped. What was changed so far stays: {files}."));
                let summary = kept.unwrap_or_else(|| "Stopped before anything changed.".into());
                (PromptStatus::Stopped, summary)
            }
            End::Failed(failure) => (PromptStatus::Failed, self.fail(failure, &mut toolbox).await),
        };
        let counted = match status {
            PromptStatus::Completed => true,
            PromptStatus::Stopped => changed.is_some(),
            PromptStatus::Refused | PromptStatus::Failed => false,
        };
        TurnOutcome { status, summary, suggestions, counted }
    }

    async fn fail(&self, failure: Failure, toolbox: &mut Toolbox<'_>) -> String {
        tracing::warn!(error = &failure as &dyn std::error::Error, "a turn of the agent failed");
        let commands = if toolbox.ran() { " What its commands did stays." } else { "" };
        if toolbox.touched().next().is_none() {
            let nothing = if toolbox.ran() { "" } else { " Nothing was changed." };
            return format!("That did not work: {failure}.{nothing}{commands}");
        }
        let restored = timeout(self.policy.limits.restore_time_max, toolbox.restore()).await;
        match restored {
            Ok(Ok(())) => {
                format!("That did not work: {failure}. The files are back to how they were.{commands}")
            }
            Ok(Err(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "files could not be put back");
                format!("That did not work: {failure}. Some files could not be put back.")
            }
            Err(_) => format!("That did not work: {failure}. Putting the files back took too long."),
        }
    }
}

#[derive(Debug, Default)]
struct Answer {
    text: String,
    calls: Vec<ToolCall>,
    usage: Usage,
}

/// The files this turn changed, as a list in words; `None` without any.
fn changed_files(toolbox: &Toolbox<'_>) -> Option<String> {
    let files: Vec<&str> = toolbox.touched().map(domain::WorkspacePath::as_str).collect();
    (!files.is_empty()).then(|| files.join(", "))
}
