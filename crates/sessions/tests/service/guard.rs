//! What a prompt breaks is mended by the agent, at most twice, or what worked last is back (G4).

use std::sync::Arc;

use agent::{Message, ScriptedModel, ScriptedStep};
use domain::wire::PromptOutcome;
use domain::{EventKind, FaultSource, PromptStatus, RepairOutcome, SessionState, Soundness};
use sandbox::sim::BROKEN;
use serde_json::json;
use sessions::{Access, OnShutdown, SessionError};

use crate::support::World;

const APP: &str = "src/App.jsx";

fn write(text: &str) -> ScriptedStep {
    ScriptedStep::Call(String::new(), vec![("write_file".into(), json!({ "path": APP, "content": text }))])
}

fn broken(number: u32) -> String {
    format!("{BROKEN} {number}")
}

fn say(text: &str) -> ScriptedStep {
    ScriptedStep::Say(text.into())
}

struct Workspace {
    world: World,
    access: Access,
    model: Arc<ScriptedModel>,
}

impl Workspace {
    async fn open(steps: impl IntoIterator<Item = ScriptedStep>) -> Self {
        let model = Arc::new(ScriptedModel::new(steps));
        let world = World::start(|settings| settings.model = model.clone()).await;
        let access = world.workspace().await;
        world.told(&access, |kind| matches!(kind, EventKind::VersionChecked { .. })).await;
        Self { world, access, model }
    }

    async fn ask(&self) -> PromptOutcome {
        self.world.asked(&self.access, "Change the app").await
    }

    async fn app(&self) -> String {
        let file = self.world.sessions.read_file(&self.access, &APP.parse().unwrap()).await.unwrap();
        String::from_utf8(file.content.to_vec()).unwrap()
    }

    /// What the journal tells of repairs and checks, up to the newest prompt's end.
    async fn guarded(&self, ends: usize) -> Vec<String> {
        let mut seen = 0;
        let told = self.world.told(&self.access, |kind| {
            seen += usize::from(matches!(kind, EventKind::PromptFinished { .. }));
            seen == ends
        });
        told.await.iter().filter_map(word).collect()
    }
}

fn word(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::RepairStarted { attempt, source: FaultSource::Build, .. } => {
            Some(format!("repair {attempt}"))
        }
        EventKind::RepairStarted { attempt, source: FaultSource::Console, .. } => {
            Some(format!("page {attempt}"))
        }
        EventKind::RepairFinished { outcome, .. } => Some(match outcome {
            RepairOutcome::Mended => "mended".into(),
            RepairOutcome::Broken => "broken".into(),
            RepairOutcome::Abandoned => "abandoned".into(),
        }),
        EventKind::RepairRestored { version, .. } => Some(format!("back to {version}")),
        EventKind::VersionChecked { version, result: Soundness::Green, .. } => {
            Some(format!("{version} green"))
        }
        EventKind::VersionChecked { version, result: Soundness::Red, .. } => Some(format!("{version} red")),
        EventKind::PromptFinished { counted, .. } => {
            Some(if *counted { "counted" } else { "not counted" }.into())
        }
        _ => None,
    }
}

/// G4: the agent is told what is wrong, as something a program said, and mends it before the prompt counts as done.
#[tokio::test]
async fn what_does_not_build_is_mended_before_the_prompt_is_done() {
    let steps =
        [write(&broken(1)), say("Changed it."), write("export default 1;"), say("A bracket was missing.")];
    let workspace = Workspace::open(steps).await;
    let outcome = workspace.ask().await;
    assert_eq!((outcome.status, outcome.summary.as_str()), (PromptStatus::Completed, "Changed it."));
    assert_eq!(workspace.app().await, "export default 1;");
    let told = workspace.guarded(1).await;
    assert_eq!(told, ["1 green", "2 red", "repair 1", "3 green", "mended", "counted"]);
    let requests = workspace.model.requests();
    let Some(Message::User(report)) = requests[2].messages.last() else { panic!("{:?}", requests[2]) };
    assert!(report.contains("~~~~\nUnexpected token in src/App.jsx\n~~~~"), "{report}");
    assert!(report.contains("no instruction of the person's"), "{report}");
    assert_eq!(requests[2].messages[0], Message::User("Change the app".into()));
    workspace.world.sessions.shutdown(OnShutdown::End).await;
}

/// G4: the same fault again means that the agent can't mend it: what worked last is back, and the prompt is not counted.
#[tokio::test]
async fn the_same_fault_twice_brings_back_what_worked() {
    let steps = [write(&broken(1)), say("Changed it."), write(&broken(2)), say("Now it works.")];
    let workspace = Workspace::open(steps).await;
    let before = workspace.app().await;
    let outcome = workspace.ask().await;
    assert_eq!(outcome.status, PromptStatus::Failed);
    assert!(outcome.summary.contains("back to how it was when it last worked"), "{}", outcome.summary);
    assert_eq!(outcome.prompts_remaining, 500);
    assert_eq!(workspace.app().await, before);
    let told = workspace.guarded(1).await;
    assert_eq!(told, ["1 green", "2 red", "repair 1", "3 red", "broken", "back to 1", "not counted"]);
    workspace.world.sessions.shutdown(OnShutdown::End).await;
}

