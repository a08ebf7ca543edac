//! The loop with a model that answers by script.

use std::time::Duration;

use bytes::Bytes;
use domain::{FileAction, ManualClock, MicroDollars, ModelBudget, PromptId, SeededEntropy, Timestamp};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::*;
use crate::{
    LastChange, Limits, MemoryWorkspace, ModelError, PastTurn, RuleModerator, ScriptedModel, ScriptedStep,
    Tool,
};

const CSS: &str = "a {}\n";

fn workspace() -> MemoryWorkspace {
    MemoryWorkspace::new([("src/a.css", CSS), ("package.json", "{}"), (".env", "SECRET=1"), ("run.sh", "ls")])
}

fn policy() -> ToolPolicy {
    ToolPolicy::demo(["src/**"]).unwrap()
}

fn write(path: &str, content: &str) -> (String, Value) {
    ("write_file".into(), json!({ "path": path, "content": content }))
}

fn read(path: &str) -> (String, Value) {
    ("read_file".into(), json!({ "path": path }))
}

fn call(calls: impl IntoIterator<Item = (String, Value)>) -> ScriptedStep {
    ScriptedStep::Call(String::new(), calls.into_iter().collect())
}

fn say(text: &str) -> ScriptedStep {
    ScriptedStep::Say(text.into())
}

fn broken() -> ModelError {
    ModelError::Unavailable { reason: "connection reset".into() }
}

struct Run {
    outcome: TurnOutcome,
    events: Vec<AgentEvent>,
    /// What is remembered, which is no event for people.
    steps: Vec<PastStep>,
    used: ModelUse,
    requests: Vec<ModelRequest>,
}

impl Run {
    /// The results of the tool calls that the last request showed to the model.
    fn results(&self) -> Vec<(bool, &str)> {
        let messages = self.requests.last().map(|request| request.messages.as_slice()).unwrap_or_default();
        let results = messages.iter().filter_map(|message| match message {
            Message::Tool(result) => Some((result.is_error, result.content.as_str())),
            Message::User(_) | Message::Assistant { .. } => None,
        });
        results.collect()
    }
}

async fn run_turn(
    workspace: &MemoryWorkspace,
    policy: ToolPolicy,
    turn: Turn,
    stop: CancellationToken,
    steps: impl IntoIterator<Item = ScriptedStep>,
) -> Run {
    let model = Arc::new(ScriptedModel::new(steps));
    let agent = Agent::new(model.clone(), Arc::new(RuleModerator), policy);
    let (sender, mut receiver) = mpsc::channel(64);
    let outcome = agent.run(turn, workspace, sender, stop).await;
    let (mut events, mut steps, mut used) = (Vec::new(), Vec::new(), ModelUse::default());
    while let Some(event) = receiver.recv().await {
        match event {
            AgentEvent::Stepped(step) => steps.push(step),
            AgentEvent::Used { used: more, .. } => used = used.plus(more),
            event => events.push(event),
        }
    }
    Run { outcome, events, steps, used, requests: model.requests() }
}

async fn run(workspace: &MemoryWorkspace, steps: impl IntoIterator<Item = ScriptedStep>) -> Run {
    run_turn(workspace, policy(), Turn::new("go"), CancellationToken::new(), steps).await
}

