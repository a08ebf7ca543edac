//! `[[models]]`, `[model_keys]`, `[agents]` and `[model_budget]`: who answers prompts, and what that may cost (G3, H9). Without any model the built-in agent does.

use std::collections::BTreeMap;

use agent::{ApiKey, BUILT_IN, HostedConfig, Protocol};
use domain::{MicroDollars, ModelBudget, TokenPrice};
use serde::Deserialize;

use super::{Config, ConfigError};

/// The longest name of a model, in bytes.
const NAME_BYTES_MAX: usize = 32;

/// `[[models]]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSection {
    /// Its name in these settings, such as `claude`.
    pub name: String,
    /// How it is asked.
    pub kind: ModelKindChoice,
    /// Its server's address. Default: `https://api.anthropic.com/v1` or `https://api.openai.com/v1`.
    pub base_url: Option<String>,
    /// Its name there.
    pub model: String,
    /// What lets this server in. Default: what `model_keys` says, or nothing.
    pub api_key: Option<ApiKey>,
    /// How long one answer may be, in tokens. Default 8192.
    #[serde(default = "output_tokens_max")]
    pub output_tokens_max: u32,
    /// How much it can be shown at once, in tokens: longer conversations are remembered in short (G2). Default 128,000.
    #[serde(default = "context_tokens")]
    pub context_tokens: u32,
    /// Whether it can be shown pictures: screenshots, where `sandbox.browser` is set. Default: true for `anthropic`, false for `openai`,
    /// as many servers that speak that protocol refuse them.
    pub vision: Option<bool>,
    /// What a million tokens cost that it reads, in US dollars. Default 0.
    #[serde(default)]
    pub input_price: f64,
    /// What a million tokens cost that it writes, in US dollars. Default 0.
    #[serde(default)]
    pub output_price: f64,
}

const fn context_tokens() -> u32 {
    128_000
}

/// With less than this, in tokens, an agent has no room for its work.
const CONTEXT_TOKENS_MIN: u32 = 4_096;

const fn output_tokens_max() -> u32 {
    8_192
}

/// How a model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelKindChoice {
    /// Anthropic's Messages.
    Anthropic,
    /// OpenAI's chat completions: OpenAI, OpenRouter, Ollama, vLLM and others.
    OpenAi,
}

/// `[agents]`: the names of models, or `built-in`.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct AgentsSection {
    /// Who answers in demos and prototypes, whose visitors did not say who they are. Default `built-in`.
    pub visitors: Option<String>,
    /// Who answers in workspaces. Default: the first model, or `built-in` without any.
    pub workspaces: Option<String>,
    /// Which model judges prompts that the rules let through, before anybody works on them. Default: the rules alone.
    pub moderator: Option<String>,
}

/// `[model_budget]`: how much language models may consume; 0 is no limit. A model is asked no further once that is reached.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelBudgetSection {
    /// Tokens, read and written, for one prompt. Default 1,000,000.
    pub prompt_tokens_max: u64,
    /// US dollars for one prompt. Default 0.
    pub prompt_cost_max: f64,
    /// Tokens in one session. Default 5,000,000.
    pub session_tokens_max: u64,
    /// US dollars in one session. Default 0.
    pub session_cost_max: f64,
    /// Tokens in all sessions of a day. Default 0.
    pub day_tokens_max: u64,
    /// US dollars in all sessions of a day. Default 0: what `demo.daily_cost_cap` leaves.
    pub day_cost_max: f64,
}

impl Default for ModelBudgetSection {
    fn default() -> Self {
        Self {
            prompt_tokens_max: 1_000_000,
            prompt_cost_max: 0.0,
            session_tokens_max: 5_000_000,
            session_cost_max: 0.0,
            day_tokens_max: 0,
            day_cost_max: 0.0,
        }
    }
}

impl ModelBudgetSection {
    pub(crate) fn prompt(&self) -> ModelBudget {
        budget(self.prompt_tokens_max, self.prompt_cost_max)
    }

    pub(crate) fn session(&self) -> ModelBudget {
        budget(self.session_tokens_max, self.session_cost_max)
    }

    pub(crate) fn day(&self) -> ModelBudget {
        budget(self.day_tokens_max, self.day_cost_max)
    }
}

/// With 0 for no limit. Amounts were checked at start.
fn budget(tokens_max: u64, dollars_max: f64) -> ModelBudget {
    let cost_max = MicroDollars::from_dollars(dollars_max).filter(|max| *max > MicroDollars::ZERO);
    ModelBudget { tokens_max: Some(tokens_max).filter(|max| *max > 0), cost_max }
}

/// Keys by their models' names, so that the environment can hold them: `SANDGLASS__MODEL_KEYS__CLAUDE`.
pub type ModelKeys = BTreeMap<String, ApiKey>;

