//! Models that somebody else runs: asked over HTTP by one of two protocols, answers read as they come.
//!
//! What is asked again and how long anything is waited for is decided in [`patience`]; what is said on the wire in [`anthropic`]
//! and [`openai`], which do no I/O.

mod anthropic;
mod calls;
mod connection;
mod openai;
mod patience;
mod sse;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::{Model, ModelError, ModelEvent, ModelRequest};
pub use connection::ConnectionError;
use connection::{Body, Connection, Target};
use patience::{ANSWER_TIMEOUT, BEGIN_TIMEOUT, PAUSE_TIMEOUT};
use sse::Parser;

/// The largest answer, in bytes as it is sent.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// By which protocol a model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Anthropic's Messages.
    Anthropic,
    /// OpenAI's chat completions, which many others speak.
    OpenAi,
}

/// What lets us in. It is shown to the model's server and to nobody else.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key.
    pub const fn new(key: String) -> Self {
        Self(key)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Where a model is and how it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedConfig {
    /// By which protocol.
    pub protocol: Protocol,
    /// Its server's address, such as `https://api.anthropic.com/v1`.
    pub base_url: String,
    /// Its name there.
    pub model: String,
    /// What lets us in; a server of one's own may need nothing.
    pub api_key: Option<ApiKey>,
    /// How long one answer may be, in tokens.
    pub output_tokens_max: u32,
    /// How much it can be shown at once, in tokens.
    pub context_tokens: u32,
}

/// A model that somebody else runs. Cheap to clone.
#[derive(Clone)]
pub struct HostedModel(Arc<Inner>);

struct Inner {
    config: HostedConfig,
    target: Target,
    connection: Connection,
    entropy: Arc<dyn Entropy>,
}

/// Why an attempt failed, and whether another may do better, after how long if its server said so.
struct Failed {
    error: ModelError,
    again: Option<Option<Duration>>,
}

impl HostedModel {
    /// A model as configured. Nothing is asked yet; `entropy` spreads out when it is asked again.
    ///
    /// # Errors
    /// [`ConnectionError`] when the address is none, or encryption can't be set up.
    pub fn new(config: HostedConfig, entropy: Arc<dyn Entropy>) -> Result<Self, ConnectionError> {
        let target = match config.protocol {
            Protocol::Anthropic => anthropic::target(&config)?,
            Protocol::OpenAi => openai::target(&config)?,
        };
        Ok(Self(Arc::new(Inner { target, connection: Connection::new()?, config, entropy })))
    }

    /// The begin of an answer, asked for again while that may help and nothing was answered yet.
    async fn begin(&self, request: ModelRequest) -> Result<Answer, ModelError> {
        let body = match self.0.config.protocol {
            Protocol::Anthropic => anthropic::body(&self.0.config, &request),
            Protocol::OpenAi => openai::body(&self.0.config, &request),
        };
        let mut attempt = 1;
        loop {
            let Failed { error, again } = match self.attempt(&body).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let wait = again.and_then(|asked| patience::wait(attempt, asked, &*self.0.entropy));
            let Some(wait) = wait else { return Err(error) };
            let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::info!(model = self.0.config.model, attempt, wait_ms, error = %error, "a model is asked again");
            sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt(&self, body: &Value) -> Result<Answer, Failed> {
        let later = |error| Failed { error, again: Some(None) };
        let sent = timeout(BEGIN_TIMEOUT, self.0.connection.post(&self.0.target, body)).await;
        let sent = sent.map_err(|_| later(unavailable("it did not answer in time")))?;
        let response = sent.map_err(|error| later(unavailable(error)))?;
        let decoder = match self.0.config.protocol {
            Protocol::Anthropic => Decoder::Anthropic(anthropic::Decoder::default()),
            Protocol::OpenAi => Decoder::OpenAi(openai::Decoder::default()),
        };
        match response.status {
            200 => {}
            429 | 500..=599 => {
                let error = unavailable(format!("it answered {}", response.status));
                return Err(Failed { error, again: Some(response.retry_after) });
            }
            status => return Err(Failed { error: ModelError::Refused { status }, again: None }),
        }
        let mut answer = Answer {
            body: response.body,
            parser: Parser::default(),
            decoder,
            ready: VecDeque::new(),
            bytes_left: ANSWER_BYTES_MAX,
            deadline: Instant::now() + ANSWER_TIMEOUT,
            over: false,
        };
        // Whoever is overloaded may say so in an answer that began well.
        answer.fill().await.map_err(later)?;
        Ok(answer)
    }
}

impl Model for HostedModel {
    fn context_tokens(&self) -> Option<u64> {
        Some(self.0.config.context_tokens.into())
    }

    fn stream(&self, request: ModelRequest) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let model = self.clone();
        let begun = stream::once(async move {
            let answer = model.begin(request).await?;
            Ok(stream::try_unfold(answer, |mut answer| async move {
                answer.fill().await?;
                Ok(answer.ready.pop_front().map(|event| (event, answer)))
            }))
        });
        begun.try_flatten().boxed()
    }
}

/// An answer on its way.
struct Answer {
    body: Body,
    parser: Parser,
    decoder: Decoder,
    ready: VecDeque<ModelEvent>,
    bytes_left: usize,
    deadline: Instant,
    over: bool,
}

enum Decoder {
    Anthropic(anthropic::Decoder),
    OpenAi(openai::Decoder),
}

impl Answer {
    /// Reads until an event is ready, or the answer is over.
    async fn fill(&mut self) -> Result<(), ModelError> {
        while self.ready.is_empty() && !self.over {
            let chunk = timeout_at(self.deadline, timeout(PAUSE_TIMEOUT, self.body.chunk())).await;
            let chunk = chunk.map_err(|_| unavailable("its answer took too long"))?;
            let chunk = chunk.map_err(|_| unavailable("its answer paused for too long"))?;
            let Some(chunk) = chunk.map_err(unavailable)? else {
                self.ready.extend(self.decoder.end()?);
                self.over = true;
                return Ok(());
            };
            let left = self.bytes_left.checked_sub(chunk.len());
            self.bytes_left = left.ok_or_else(|| unavailable("its answer was too large"))?;
            for data in self.parser.push(&chunk).map_err(unavailable)? {
                self.ready.extend(self.decoder.take(&data)?);
            }
            self.over = self.ready.iter().any(|event| matches!(event, ModelEvent::Done { .. }));
        }
        Ok(())
    }
}

impl Decoder {
    fn take(&mut self, data: &str) -> Result<Vec<ModelEvent>, ModelError> {
        match self {
            Self::Anthropic(decoder) => decoder.take(data),
            Self::OpenAi(decoder) => decoder.take(data),
        }
    }

    /// What is left when nothing more comes.
    fn end(&mut self) -> Result<Option<ModelEvent>, ModelError> {
        match self {
            Self::Anthropic(_) => Err(unavailable("its answer broke off")),
            Self::OpenAi(decoder) => decoder.end(),
        }
    }
}

fn unavailable(reason: impl ToString) -> ModelError {
    ModelError::Unavailable { reason: reason.to_string() }
}