#[tokio::test]
async fn tool_calls_are_carried_out_and_their_results_shown_to_the_model() {
    let workspace = workspace();
    let steps = [
        ScriptedStep::Call("Let me look.".into(), vec![("list_files".into(), json!({})), read("src/a.css")]),
        call([write("src/a.css", "b {}\n"), write("src/new.css", "c {}\n")]),
        say(" All done. "),
    ];
    let ran = run(&workspace, steps).await;
    let expected = TurnOutcome {
        status: PromptStatus::Completed,
        summary: "All done.".into(),
        suggestions: vec![],
        counted: true,
    };
    assert_eq!(ran.outcome, expected);
    assert_eq!(ran.used, ModelUse { input_tokens: 30, output_tokens: 15, ..ModelUse::default() });
    let expected =
        [(false, "package.json\nsrc/a.css"), (false, CSS), (false, "Written."), (false, "Written.")];
    assert_eq!(ran.results(), expected);
    let changed =
        |path: &str, action, deletions, diff: &str, before: Option<&str>, after: &str| AgentEvent::Changed {
            path: path.parse().unwrap(),
            action,
            additions: 1,
            deletions,
            diff: diff.into(),
            before: before.map(|text| Bytes::copy_from_slice(text.as_bytes())),
            after: Some(Bytes::copy_from_slice(after.as_bytes())),
        };
    let expected = [
        AgentEvent::Said("Let me look.".into()),
        AgentEvent::Read("src/a.css".parse().unwrap()),
        changed("src/a.css", FileAction::Edited, 1, "@@ -1 +1 @@\n-a {}\n+b {}\n", Some(CSS), "b {}\n"),
        changed("src/new.css", FileAction::Created, 0, "@@ -0,0 +1 @@\n+c {}\n", None, "c {}\n"),
    ];
    assert_eq!(ran.events, expected);
}

/// G2: what was called is remembered with what it gave, also when the work was broken off; what was not carried out is not.
#[tokio::test]
async fn each_step_is_remembered_with_its_results() {
    let workspace = workspace();
    let done = |name: &str, arguments: Value, result: &str, is_error| PastCall {
        name: name.into(),
        arguments,
        result: result.into(),
        is_error,
    };
    let steps = [
        ScriptedStep::Call("Let me look.".into(), vec![read("src/a.css"), read("src/none.css")]),
        call([write("src/a.css", "b {}\n")]),
        ScriptedStep::Break(vec![write("src/b.css", "")], broken()),
    ];
    let ran = run(&workspace, steps).await;
    let read_none =
        done("read_file", json!({ "path": "src/none.css" }), "There is no file at src/none.css.", true);
    let calls = vec![done("read_file", json!({ "path": "src/a.css" }), CSS, false), read_none];
    let written = json!({ "path": "src/a.css", "content": "b {}\n" });
    let expected = [
        PastStep { text: "Let me look.".into(), calls },
        PastStep { text: String::new(), calls: vec![done("write_file", written, "Written.", false)] },
    ];
    assert_eq!(ran.steps, expected);
}

#[tokio::test]
async fn the_model_sees_earlier_prompts_and_only_the_tools_of_the_policy() {
    let mut policy = policy();
    policy.tools.remove(&Tool::DeleteFile);
    let past = PastTurn::answered("first", "Did it.");
    let turn = Turn { history: vec![past], ..Turn::new("second") };
    let delete = ("delete_file".to_owned(), json!({ "path": "src/a.css" }));
    let workspace = workspace();
    let ran = run_turn(&workspace, policy, turn, CancellationToken::new(), [call([delete]), say("ok")]).await;
    let names: Vec<&str> = ran.requests[0].tools.iter().map(|tool| tool.name).collect();
    assert_eq!(
        names,
        [
            "list_files",
            "read_file",
            "search_files",
            "write_file",
            "edit_file",
            "undo_last_change",
            "read_preview_console",
            "decline",
        ]
    );
    let expected = [
        Message::User("first".into()),
        Message::Assistant { text: "Did it.".into(), calls: vec![] },
        Message::User("second".into()),
    ];
    assert_eq!(ran.requests[0].messages, expected);
    assert_eq!(ran.results(), [(true, "There is no tool named `delete_file`.")]);
    assert!(workspace.text("src/a.css").is_some());
}

