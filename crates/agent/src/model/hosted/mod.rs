//! Models that somebody else runs: asked over HTTP by one of two protocols, answers read as they come.
//!
//! What is asked again and how long anything is waited for is decided here; what is said on the wire in [`anthropic`] and
//! [`openai`], which do no I/O.

mod anthropic;
mod calls;
mod connection;
mod openai;
mod sse;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::{Model, ModelError, ModelEvent, ModelRequest};
pub use connection::ConnectionError;
use connection::{Body, Connection, Target};
use sse::Parser;

/// How often one request is made before it is given up.
const ATTEMPTS_MAX: u32 = 4;
/// How long is waited before the second attempt; twice as long before each further one.
const BACKOFF: Duration = Duration::from_millis(500);
/// The longest wait that a server may ask for.
const BACKOFF_MAX: Duration = Duration::from_secs(20);
/// How long an answer's begin may take.
const BEGIN_TIMEOUT: Duration = Duration::from_secs(60);
/// How long an answer may pause.
const PAUSE_TIMEOUT: Duration = Duration::from_secs(60);
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
}

/// Why an attempt failed, and whether another may do better, after how long if its server said so.
struct Failed {
    error: ModelError,
    again: Option<Option<Duration>>,
}

impl HostedModel {
    /// A model as configured. Nothing is asked yet.
    ///
    /// # Errors
    /// [`ConnectionError`] when the address is none, or encryption can't be set up.
    pub fn new(config: HostedConfig) -> Result<Self, ConnectionError> {
        let target = match config.protocol {
            Protocol::Anthropic => anthropic::target(&config)?,
            Protocol::OpenAi => openai::target(&config)?,
        };
        Ok(Self(Arc::new(Inner { target, connection: Connection::new()?, config })))
    }

    /// The begin of an answer, asked for again while that may help and nothing was answered yet.
    async fn begin(&self, request: ModelRequest) -> Result<Answer, ModelError> {
        let body = match self.0.config.protocol {
            Protocol::Anthropic => anthropic::body(&self.0.config, &request),
            Protocol::OpenAi => openai::body(&self.0.config, &request),
        };
        let mut wait = BACKOFF;
        for attempt in 1.. {
            let Failed { error, again } = match self.attempt(&body).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let Some(asked) = again.filter(|_| attempt < ATTEMPTS_MAX) else { return Err(error) };
            let wait_now = asked.unwrap_or(wait).min(BACKOFF_MAX);
            tracing::info!(model = self.0.config.model, attempt, error = %error, "a model is asked again");
            sleep(wait_now).await;
            wait *= 2;
        }
        unreachable!("the last attempt returns")
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
            let chunk = timeout(PAUSE_TIMEOUT, self.body.chunk()).await;
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
