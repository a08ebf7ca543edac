//! Who answers prompts, as configured (G3).

use std::sync::Arc;

use agent::{
    Agent, BUILT_IN, BuiltinModel, HostedModel, Model, ModelModerator, Moderator, RuleModerator, ToolPolicy,
};
use anyhow::Context as _;
use sandbox::TemplateManifest;
use sessions::{Agents, ModelBudgets};

use crate::config::Config;
use crate::system::SystemEntropy;

/// Everybody who may answer prompts.
pub(crate) struct Models<'a> {
    config: &'a Config,
    /// With their names, in the settings' order; the built-in one last.
    models: Vec<(&'a str, Arc<dyn Model>)>,
    moderator: Arc<dyn Moderator>,
}

impl<'a> Models<'a> {
    /// The configured ones, and the built-in one.
    ///
    /// # Errors
    /// When a model's address or key can't be used.
    pub(crate) fn of(config: &'a Config) -> anyhow::Result<Self> {
        let mut models: Vec<(&str, Arc<dyn Model>)> = Vec::new();
        for model in &config.models {
            let hosted = hosted_model(config, &model.name)?.context("a model that is configured")?;
            models.push((&model.name, Arc::new(hosted)));
        }
        models.push((BUILT_IN, Arc::new(BuiltinModel)));
        let moderator = moderator(config, &models)?;
        Ok(Self { config, models, moderator })
    }

    /// An agent that asks the model of that name.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn agent(&self, name: &str, mut policy: ToolPolicy) -> anyhow::Result<Agent> {
        let found = self.models.iter().find(|(known, _)| *known == name);
        let (_, model) = found.with_context(|| format!("there is no model named {name}"))?;
        policy.limits.budget = self.config.model_budget.prompt();
        let agent = Agent::new(Arc::clone(model), Arc::clone(&self.moderator), policy);
        Ok(agent.named(name, self.config.price(name)))
    }

    fn in_workspaces(&self, name: &str) -> anyhow::Result<Agent> {
        let policy = ToolPolicy::workspace();
        let policy = if self.config.takes_screenshots(name) { policy.with_screenshots() } else { policy };
        self.agent(name, policy)
    }

    /// Who works on prompts in sandboxes of a template.
    ///
    /// # Errors
    /// When the template's editable paths are none.
    pub(crate) fn agents(&self, manifest: &TemplateManifest) -> anyhow::Result<Agents> {
        let (of_visitors, of_workspaces) = self.config.answering();
        let editable = manifest.editable.iter().map(String::as_str);
        let visitors = if manifest.editable.is_empty() {
            None
        } else {
            let policy = ToolPolicy::demo(editable).context("the editable paths")?;
            Some(self.agent(of_visitors, policy)?)
        };
        let others = self.models.iter().map(|(name, _)| *name).filter(|name| *name != of_workspaces);
        Ok(Agents {
            visitors,
            workspaces: self.in_workspaces(of_workspaces)?,
            to_choose: others.map(|name| self.in_workspaces(name)).collect::<anyhow::Result<_>>()?,
        })
    }
}

/// Who looks at prompts first: the rules, and behind them a model where one is named.
fn moderator(config: &Config, models: &[(&str, Arc<dyn Model>)]) -> anyhow::Result<Arc<dyn Moderator>> {
    let Some(name) = &config.agents.moderator else { return Ok(Arc::new(RuleModerator)) };
    let (_, model) = models
        .iter()
        .find(|(known, _)| known == name)
        .with_context(|| format!("there is no model named {name}"))?;
    Ok(Arc::new(ModelModerator::new(name, config.price(name), Arc::clone(model))))
}

/// What models may consume beside what one prompt may.
pub(crate) fn budgets(config: &Config) -> ModelBudgets {
    ModelBudgets { session: config.model_budget.session(), day: config.model_budget.day() }
}

/// The model of that name; `None` for the built-in agent.
///
/// # Errors
/// When its address or its key can't be used.
pub(crate) fn hosted_model(config: &Config, name: &str) -> anyhow::Result<Option<HostedModel>> {
    let model = config.hosted(name).map(|hosted| HostedModel::new(hosted, Arc::new(SystemEntropy)));
    model.transpose().with_context(|| format!("the model {name} can't be used"))
}