/// A7
#[tokio::test]
async fn what_the_policy_forbids_is_an_error_for_the_model_and_changes_nothing() {
    let workspace = workspace();
    let before = workspace.files();
    let calls = [
        write("package.json", "{}"),
        write("../outside.css", ""),
        write("/etc/passwd.css", ""),
        write("src/run.sh", ""),
        read(".env"),
        read("run.sh"),
        ("run_command".to_owned(), json!({ "command": "ls" })),
        ("write_file".to_owned(), json!({ "path": "src/a.css" })),
        ("delete_file".to_owned(), json!({ "path": "src/none.css" })),
        write("src/big.css", &"x".repeat(256 * 1024 + 1)),
    ];
    let count = calls.len();
    let ran = run(&workspace, [call(calls), say("ok")]).await;
    assert_eq!(ran.results().iter().filter(|(is_error, _)| *is_error).count(), count, "{:?}", ran.results());
    assert_eq!(ran.events, []);
    assert_eq!(workspace.files(), before);
}

/// A prompt is atomic: all of it, or nothing.
#[tokio::test]
async fn when_the_model_breaks_off_the_files_are_put_back() {
    let workspace = workspace();
    let before = workspace.files();
    let delete = ("delete_file".to_owned(), json!({ "path": "src/a.css" }));
    let steps = [
        call([write("src/a.css", "1"), write("src/new.css", "2")]),
        call([write("src/a.css", "3"), delete]),
        ScriptedStep::Break(vec![], broken()),
    ];
    let ran = run(&workspace, steps).await;
    assert_eq!((ran.outcome.status, ran.outcome.counted), (PromptStatus::Failed, false));
    let expected = "That did not work: the model could not answer. The files are back to how they were.";
    assert_eq!(ran.outcome.summary, expected);
    assert_eq!(workspace.files(), before);
    let changes = ran.events.iter().filter(|event| matches!(event, AgentEvent::Changed { .. })).count();
    assert_eq!(changes, 4 + 2, "each change and each file put back is told");
}

#[tokio::test]
async fn files_that_cannot_be_put_back_are_owned_up_to() {
    let workspace = workspace();
    let steps =
        [call([write("src/a.css", "1"), write("src/b.css", "2")]), ScriptedStep::Break(vec![], broken())];
    let agent = Agent::new(Arc::new(ScriptedModel::new(steps)), Arc::new(RuleModerator), policy());
    // With room for one event, the agent waits for the watcher before it goes on.
    let (sender, mut receiver) = mpsc::channel(1);
    let watch = async {
        receiver.recv().await;
        workspace.refuse_changes();
        while receiver.recv().await.is_some() {}
    };
    let running = agent.run(Turn::new("go"), &workspace, sender, CancellationToken::new());
    let (outcome, ()) = tokio::join!(running, watch);
    let expected = "That did not work: the model could not answer. Some files could not be put back.";
    assert_eq!((outcome.status, outcome.summary.as_str()), (PromptStatus::Failed, expected));
}

#[tokio::test]
async fn stopping_keeps_what_was_done_and_counts_only_then() {
    let stopped = CancellationToken::new();
    stopped.cancel();
    let ran = run_turn(&workspace(), policy(), Turn::new("go"), stopped, [say("x")]).await;
    assert_eq!((ran.outcome.status, ran.outcome.counted), (PromptStatus::Stopped, false));
    assert_eq!(ran.outcome.summary, "Stopped before anything changed.");

    let workspace = workspace();
    let agent = Agent::new(
        Arc::new(ScriptedModel::new([call([write("src/a.css", "1")]), ScriptedStep::Hang])),
        Arc::new(RuleModerator),
        policy(),
    );
    let (sender, mut receiver) = mpsc::channel(64);
    let stop = CancellationToken::new();
    let watch = async {
        receiver.recv().await;
        stop.cancel();
    };
    let (outcome, ()) = tokio::join!(agent.run(Turn::new("go"), &workspace, sender, stop.clone()), watch);
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Stopped, true));
    assert_eq!(outcome.summary, "Stopped. What was changed so far stays: src/a.css.");
    assert_eq!(workspace.text("src/a.css").as_deref(), Some("1"));
}

