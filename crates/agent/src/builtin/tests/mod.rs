//! The built-in agent through the whole loop, on a workspace in memory.

use std::sync::Arc;

use domain::{Clock as _, ManualClock, PromptId, PromptStatus, SeededEntropy, Timestamp};

mod frameworks;
mod wishes;

use super::*;
use crate::{
    Agent, AgentEvent, CancellationToken, LastChange, MemoryWorkspace, PastTurn, RuleModerator, ToolPolicy,
    Turn, TurnOutcome,
};

const APP: &str = include_str!("../../../../../templates/react-vite/workspace/src/App.jsx");
const APP_CSS: &str = include_str!("../../../../../templates/react-vite/workspace/src/App.css");
const INDEX_CSS: &str = include_str!("../../../../../templates/react-vite/workspace/src/index.css");
const SHELL: &str = include_str!("../../../../../templates/react-vite/workspace/index.html");

fn template() -> MemoryWorkspace {
    MemoryWorkspace::new([
        ("index.html", SHELL),
        ("src/App.jsx", APP),
        ("src/App.css", APP_CSS),
        ("src/index.css", INDEX_CSS),
    ])
}

async fn run_turn(workspace: &MemoryWorkspace, turn: Turn) -> (TurnOutcome, Vec<AgentEvent>) {
    let policy = ToolPolicy::demo(["src/**", "public/**", "index.html"]).unwrap();
    let agent = Agent::new(Arc::new(BuiltinModel), Arc::new(RuleModerator), policy);
    let (sender, mut receiver) = tokio::sync::mpsc::channel(256);
    let outcome = agent.run(turn, workspace, sender, CancellationToken::new()).await;
    let mut events = Vec::new();
    while let Some(event) = receiver.recv().await {
        events.push(event);
    }
    (outcome, events)
}

async fn run(workspace: &MemoryWorkspace, prompt: &str) -> TurnOutcome {
    run_turn(workspace, Turn::new(prompt)).await.0
}

/// G3
#[tokio::test]
async fn a_prompt_becomes_files_an_element_on_the_page_and_a_summary() {
    let workspace = template();
    let (outcome, events) = run_turn(&workspace, Turn::new("Add a counter")).await;
    assert_eq!(outcome.status, PromptStatus::Completed, "{}", outcome.summary);
    assert!(outcome.counted);
    assert_eq!(outcome.summary, "Added a counter below the introduction.");
    let app = workspace.text("src/App.jsx").unwrap();
    let expected = APP
        .replace(
            "import \"./App.css\";",
            "import Counter from \"./components/Counter.jsx\";\nimport \"./App.css\";",
        )
        .replace("        </section>\n", "        </section>\n        <Counter />\n");
    assert_eq!(app, expected);
    let changed: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            AgentEvent::Changed { path, .. } => Some(path.to_string()),
            AgentEvent::Said(_)
            | AgentEvent::Read(_)
            | AgentEvent::Saw(_)
            | AgentEvent::Undid { .. }
            | AgentEvent::OfferedDownload
            | AgentEvent::Used { .. }
            | AgentEvent::Stepped(_) => None,
        })
        .collect();
    assert_eq!(changed, ["src/components/Counter.css", "src/components/Counter.jsx", "src/App.jsx"]);
}

/// G3
#[tokio::test]
async fn said_again_a_recipe_adds_a_second_one_and_imports_it_once() {
    let workspace = template();
    run(&workspace, "Add a counter").await;
    run(&workspace, "Add a counter").await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert_eq!(app.matches("import Counter").count(), 1);
    assert!(app.contains("<Counter />") && app.contains("<Counter title=\"Counter 2\" />"), "{app}");
}