impl Config {
    pub(super) fn check_models(&self) -> Result<(), ConfigError> {
        let mut names = vec![BUILT_IN];
        for model in &self.models {
            let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
            if model.name.is_empty() || model.name.len() > NAME_BYTES_MAX || !model.name.bytes().all(plain) {
                let fix = "use up to 32 lower-case letters, digits and underscores";
                return Err(wrong("models.name", &model.name, fix));
            }
            if names.contains(&model.name.as_str()) {
                return Err(wrong("models.name", &model.name, "give each model a name of its own"));
            }
            names.push(&model.name);
            self.check_model(model)?;
        }
        self.check_model_budget()?;
        if let Some(stray) = self.model_keys.keys().find(|name| !names.contains(&name.as_str())) {
            return Err(wrong("model_keys", stray, "it must be the name of one of models"));
        }
        let chosen =
            [("agents.visitors", &self.agents.visitors), ("agents.workspaces", &self.agents.workspaces)];
        for (key, name) in chosen {
            if let Some(name) = name.as_ref().filter(|name| !names.contains(&name.as_str())) {
                return Err(wrong(key, name, "it must be the name of one of models, or built-in"));
            }
        }
        // The built-in agent judges nothing.
        match self.agents.moderator.as_deref().filter(|name| !names[1..].contains(name)) {
            Some(name) => Err(wrong("agents.moderator", name, "it must be the name of one of models")),
            None => Ok(()),
        }
    }

    fn check_model(&self, model: &ModelSection) -> Result<(), ConfigError> {
        let url = model.address();
        let here = ["http://127.0.0.1:", "http://localhost:"].iter().any(|start| url.starts_with(start));
        let open = url.starts_with("http://") && self.key_of(model).is_none();
        let known = url.starts_with("https://") || here || open;
        if !known || !url.bytes().all(|c| c.is_ascii_graphic()) || url.contains(['?', '#', '@']) {
            let fix = "use its address, such as https://models.example/v1; without TLS only on this machine, or without a key";
            return Err(wrong("models.base_url", url, fix));
        }
        if model.output_tokens_max == 0 {
            return Err(wrong("models.output_tokens_max", "0", "it must be at least 1"));
        }
        if model.context_tokens < CONTEXT_TOKENS_MIN {
            return Err(wrong(
                "models.context_tokens",
                &model.context_tokens.to_string(),
                "it must be at least 4096",
            ));
        }
        Ok(())
    }

    fn check_model_budget(&self) -> Result<(), ConfigError> {
        let budget = &self.model_budget;
        let amounts = [
            ("model_budget.prompt_cost_max", budget.prompt_cost_max),
            ("model_budget.session_cost_max", budget.session_cost_max),
            ("model_budget.day_cost_max", budget.day_cost_max),
        ];
        let prices = self.models.iter().flat_map(|model| {
            [("models.input_price", model.input_price), ("models.output_price", model.output_price)]
        });
        match prices.chain(amounts).find(|(_, dollars)| MicroDollars::from_dollars(*dollars).is_none()) {
            Some((key, dollars)) => {
                Err(wrong(key, &dollars.to_string(), "it must be an amount in dollars, 0 or more"))
            }
            None => Ok(()),
        }
    }

    /// What a model's tokens cost; nothing for the built-in agent.
    pub(crate) fn price(&self, name: &str) -> TokenPrice {
        let price = |dollars| MicroDollars::from_dollars(dollars).unwrap_or_default();
        let model = self.models.iter().find(|model| model.name == name);
        model.map_or_else(TokenPrice::default, |model| TokenPrice {
            input: price(model.input_price),
            output: price(model.output_price),
        })
    }

    /// Who answers visitors and who in workspaces.
    pub(crate) fn answering(&self) -> (&str, &str) {
        let first = self.models.first().map_or(BUILT_IN, |model| model.name.as_str());
        let agents = &self.agents;
        (agents.visitors.as_deref().unwrap_or(BUILT_IN), agents.workspaces.as_deref().unwrap_or(first))
    }

    /// Whether a model takes screenshots in workspaces.
    pub(crate) fn takes_screenshots(&self, name: &str) -> bool {
        let sees = |model: &ModelSection| model.vision.unwrap_or(model.kind == ModelKindChoice::Anthropic);
        self.sandbox.browser.is_some() && self.models.iter().any(|model| model.name == name && sees(model))
    }

    /// How a model is asked; `None` for the built-in agent.
    pub(crate) fn hosted(&self, name: &str) -> Option<HostedConfig> {
        let model = self.models.iter().find(|model| model.name == name)?;
        Some(HostedConfig {
            protocol: match model.kind {
                ModelKindChoice::Anthropic => Protocol::Anthropic,
                ModelKindChoice::OpenAi => Protocol::OpenAi,
            },
            base_url: model.address().to_owned(),
            model: model.model.clone(),
            api_key: self.key_of(model).cloned(),
            output_tokens_max: model.output_tokens_max,
            context_tokens: model.context_tokens,
        })
    }

    fn key_of<'a>(&'a self, model: &'a ModelSection) -> Option<&'a ApiKey> {
        model.api_key.as_ref().or_else(|| self.model_keys.get(&model.name))
    }
}

impl ModelSection {
    fn address(&self) -> &str {
        self.base_url.as_deref().unwrap_or(match self.kind {
            ModelKindChoice::Anthropic => "https://api.anthropic.com/v1",
            ModelKindChoice::OpenAi => "https://api.openai.com/v1",
        })
    }
}

fn wrong(key: &'static str, value: &str, fix: &str) -> ConfigError {
    ConfigError::Value { key, value: format!("{value:?}"), fix: fix.to_owned() }
}