/// D4: nobody waits for a command that they stopped.
#[tokio::test]
async fn stopping_ends_a_command_that_runs() {
    let workspace = workspace();
    let command = ("run_command".to_owned(), json!({ "command": "sleep 1000" }));
    let model = Arc::new(ScriptedModel::new([call([write("src/a.css", "1"), command])]));
    let agent = Agent::new(model, Arc::new(RuleModerator), ToolPolicy::workspace());
    let (sender, mut receiver) = mpsc::channel(64);
    let stop = CancellationToken::new();
    let watch = async {
        receiver.recv().await;
        stop.cancel();
    };
    let (outcome, ()) = tokio::join!(agent.run(Turn::new("go"), &workspace, sender, stop.clone()), watch);
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Stopped, true));
    assert_eq!(workspace.text("src/a.css").as_deref(), Some("1"));
}

#[tokio::test(start_paused = true)]
async fn a_model_that_never_answers_runs_into_the_time_limit() {
    let workspace = workspace();
    let before = workspace.files();
    let ran = run(&workspace, [call([write("src/a.css", "1")]), ScriptedStep::Hang]).await;
    assert_eq!(ran.outcome.status, PromptStatus::Failed);
    assert!(ran.outcome.summary.contains("more than 120 seconds"), "{}", ran.outcome.summary);
    assert_eq!(workspace.files(), before);
}

#[tokio::test]
async fn steps_calls_words_and_files_have_their_limits() {
    let limits = Limits {
        steps_max: 3,
        calls_per_step_max: 2,
        text_bytes_max: 10,
        files_changed_max: 1,
        turn_time_max: Duration::from_secs(1),
        ..Limits::default()
    };
    let policy = ToolPolicy { limits, ..policy() };
    let run = |steps: Vec<ScriptedStep>| {
        let policy = policy.clone();
        async move { run_turn(&workspace(), policy, Turn::new("go"), CancellationToken::new(), steps).await }
    };
    let endless = run(vec![call([read("src/a.css")]); 9]).await;
    assert_eq!((endless.outcome.status, endless.requests.len()), (PromptStatus::Failed, 3));
    assert_eq!(run(vec![say("far too many words")]).await.outcome.status, PromptStatus::Failed);
    assert_eq!(run(vec![call(vec![read("src/a.css"); 3])]).await.outcome.status, PromptStatus::Failed);
    let two_files = run(vec![call([write("src/a.css", "1"), write("src/b.css", "1")]), say("ok")]).await;
    assert_eq!(two_files.results()[1], (true, "One prompt can change no more than 1 files."));
}

/// G3, H9: a model is asked no further when what is left of the prompt's, the session's or the day's budget is consumed; an answer that is
/// complete by then counts.
#[tokio::test]
async fn budgets_of_tokens_and_money_are_kept() {
    let tokens = |max| ModelBudget { tokens_max: Some(max), cost_max: None };
    let money = |micro| ModelBudget { tokens_max: None, cost_max: Some(MicroDollars::new(micro)) };
    // Each answer reads 10 tokens and writes 5: it costs 10 × 2 + 5 × 4 micro-dollars.
    let price = TokenPrice { input: MicroDollars::new(2_000_000), output: MicroDollars::new(4_000_000) };
    let ask = |of_prompt: ModelBudget, allowances: Vec<Allowance>| async move {
        let limits = Limits { budget: of_prompt, ..Limits::default() };
        let looks = vec![call([read("src/a.css")]); 3];
        let model = Arc::new(ScriptedModel::new(looks.into_iter().chain([say("Looked.")])));
        let agent = Agent::new(model.clone(), Arc::new(RuleModerator), ToolPolicy { limits, ..policy() })
            .named("dear", price);
        let (sender, mut told) = mpsc::channel(64);
        let turn = Turn { allowances, ..Turn::new("go") };
        let outcome = agent.run(turn, &workspace(), sender, CancellationToken::new()).await;
        let mut used = ModelUse::default();
        while let Some(event) = told.recv().await {
            if let AgentEvent::Used { used: more, .. } = event {
                used = used.plus(more);
            }
        }
        (outcome.summary, model.requests().len(), used.cost.get())
    };
    let session = |left| vec![Allowance { of: BudgetOf::Session, left }];
    let day = |left| vec![Allowance { of: BudgetOf::Day, left }];
    let over = |of: &str| format!("That did not work: it took {of}. Nothing was changed.");
    let none = ModelBudget::default();
    assert_eq!(ask(none, Vec::new()).await, ("Looked.".into(), 4, 160));
    assert_eq!(ask(tokens(60), Vec::new()).await, ("Looked.".into(), 4, 160), "the last answer is complete");
    assert_eq!(ask(tokens(30), Vec::new()).await, (over(BudgetOf::Prompt.words()), 2, 80));
    assert_eq!(ask(money(41), Vec::new()).await, (over(BudgetOf::Prompt.words()), 2, 80));
    assert_eq!(ask(none, session(tokens(16))).await, (over(BudgetOf::Session.words()), 2, 80));
    assert_eq!(ask(none, day(money(40))).await, (over(BudgetOf::Day.words()), 1, 40));
}