/// G3
#[tokio::test]
async fn what_was_done_before_stays() {
    let workspace = template();
    for prompt in [
        "change the title to Lunch & Co",
        "make it green",
        "add a dark mode toggle",
        "add a navbar",
        "add a footer",
        "add a quiz about space with 3 questions",
        "make the background #102030",
    ] {
        let outcome = run(&workspace, prompt).await;
        assert_eq!(outcome.status, PromptStatus::Completed, "{prompt}: {}", outcome.summary);
    }
    let app = workspace.text("src/App.jsx").unwrap();
    for part in [
        "<h1>{\"Lunch & Co\"}</h1>",
        "<ThemeToggle />",
        "<NavBar />",
        "<Footer brand=\"My App\" />",
        "<Quiz />",
    ] {
        assert!(app.contains(part), "{part} in {app}");
    }
    let styles = workspace.text("src/index.css").unwrap();
    assert!(styles.contains("--bg: #102030"), "{styles}");
    assert!(styles.contains(":root[data-theme=\"dark\"]") && styles.contains(":focus-visible"), "{styles}");
}

/// G3: it says what it is, and offers three prompts that work.
#[tokio::test]
async fn what_cannot_be_served_is_declined_with_three_prompts_that_can() {
    let workspace = template();
    for prompt in ["connect to my database", "asdf", "who are you?", "what's the weather"] {
        let (outcome, events) = run_turn(&workspace, Turn::new(prompt)).await;
        assert_eq!(outcome.status, PromptStatus::Refused, "{prompt}");
        assert!(!outcome.counted, "{prompt}");
        assert!(outcome.summary.contains("no language model"), "{}", outcome.summary);
        assert_eq!(outcome.suggestions.len(), 3, "{prompt}");
        assert_eq!(events, []);
    }
}

/// G3
#[tokio::test]
async fn everything_it_suggests_it_serves() {
    let declined = recognise::Refusal::ALL.into_iter().flat_map(recognise::Refusal::suggestions);
    for prompt in SUGGESTIONS.into_iter().filter(|prompt| !prompt.starts_with("Undo")).chain(declined) {
        let outcome = run(&template(), prompt).await;
        assert_eq!(outcome.status, PromptStatus::Completed, "{prompt}: {}", outcome.summary);
    }
}

/// G3
#[tokio::test]
async fn undo_puts_the_files_back() {
    let workspace = template();
    let before = workspace.files();
    let (_, events) = run_turn(&workspace, Turn::new("add a counter and make it red")).await;
    let files = events
        .into_iter()
        .filter_map(|event| match event {
            AgentEvent::Changed { path, before, .. } => Some((path, before)),
            AgentEvent::Said(_)
            | AgentEvent::Read(_)
            | AgentEvent::Saw(_)
            | AgentEvent::Undid { .. }
            | AgentEvent::OfferedDownload
            | AgentEvent::Used { .. }
            | AgentEvent::Stepped(_) => None,
        })
        .collect();
    let clock = ManualClock::new(Timestamp::from_unix_ms(1));
    let prompt_id = PromptId::generate(&clock, &SeededEntropy::new(clock.now().unix_ms().unsigned_abs()));
    workspace.set_last_change(Some(LastChange { prompt_id, prompt_text: "add a counter".into(), files }));
    let (outcome, events) = run_turn(&workspace, Turn::new("undo that")).await;
    assert_eq!(outcome.status, PromptStatus::Completed);
    assert_eq!(workspace.files(), before);
    assert!(events.contains(&AgentEvent::Undid { prompt_id }));
    workspace.set_last_change(None);
    let outcome = run(&workspace, "undo").await;
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Refused, false));
}

/// G2
#[tokio::test]
async fn it_and_another_refer_to_the_prompt_before() {
    let workspace = template();
    let past = |text: &str| PastTurn::answered(text, "");
    run(&workspace, "add a timer of 10 minutes").await;
    let history = vec![past("make it blue"), past("add a timer of 10 minutes")];
    run_turn(&workspace, Turn { history: history.clone(), ..Turn::new("add another one") }).await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("<Timer title=\"Timer 2\" seconds={600} />"), "{app}");
    let (outcome, _) = run_turn(&workspace, Turn { history, ..Turn::new("remove it") }).await;
    assert_eq!(outcome.summary, "Took the timer off the page.");
    assert_eq!(workspace.text("src/App.jsx").unwrap(), APP);
    assert_eq!(workspace.text("src/components/Timer.jsx"), None);
}

