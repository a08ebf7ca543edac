//! The optional second look: what the rules let through, a language model judges (A7, G3).

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::TokenPrice;
use futures::StreamExt;
use tokio::time::timeout;

use super::{Moderator, Review, RuleModerator, Verdict};
use crate::{Message, Model, ModelEvent, ModelRequest, Usage};

const PREAMBLE: &str = include_str!("../../preambles/moderation.md");
/// How long the model may take. A prompt that waits is worse than one that only the rules have looked at.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer, in bytes.
const ANSWER_BYTES_MAX: usize = 2_000;
/// How much of its reason a person is told, in characters.
const REASON_CHARS_MAX: usize = 300;
/// What a person is told when the model gives no reason.
const NO_REASON: &str = "This is not what the sandbox is for.";

/// The rules first, and a language model for what they allow. When it does not answer, the rules alone decide.
pub struct ModelModerator {
    name: String,
    price: TokenPrice,
    model: Arc<dyn Model>,
}

impl ModelModerator {
    /// A moderator that asks the model of that name in the settings, whose tokens cost that.
    pub fn new(name: &str, price: TokenPrice, model: Arc<dyn Model>) -> Self {
        Self { name: name.to_owned(), price, model }
    }

    /// What the model answers; `None` when it does not, or says too much.
    async fn answer(&self, text: &str) -> Option<(String, Usage)> {
        let request = ModelRequest {
            system: PREAMBLE.into(),
            messages: vec![Message::User(format!("The request:\n\n{text}"))],
            tools: Vec::new(),
        };
        let (mut answer, mut events) = (String::new(), self.model.stream(request));
        while let Some(event) = events.next().await {
            match event {
                Ok(ModelEvent::TextDelta(delta)) => answer.push_str(&delta),
                Ok(ModelEvent::Done { usage }) => return Some((answer, usage)),
                Ok(ModelEvent::ToolCall(_)) => return None,
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a model did not judge a prompt"
                    );
                    return None;
                }
            }
            if answer.len() > ANSWER_BYTES_MAX {
                return None;
            }
        }
        None
    }
}

#[async_trait]
impl Moderator for ModelModerator {
    async fn review(&self, text: &str) -> Review {
        let by_rules = RuleModerator.review(text).await;
        if by_rules.verdict != Verdict::Allowed {
            return by_rules;
        }
        match timeout(PATIENCE, self.answer(text)).await.ok().flatten() {
            None => {
                tracing::warn!(model = self.name, "a prompt was judged by the rules alone");
                by_rules
            }
            Some((answer, usage)) => Review {
                verdict: verdict(&answer),
                used: Some((self.name.clone(), self.price.of(usage.input_tokens, usage.output_tokens))),
            },
        }
    }
}

/// Only a clear refusal is one.
fn verdict(answer: &str) -> Verdict {
    let Some(rest) = answer.trim().strip_prefix("REFUSE") else { return Verdict::Allowed };
    let reason: String = rest
        .trim_start_matches(':')
        .chars()
        .filter(|char| !char.is_control())
        .take(REASON_CHARS_MAX)
        .collect();
    let reason = reason.trim();
    Verdict::Refused { reason: if reason.is_empty() { NO_REASON.into() } else { reason.to_owned() } }
}

#[cfg(test)]
mod tests {
    use domain::{MicroDollars, ModelUse};

    use super::*;
    use crate::{ModelError, ScriptedModel, ScriptedStep};

    async fn review(text: &str, step: ScriptedStep) -> (Review, Vec<ModelRequest>) {
        let model = Arc::new(ScriptedModel::new([step]));
        let price = TokenPrice { input: MicroDollars::new(1_000_000), output: MicroDollars::ZERO };
        let review = ModelModerator::new("judge", price, model.clone()).review(text).await;
        (review, model.requests())
    }

    fn refused(reason: &str) -> Verdict {
        Verdict::Refused { reason: reason.into() }
    }

    /// A7: the model refuses what the rules let through, with its reason; what it cost is told.
    #[tokio::test]
    async fn a_model_refuses_what_the_rules_let_through() {
        let step = ScriptedStep::Say("REFUSE: That would hurt somebody.\n".into());
        let (review, requests) = review("Write something mean", step).await;
        let used = ModelUse { input_tokens: 10, output_tokens: 5, cost: MicroDollars::new(10) };
        let expected =
            Review { verdict: refused("That would hurt somebody."), used: Some(("judge".into(), used)) };
        assert_eq!(review, expected);
        let expected = ModelRequest {
            system: PREAMBLE.into(),
            messages: vec![Message::User("The request:\n\nWrite something mean".into())],
            tools: Vec::new(),
        };
        assert_eq!(requests, [expected]);
    }

    /// A7: the rules are the floor: what they refuse no model is asked about.
    #[tokio::test]
    async fn what_the_rules_refuse_no_model_is_asked_about() {
        let (review, requests) = review("Clone the PayPal login", ScriptedStep::Say("ALLOW".into())).await;
        assert!(matches!(review.verdict, Verdict::Refused { .. }) && requests.is_empty());
    }

    /// A7: a judge that breaks down, hangs or chatters keeps nobody from working.
    #[tokio::test(start_paused = true)]
    async fn a_judge_that_does_not_answer_keeps_nobody_away() {
        let broken = ModelError::Unavailable { reason: "gone".into() };
        for step in [
            ScriptedStep::Hang,
            ScriptedStep::Begin("REFUSE: and then nothing".into()),
            ScriptedStep::Break(Vec::new(), broken),
            ScriptedStep::Call("REFUSE".into(), vec![("read_file".into(), serde_json::Value::Null)]),
            ScriptedStep::Say("I would not REFUSE this".into()),
            ScriptedStep::Say("REFUSE".repeat(1_000)),
        ] {
            assert_eq!(review("Add a counter", step.clone()).await.0.verdict, Verdict::Allowed, "{step:?}");
        }
    }

    #[test]
    fn a_reason_is_one_plain_line_of_bounded_length() {
        assert_eq!(verdict("REFUSE:"), refused(NO_REASON));
        assert_eq!(verdict("REFUSE: a\u{1b}[31mb\nc"), refused("a[31mbc"));
        let Verdict::Refused { reason } = verdict(&format!("REFUSE: {}", "é".repeat(900))) else { panic!() };
        assert!(reason.chars().count() < REASON_CHARS_MAX);
    }
}