/// A7: a refused prompt says why and is not counted.
#[tokio::test]
async fn a_prompt_that_moderation_refuses_never_reaches_the_model() {
    let turn = Turn::new("Clone the PayPal login");
    let ran = run_turn(&workspace(), policy(), turn, CancellationToken::new(), [say("sure")]).await;
    assert_eq!((ran.outcome.status, ran.outcome.counted), (PromptStatus::Refused, false));
    assert!(ran.outcome.summary.contains("sign-in"), "{}", ran.outcome.summary);
    assert_eq!(ran.requests, []);
}

/// A7
#[tokio::test]
async fn declining_ends_the_turn_unless_files_were_changed() {
    let decline =
        || ("decline".to_owned(), json!({ "reason": "Not here.", "suggestions": ["a", "b", "c", "d"] }));
    let ran = run(&workspace(), [call([decline()])]).await;
    assert_eq!((ran.outcome.status, ran.outcome.counted), (PromptStatus::Refused, false));
    assert_eq!((ran.outcome.summary.as_str(), ran.outcome.suggestions.len()), ("Not here.", 3));
    let ran = run(&workspace(), [call([write("src/a.css", "1"), decline()]), say("Half of it.")]).await;
    assert_eq!((ran.outcome.status, ran.outcome.summary.as_str()), (PromptStatus::Completed, "Half of it."));
}

#[tokio::test]
async fn undoing_restores_the_last_change_once_and_is_told_when_it_stands() {
    let prompt_id = PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(1)), &SeededEntropy::new(1));
    let undo = || ("undo_last_change".to_owned(), json!({}));
    let last = LastChange {
        prompt_id,
        prompt_text: "add new".into(),
        files: vec![
            ("src/a.css".parse().unwrap(), Some("old".into())),
            ("src/gone.css".parse().unwrap(), None),
        ],
    };
    let workspace = workspace();
    workspace.set_last_change(Some(last.clone()));
    let ran = run(&workspace, [call([undo(), undo()]), say("Undone.")]).await;
    assert_eq!(
        ran.results(),
        [(false, "Undone: add new"), (true, "Only one change can be undone per prompt.")]
    );
    assert_eq!(workspace.text("src/a.css").as_deref(), Some("old"));
    assert_eq!(ran.events.last(), Some(&AgentEvent::Undid { prompt_id }));

    let workspace = self::workspace();
    workspace.set_last_change(Some(last));
    let ran = run(&workspace, [call([undo()]), ScriptedStep::Break(vec![], broken())]).await;
    assert!(!ran.events.contains(&AgentEvent::Undid { prompt_id }));
    assert_eq!(workspace.text("src/a.css").as_deref(), Some(CSS));
}