/// G2, G3: `it` is what was added last, in the same prompt or the one before.
#[tokio::test]
async fn what_was_added_last_can_be_dressed_and_moved() {
    let workspace = template();
    let turn = |text: &str, past: &[&str]| {
        let past = past.iter().map(|text| PastTurn::answered(*text, ""));
        Turn { history: past.collect(), ..Turn::new(text) }
    };
    run(&workspace, "add a timer").await;
    run(&workspace, "add a counter").await;
    let mut past = vec!["add a timer", "add a counter"];
    for prompt in ["make it bigger", "now in green", "move it to the top"] {
        let (outcome, _) = run_turn(&workspace, turn(prompt, &past)).await;
        assert_eq!(outcome.status, PromptStatus::Completed, "{prompt}: {}", outcome.summary);
        assert!(outcome.summary.contains("counter"), "{prompt}: {}", outcome.summary);
        past.push(prompt);
    }
    let style = workspace.text("src/components/Counter.css").unwrap();
    assert!(style.contains("zoom: 1.25") && style.contains("background: #16a34a"), "{style}");
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.find("<Counter").unwrap() < app.find("<Timer").unwrap(), "{app}");
    assert_eq!(
        workspace.text("src/components/Timer.css").unwrap(),
        include_str!("../../../components/Timer.css")
    );
}

#[tokio::test]
async fn a_part_that_cannot_be_served_is_named_beside_what_was_done() {
    let outcome = run(&template(), "make it green and deploy it to AWS").await;
    assert_eq!(outcome.status, PromptStatus::Completed);
    assert!(
        outcome.summary.contains("The rest I left out: that goes beyond this page"),
        "{}",
        outcome.summary
    );
}

#[tokio::test]
async fn a_page_without_a_place_to_edit_is_left_alone() {
    let broken = "export default function App() { return <div>; }\n";
    let workspace = MemoryWorkspace::new([("src/App.jsx", broken), ("src/index.css", INDEX_CSS)]);
    let outcome = run(&workspace, "Add a counter").await;
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Refused, false));
    assert_eq!(workspace.text("src/App.jsx").as_deref(), Some(broken));
    assert_eq!(workspace.text("src/components/Counter.jsx"), None);
}

/// G3: what is there is changed, and not added a second time.
#[tokio::test]
async fn a_change_to_what_is_there_changes_that() {
    let workspace = template();
    run(&workspace, "add a timer").await;
    run(&workspace, "change the timer to 10 minutes").await;
    run(&workspace, "make a counter called Cups").await;
    run(&workspace, "change the counter to start at 50").await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("        <Timer seconds={600} />\n"), "{app}");
    assert!(app.contains("        <Counter title=\"Cups\" start={50} />\n"), "{app}");
    run(&workspace, "replace the counter with a stopwatch").await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(!app.contains("Counter") && app.contains("<Stopwatch />"), "{app}");
    let outcome = run(&workspace, "make the buttons transparent").await;
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Refused, false), "{}", outcome.summary);
}

#[tokio::test]
async fn a_switch_for_dark_mode_keeps_both_modes_in_the_colours_of_the_theme() {
    let workspace = template();
    run(&workspace, "add a dark mode toggle").await;
    run(&workspace, "make the theme ocean blue").await;
    let styles = workspace.text("src/index.css").unwrap();
    let background = |selector| {
        let (_, rule) = styles.split_once(selector).unwrap();
        rule.split_once("--bg: ").unwrap().1[..7].to_owned()
    };
    let (base, light, dark) = (
        background(":root {"),
        background(":root[data-theme=\"light\"]"),
        background(":root[data-theme=\"dark\"]"),
    );
    assert_eq!(base, light);
    assert_ne!(light, dark);
    run(&workspace, "remove the dark mode toggle").await;
    assert_eq!(workspace.text("src/App.jsx").unwrap(), APP);
}

#[tokio::test]
async fn files_with_windows_line_ends_keep_them() {
    let app = APP.replace('\n', "\r\n");
    let workspace = MemoryWorkspace::new([("src/App.jsx", app.as_str()), ("src/index.css", INDEX_CSS)]);
    run(&workspace, "add a counter").await;
    let app = workspace.text("src/App.jsx").unwrap();
    assert!(app.contains("<Counter />\r\n") && !app.replace("\r\n", "").contains('\n'), "{app:?}");
}
