//! Who answers a session's prompts, and how much of language models it may use (G3, H9).

use agent::{Agent, Allowance};
use domain::wire::{ModelChoiceJson, ModelJson};
use domain::{BudgetOf, EventKind, ModelBudget, ModelUse, SessionKind, SessionView};

use crate::live::LiveSession;
use crate::pools::Agents;
use crate::workspace::SessionWorkspace;
use crate::{Access, SessionError, Sessions};

/// How much of an unknown name is repeated in the answer.
const NAME_SHOWN_CHARS_MAX: usize = 40;

/// How much language models may consume, beside what one prompt may. The built-in agent consumes nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModelBudgets {
    /// In one session. Default: no limit.
    pub session: ModelBudget,
    /// In all sessions of one day. Default: no limit but the daily cost cap.
    pub day: ModelBudget,
}

impl Agents {
    /// Who works in a workspace; whoever is meant for those where nobody chose, or who was chosen is not there any more.
    pub(crate) fn chosen(&self, name: Option<&str>) -> &Agent {
        name.and_then(|name| self.all().find(|agent| agent.name() == name)).unwrap_or(&self.workspaces)
    }

    /// Everybody who may be chosen in a workspace, whoever is meant for those first.
    fn all(&self) -> impl Iterator<Item = &Agent> {
        std::iter::once(&self.workspaces).chain(&self.to_choose)
    }
}

impl LiveSession {
    /// Who answers its prompts now. Every session was let in by its kind; one that was handed over has an agent all the more.
    pub(crate) fn agent(&self) -> &Agent {
        let (kind, chosen) = self.look(|view| (view.kind, view.model.clone()));
        match kind {
            SessionKind::Workspace => self.home.agents.chosen(chosen.as_deref()),
            SessionKind::Demo | SessionKind::Try => {
                self.home.agent_of(kind).unwrap_or(&self.home.agents.workspaces)
            }
        }
    }

    /// Who may be chosen: in a workspace everybody, elsewhere there is no choice.
    fn offered(&self) -> Vec<&Agent> {
        match self.look(|view| view.kind) {
            SessionKind::Workspace => self.home.agents.all().collect(),
            SessionKind::Demo | SessionKind::Try => vec![self.agent()],
        }
    }
}

impl Sessions {
    /// Who answers the session's prompts, who else may be chosen, and what was consumed of which budget.
    ///
    /// # Errors
    /// [`SessionError::Ended`].
    pub fn model(&self, access: &Access) -> Result<ModelChoiceJson, SessionError> {
        let live = access.live()?;
        let models = live.offered().into_iter().map(told);
        Ok(ModelChoiceJson {
            model: live.agent().name().to_owned(),
            models: models.collect(),
            used: live.look(SessionView::model_use),
            budget: self.inner.config.model_budgets.session,
        })
    }

    /// Who answers prompts of demos and prototypes.
    pub fn model_of_visitors(&self) -> ModelJson {
        let agents = &self.inner.pools.demo().agents;
        told(agents.visitors.as_ref().unwrap_or(&agents.workspaces))
    }

    /// Has another model answer the prompts that come; the one that is worked on is not disturbed.
    ///
    /// # Errors
    /// [`SessionError::UnknownModel`] where it may not be chosen in this session, [`SessionError::Ended`] or
    /// [`SessionError::Store`].
    pub async fn choose_model(&self, access: &Access, name: &str) -> Result<(), SessionError> {
        let live = access.live()?;
        let offered: Vec<&str> = live.offered().into_iter().map(Agent::name).collect();
        if !offered.contains(&name) {
            let name = name.chars().take(NAME_SHOWN_CHARS_MAX).collect();
            return Err(SessionError::UnknownModel { name, offered: offered.join(", ") });
        }
        let is_so = live.agent().name() == name;
        let chosen = || vec![EventKind::ModelChosen { model: name.to_owned() }];
        live.record(|_| Ok(if is_so { Vec::new() } else { chosen() })).await
    }

    /// What the session's model may still consume; empty for the built-in agent, which consumes nothing.
    pub(crate) fn allowances(&self, live: &LiveSession, agent: &Agent) -> Vec<Allowance> {
        if !agent.is_metered() {
            return Vec::new();
        }
        let budgets = self.inner.config.model_budgets;
        let session = budgets.session.minus(live.look(SessionView::model_use));
        let day = self.inner.budget.model_budget_left(budgets.day, self.inner.clock.now());
        // What costs nothing is not bound by money, even where none may be spent.
        let left =
            |left: ModelBudget| if agent.is_free() { ModelBudget { cost_max: None, ..left } } else { left };
        let of_session = Allowance { of: BudgetOf::Session, left: left(session) };
        vec![of_session, Allowance { of: BudgetOf::Day, left: left(day) }]
    }

    /// Refuses when nothing may be consumed any more.
    pub(crate) fn check_model_budget(&self, live: &LiveSession) -> Result<(), SessionError> {
        let spent = |allowance: &Allowance| allowance.left.is_spent_by(ModelUse::default());
        match self.allowances(live, live.agent()).into_iter().find(spent).map(|allowance| allowance.of) {
            None | Some(BudgetOf::Prompt) => Ok(()),
            Some(BudgetOf::Session) => Err(SessionError::SessionModelBudgetSpent),
            Some(BudgetOf::Day) => {
                let (retry_after_seconds, starts_again) = self.inner.budget.next(self.inner.clock.now());
                Err(SessionError::DayModelBudgetSpent { starts_again, retry_after_seconds })
            }
        }
    }

    /// Writes what a model consumed for a prompt: into the day's books first, so that none is forgotten there.
    pub(crate) async fn consumed(
        &self,
        job: &SessionWorkspace,
        model: String,
        used: ModelUse,
    ) -> Result<(), SessionError> {
        if used == ModelUse::default() {
            return Ok(());
        }
        let now = self.inner.clock.now();
        let prompt_id = job.prompt_id;
        self.inner.store.add_model_use(&self.inner.budget.date(now), &model, used).await?;
        self.inner.budget.note_model_use(used, now);
        job.live.record(|_| Ok(vec![EventKind::ModelUsed { prompt_id, model, used }])).await
    }

    /// What each model consumed so far, in the order of their names.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn model_use(&self) -> Result<Vec<(String, ModelUse)>, SessionError> {
        Ok(self.inner.store.model_use().await?)
    }
}

fn told(agent: &Agent) -> ModelJson {
    ModelJson { name: agent.name().to_owned(), is_language_model: agent.is_metered() }
}
