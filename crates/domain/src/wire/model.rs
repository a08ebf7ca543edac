//! Who answers a session's prompts, and how sandboxes are used again for them (G1, G3).

use serde::{Deserialize, Serialize};

use crate::{ModelBudget, ModelUse};

/// How somebody's sandboxes are used again: `GET /api/v1/sessions/reuse`. Of those that live, and those that ended within a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReuseJson {
    /// Workspaces that live.
    pub sandboxes: u32,
    /// How many may live at once; 0 is no limit. One more takes the place of the one that was left longest ago.
    pub sandboxes_max: u32,
    /// Prompts in all of them.
    pub prompts: u32,
    /// Prompts that met a sandbox which had served its session before.
    pub reused: u32,
    /// Sandboxes that were given up for newer ones.
    pub replaced: u32,
    /// The age of the oldest that lives, in seconds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub oldest_age_seconds: Option<u64>,
}

/// Who answers a session's prompts: `GET /api/v1/sessions/{id}/model`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelChoiceJson {
    /// The name of whoever answers the next prompt.
    pub model: String,
    /// Who may be chosen.
    pub models: Vec<ModelJson>,
    /// What language models consumed in this session.
    pub used: ModelUse,
    /// How much they may.
    pub budget: ModelBudget,
}

/// One who may answer prompts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelJson {
    /// Its name in the settings; `built-in` is the agent that asks no language model.
    pub name: String,
    /// Whether it is a language model, whose tokens are counted.
    pub is_language_model: bool,
}

/// Chooses who answers the prompts that come: `PUT /api/v1/sessions/{id}/model`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ModelChoice {
    /// One of the names that are offered.
    pub model: String,
}
