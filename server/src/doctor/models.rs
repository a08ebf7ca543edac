//! Whether the configured models answer: each is asked one short question (G3).

use std::time::Duration;

use agent::{Message, Model as _, ModelEvent, ModelRequest};
use anyhow::Context as _;
use futures::StreamExt as _;
use futures::future::join_all;
use serde::Serialize;
use tokio::time::{Instant, timeout};

use crate::agents;
use crate::config::Config;

/// How long an answer may take; some servers load a model when they are first asked.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// What came of asking one model.
#[derive(Debug, Serialize)]
pub(super) struct ModelCheck {
    /// Its name in the settings.
    pub(super) name: String,
    /// Whether it answered.
    pub(super) answers: bool,
    /// How long that took, or why it did not.
    pub(super) found: String,
}

/// Asks every model at once, in the order of the settings.
pub(super) async fn ask_all(config: &Config) -> Vec<ModelCheck> {
    join_all(config.models.iter().map(|model| ask(config, &model.name))).await
}

async fn ask(config: &Config, name: &str) -> ModelCheck {
    let begun = Instant::now();
    let answer = timeout(ANSWER_TIMEOUT, answer(config, name)).await;
    let answer =
        answer.unwrap_or_else(|_| Err(anyhow::anyhow!("no answer within {} s", ANSWER_TIMEOUT.as_secs())));
    let (answers, found) = match answer {
        Ok(()) => (true, format!("answered in {} ms", begun.elapsed().as_millis())),
        Err(error) => (false, format!("{error:#}")),
    };
    ModelCheck { name: name.to_owned(), answers, found }
}

async fn answer(config: &Config, name: &str) -> anyhow::Result<()> {
    let model = agents::hosted_model(config, name)?.context("it is not among the models")?;
    let request = ModelRequest {
        system: "You are asked whether you can be reached.".to_owned(),
        messages: vec![Message::User("Answer with the word: ready".to_owned())],
        tools: Vec::new(),
    };
    let mut events = model.stream(request);
    while let Some(event) = events.next().await {
        if matches!(event?, ModelEvent::Done { .. }) {
            return Ok(());
        }
    }
    anyhow::bail!("the answer broke off")
}
