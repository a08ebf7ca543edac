//! Who answers a session's prompts, and how much they may consume (G3, H9).

use std::sync::Arc;

use agent::{BuiltinModel, Message, ScriptedModel, ScriptedStep};
use domain::wire::{ModelChoiceJson, ModelJson};
use domain::{EventKind, MicroDollars, ModelBudget, ModelUse, PromptStatus, TokenPrice};
use sessions::{ModelBudgets, OnShutdown, SessionError};

use crate::support::{NOON_MS, Settings, World};

/// Each answer reads 10 tokens and writes 5: it costs 10 × 3 + 5 × 6 = 60 micro-dollars.
const PRICE: TokenPrice =
    TokenPrice { input: MicroDollars::new(3_000_000), output: MicroDollars::new(6_000_000) };
const ANSWER: ModelUse = ModelUse { input_tokens: 10, output_tokens: 5, cost: MicroDollars::new(60) };

/// A language model that says this, prompt by prompt.
fn model(answers: &[&str]) -> Arc<ScriptedModel> {
    let steps = answers.iter().map(|answer| ScriptedStep::Say((*answer).into()));
    Arc::new(ScriptedModel::new(steps).with_context_tokens(100_000))
}

fn asked(model: &ScriptedModel) -> Vec<String> {
    let last = |request: agent::ModelRequest| match request.messages.last() {
        Some(Message::User(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    model.requests().into_iter().map(last).collect()
}

fn priced(model: &Arc<ScriptedModel>, budgets: ModelBudgets) -> impl Fn(&mut Settings) {
    move |settings| {
        settings.model = model.clone();
        settings.price = PRICE;
        settings.model_budgets = budgets;
        settings.to_choose = vec![("built-in", Arc::new(BuiltinModel) as _)];
    }
}

/// G3: in a workspace somebody else answers from the next prompt on; that stays so over a restart, and what each consumed is kept.
#[tokio::test]
async fn who_answers_is_chosen_in_a_workspace() {
    let first = model(&["The first one.", "Again."]);
    let second = model(&["The second one."]);
    let settings = |settings: &mut Settings| {
        priced(&first, ModelBudgets::default())(settings);
        settings.to_choose.insert(0, ("second", second.clone()));
    };
    let world = World::start(settings).await;
    let claimed = world.open_workspace().await;
    let access = world.shown(&claimed).await;
    assert_eq!(world.asked(&access, "one").await.summary, "The first one.");
    world.sessions.choose_model(&access, "second").await.unwrap();
    assert_eq!(world.asked(&access, "two").await.summary, "The second one.");

    let named = |name: &str, is_language_model| ModelJson { name: name.into(), is_language_model };
    let expected = ModelChoiceJson {
        model: "second".into(),
        models: vec![named("model", true), named("second", true), named("built-in", false)],
        used: ModelUse { input_tokens: 20, output_tokens: 10, cost: MicroDollars::new(60) },
        budget: ModelBudget::default(),
    };
    assert_eq!(world.sessions.model(&access).unwrap(), expected);
    let refused = world.sessions.choose_model(&access, "third").await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "There is no model named “third” in this session. There is: model, second, built-in."
    );

    let world = world.take_over(settings).await;
    let access = world.shown(&claimed).await;
    assert_eq!(world.sessions.model(&access).unwrap(), expected);
    world.sessions.choose_model(&access, "built-in").await.unwrap();
    let outcome = world.asked(&access, "Add a counter").await;
    assert_eq!(outcome.status, PromptStatus::Completed);
    assert_eq!(asked(&first), ["one"]);
    let used = [("model".into(), ANSWER), ("second".into(), ModelUse { cost: MicroDollars::ZERO, ..ANSWER })];
    assert_eq!(world.sessions.model_use().await.unwrap(), used);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// G3: a visitor has no choice, and is not told of models that are not theirs.
#[tokio::test]
async fn a_demo_has_no_choice() {
    let world = World::start(priced(&model(&[]), ModelBudgets::default())).await;
    let (_, access) = world.demo().await;
    let told = world.sessions.model(&access).unwrap();
    assert_eq!(told.models.len(), 1);
    let refused = world.sessions.choose_model(&access, "built-in").await;
    assert!(matches!(refused, Err(SessionError::UnknownModel { .. })), "{refused:?}");
    world.sessions.shutdown(OnShutdown::End).await;
}

/// H9: once a session has used its budget, its language model is asked no more, its queue neither; the built-in agent still works.
#[tokio::test]
async fn a_session_s_budget_ends_what_a_language_model_does_in_it() {
    let scripted = model(&["one", "two", "three"]);
    let session = ModelBudget { tokens_max: Some(30), cost_max: None };
    let world = World::start(priced(&scripted, ModelBudgets { session, ..ModelBudgets::default() })).await;
    let access = world.workspace().await;
    world.asked(&access, "one").await;
    let outcome = world.asked(&access, "two").await;
    assert_eq!(outcome.summary, "two", "an answer that is complete counts");
    let refused = world.sessions.prompt(&access, "three").await.unwrap_err();
    assert!(matches!(refused, SessionError::SessionModelBudgetSpent), "{refused:?}");
    assert_eq!(asked(&scripted), ["one", "two"]);

    let other = world.workspace().await;
    assert_eq!(world.asked(&other, "three").await.summary, "three", "another session has its own");
    world.sessions.choose_model(&access, "built-in").await.unwrap();
    assert_eq!(world.asked(&access, "Add a counter").await.status, PromptStatus::Completed);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// H9: the day's budget is everybody's, is remembered over a restart, and begins anew at midnight.
#[tokio::test]
async fn a_day_s_budget_is_for_all_sessions_together_until_midnight() {
    let scripted = model(&["one", "two", "tomorrow"]);
    let day = ModelBudget { tokens_max: None, cost_max: Some(MicroDollars::new(100)) };
    let settings = priced(&scripted, ModelBudgets { day, ..ModelBudgets::default() });
    let world = World::start(&settings).await;
    let claimed = world.open_workspace().await;
    world.asked(&world.shown(&claimed).await, "one").await;
    world.asked(&world.workspace().await, "two").await;
    let world = world.take_over(&settings).await;
    let first = world.shown(&claimed).await;
    let refused = world.sessions.prompt(&first, "three").await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Today's budget for the language model is used up. It starts again at 00:00 (UTC)."
    );
    assert_eq!(
        world.sessions.spending().spent,
        MicroDollars::new(120),
        "it is part of what the day has cost"
    );

    world.clock.advance_ms(NOON_MS);
    let third = world.workspace().await;
    assert_eq!(world.asked(&third, "tomorrow").await.summary, "tomorrow");
    assert_eq!(asked(&scripted), ["one", "two", "tomorrow"]);
    world.sessions.shutdown(OnShutdown::End).await;
}

/// H9: what models cost is in the journal, prompt by prompt.
#[tokio::test]
async fn the_journal_says_what_a_prompt_consumed() {
    let world = World::start(priced(&model(&["Done."]), ModelBudgets::default())).await;
    let access = world.workspace().await;
    let accepted = world.sessions.prompt(&access, "go").await.unwrap();
    let told = world.told(&access, |kind| matches!(kind, EventKind::PromptFinished { .. })).await;
    let used: Vec<_> = told.into_iter().filter(|kind| matches!(kind, EventKind::ModelUsed { .. })).collect();
    let expected =
        EventKind::ModelUsed { prompt_id: accepted.prompt_id, model: "model".into(), used: ANSWER };
    assert_eq!(used, [expected]);
    world.sessions.shutdown(OnShutdown::End).await;
}