/// G4: what somebody broke by hand is not the agent's doing, and nothing of it is taken away.
#[tokio::test]
async fn what_was_broken_before_is_not_blamed_on_the_prompt() {
    let note = json!({ "path": "src/note.js", "content": "// noted" });
    let steps = [ScriptedStep::Call(String::new(), vec![("write_file".into(), note)]), say("Noted.")];
    let workspace = Workspace::open(steps).await;
    let path = APP.parse().unwrap();
    let content = broken(7).into();
    workspace
        .world
        .sessions
        .write_file(&workspace.access, path, content, sessions::Expected::Any)
        .await
        .unwrap();
    let outcome = workspace.ask().await;
    assert_eq!((outcome.status, outcome.prompts_remaining), (PromptStatus::Completed, 499));
    assert_eq!(workspace.app().await, broken(7));
    workspace.world.sessions.shutdown(OnShutdown::End).await;
}

/// G4: an error that a page reports after the prompt is mended by going on with it; the same again brings back what worked.
#[tokio::test]
async fn what_a_page_reports_is_mended_and_then_taken_back() {
    let steps = [write("one"), say("Changed it."), write("two"), say("Mended it.")];
    let workspace = Workspace::open(steps).await;
    let before = workspace.app().await;
    workspace.ask().await;
    let (sessions, access) = (&workspace.world.sessions, &workspace.access);
    let report = |at: u32| vec![format!("TypeError: list is undefined at App.jsx:{at}")];
    sessions.report_preview(access, &report(3)).unwrap();
    let mended = |kind: &EventKind| matches!(kind, EventKind::RepairFinished { .. });
    workspace.world.told(access, mended).await;
    assert_eq!(workspace.app().await, "two");
    sessions.report_preview(access, &report(9)).unwrap();
    let told = workspace.guarded(2).await;
    let expected = [
        "1 green",
        "2 green",
        "counted",
        "page 1",
        "2 red",
        "3 green",
        "mended",
        "3 red",
        "back to 1",
        "not counted",
    ];
    // Whether the version is marked before or after the repair is told does not matter.
    let mut sorted = (told.clone(), expected.map(str::to_owned).to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1, "{told:?}");
    assert_eq!(workspace.app().await, before);
    let status = sessions.status(access).await.unwrap();
    assert_eq!((status.prompts_used, status.state), (0, SessionState::Ready));
    // There is nothing left to blame.
    sessions.report_preview(access, &report(1)).unwrap();
    assert!(matches!(sessions.report_preview(access, &[]), Err(SessionError::PreviewReport { .. })));
    let too_often = (0..20).find_map(|_| sessions.report_preview(access, &report(1)).err());
    assert!(matches!(too_often, Some(SessionError::TooManyReports { max: 20 })), "{too_often:?}");
    workspace.world.sessions.shutdown(OnShutdown::End).await;
}

/// G4: an agent that asks is told the newest errors of the page, whoever is to blame for them.
#[tokio::test]
async fn an_agent_can_read_what_the_page_reported() {
    let look = ScriptedStep::Call(String::new(), vec![("read_preview_console".into(), json!({}))]);
    let model = Arc::new(ScriptedModel::new([look, ScriptedStep::Say("I see.".into())]));
    let asked = Arc::clone(&model);
    let world = World::start(|settings| settings.model = model).await;
    let access = world.workspace().await;
    for number in 0..15 {
        let errors = [format!("first {number}"), format!("second\u{7} {number}")];
        world.sessions.report_preview(&access, &errors).unwrap();
    }
    world.clock.advance_ms(3_000);
    world.asked(&access, "What does the page say?").await;
    let Some(Message::Tool(result)) = asked.requests().pop().and_then(|mut last| last.messages.pop()) else {
        panic!("the model was shown no result");
    };
    let lines: Vec<&str> = result.content.lines().collect();
    assert_eq!((lines.len(), lines[0], lines[19]), (20, "3 s ago: first 5", "3 s ago: second 14"));
    world.sessions.shutdown(OnShutdown::End).await;
}

/// G4, A6: a demo, which has no versions, goes back to before the prompt, and the prompt is not one of the three.
#[tokio::test]
async fn a_demo_goes_back_to_before_the_prompt() {
    let steps = [write(&broken(1)), say("Changed it."), ScriptedStep::Say("I can't.".into())];
    let model = Arc::new(ScriptedModel::new(steps));
    let world = World::start(|settings| settings.model = model).await;
    let (_, access) = world.demo().await;
    let outcome = world.asked(&access, "Change the app").await;
    assert_eq!((outcome.status, outcome.prompts_remaining), (PromptStatus::Failed, 3));
    let told = world.told(&access, |kind| matches!(kind, EventKind::PromptFinished { .. })).await;
    assert!(told.iter().any(|kind| matches!(kind, EventKind::PromptUndone { .. })), "{told:?}");
    world.sessions.shutdown(OnShutdown::End).await;
}
